import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import MESSAGES

from mela import Resources
from mela.text.cleaning import Clean, Cleaner

SHIPPED = Cleaner(Resources.load().homoglyphs)
TEXTS = st.one_of(MESSAGES, st.text(st.characters(), max_size=40))


@pytest.fixture(scope="module")
def cleaner(tiny: Resources) -> Cleaner:
    """Return the cleaner of the frozen lists."""
    return Cleaner(tiny.homoglyphs)


@given(TEXTS)
def test_clean_is_idempotent(text: str) -> None:
    """Cleaning clean text changes nothing and moves nothing."""
    once = SHIPPED.clean(text).text
    assert SHIPPED.clean(once).text == once


@given(TEXTS)
def test_clean_text_is_in_order(text: str) -> None:
    """Clean text is NFKC, without control characters, surrogates and invisible ones."""
    once = SHIPPED.clean(text).text
    categories = set(map(unicodedata.category, once))
    assert not categories & {"Cs"}
    assert not {"\x00", "\u200b", "\u202e", "\ufeff", "\xad", "\x7f"} & set(once)
    assert once.isascii() or unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_every_clean_character_has_a_raw_stretch(text: str) -> None:
    """Any stretch of clean text maps to a stretch of the raw text that is not empty."""
    clean = SHIPPED.clean(text)
    located = [clean.locate(place, place + 1) for place in range(len(clean.text))]
    assert all(0 <= start < end <= len(text) for start, end in located)
    # The map goes forward, so that a longer stretch covers the shorter ones in it.
    assert [start for start, _ in located] == sorted(start for start, _ in located)
    assert [end for _, end in located] == sorted(end for _, end in located)
    if clean.text:
        assert clean.locate(0, len(clean.text)) == (located[0][0], located[-1][1])


@pytest.mark.parametrize(
    ("raw", "clean", "stretch", "source"),
    [
        ("call me", "call me", (0, 4), "call"),
        ("a &amp; b", "a & b", (2, 3), "&amp;"),
        ("a &amp; b", "a & b", (4, 5), "b"),
        ("&amp;lt;b", "<b", (0, 1), "&amp;lt;"),
        ("f\u200bree", "free", (0, 4), "f\u200bree"),
        ("\u200bfree\u200b", "free", (0, 4), "free"),
        ("ｆｒｅｅ x", "free x", (0, 4), "ｆｒｅｅ"),
        ("ﬁx it", "fix it", (0, 1), "ﬁ"),
        ("ﬁx it", "fix it", (1, 3), "ﬁx"),
        ("e\u0301l", "él", (0, 1), "e\u0301"),
        ("frее", "free", (2, 4), "ее"),
        ("&#102;\u200bﬁ", "ffi", (0, 3), "&#102;\u200bﬁ"),
        ("\ud83d!", "\ufffd!", (0, 1), "\ud83d"),
    ],
    ids=[
        "identity", "reference", "after a reference", "double escape", "inside zero-width",
        "zero-width outside", "fullwidth", "half a ligature", "end of a ligature", "mark",
        "look-alikes", "all of it", "surrogate",
    ],
)  # fmt: skip
def test_stretch_maps_to_its_source(
    cleaner: Cleaner, raw: str, clean: str, stretch: tuple[int, int], source: str
) -> None:
    """A stretch of clean text leads to the raw characters that it came from."""
    cleaned = cleaner.clean(raw)
    start, end = cleaned.locate(*stretch)
    assert cleaned.text == clean
    assert raw[start:end] == source


def test_plain_text_has_no_map(cleaner: Cleaner) -> None:
    """Printable ASCII is its own clean text and costs no map."""
    assert cleaner.clean("call me now") == Clean("call me now", None, None)


def test_escaped_too_often(cleaner: Cleaner) -> None:
    """A reference that stays after every pass loses its ampersand."""
    text = "&l&l&l&l&l&l&lt;t;t;t;t;t;t;"
    once = cleaner.clean(text).text
    assert cleaner.clean(once).text == once
