from collections.abc import Callable
from typing import Any

import pytest
from case_files import cases
from growth import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE, MESSAGES

from mela import Featurizer, Resources, normalize
from mela.text.cleaning import Cleaner
from mela.text.normalize import Normalizer
from mela.text.plain import reveal
from mela.text.span import Found

SHIPPED = Resources.load()
CLEANER = Cleaner(SHIPPED.homoglyphs)
TEXTS = st.one_of(MESSAGES, st.text(st.characters(), max_size=40))


@pytest.fixture(scope="module")
def normalizer(tiny: Resources) -> Normalizer:
    """Return the normalizer of the frozen lists."""
    return Normalizer(tiny, Cleaner(tiny.homoglyphs))


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


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_result_does_not_depend_on_the_cache(before: list[str], text: str) -> None:
    """What was normalized before makes no difference."""
    fresh, used = Normalizer(SHIPPED, CLEANER), Normalizer(SHIPPED, CLEANER)
    for other in before:
        used.normalize(CLEANER.clean(other).text)
    clean = CLEANER.clean(text).text
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
    normalizer = Normalizer(SHIPPED, CLEANER)

    def all_views(text: str) -> str:
        return reveal(normalizer.normalize(CLEANER.clean(text).text))

    assert growth(all_views, make) <= LINEAR
