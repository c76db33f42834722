from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.exchange import Failure, Reason, Reply, Result
from auditor.model.subject import Domain, Host
from auditor.network.http import compose
from auditor.probes.front_page import page
from auditor.settings import INTERACTIVE
from tests.probes.world import World, gaps, sight

CITY = Domain("city.example")
NAMES = """
city.example A 1.1.1.1
www.city.example CNAME city.example.
"""
APEX, WWW = "https://city.example/", "https://www.city.example/"
OPEN = ("web.embedded", "analytics")
TO_WWW = {APEX: (301, [("Location", WWW)], b"")}


def _world(
    pages: dict[str, tuple[int, Iterable[tuple[str, str]], bytes] | Reason], names: str = NAMES
) -> World:
    results: dict[str, Result] = {}
    for url, answer in pages.items():
        if isinstance(answer, Reason):
            results[f"GET {url}"] = Failure(answer)
        else:
            status, fields, body = answer
            results[f"GET {url}"] = Reply(compose(status, "", fields, body))
    return World(names, results=results)


def _seen(world: World) -> list[str]:
    return [observation.value.text() for observation in sight(page, CITY, world).observations]


def test_each_hop_is_a_question_and_the_page_is_read_once() -> None:
    body = b'<script src="https://t.example/a.js"></script>'
    world = _world({**TO_WWW, WWW: (200, [("Server", "nginx")], body)})

    assert _seen(world) == [
        f"GET {APEX} 301",
        f"GET {APEX} → www.city.example",
        f"GET {WWW} 200",
        "server: nginx",
        "script src t.example",
    ]
    assert [text for text in world.asked if text.startswith("GET")] == [f"GET {APEX}", f"GET {WWW}"]


def test_a_page_that_draws_from_nobody_proves_nothing() -> None:
    """Its scripts may load what they like, and it is one page of many."""
    sighting = sight(page, CITY, _world({**TO_WWW, WWW: (200, [], b"<p>Welcome")}))

    assert [(gap.why, gap.roles) for gap in sighting.gaps] == [("static", OPEN)]


def test_without_a_name_there_is_no_site_and_no_question() -> None:
    world = World("mail.city.example A 1.1.1.1\nwww.other.example A 1.1.1.1")
    sighting = sight(page, CITY, world)

    assert (sighting.observations, sighting.gaps) == ((), ())
    assert not [text for text in world.asked if text.startswith("GET")]


def test_a_name_that_could_not_be_looked_up_is_a_gap() -> None:
    world = World(NAMES, results={"city.example A": Failure(Reason.TIMEOUT)})

    assert ("web.page", "timeout") in gaps(sight(page, CITY, world))


def test_a_server_that_does_not_answer_leaves_everything_open() -> None:
    """Who serves the site included: the answer might have sent us elsewhere."""
    urls = (APEX, WWW, "http://city.example/", "http://www.city.example/")
    sighting = sight(page, CITY, _world(dict.fromkeys(urls, Reason.TIMEOUT)))

    assert sighting.observations == ()
    assert {gap.why for gap in sighting.gaps} == {"timeout"}
    assert {gap.roles for gap in sighting.gaps} == {("web", *OPEN)}


def test_without_encryption_only_the_way_is_read() -> None:
    world = _world(
        {
            APEX: Reason.REFUSED,
            "http://city.example/": (302, [("Location", WWW)], b""),
            WWW: (200, [], b'<img src="https://i.example/1.png">'),
        }
    )

    assert "img src i.example" in _seen(world)
    assert ("web.page", "refused") in gaps(sight(page, CITY, world))


def test_a_page_served_without_encryption_is_not_read() -> None:
    """Whoever stands on the path may have written it."""
    body = b'<script src="https://t.example/a.js"></script>'
    world = _world({APEX: Reason.TLS, WWW: Reason.TLS,
                    "http://city.example/": (200, [], body),
                    "http://www.city.example/": (200, [], body)})  # fmt: skip

    assert [text for text in _seen(world) if "t.example" in text] == []
    assert {why for _, why in gaps(sight(page, CITY, world))} == {"tls", "plain"}


def test_what_a_recording_never_asked_is_asked_no_further() -> None:
    world = World(NAMES)

    assert set(gaps(sight(page, CITY, world))) == {("web.page", "unasked")}
    assert [text for text in world.asked if text.startswith("GET http:")] == []


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_refusal_leaves_the_page_open_and_shows_the_front(status: int) -> None:
    answer = (status, [("Server", "edge")], b"<script src=//t.example></script>")
    sighting = sight(page, CITY, _world({**TO_WWW, WWW: answer}))

    assert [(gap.why, gap.roles) for gap in sighting.gaps] == [("status", OPEN)]
    assert "server: edge" in [o.value.text() for o in sighting.observations]


def test_a_site_that_stands_elsewhere_is_followed() -> None:
    elsewhere = "https://city.portal.example/start"
    sent = (301, [("Location", elsewhere)], b"")
    body = b"<img src=https://static.portal.example/a.png>"
    world = _world({APEX: sent, WWW: sent, elsewhere: (200, [], body)})
    sighting = sight(page, CITY, world)

    leads = [lead for o in sighting.observations for lead in o.value.leads()]
    assert set(leads) == {Host("city.portal.example")}
    assert not any("static.portal" in o.value.text() for o in sighting.observations)


def test_endless_redirects_end() -> None:
    def hop(number: int) -> str:
        return f"https://city.example/{number}"

    pages: dict[str, tuple[int, Iterable[tuple[str, str]], bytes] | Reason] = {
        hop(n): (302, [("Location", hop(n + 1))], b"") for n in range(50)
    }
    pages[APEX] = pages[WWW] = (302, [("Location", hop(0))], b"")
    world = _world(pages)

    assert ("web.page", "limit") in gaps(sight(page, CITY, world))
    asked = [text for text in world.asked if text.startswith("GET")]
    assert len(asked) <= 2 + INTERACTIVE.web_redirects


def test_a_circle_of_redirects_leaves_the_site_open() -> None:
    world = _world({APEX: (302, [("Location", WWW)], b""), WWW: (302, [("Location", APEX)], b"")})

    assert gaps(sight(page, CITY, world)) == [("web.page", "limit")]


@pytest.mark.parametrize("location", ["", "javascript:alert(1)", "ftp://x.example/", "https://[::"])
def test_a_redirect_to_nowhere_leaves_the_site_open(location: str) -> None:
    answer = (302, [("Location", location)], b"")

    assert gaps(sight(page, CITY, _world({APEX: answer, WWW: answer}))) == [
        ("web.page", "unreadable"), ("web.page", "unreadable"),
    ]  # fmt: skip


def test_a_page_that_sends_the_browser_on_is_followed() -> None:
    start = "https://start.city.example/"
    refresh = b'<meta http-equiv="refresh" content="0;url=%s">' % start.encode()
    world = _world({**TO_WWW, WWW: (200, [], refresh),
                    start: (200, [], b"<script src=//t.example></script>")})  # fmt: skip

    assert "script src t.example" in _seen(world)


def test_a_name_of_ones_own_is_looked_at_for_it_may_be_an_alias() -> None:
    """A measuring service behind `stats.city.example` is found by its alias."""
    body = b'<script src="https://stats.city.example/m.js"></script>'
    sighting = sight(page, CITY, _world({**TO_WWW, WWW: (200, [], body)}))

    assert Host("stats.city.example") in [x for o in sighting.observations for x in o.value.leads()]


def test_cookies_are_named_and_their_values_left_out() -> None:
    fields = [("Set-Cookie", "__cf_bm=secret; Path=/"), ("Set-Cookie", "sid\x1b[31m=1"),
              ("Set-Cookie", "=nothing"), ("Set-Cookie", "a" * 5000 + "=1")]  # fmt: skip
    seen = [text for text in _seen(_world({**TO_WWW, WWW: (200, fields, b"")})) if "cookie" in text]

    assert seen[:2] == ["set-cookie: __cf_bm", "set-cookie: sid\\027[31m"]
    assert len(seen) == 3
    assert all("secret" not in text and len(text) < 200 for text in seen)


def test_fields_that_any_server_sends_are_no_facts() -> None:
    fields = [("Date", "x"), ("Content-Type", "text/html"), ("CF-RAY", "1"), ("X-Evil", "a\x1b[0m")]
    seen = _seen(_world({**TO_WWW, WWW: (200, fields, b"")}))

    assert "cf-ray: 1" in seen
    assert "x-evil: a\\027[0m" in seen
    assert not [text for text in seen if text.startswith(("content-type", "date"))]


def test_a_page_that_draws_from_thousands_is_cut_and_says_so() -> None:
    body = b"".join(b"<img src=https://h%d.example/>" % n for n in range(1000))
    sighting = sight(page, CITY, _world({**TO_WWW, WWW: (200, [], body)}))

    assert len(sighting.observations) < INTERACTIVE.web_hosts + 10
    assert ("limit", OPEN) in [(gap.why, gap.roles) for gap in sighting.gaps]


PLACES = (APEX, WWW, "http://city.example/", "http://www.city.example/", "https://a.example/",
          "http://a.example/", f"{WWW}start")  # fmt: skip
ANSWERS = st.one_of(
    st.sampled_from(list(Reason)),
    st.tuples(
        st.sampled_from([200, 204, 301, 302, 403, 404, 500]),
        st.lists(st.tuples(st.just("Location"), st.sampled_from([*PLACES, "", "x:"])), max_size=1),
        st.sampled_from([b"", b"<p>Welcome", b'<meta http-equiv=refresh content="0;url=/start">']),
    ),
)


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(PLACES, ANSWERS)))
def test_whatever_answers_what_the_page_draws_from_stays_open(
    pages: dict[str, tuple[int, Iterable[tuple[str, str]], bytes] | Reason],
) -> None:
    """Where there is a site, no way through it ends in proof that it embeds nothing."""
    sighting = sight(page, CITY, _world(pages))

    assert {role for gap in sighting.gaps for role in gap.roles} >= set(OPEN)
