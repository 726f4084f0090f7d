from collections.abc import Callable

import pytest
from growth import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE

from mela import Resources
from mela.text.segment import segment


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", []),
        ("-", []),
        ("free", ["free"]),
        ("freeringtonesnow", ["free", "ringtones", "now"]),
        ("freecash4u", ["free", "cash", "4", "u"]),
        ("win-100cash", ["win", "100", "cash"]),
        ("secure-login", ["secure", "login"]),
        ("securelogin", ["secure", "login"]),
        ("buynow", ["buy", "now"]),
        ("theprize", ["the", "prize"]),
        ("zalando", ["zalando"]),
        ("xqzwv", ["xqzwv"]),
        ("bankxqzwv", ["bank", "xqzwv"]),
        ("xqzwvbank", ["xqzwv", "bank"]),
        ("casabanco", ["casa", "banco"]),
        ("free_cash.now", ["free", "cash", "now"]),
        ("777", ["777"]),
        ("münchen", ["münchen"]),
        ("банк24", ["банк", "24"]),
        ("你好", ["你好"]),
        ("\x00\ud800 a", ["a"]),
    ],
)
def test_words(tiny: Resources, name: str, words: list[str]) -> None:
    """Known words are split apart, digits stand alone, and unknown letters stay together."""
    assert segment(name, tiny.words) == words


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("facebook", 2),
        ("paypal", 2),
        ("onlinebanking", 2),
        ("cheapflights", 2),
        ("yourpackagetracking", 3),
        ("mybankaccountlogin", 4),
        ("zalando", 1),
    ],
)
def test_shipped_words(name: str, count: int) -> None:
    """The shipped words split names as a reader does."""
    assert len(segment(name, Resources.load().words)) == count


NAMES = st.text(st.sampled_from("abcefrwin-0129_ü.я"), max_size=40)


@given(NAMES)
def test_nothing_is_lost(name: str) -> None:
    """The words put together are the letters and digits of the name."""
    assert "".join(segment(name, {"free", "win", "cab", "a"})) == "".join(filter(str.isalnum, name))


@given(st.lists(st.sampled_from(["free", "cash", "prize", "online"]), min_size=1, max_size=6))
def test_joined_words_come_apart(words: list[str]) -> None:
    """Words that cannot be read otherwise are found again."""
    assert segment("".join(words), set(words)) == words


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(make: Callable[[int], str]) -> None:
    """Splitting takes time in proportion to the name, however long it is."""
    words = Resources.load().words
    assert growth(lambda name: segment(name, words), lambda size: make(size // 10)) <= LINEAR
