from collections.abc import Callable

import pytest
from growth import LINEAR, growth
from hypothesis import given
from strategies import HOSTILE, MESSAGES

from mela import Featurizer
from mela.text.phrases import Openings, Phrase, PhraseFinder
from mela.text.words import find_words

FINDER = PhraseFinder(
    other=["hi", "hi there", "hola"], opt_out=["baja", "stop"], forward=["fwd:", "(fw)", "stop"]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("hi", ["hi"]),
        ("hi!", ["hi"]),
        ("this", []),
        ("hi5", []),
        ("5hi", []),
        ("hi there", ["hi", "hi there"]),
        ("hi  there", ["hi"]),
        ("trabajamos", []),
        ("envía baja.", ["baja"]),
        ("fwd:hi", ["fwd:", "hi"]),
        ("xfwd:", []),
        ("x(fw)y", ["(fw)"]),
        ("¡hola!", ["hola"]),
        ("holá", []),
        ("hi\nhi", ["hi", "hi"]),
        ("hi_", ["hi"]),
    ],
)
def test_phrases(text: str, found: list[str]) -> None:
    """A phrase is found as whole words; a sign at its edge needs no edge of a word."""
    assert [text[phrase.start : phrase.end] for phrase in FINDER.find(text)] == found


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("hi ann", "hi"),
        ("hi there ann", "hi there"),
        ("hi  there", "hi"),
        ("hi therein", "hi"),
        ("'hi' there", "hi there"),
        ('hi "there"', "hi there"),
        ("¡hi!", "hi"),
        ("hi's", ""),
        ("high", ""),
        ("oh hi", ""),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_opening_is_the_longest_at_the_first_word(text: str, opening: str) -> None:
    """An opening is made of the first words, whole ones, whatever quotes they stand in."""
    assert Openings(["hi", "hi there", "hola"]).find(text, find_words(text)) == opening


def test_phrase_of_two_kinds() -> None:
    """A phrase that is of two kinds is found once for each."""
    assert list(FINDER.find("stop")) == [Phrase(0, 4, "opt_out"), Phrase(0, 4, "forward")]


def test_upper_case_is_not_searched() -> None:
    """The text is expected in lower case."""
    assert list(FINDER.find("HI")) == []


@given(MESSAGES)
def test_phrases_are_slices(text: str) -> None:
    """Each phrase is a slice of the text, and phrases come by their end."""
    found = list(FINDER.find(text.lower()))
    assert all(text.lower()[p.start : p.end] for p in found)
    assert [p.end for p in found] == sorted(p.end for p in found)


@pytest.mark.parametrize(
    ("text", "greets"),
    [
        ("Hi, it's me", True),
        ("Hi there", True),
        ("  ...hello", True),
        ("HOLA!", True),
        ("Buenos días", True),
        ("oh hi", False),
        ("history", False),
        ("dearest", False),
        ("", False),
        ("!!!", False),
    ],
)
def test_greeting_opens_the_message(tiny_featurizer: Featurizer, text: str, greets: bool) -> None:
    """A greeting counts where the first word of the message stands, and nowhere else."""
    assert bool(tiny_featurizer.annotate(text).greeting) is greets


@pytest.mark.parametrize(
    ("text", "opts_out", "forwarded"),
    [
        ("Reply STOP to end", True, False),
        ("txt stop now", True, False),
        ("Envía BAJA al 5556", True, False),
        ("unsubscribe", True, False),
        ("we stop here", False, False),
        ("Fwd: news", False, True),
        ("fw:news", False, True),
        ("RV: hola", False, True),
        ("mensaje reenviado", False, True),
        ("forwardedness", False, False),
        ("", False, False),
    ],
)
def test_opt_out_and_forward(
    tiny_featurizer: Featurizer, text: str, opts_out: bool, forwarded: bool
) -> None:
    """Instructions to opt out and marks of forwarding count anywhere, after normalizing."""
    message = tiny_featurizer.annotate(text)
    assert (bool(message.opt_out), bool(message.forward)) == (opts_out, forwarded)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(make: Callable[[int], str]) -> None:
    """Finding phrases takes time in proportion to the text."""
    assert growth(lambda text: sum(1 for _ in FINDER.find(text)), make) <= LINEAR


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stop to 84430", ["stop to"]),
        ("stop to think", []),
        ("stop to 5 pm", []),
        ("nonstop to 84430", []),
    ],
    ids=["code", "word", "hour", "part of a word"],
)
def test_phrase_may_ask_for_a_number_behind_it(text: str, found: list[str]) -> None:
    """Where a phrase ends in a number sign, four digits have to follow."""
    finder = PhraseFinder(opt_out=["stop to #"])
    assert [text[phrase.start : phrase.end] for phrase in finder.find(text)] == found
