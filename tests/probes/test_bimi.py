from __future__ import annotations

from auditor.model.subject import Domain
from auditor.probes.bimi import bimi
from tests.probes.world import values


def test_the_logo_is_known_by_its_host() -> None:
    world = (
        'default._bimi.city.example TXT "v=BIMI1; l=https://logo.example/a.svg; '
        'a=https://vmc.example/a.pem"'
    )

    (value,) = values(bimi, Domain("city.example"), world)

    assert (value.host, value.certificate) == ("logo.example", "vmc.example")


def test_a_domain_may_decline_to_show_one() -> None:
    (value,) = values(bimi, Domain("city.example"), 'default._bimi.city.example TXT "v=BIMI1; l=;"')

    assert value.host == ""
