import re

import pytest

from mela.text.late import compile_all, late


@pytest.mark.parametrize("method", ["search", "match", "fullmatch"])
def test_late_pattern_finds_what_the_pattern_finds(method: str) -> None:
    """The methods that look for one match give the match of the compiled pattern."""
    found = getattr(late("[0-9]+"), method)("12 of 345", 0, 2)
    assert found[0] == getattr(re.compile("[0-9]+"), method)("12 of 345", 0, 2)[0] == "12"


def test_late_pattern_finds_all_and_replaces() -> None:
    """The other methods do as those of the compiled pattern."""
    pattern = late("[A-Z]", re.IGNORECASE)
    assert pattern.findall("1a2B") == [match[0] for match in pattern.finditer("1a2B")] == ["a", "B"]
    assert pattern.sub("x", "1a2B") == "1x2x"
    assert late("[A-Z]").split("1A2") == ["1", "2"]
    assert late(r"\p{L}", library="regex").findall("1é") == ["é"]


def test_pattern_is_compiled_at_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compiled before a pattern is used, and nothing twice."""
    calls = []
    compile_now = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: calls.append(given) or compile_now(*given))
    pattern = late("[0-9]")
    assert calls == []
    assert pattern.search("a1")
    assert pattern.match("1a")
    assert pattern.findall("12") == ["1", "2"]
    assert len(calls) == 1


def test_source_is_written_at_first_use_and_once() -> None:
    """A function that writes the pattern is called when the pattern is first used."""
    written = []
    pattern = late(lambda: written.append("a") or "a+")
    assert not written
    assert pattern.sub("", "baac") == pattern.sub("", "bac") == "bc"
    assert written == ["a"]


def test_late_pattern_has_no_other_attributes() -> None:
    """What is no method that finders call is missing, as anywhere."""
    with pytest.raises(AttributeError, match="groupindex"):
        _ = late("a").groupindex


def test_what_waits_is_compiled_at_once() -> None:
    """Patterns that nobody has used yet are compiled when all are asked for, and not again."""
    written = []
    pattern = late(lambda: written.append("a") or "a+")
    compile_all()
    assert written == ["a"]
    compile_all()
    assert pattern.sub("", "baac") == "bc"
    assert written == ["a"]
