"""Read extraction suites and score spans against them.

A suite is a file of JSON lines, each a text with the spans that belong in it, in code points:

    {"text": "see x.com", "kind": "url", "expected": [{"start": 4, "end": 9}], "region": "GB"}
    {"text": "see x.com", "entities": [{"kind": "url", "start": 4, "end": 9}], "optional": []}

The first form has one kind a file; ``region`` (of phone numbers) and ``first_only`` (judge the
first span alone) are optional. The second form, hand-labelled messages, has several kinds; a
prediction that overlaps an ``optional`` span of its kind is neither right nor wrong, and a number
inside an entity of another kind does not count. In the suites of registered domains the text is a
host, and ``expected`` holds the domain as ``text``, in any spelling.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

Place = tuple[int, int]
"""Start and end of a span, half open, in code points."""

REGION: Final = "GB"
"""Whose national phone numbers are read where a case names no region: the gold is British."""

DOMAIN: Final = "registered_domain"
"""The kind of the suites whose texts are hosts: the domain that someone registered."""

_NO_FEATURE: Final = "cashtag"
"""Stock symbols are no feature of MELA."""


class Case(NamedTuple):
    """One text and the spans that belong in it."""

    text: str
    wanted: tuple[Place, ...]
    optional: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    """Entities of other kinds."""
    region: str = REGION
    first_only: bool = False


class Suite(NamedTuple):
    """The cases of one kind in one file."""

    name: str
    kind: str
    cases: tuple[Case, ...]


class Score(NamedTuple):
    """How well spans agree with a suite.

    ``exact`` and ``overlap`` are F1 scores; ``right_count`` is the share of texts with as many
    spans as wanted, which is what a feature that counts needs.
    """

    exact: float
    overlap: float
    right_count: float


def read_suites(folder: Path) -> list[Suite]:
    """Return the suites of a folder by name; hand-labelled files give a suite for each kind."""
    suites: list[Suite] = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        if "entities" in rows[0]:
            kinds = sorted({entity["kind"] for row in rows for entity in row["entities"]})
            suites += [Suite(path.stem, kind, tuple(_labelled(rows, kind))) for kind in kinds]
        elif rows[0]["kind"] != _NO_FEATURE:
            suites.append(Suite(path.stem, rows[0]["kind"], tuple(map(_written, rows))))
    return suites


def score(cases: Sequence[Case], found: Sequence[Iterable[Place]], kind: str) -> Score:
    """Score the spans that were found in each case."""
    exact = overlapping = predicted = wanted = right_counts = 0
    for case, spans in zip(cases, found, strict=True):
        judged = _judged(case, sorted(set(spans)), kind)
        exact += len(set(judged) & set(case.wanted))
        overlapping += _matched(case.wanted, judged)
        predicted += len(judged)
        wanted += len(case.wanted)
        right_counts += len(judged) == len(case.wanted)
    return Score(
        _f1(exact, predicted, wanted),
        _f1(overlapping, predicted, wanted),
        right_counts / len(cases),
    )


def tail(host: str, domain: str) -> Place:
    """Return where a domain, however it is spelled, stands at the end of a host."""
    labels = host.split(".")[-domain.count(".") - 1 :]
    return len(host) - len(".".join(labels)), len(host)


def _written(row: dict[str, Any]) -> Case:
    if row["kind"] == DOMAIN:
        places = [tail(row["text"], entity["text"]) for entity in row["expected"]]
    else:
        places = _places(row["expected"])
    return Case(
        row["text"],
        tuple(places),
        region=row.get("region", REGION),
        first_only=bool(row.get("first_only")),
    )


def _labelled(rows: list[dict[str, Any]], kind: str) -> Iterable[Case]:
    for row in rows:
        yield Case(
            row["text"],
            wanted=tuple(_places(e for e in row["entities"] if e["kind"] == kind)),
            optional=tuple(_places(e for e in row["optional"] if e["kind"] == kind)),
            others=tuple(_places(e for e in row["entities"] if e["kind"] != kind)),
        )


def _places(entities: Iterable[dict[str, Any]]) -> list[Place]:
    return [(entity["start"], entity["end"]) for entity in entities]


def _judged(case: Case, spans: list[Place], kind: str) -> list[Place]:
    """Leave out the spans that are neither right nor wrong."""
    if case.first_only:
        return spans[:1]
    return [
        span
        for span in spans
        if any(_overlap(span, place) for place in case.wanted)
        or not (
            any(_overlap(span, place) for place in case.optional)
            or (kind == "number" and any(_inside(span, place) for place in case.others))
        )
    ]


def _matched(wanted: Sequence[Place], spans: Sequence[Place]) -> int:
    """Count the wanted spans that some span of their own overlaps."""
    free = list(spans)
    matched = 0
    for place in wanted:
        hit = next((span for span in free if _overlap(place, span)), None)
        if hit is not None:
            free.remove(hit)
            matched += 1
    return matched


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _inside(span: Place, place: Place) -> bool:
    return place[0] <= span[0] and span[1] <= place[1]


def _f1(hits: int, predicted: int, wanted: int) -> float:
    if predicted == wanted == 0:
        return 1.0
    return 2 * hits / (predicted + wanted)
