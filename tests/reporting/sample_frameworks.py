"""Two invented frameworks, one with a scale and a score, one of requirements, and results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from auditor.model.assessed import (
    Answered,
    Bound,
    Depth,
    FrameworkResult,
    Ground,
    GroupResult,
    Levels,
    Passing,
    Placed,
    Points,
    PointSpan,
    ServiceResult,
    Span,
)
from auditor.model.framework import (
    Applicability,
    Choice,
    Clause,
    Framework,
    Group,
    Item,
    Level,
    Minimum,
    Scope,
    WeightSet,
)
from auditor.model.rule import Citation
from auditor.model.text import Period, Provenance, Text

READ = Provenance("https://cadre.example/", date(2026, 11, 1), verified=True)
MEMORY = Provenance("de mémoire", date(2026, 6, 2), verified=False, note="à relire")
HOSTILE = "=oui <script>alert(2)</script> \u202eiuo"


def _text(fr: str, en: str) -> Text:
    return Text(fr=fr, en=en)


def _choices(*steps: tuple[str, int, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"v{index}", _text(f"réponse {index} ({fr})", f"answer {index} ({en})"),
               Decimal(points), level)
        for index, (fr, level, points) in enumerate(steps)
        for en in (fr,)
    )  # fmt: skip


def _item(
    id_: str,
    group: str,
    choices: tuple[Choice, ...],
    *,
    scope: Scope = Scope.SERVICE,
    provenance: Provenance = READ,
) -> Item:
    return Item(
        id_, group, scope, False,
        _text(f"Question {id_}, assez longue pour tenir sur deux lignes du tableau ?".replace(
            " ?", "\u202f?"), f"Question {id_}, long enough for two lines of the table?"),
        choices, (Clause("seat", (("within", ("EU",)),), True, (choices[-1].value,)),),
        f"art. {id_}", provenance,
    )  # fmt: skip


GRADED_ITEMS = tuple(
    _item(f"{number}.1", f"OBJ-{number}", _choices(("bas", 0, "0"), ("moyen", 2, "41.67"),
                                                   ("haut", 4, "125.01")))
    for number in range(1, 5)
)  # fmt: skip

GRADED = Framework(
    id="cadre-gradue",
    name=_text("Cadre gradué d’essai", "Graded sample framework"),
    short=_text("Cadre gradué", "Graded framework"),
    issuer="Personne",
    version=_text("version 2", "version 2"),
    applicability=Applicability(
        True, (), (), (), (), (), Period(), _text("Ne lie personne.", "Binds nobody.")
    ),
    roles=frozenset({"mail.mailbox", "web"}),
    levels=tuple(Level(f"NIV-{n}", _text(f"niveau {n}", f"level {n}")) for n in range(5)),
    groups=tuple(
        Group(item.group, _text(f"Objectif {item.id[0]}", f"Objective {item.id[0]}"),
              Decimal(125), (item,))
        for item in GRADED_ITEMS
    ),
    weight_sets=(
        WeightSet("egal", _text("égales", "even"),
                  tuple((item.group, Decimal(25)) for item in GRADED_ITEMS), READ),
    ),
    minima=(Minimum("appel", _text("appel d’offres", "tender"), 2, (("OBJ-1", 3),), READ),),
    layers=(("compute", _text("calcul", "compute")), ("storage", _text("stockage", "storage"))),
    citations=(
        Citation(_text("Texte du cadre", "The text"), "https://droit.example/cadre", READ),
    ),
    caveats=(_text("Le niveau prévaut.", "The level prevails."),),
    provenance=READ,
)  # fmt: skip

PLAIN = Framework(
    id="exigences",
    name=_text("Exigences d’essai", "Sample requirements"),
    short=_text("Exigences", "Requirements"),
    issuer="Personne",
    version=_text("2026", "2026"),
    applicability=Applicability(
        False, ("local-authority",), (), (), (), (), Period(),
        _text("Collectivités.", "Local authorities."),
    ),
    roles=frozenset({"mail.mailbox", "web"}),
    levels=(
        Level("not-met", _text("non satisfait", "not met")),
        Level("met", _text("satisfait", "met")),
    ),
    groups=(
        Group("chapitre", _text("Chapitre", "Chapter"), Decimal(0), tuple(
            _item(id_, "chapitre", _choices(("non", 0, "0"), ("oui", 1, "0")),
                  provenance=MEMORY if id_ == "c" else READ)
            for id_ in ("a", "b", "c")
        )),
    ),
    weight_sets=(),
    minima=(),
    layers=(),
    citations=(
        Citation(_text("Règlement", "Regulation"), "https://droit.example/exigences", MEMORY),
    ),
    caveats=(),
    provenance=MEMORY,
)  # fmt: skip

_SEAT = Ground("party", _text("siège statutaire\u00a0: Irlande", "registered office: Ireland"))
_ANY = ("v0", "v1", "v2")


def _placed(
    offering: str, label: str, dependencies: tuple[str, ...], law: str, high: int
) -> Placed:
    """A service of which one question is answered by a law, and one by the dossier."""
    answers = (
        Answered("1.1", ("v0",) if high < 4 else _ANY, ("v0",) if high < 4 else ("v2",),
                 (Ground("law", _text("lois étrangères", "foreign laws"), (law,)),),
                 HOSTILE if high < 4 else "",
                 (_text("qui contrôle la mère", "who controls the parent"),)),
        Answered("2.1", _ANY, ("v1",),
                 (Ground("dossier", _text("réponse moyenne", "middling answer"), (), 31),)),
        Answered("3.1", ("v2",), ("v2",), (_SEAT,)),
        Answered("4.1", _ANY, _ANY),
    )  # fmt: skip
    spans = (
        (Span(0, high), Span(0 if high < 4 else 4, high)),
        (Span(0, 4), Span(2, 2)),
        (Span(4, 4), Span(4, 4)),
        (Span(0, 4), Span(0, 4)),
    )
    zero, full = Decimal(0), Decimal("125.01")
    points = Points(PointSpan(zero, full), PointSpan(Decimal("41.67"), full))
    groups = tuple(
        GroupResult(item.group, Levels(*span), points)
        for item, span in zip(GRADED_ITEMS, spans, strict=True)
    )
    result = ServiceResult(
        offering, answers, groups, Levels(Span(0, high), Span(0, high)),
        (("egal", Points(PointSpan(Decimal("25.002"), Decimal("100.008")),
                         PointSpan(Decimal("33.336"), Decimal("100.008")))),),
        Depth(("ie-mail",), complete=False, followed=("compute",)),
    )  # fmt: skip
    passed = False if high < 2 else None
    return Placed(result, label, dependencies, ("mail.mailbox",), Passing(passed, passed), False)


def _required(offering: str, label: str, dependencies: tuple[str, ...], met: bool) -> Placed:
    value = "v1" if met else "v0"
    answers = (
        Answered("a", (value,), (value,), (_SEAT,)),
        Answered("b", ("v0", "v1"), ("v1",),
                 (Ground("dossier", _text("réponse donnée", "answer given"), (), 40),)),
        Answered("c", ("v0", "v1"), ("v0", "v1"), (), HOSTILE, (_text("le texte", "the text"),)),
    )  # fmt: skip
    levels = Levels(Span(0, int(met)), Span(0, int(met)))
    zero = PointSpan(Decimal(0), Decimal(0))
    groups = (GroupResult("chapitre", levels, Points(zero, zero)),)
    result = ServiceResult(offering, answers, groups, levels, (), None)
    passed = None if met else False
    return Placed(result, label, dependencies, ("mail.mailbox",), Passing(passed, passed), False)


def results(
    offering: str, label: str, dependencies: tuple[str, ...], law: str
) -> tuple[FrameworkResult, ...]:
    """Results for the service *offering* and for a second one that nobody identified."""
    drawn = _placed(offering, label, dependencies, law, 1)
    other = _placed("", "Hôte inconnu", (), law, 4)
    met = _required(offering, label, dependencies, met=True)
    unmet = _required("", "Hôte inconnu", (), met=False)
    low = Levels(Span(0, 1), Span(0, 1))
    bad = Levels(Span(0, 0), Span(0, 0))
    return (
        FrameworkResult(
            GRADED, Bound.VOLUNTARY, (), "egal", 2, (("OBJ-1", 3),), "appel", (drawn, other),
            low, Passing(False, False),
        ),
        FrameworkResult(
            PLAIN, Bound.UNKNOWN, (_text("de quelle sorte d’organisme il s’agit",
                                         "what kind of body it is"),),
            "", 1, (), "framework", (met, unmet), bad, Passing(False, False),
        ),
        FrameworkResult(PLAIN, Bound.NO, (), "", 1, (), "framework", (), None, Passing(None, None)),
    )  # fmt: skip
