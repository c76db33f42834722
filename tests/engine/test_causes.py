"""From chains of replays to causes: each established, or named among those not told apart."""

from __future__ import annotations

import pytest

from auditor.engine.causes import Step, attribution, differing
from auditor.engine.difference import States
from auditor.model.difference import Attribution, Cause, Difference, State

KEY = ("rule", "city.example mail.mailbox")
ALL = frozenset(Cause)


def _state(word: str) -> State:
    return State((word,), word, {})


def _states(word: str) -> States:
    return {("finding", KEY): _state(word)} if word else {}


def _chain(*steps: tuple[str, str | None]) -> list[Step]:
    """Steps by the causes exchanged, in words, and what is said then; None cannot be replayed."""
    return [
        Step(tuple(map(Cause, causes.split())), None if word is None else _states(word))
        for causes, word in steps
    ]


def _why(*chains: list[Step], possible: frozenset[Cause] = ALL) -> Attribution | None:
    first, last = (chains[0][0], chains[0][-1]) if chains else (None, None)
    before = first.states.get(("finding", KEY)) if first and first.states else _state("pass")
    after = last.states.get(("finding", KEY)) if last and last.states else _state("fail")
    return attribution(Difference("finding", KEY, before, after), chains, possible)


def test_the_step_at_which_it_changes() -> None:
    chain = _chain(("", "pass"), ("tool", "pass"), ("day", "fail"), ("target", "fail"))

    assert _why(chain) == Attribution((Cause.DAY,), established=True)


def test_something_that_appears() -> None:
    chain = _chain(("", ""), ("target", "fail"))

    assert _why(chain) == Attribution((Cause.TARGET,), established=True)


def test_either_would_do() -> None:
    """Whichever is exchanged first changes it: both are told."""
    one = _chain(("", "fail"), ("day", "pass"), ("target", "pass"))
    other = _chain(("", "fail"), ("target", "pass"), ("day", "pass"))

    assert _why(one, other) == Attribution((Cause.TARGET, Cause.DAY), established=True)


def test_only_both_together() -> None:
    """Whichever is exchanged last changes it."""
    one = _chain(("", "fail"), ("day", "fail"), ("target", "pass"))
    other = _chain(("", "fail"), ("target", "fail"), ("day", "pass"))

    assert _why(one, other) == Attribution((Cause.TARGET, Cause.DAY), established=True)


def test_steps_that_cannot_be_replayed_are_not_told_apart() -> None:
    chain = _chain(("", "pass"), ("law", None), ("rules", "fail"), ("target", "fail"))

    assert _why(chain) == Attribution((Cause.LAW, Cause.RULES), established=False)


def test_an_input_that_is_the_same_is_no_cause() -> None:
    chain = _chain(("", "pass"), ("law rules", "fail"))

    assert _why(chain, possible=frozenset({Cause.LAW})) == Attribution((Cause.LAW,), True)


def test_a_replay_that_stands_apart_from_both_tells_nothing() -> None:
    """Both were made with the same older tool: that ours says otherwise explains no difference."""
    chain = _chain(("", "pass"), ("tool", "unknown"), ("target", "fail"), ("tool", "fail"))
    possible = frozenset({Cause.TARGET, Cause.LOOKUPS})

    assert _why(chain, possible=possible) == Attribution(
        (Cause.TARGET, Cause.LOOKUPS), established=False
    )


@pytest.mark.parametrize(
    ("possible", "why"),
    [
        (frozenset({Cause.DAY}), Attribution((Cause.DAY,), established=True)),
        (
            frozenset({Cause.DAY, Cause.TOOL}),
            Attribution((Cause.DAY, Cause.TOOL), established=False),
        ),
        (frozenset(), None),
    ],
)
def test_without_a_replay(possible: frozenset[Cause], why: Attribution | None) -> None:
    assert _why(possible=possible) == why


def test_the_digests_say_what_may_differ() -> None:
    digests = {"bundle": "a", "rules": "a", "tool": "a", "waivers": None}
    before = {"digests": digests, "as_of": "2026-01-01"}

    def after(**changed: str) -> frozenset[Cause]:
        day = changed.pop("as_of", "2026-01-01")
        return differing(before, {"digests": digests | changed, "as_of": day})

    assert after() == frozenset()
    assert after(bundle="b") == {Cause.TARGET, Cause.LOOKUPS, Cause.DECLARED}
    assert after(rules="b") == {Cause.KNOWLEDGE, Cause.LAW, Cause.RULES}
    assert after(tool="b") == {Cause.TOOL}
    assert after(waivers="b") == {Cause.WAIVERS}
    assert after(as_of="2026-06-01") == {Cause.DAY}
