import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from growth import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE, MESSAGES

from mela.text.entropy import bigram_entropy


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("", 0.0),
        ("a", 0.0),
        ("ab", 0.0),
        ("aaaa", 0.0),
        ("aab", 1.0),
        ("abcde", 2.0),
        ("abab", math.log2(3) - 2 / 3),
        ("\ud800\ud800\x00", 1.0),
    ],
)
def test_entropy(text: str, bits: float) -> None:
    """Entropy of the bigrams is in bits; fewer than two characters have none."""
    assert bigram_entropy(text) == pytest.approx(bits, abs=1e-12)


@given(st.one_of(MESSAGES, st.text(max_size=60)))
def test_entropy_has_its_range(text: str) -> None:
    """Entropy lies between 0 and that of bigrams that are all different."""
    highest = math.log2(max(1, len(text) - 1))
    assert 0 <= bigram_entropy(text) <= highest + 1e-9


@given(st.text(max_size=60))
def test_entropy_reads_both_ways(text: str) -> None:
    """A text backwards has the same bigrams backwards, and the very same entropy."""
    assert bigram_entropy(text) == bigram_entropy(text[::-1])


@given(st.text(min_size=1, max_size=30), st.integers(2, 5))
def test_repeating_adds_little(text: str, times: int) -> None:
    """Repeated text holds one new bigram at most, where its end meets its start."""
    different = len(set(pairwise(text))) + 1
    assert bigram_entropy(text * times) <= math.log2(different) + 1e-9


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(make: Callable[[int], str]) -> None:
    """Entropy takes time in proportion to the text."""
    assert growth(bigram_entropy, make) <= LINEAR


def entropy_by_fsum(text: str) -> float:
    """Return the entropy by its formula, each sum rounded once."""
    counts = Counter(pairwise(text))
    total = len(text) - 1
    if total < 1:
        return 0.0
    repeated = [n * math.log2(n) for n in counts.values() if n > 1]
    return max(math.log2(total) - math.fsum(repeated) / total, 0.0)


@given(st.one_of(MESSAGES, st.text(max_size=60), st.text("ab \ud800😀", max_size=900)))
def test_sum_is_exact(text: str) -> None:
    """The weights of bigrams are added up without any rounding, whatever the way."""
    assert bigram_entropy(text) == entropy_by_fsum(text)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_long_texts_are_many_of_one(make: Callable[[int], str]) -> None:
    """Sorting and counting agree on texts of thousands of equal bigrams."""
    texts = [make(size) for size in (9, 400, 5_000)]
    assert list(map(bigram_entropy, texts)) == list(map(entropy_by_fsum, texts))
