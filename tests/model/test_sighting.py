from __future__ import annotations

import pytest

from auditor.model.exchange import Exchange, Failure, Question, Reason, Result, Unasked
from auditor.model.sighting import Gap, Observation, Value
from auditor.model.subject import Domain
from tests.probes.world import NOW

CITY = Domain("city.example")


def test_an_observation_cannot_exist_without_evidence() -> None:
    with pytest.raises(ValueError, match="without evidence"):
        Observation(CITY, Value(), ())


@pytest.mark.parametrize(
    ("result", "why"),
    [(Failure(Reason.SERVFAIL), "servfail"), (Unasked(), "unasked")],
)
def test_a_gap_says_why(result: Result, why: str) -> None:
    exchange = Exchange(Question("dns", "city.example MX"), result, NOW, 0.0, "zone lines")
    assert Gap.of(CITY, "mx", exchange, ("mail.inbound",)).why == why
