"""What a bid is taken for: the buyer's own organisation, served by what is offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.model.footprint import Footprint
from auditor.model.framework import MINIMUM, WEIGHTS, Framework
from auditor.model.target import Answer, Target
from auditor.model.tender import FrameworkScore, Tender


def for_buyer(
    offered: Target, bidder: str, tender: Tender, frameworks: Iterable[Framework]
) -> tuple[Target, tuple[Answer, ...]]:
    """*offered* as the buyer would use it, and the answers that are set aside.

    Home and organisation are the buyer's for every bid.  Minima and weight sets are the
    tender's: a bid that could choose its own would be weighed on its own scales.  A framework
    that a criterion names is applied whether or not it binds the buyer.
    """
    own = [answer for answer in offered.answers if _is_setting(answer)]
    weights = {
        award.measure.framework: award.measure.weights
        for award in tender.awards
        if isinstance(award.measure, FrameworkScore)
    }
    settings: list[Answer] = []
    for framework in frameworks:
        if framework.id in tender.frameworks:
            settings.append(Answer(framework.id, MINIMUM, framework.levels[-1].id, 0))
            if framework.id in weights:
                settings.append(Answer(framework.id, WEIGHTS, weights[framework.id], 0))
    said = [answer for answer in offered.answers if not _is_setting(answer)]
    target = replace(
        offered,
        name=bidder,
        home=tender.buyer.home,
        home_declared=True,
        organisation=tender.buyer.organisation,
        answers=(*said, *settings),
    )
    return target, tuple(own)


def _is_setting(answer: Answer) -> bool:
    question = answer.question.rpartition("/")[2]
    return question in (MINIMUM, WEIGHTS) or question.startswith(f"{MINIMUM}.")


def by_its_word(footprint: Footprint) -> Footprint:
    """*footprint* of a bid of which nothing was looked up, as it is to be judged.

    Who is to serve is what the bid says, and no look-up could name somebody else; how the
    service is kept was never asked, and stays open.
    """
    return Footprint(
        tuple(
            part._replace(
                gaps=tuple(replace(gap, tells=(*gap.tells, part.role)) for gap in part.gaps)
            )
            for part in footprint.parts
        )
    )
