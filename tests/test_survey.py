from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.exchange import Exchange, Question, Reason, Reply
from auditor.model.sighting import Sighting
from auditor.model.subject import Address, Domain, Host, Selectors, ServiceName, Subject, TenantName
from auditor.model.target import Target
from auditor.network import dns
from auditor.network.door import Network
from auditor.network.live import LiveNetwork
from auditor.network.recorded import RecordedNetwork
from auditor.network.recorder import Recorder
from auditor.probes import probe as probes
from auditor.probes.probe import Asking, Probe, Seen, ask, ask_all, probe
from auditor.settings import Limits
from auditor.survey import starting_subjects, survey
from tests.knowledge import catalogue
from tests.probes.world import NOW, World, failing, gaps, told
from tests.servers import nsd, nsd_installed

_T = TypeVar("_T")

PROBES = probes.installed("cymru", without={"rdap", "declared", "web"})
CITY = Domain("city.example")
WEBMAIL = ServiceName("city.example", "webmail", "mail.mailbox")
STARTING: tuple[Subject, ...] = (
    CITY,
    WEBMAIL,
    ServiceName("city.example", "autodiscover", "mail.mailbox"),
    Selectors("city.example", ("s1",)),
    TenantName("city.example", "city-example.mail.vendor.example", "mail.mailbox"),
)
LINES = """
city.example SOA ns1.host.example. admin.city.example. 1 2 3 4 5
city.example NS ns1.host.example.
city.example MX 10 mail.city.example.
city.example TXT "v=spf1 mx include:spf.vendor.example -all"
city.example TXT "vendor-verification=1"
city.example A 1.1.1.1
mail.city.example A 1.1.1.2
webmail.city.example CNAME web.vendor.example.
web.vendor.example A 1.1.1.3
autodiscover.city.example CNAME autodiscover.vendor.example.
s1._domainkey.city.example CNAME s1.vendor.example.
city-example.mail.vendor.example A 1.1.1.4
spf.vendor.example TXT "v=spf1 ip4:1.1.1.0/24 -all"
_dmarc.city.example TXT "v=DMARC1; p=none; rua=mailto:a@reports.example"
ns1.host.example A 1.1.1.5
2.1.1.1.in-addr.arpa PTR mail.isp.example.
2.1.1.1.origin.asn.cymru.com TXT "64500 | 1.1.1.0/24 | FR | ripencc | 2010-01-01"
AS64500.asn.cymru.com TXT "64500 | FR | ripencc | 2010-01-01 | EXAMPLE"
"""


def _run(awaitable: Awaitable[_T]) -> _T:
    async def run() -> _T:
        return await awaitable

    return asyncio.run(run())


def _survey(
    network: Network,
    subjects: tuple[Subject, ...] = STARTING,
    chosen: tuple[Probe, ...] = PROBES,
    limits: Limits | None = None,
) -> tuple[Sighting, ...]:
    return _run(survey(subjects, chosen, network, limits or Limits()))


@dataclass
class Shuffled:
    """A network that answers late, in an order of its own."""

    world: World
    seed: int
    waiting: list[tuple[asyncio.Future[Exchange], Exchange]] = field(default_factory=list)

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """Something that will be answered when the loop has nothing else to do."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Exchange] = loop.create_future()
        if not self.waiting:
            loop.call_later(0.0005, self.answer)
        self.waiting.append((future, self.world.exchange(question)))
        return future

    def answer(self) -> None:
        """Answer half of what waits, at random."""
        dice = random.Random(self.seed)  # noqa: S311
        dice.shuffle(self.waiting)
        for _ in range((len(self.waiting) + 1) // 2):
            future, exchange = self.waiting.pop()
            future.set_result(exchange)
        if self.waiting:
            asyncio.get_running_loop().call_later(0.0005, self.answer)


class Silent:
    """A network that never answers."""

    def __init__(self) -> None:
        self.asked: list[asyncio.Future[Exchange]] = []

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """A future that nobody completes."""
        self.asked.append(asyncio.get_running_loop().create_future())
        return self.asked[-1]


def test_leads_are_followed_to_the_network() -> None:
    seen = told(_survey(World(LINES)))

    assert "city.example MX 10 mail.city.example" in seen
    assert "mail.city.example A 1.1.1.2" in seen
    assert "1.1.1.2 AS64500 EXAMPLE 1.1.1.0/24 FR" in seen
    assert "1.1.1.2 PTR mail.isp.example" in seen


def test_each_probe_looks_at_a_subject_once_however_many_lead_there() -> None:
    """The exchanger is led to by the MX record and by SPF."""
    sightings = _survey(World(LINES))
    looks = [(sighting.probe, sighting.subject) for sighting in sightings]

    assert len(looks) == len(set(looks))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_arrival_does_not_show(seed: int) -> None:
    """The report of a live audit must be that of its recording, byte for byte."""
    at_once, late = World(LINES), World(LINES)

    def described(sightings: tuple[Sighting, ...]) -> list[tuple[str, str, list[str]]]:
        return [(s.probe, str(s.subject), told((s,))) for s in sightings]

    assert described(_survey(Shuffled(late, seed))) == described(_survey(at_once))


def test_subjects_come_as_given_and_then_breadth_first() -> None:
    subjects = list(dict.fromkeys(s.subject for s in _survey(World(LINES))))

    assert tuple(subjects[: len(STARTING)]) == STARTING
    assert subjects.index(Host("mail.city.example")) < subjects.index(Address("1.1.1.2"))


def test_a_gap_of_the_domain_leaves_the_roles_of_its_probe_open() -> None:
    sightings = _survey(World(LINES, results=failing("_dmarc.city.example TXT")))
    (gap,) = (gap for sighting in sightings for gap in sighting.gaps if gap.probe == "dmarc")

    assert (gap.why, gap.roles) == ("timeout", ("mail.reports",))
    assert gap.tells == ("mail.outbound",)


def test_a_gap_on_a_lead_carries_no_role() -> None:
    """Attribution knows by which path the lead was reached."""
    sightings = _survey(World(LINES, results=failing("mail.city.example A")))
    roles = [g.roles for s in sightings for g in s.gaps if g.subject == Host("mail.city.example")]

    assert roles == [()]


def test_what_a_recording_lacks_is_unasked() -> None:
    sightings = _run(_replay(()))

    assert {why for _, why in gaps(sightings)} == {"unasked"}
    assert told(sightings) == []


async def _replay(exchanges: tuple[Exchange, ...]) -> tuple[Sighting, ...]:
    return await survey(STARTING, PROBES, RecordedNetwork(exchanges, NOW), Limits())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_only_answers_prove_absence(data: st.DataObject) -> None:
    """No observation and no gap: then every question of the look was answered."""
    whole = World(LINES)
    _survey(whole)
    unanswered = data.draw(st.sets(st.sampled_from(sorted(set(whole.asked)))))
    reasons = data.draw(st.sampled_from(list(Reason)))
    world = World(LINES, results=failing(*unanswered, reason=reasons))

    for sighting in _survey(world):
        if sighting.observations or sighting.gaps:
            continue
        taken = next(p for p in PROBES if p.name == sighting.probe)
        alone = World(LINES, results=world.results)
        _survey(alone, (sighting.subject,), (taken,))
        assert not unanswered & set(alone.asked)


def test_too_many_hosts_leave_gaps_on_those_not_followed() -> None:
    lines = "\n".join(f"city.example MX {n} m{n}.example." for n in range(10))
    sightings = _survey(World(lines), (CITY,), limits=Limits(hosts_per_domain=4))

    assert gaps(sightings) == [("survey", "limit")] * 6
    assert {type(s.subject) for s in sightings if s.probe == "survey"} == {Host}


def test_too_many_subjects_leave_gaps_on_those_not_followed() -> None:
    sightings = _survey(World(LINES), limits=Limits(subjects=1))

    assert ("survey", "limit") in gaps(sightings)


def test_a_bug_in_one_probe_costs_one_look(caplog: pytest.LogCaptureFixture) -> None:
    @probe(takes=Domain, opens=("web",))
    def broken(domain: Domain) -> Asking[Seen]:
        yield from ask(dns.question(domain.name, "A"))
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        sightings = _survey(World(LINES), (CITY,), (*PROBES, broken))

    assert gaps(sightings) == [("broken", "bug")]
    assert "ZeroDivisionError" in caplog.text
    assert "city.example MX 10 mail.city.example" in told(sightings)


def test_an_unreadable_reply_is_the_one_the_gap_names() -> None:
    malformed = Reply(b"\x00\x00\x80\x00\x00\x01\x00\x05\x00\x00\x00\x00")
    sightings = _survey(World(LINES, results={"city.example MX": malformed}), (CITY,))
    (gap,) = (gap for sighting in sightings for gap in sighting.gaps if gap.probe == "mx")

    assert gap.why == "unreadable"
    assert gap.exchange is not None
    assert gap.exchange.question.text == "city.example MX"


def test_a_probe_that_never_stops_asking_is_stopped() -> None:
    @probe(takes=Domain)
    def endless(domain: Domain) -> Asking[Seen]:
        while True:
            yield from ask(dns.question(domain.name, "A"))

    assert gaps(_survey(World(LINES), (CITY,), (endless,))) == [("endless", "limit")]


def test_a_look_goes_on_when_its_own_answers_are_there() -> None:
    """Nobody waits for the slowest question of somebody else."""
    silent, world = Silent(), World(LINES)

    @dataclass
    class Half:
        def ask(self, question: Question) -> asyncio.Future[Exchange]:
            return (silent if question.text.endswith(" CAA") else world).ask(question)

    sightings = _survey(Half(), (CITY,), limits=Limits(audit_deadline=0.05))

    assert gaps(sightings) == [("caa", "limit")]
    assert "1.1.1.2 AS64500 EXAMPLE 1.1.1.0/24 FR" in told(sightings)


def test_at_the_deadline_every_open_look_is_a_gap() -> None:
    sightings = _survey(Silent(), limits=Limits(audit_deadline=0.01))

    assert {(probe, why) for probe, why in gaps(sightings)} == {
        (found.name, "limit") for found in PROBES if found.takes not in (Host, Address)
    }


def test_a_cancelled_survey_lets_go_of_everything(caplog: pytest.LogCaptureFixture) -> None:
    """Answers may still come in for questions that were shared with others."""
    silent = Silent()

    async def cancelled() -> None:
        task = asyncio.create_task(survey(STARTING, PROBES, silent, Limits()))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        for future in silent.asked:
            future.set_result(World().exchange(dns.question("city.example", "A")))
        await asyncio.sleep(0)

    asyncio.run(cancelled())

    assert caplog.records == []


def test_at_the_end_no_look_is_left_half_way() -> None:
    closed = []

    @probe(takes=Domain)
    def waiting(domain: Domain) -> Asking[Seen]:
        try:
            yield from ask(dns.question(domain.name, "A"))
        finally:
            closed.append(domain)
        return []

    async def cancelled() -> None:
        task = asyncio.create_task(survey((CITY,), (waiting,), Silent(), Limits()))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait((task,))
        assert closed == [CITY]

    asyncio.run(cancelled())


def test_a_question_the_network_drops_is_a_gap() -> None:
    class Dropping(Silent):
        def ask(self, question: Question) -> asyncio.Future[Exchange]:
            future = super().ask(question)
            asyncio.get_running_loop().call_soon(future.cancel)
            return future

    sightings = _survey(Dropping(), (CITY,))

    assert {why for _, why in gaps(sightings)} == {"interrupted"}


def test_questions_of_one_round_are_asked_together() -> None:
    """Both are on their way before either is answered."""

    @probe(takes=Domain)
    def pair(domain: Domain) -> Asking[Seen]:
        yield from ask_all((dns.question(domain.name, "A"), dns.question(domain.name, "AAAA")))
        return []

    silent = Silent()
    _survey(silent, (CITY,), (pair,), Limits(audit_deadline=0.01))

    assert len(silent.asked) == 2


def test_a_recording_shows_what_the_world_showed(tmp_path: Path) -> None:
    """Through a real server and real sockets, and again from the recorded bytes."""
    assert nsd_installed()
    zone = "\n".join(
        f"{name}. 60 IN {rdtype} {rdata}"
        for name, rdtype, rdata in (
            line.split(None, 2) for line in LINES.splitlines() if line and " SOA " not in line
        )
        if rdtype != "NS"
    )

    async def live() -> tuple[tuple[Sighting, ...], tuple[Exchange, ...]]:
        with nsd(zone, tmp_path) as resolver:
            async with LiveNetwork((resolver,)) as network:
                recorder = Recorder(network)
                sightings = await survey(STARTING, PROBES, recorder, Limits())
                return sightings, recorder.exchanges

    sightings, exchanges = asyncio.run(live())
    replayed = _run(_replay(exchanges))

    assert "1.1.1.2 AS64500 EXAMPLE 1.1.1.0/24 FR" in told(sightings)
    assert gaps(sightings) == []
    assert [(s.probe, s.subject, told((s,))) for s in replayed] == [
        (s.probe, s.subject, told((s,))) for s in sightings
    ]


def test_the_catalogue_widens_what_is_asked(tmp_path: Path) -> None:
    known = catalogue(tmp_path)
    target = Target("City", (Domain("city.example"), Domain("town.example")), (Host("x.example"),))
    subjects = starting_subjects(target, known)

    assert subjects[0] == CITY
    assert subjects[-1] == Host("x.example")
    assert Selectors("town.example", ("over1",)) in subjects
    assert [s.name for s in subjects if isinstance(s, TenantName)] == [
        "city-example.tenants.overcloud.example",
        "town-example.tenants.overcloud.example",
    ]
    assert sum(isinstance(s, ServiceName) for s in subjects) == 2 * len(known.names)
