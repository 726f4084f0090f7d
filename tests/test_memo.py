import pytest
from hypothesis import given
from hypothesis import strategies as st

from mela.text import memo as module
from mela.text.memo import LONGEST_WORD, Memo


@given(st.lists(st.text(max_size=3), max_size=20))
def test_memo_gives_what_its_function_gives(keys: list[str]) -> None:
    """What is remembered is what the function returns, whatever was asked before."""
    memo = Memo(str.upper)
    assert [memo[key] for key in keys] == list(map(str.upper, keys))


def test_function_is_asked_once() -> None:
    """A key that was met is not worked out again."""
    asked = []
    memo = Memo(asked.append)
    assert [memo["call"], memo["call"]] == [None, None]
    assert asked == ["call"]


def test_memo_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full table is emptied, and goes on."""
    monkeypatch.setattr(module, "_MOST_KEYS", 10)
    memo = Memo(str.upper)
    for number in range(100):
        assert memo[f"a{number}"] == f"A{number}"
        assert len(memo) <= 10


def test_long_keys_are_not_kept() -> None:
    """What is longer than a word is worked out each time and takes no memory."""
    memo = Memo(len)
    assert memo["a" * (LONGEST_WORD + 1)] == LONGEST_WORD + 1
    assert not memo
    assert memo["a" * LONGEST_WORD] == LONGEST_WORD
    assert len(memo) == 1
