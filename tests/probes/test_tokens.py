from __future__ import annotations

from auditor.model.subject import Domain
from auditor.probes.tokens import txt
from tests.probes.world import World, facts, gaps, sight

CITY = Domain("city.example")


def test_tokens_are_texts_that_no_standard_defines() -> None:
    world = """
    city.example TXT "v=spf1 -all"
    city.example TXT "vendor-verification=abc" "def"
    city.example TXT "v=DMARC1; p=none"
    """

    assert facts(txt, CITY, world) == ['TXT "vendor-verification=abcdef"']


def test_hostile_texts_are_written_so_that_they_do_nothing() -> None:
    world = r"""
    city.example TXT "\027[2J<script>\"x\"</script>"
    city.example TXT "\255\000"
    """

    assert facts(txt, CITY, world) == [
        r'TXT "\027[2J<script>\"x\"</script>"',
        r'TXT "\255\000"',
    ]


def test_a_text_of_almost_64_kib_is_cut() -> None:
    strings = " ".join(f'"{"y" * 255}"' for _ in range(250))
    (fact,) = facts(txt, CITY, f"city.example TXT {strings}")

    assert len(fact) < 270


def test_a_flood_of_texts_stops_with_a_gap() -> None:
    world = World("\n".join(f"city.example TXT token-{number}" for number in range(300)))
    sighting = sight(txt, CITY, world)

    assert gaps(sighting) == [("txt", "limit")]
    assert len(sighting.observations) == 200
