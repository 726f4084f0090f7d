import pytest
from hypothesis import given
from strategies import MESSAGES

from mela.text.reading import Reading
from mela.text.span import Found
from mela.text.words import fold, tokens


@given(MESSAGES)
def test_reading_is_that_of_the_words_module(text: str) -> None:
    """A reading holds the folded text, its distinct words and whether it has an ASCII digit."""
    reading = Reading(text)
    assert reading.text == text
    assert reading.folded == fold(text)
    assert reading.words == frozenset(tokens(fold(text)))
    assert reading.has_digits == any("0" <= character <= "9" for character in fold(text))


@pytest.mark.parametrize(
    ("text", "words", "holds"),
    [
        ("win CASH now", {"cash"}, True),
        ("win ca-sh now", {"cash"}, False),
        ("", {"cash"}, False),
        ("it's", {"s"}, True),
        ("cash\U0001f600", {"cash"}, True),
        ("¿cash?", {"cash"}, True),
    ],
)
def test_reading_holds_whole_words(text: str, words: set[str], *, holds: bool) -> None:
    """A reading knows whether one of some words stands in it, in any case."""
    assert Reading(text).holds(frozenset(words)) is holds


def test_claim_can_part_words() -> None:
    """What a claim leaves has a reading of its own: "five" stands behind the host."""
    reading = Reading("see x.comfive")
    left = reading.without([Found(4, 9)])
    assert left.text == "see \x00\x00\x00\x00\x00five"
    assert not reading.holds(frozenset({"five"}))
    assert left.holds(frozenset({"five"}))


def test_reading_without_nothing_is_itself() -> None:
    """Most messages hold nothing to claim, and are read once."""
    reading = Reading("see you")
    assert reading.without([]) is reading
