from __future__ import annotations

from auditor.model.footprint import Part
from auditor.model.sighting import Gap
from auditor.model.subject import Domain

CITY = Domain("city.example")
WHO = Gap(CITY, "ns", None, "timeout", ("dns",))
HOW = Gap(CITY, "dnssec", None, "timeout", (), ("dns",))


def test_a_gap_that_only_hides_how_a_role_is_kept_leaves_nobody_unnamed() -> None:
    assert Part("city.example", "dns", (), (), (HOW, WHO)).unnamed == (WHO,)
