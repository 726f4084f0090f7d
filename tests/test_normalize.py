import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from case_files import cases
from growth import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE, MESSAGES

from mela import Featurizer, Resources, normalize
from mela.entities.span import Found
from mela.normalize import Clean, Normalizer

TEXTS = st.one_of(MESSAGES, st.text(st.characters(), max_size=40))


@pytest.fixture(scope="module")
def normalizer(tiny: Resources) -> Normalizer:
    """Return the normalizer of the frozen lists."""
    return Normalizer(tiny)


@pytest.mark.parametrize("case", cases("normalize"))
def test_normalized_text(case: dict[str, Any]) -> None:
    """The shipped lists give the plain text of the case."""
    assert normalize(case["text"]) == case["want"]


@pytest.mark.parametrize("case", [pytest.param(*c.values, id=c.id) for c in cases("normalize")])
def test_normalizing_twice(case: dict[str, Any]) -> None:
    """Normalizing what is normalized changes nothing, right or wrong."""
    once = normalize(case["text"])
    assert normalize(once) == once


# Laws.


@given(TEXTS)
def test_normalize_is_idempotent(text: str) -> None:
    """Normalizing any message twice is normalizing it once."""
    once = normalize(text)
    assert normalize(once) == once


@given(TEXTS)
def test_clean_is_idempotent(text: str) -> None:
    """Cleaning clean text changes nothing and moves nothing."""
    normalizer = Normalizer(Resources.load())
    once = normalizer.clean(text).text
    assert normalizer.clean(once).text == once


@given(TEXTS)
def test_clean_text_is_in_order(text: str) -> None:
    """Clean text is NFKC, without control characters, surrogates and invisible ones."""
    once = Normalizer(Resources.load()).clean(text).text
    categories = set(map(unicodedata.category, once))
    assert not categories & {"Cs"}
    assert not {"\x00", "\u200b", "\u202e", "\ufeff", "\xad", "\x7f"} & set(once)
    assert once.isascii() or unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_every_clean_character_has_a_raw_stretch(text: str) -> None:
    """Any stretch of clean text maps to a stretch of the raw text that is not empty."""
    clean = Normalizer(Resources.load()).clean(text)
    located = [clean.locate(place, place + 1) for place in range(len(clean.text))]
    assert all(0 <= start < end <= len(text) for start, end in located)
    # The map goes forward, so that a longer stretch covers the shorter ones in it.
    assert [start for start, _ in located] == sorted(start for start, _ in located)
    assert [end for _, end in located] == sorted(end for _, end in located)
    if clean.text:
        assert clean.locate(0, len(clean.text)) == (located[0][0], located[-1][1])


@given(TEXTS)
def test_reveal_keeps_revealed_text(text: str) -> None:
    """The view without disguises never fails, and is no longer than the text."""
    normalizer = Normalizer(Resources.load())
    plain = normalizer.normalize(normalizer.clean(text).text)
    assert len(normalizer.reveal(plain)) <= len(plain)


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_result_does_not_depend_on_the_cache(before: list[str], text: str) -> None:
    """What was normalized before makes no difference."""
    fresh, used = Normalizer(Resources.load()), Normalizer(Resources.load())
    for other in before:
        used.normalize(used.clean(other).text)
    clean = fresh.clean(text).text
    assert used.normalize(clean) == fresh.normalize(clean)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("&Pound100;", "&pound100;", id="no name"),
        pytest.param("&NOTx;", "&notx;", id="name and a letter"),
        pytest.param("&notit;", "&notit;", id="name and a word"),
        pytest.param("&Pound;", "£", id="name in lower case only"),
        pytest.param("a.com/?a=1&region;", "a.com/?a=1&region;", id="parameter"),
        pytest.param("a.com/?a=1&copy=2", "a.com/?a=1&copy=2", id="parameter that is a name"),
        pytest.param("&amp;lt;", "<", id="escaped twice"),
        pytest.param("&amp;amp;amp;amp;lt;", "<", id="escaped five times"),
        pytest.param("&amp;#38;amp;#x26;#60;", "<", id="escaped five times, mixed"),
    ],
)
def test_references_are_read_by_exact_name(
    tiny_featurizer: Featurizer, text: str, want: str
) -> None:
    """A reference is decoded by its whole name, however often escaped, and once for all."""
    assert tiny_featurizer.normalize(text) == want
    assert tiny_featurizer.normalize(want) == want


@pytest.mark.parametrize("depth", range(1, 12))
@pytest.mark.parametrize("inner", ["&lt;", "&l&#116;;", "&#38;", "&Lt;", "&Pound;"])
def test_nested_references_settle(tiny_featurizer: Featurizer, inner: str, depth: int) -> None:
    """However deep references are written into one another, normalizing once is enough."""
    text = inner
    for _ in range(depth):
        text = text.replace("t", "&#116;", 1).replace("&", "&amp;", 1)
    once = tiny_featurizer.normalize(text)
    assert tiny_featurizer.normalize(once) == once


# The map to the raw text.


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
    normalizer: Normalizer, raw: str, clean: str, stretch: tuple[int, int], source: str
) -> None:
    """A stretch of clean text leads to the raw characters that it came from."""
    cleaned = normalizer.clean(raw)
    start, end = cleaned.locate(*stretch)
    assert cleaned.text == clean
    assert raw[start:end] == source


def test_plain_text_has_no_map(normalizer: Normalizer) -> None:
    """Printable ASCII is its own clean text and costs no map."""
    assert normalizer.clean("call me now") == Clean("call me now", None, None)


def test_escaped_too_often(normalizer: Normalizer) -> None:
    """A reference that stays after every pass loses its ampersand."""
    text = "&l&l&l&l&l&l&lt;t;t;t;t;t;t;"
    once = normalizer.clean(text).text
    assert normalizer.clean(once).text == once


# The view without disguises.


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("k.a.r.s", "kars"),
        ("f r e e cash", "free cash"),
        ("c-a-s-h", "cash"),
        ("f.r-e.e", "f.r-e.e"),
        ("e.g. this", "e.g. this"),
        ("u.s.a", "u.s.a"),
        ("a b c", "a b c"),
        ("fr33", "free"),
        ("ca$h", "cash"),
        ("ca11", "call"),
        ("c1aim", "claim"),
        ("1oan", "loan"),
        ("v1agra", "viagra"),
        ("0ld", "old"),
        ("p@ssw0rd", "password"),
        ("100", "100"),
        ("0800 123 4567", "0800 123 4567"),
        ("$100", "$100"),
        ("10:30", "10:30"),
        ("£5.50", "£5.50"),
        ("$$$", "$$$"),
        ("a @ b", "a @ b"),
        ("plain words", "plain words"),
    ],
)
def test_reveal(normalizer: Normalizer, text: str, plain: str) -> None:
    """Disguised words become plain; numbers, prices, times and short initials stay."""
    assert normalizer.reveal(text) == plain


def test_disguise_reaches_the_clusters(tiny_featurizer: Featurizer) -> None:
    """A disguised word counts for its cluster, a plain one no more than once."""
    for text in ("c.a.s.h", "ca$h", "CASH", "c a s h", "са\u200bsh"):
        assert tiny_featurizer.annotate(text).clusters[8] == 1


# The dictionary.


def test_words_of_entities_stay(normalizer: Normalizer) -> None:
    """Stretches given as entities are lowered and kept, words around them rewritten."""
    assert normalizer.normalize("Pls Txt Pls", [Found(4, 7)]) == "please txt please"


def test_entity_closes_no_gate_beside_it(normalizer: Normalizer) -> None:
    """A gate does not reach across an entity."""
    assert normalizer.normalize("2 x you", [Found(2, 3)]) == "2 x you"
    assert normalizer.normalize("2 you") == "to you"


@pytest.mark.parametrize("separator", [" ", "  ", "\n", "\t"], ids=["one", "two", "line", "tab"])
def test_any_white_space_opens_a_gate(normalizer: Normalizer, separator: str) -> None:
    """Neighbors are parted by any white space, which stays."""
    assert normalizer.normalize(f"2{separator}you") == f"to{separator}you"


def test_gate_reads_the_neighbors_plain_form(normalizer: Normalizer) -> None:
    """A neighbor in textese opens a gate like its plain form; gated neighbors count as plain."""
    assert normalizer.normalize("2 u") == "to you"
    assert normalizer.normalize("how r u") == "how are you"
    assert normalizer.normalize("4 ur") == "4 your"


def test_long_token_is_no_word(normalizer: Normalizer) -> None:
    """A token beyond the length of words is kept as it is, runs included."""
    assert normalizer.normalize("z" * 33) == "z" * 33
    assert normalizer.normalize("z" * 32) == "zzz"


# Growth.


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(make: Callable[[int], str]) -> None:
    """Cleaning, normalizing and revealing take time in proportion to the text."""
    normalizer = Normalizer(Resources.load())

    def all_views(text: str) -> str:
        return normalizer.reveal(normalizer.normalize(normalizer.clean(text).text))

    assert growth(all_views, make) <= LINEAR
