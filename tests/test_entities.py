"""Entities: every case of ``cases/*.toml``, run through the whole engine.

A case gives its ``spans`` (code points), or ``want``, the texts of the spans in order. A case that
is expected to ``fail`` is a known limitation: once it passes, it has to be moved.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mela import Featurizer

CASES = Path(__file__).parent / "cases"
KINDS = {
    "urls": "url",
    "emails": "email",
    "hashtags": "hashtag",
    "mentions": "mention",
    "phones": "phone",
    "shortcodes": "shortcode",
    "currency": "currency",
    "timex": "timex",
    "numbers": "number",
}
KEYS = {"name", "text", "spans", "want", "note", "expect", "regions"}


def read_cases(file: str) -> list[dict[str, Any]]:
    """Return the cases of one kind."""
    return tomllib.loads((CASES / f"{file}.toml").read_text(encoding="utf-8"))["case"]


def as_parameters() -> list[Any]:
    """Return all cases, those that are expected to fail marked so."""
    return [
        pytest.param(
            kind,
            case,
            id=f"{file}#{case['name']}",
            marks=[pytest.mark.xfail(strict=True, reason=case.get("note", ""))]
            if case.get("expect") == "fail"
            else [],
        )
        for file, kind in KINDS.items()
        for case in read_cases(file)
    ]


@cache
def engine(regions: tuple[str, ...]) -> Featurizer:
    """Return the shipped engine for some regions."""
    return Featurizer(regions=regions)


@pytest.mark.parametrize(("kind", "case"), as_parameters())
def test_case(kind: str, case: dict[str, Any]) -> None:
    """The spans of the case's kind are those that it states."""
    message = engine(tuple(case.get("regions", ("US", "GB")))).annotate(case["text"])
    found = [span for span in message.spans if span.kind == kind]
    if "want" in case:
        assert [span.text for span in found] == case["want"]
    if "spans" in case:
        assert [[span.start, span.end] for span in found] == case["spans"]


@pytest.mark.parametrize("file", KINDS)
def test_file_of_cases_is_sound(file: str) -> None:
    """Names are unique, every case says what it wants, and some want nothing."""
    cases = read_cases(file)
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names))
    for case in cases:
        assert set(case) <= KEYS, case["name"]
        assert {"spans", "want"} & set(case), case["name"]
        assert case.get("expect", "pass") in ("pass", "fail"), case["name"]
    negatives = [case for case in cases if not case.get("spans", case.get("want"))]
    assert len(negatives) >= 5
