"""What is remembered of one organisation must hold word for word for the next."""

from __future__ import annotations

from datetime import date
from itertools import count
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.catalogue import Catalogue
from auditor.engine import recall
from auditor.engine.judge import judge
from auditor.engine.situation import Reader
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Finding
from auditor.model.footprint import Dependency, Fact, Footprint, Location, Part
from auditor.model.rule import Confidence
from auditor.model.sighting import Gap
from auditor.model.subject import Domain

DAY = date(2026, 3, 1)
WORDS = st.sampled_from(["yes", "no"])
FACTS = {
    "dns.dnssec": ("signed", "validated"),
    "dns.caa": ("tag", "issuer", "at"),
    "dns.mta-sts": ("id", "mode"),
    "dns.soa": ("mname",),
}


class _World:
    """The shipped rules, with a reader that has judged everything before."""

    def __init__(self) -> None:
        self.catalogue: Catalogue = knowledge(resources.rules())
        self.grasps = Grasps(self.catalogue, DAY)
        self.experienced = self.reader()

    def reader(self) -> Reader:
        return Reader(self.catalogue, self.grasps, "FR")

    def judged(self, footprint: Footprint, reader: Reader) -> tuple[Finding, ...]:
        return judge(self.catalogue.rules.values(), footprint, "Ville", reader)


@pytest.fixture(scope="module")
def world() -> _World:
    return _World()


@st.composite
def footprints(draw: st.DrawFn, world: _World) -> Footprint:
    """Few offerings and many ways to know of them, so that footprints are nearly alike."""
    domain = draw(st.text(ascii_lowercase, min_size=1, max_size=3)) + ".example"
    numbers = count()
    offerings = st.sampled_from([*sorted(world.catalogue.offerings)[:3], None])

    def dependency(role: str) -> Dependency:
        number = next(numbers)
        places = st.builds(
            Location, st.sampled_from(["FR", "US"]), st.sampled_from(["registry", "region"])
        )
        return Dependency(
            id=f"{domain}/{role}/{number}",
            domain=domain,
            role=role,
            layer=draw(st.sampled_from(["service", "network"])),
            subject=f"mx.{domain}",
            offering=draw(offerings),
            label=draw(st.sampled_from(["Somebody", f"mx.{domain}"])),
            location=tuple(draw(st.lists(places, max_size=1))),
            confidence=draw(st.sampled_from(Confidence)),
            because=(f"{domain} MX 10 mx.{domain}",),
            evidence=(f"{domain} {number}",),
            declared=draw(st.booleans()),
            verified=draw(st.booleans()),
            keys=draw(st.sampled_from(["", "operator", "customer"])),
        )

    def fact(role: str) -> Fact:
        kind = draw(st.sampled_from(sorted(FACTS)))
        fields = tuple((name, draw(WORDS)) for name in FACTS[kind])
        return Fact(domain, role, kind, domain, fields, kind, (f"{domain} {kind}",))

    def part(role: str) -> Part:
        sizes = st.integers(0, 2)
        silent = Gap(Domain(domain), "mx", None, "timeout", (role,), (role,))
        return Part(
            domain,
            role,
            tuple(dependency(role) for _ in range(draw(sizes))),
            tuple(fact(role) for _ in range(draw(sizes))),
            tuple(draw(st.lists(st.just(silent), max_size=1))) if draw(sizes) == 2 else (),
        )

    return Footprint(tuple(map(part, world.catalogue.roles)))


@given(data=st.data())
def test_a_reader_with_memories_judges_as_one_without(world: _World, data: st.DataObject) -> None:
    footprint = data.draw(footprints(world))
    assert world.judged(footprint, world.experienced) == world.judged(footprint, world.reader())


def test_a_full_memory_is_emptied_and_never_mixed_up(
    world: _World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number given again would answer for another situation."""
    monkeypatch.setattr(recall, "_MOST", 1)
    reader = world.reader()
    offerings = sorted(world.catalogue.offerings)[:12]

    def footprint(name: str) -> Footprint:
        def part(role: str, offering: str) -> Part:
            service = Dependency(
                f"{name}/{role}", name, role, "service", name, offering, offering, (),
                Confidence.HIGH, (), (),
            )  # fmt: skip
            return Part(name, role, (service,), (), ())

        roles = world.catalogue.roles
        shifted = offerings[len(name) :] + offerings
        return Footprint(tuple(part(r, o) for r, o in zip(roles, shifted, strict=False)))

    for length in (1, 2, 3, 1, 2):
        known = footprint("v" * length)
        assert world.judged(known, reader) == world.judged(known, world.reader())
