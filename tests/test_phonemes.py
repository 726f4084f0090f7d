from collections.abc import Callable

import pytest
from growth import LINEAR, growth
from hypothesis import given
from strategies import HOSTILE, MESSAGES

from mela import Resources
from mela.text.cleaning import Cleaner
from mela.text.phonemes import PhonemeEstimator

ESTIMATOR = PhonemeEstimator({"a": 1.0, "b": 0.5, "x": 2.0, "z": 0.25})
SHIPPED = PhonemeEstimator(Resources.load().phonemes)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("ab", 2),
        ("aab", 2),
        ("xx", 4),
        ("A B X", 4),
        ("a1a!a a", 4),
        ("12 345", 0),
        ("q", 0),
        ("á", 1),
        ("a\u0301", 1),
        ("я", 1),
        ("яяяя", 4),
        ("aя", 2),
        ("😀", 0),
        ("a😀", 1),
        ("\x00\ud800", 0),
    ],
)
def test_estimate(text: str, count: int) -> None:
    """Letters add up their weights, accents come off, letters of other scripts weigh the mean."""
    assert ESTIMATOR.estimate(text) == count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("please call me at home tomorrow morning", 29),
        ("your account has been suspended", 25),
        ("see you tonight at the usual place", 24),
        ("win a free holiday and cash prizes", 25),
    ],
)
def test_shipped_estimate_is_near_the_spoken(text: str, said: int) -> None:
    """Whole sentences come within a fifth of the phonemes that a speaker says."""
    assert abs(SHIPPED.estimate(text) - said) <= said / 5


@given(MESSAGES)
def test_estimate_is_a_count(text: str) -> None:
    """An estimate is whole, not negative, and at most two and a half for each character."""
    estimate = SHIPPED.estimate(text)
    assert isinstance(estimate, int)
    # NFD can make more letters of one character: a Hangul syllable has up to three.
    assert 0 <= estimate <= 3 * 2.5 * max(1, len(text))


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(make: Callable[[int], str]) -> None:
    """Estimating takes time in proportion to the text that cleaning leaves."""
    clean = Cleaner(Resources.load().homoglyphs).clean
    assert growth(SHIPPED.estimate, lambda size: clean(make(size)).text) <= LINEAR
