"""What became of a score, which is an interval: never better because less is known."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.difference import Json
from auditor.reporting.difference_telling import Telling


@dataclass(frozen=True, slots=True)
class Reading:
    """The score of one effect, before and after.

    Attributes:
        effect: In the reader's words.
        before: Low and high; None when nothing was judged.
        after: Likewise.
        told_before: In words.
        told_after: Likewise.
        told: What that says, and no more than it says.
    """

    effect: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    told_before: str
    told_after: str
    told: str

    @property
    def moved(self) -> bool:
        """Whether they differ at all."""
        return self.before != self.after


def readings(telling: Telling) -> tuple[Reading, ...]:
    """What became of the score of each effect that either assessment judged."""
    return tuple(
        Reading(
            effect,
            _ends(then),
            _ends(now),
            telling.interval(then),
            telling.interval(now),
            _told(telling, _ends(then), _ends(now)),
        )
        for effect, then, now in telling.scores()
    )


def _ends(interval: Json | None) -> tuple[int, int] | None:
    return None if interval is None else (interval["low"], interval["high"])


def _told(telling: Telling, before: tuple[int, int] | None, after: tuple[int, int] | None) -> str:
    """Higher or lower only where the intervals are apart, as bids are ranked."""
    say = telling.say
    if before == after:
        return say("drift.score.same")
    if before is None or after is None:
        return say("drift.score.began" if before is None else "drift.score.ended")
    if after[0] > before[1]:
        told = say("drift.score.higher")
    elif after[1] < before[0]:
        told = say("drift.score.lower")
    else:
        told = say("drift.score.overlap")
    wider = (after[1] - after[0]) - (before[1] - before[0])
    if not wider:
        return told
    width = say("drift.score.wider" if wider > 0 else "drift.score.narrower", abs(wider))
    return say("semicolon").join((told, width))
