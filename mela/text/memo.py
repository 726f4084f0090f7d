"""Remember what a function made of small things: words, groups of letters, hosts."""

from collections.abc import Callable
from typing import Final, TypeVar

Value = TypeVar("Value")

LONGEST_WORD: Final = 32
"""Longer texts are no words, and hardly come again."""

_MOST_KEYS: Final = 65_536


class Memo(dict[str, Value]):
    """A bounded table of what a function returns, filled as it is asked.

    ``map(memo.__getitem__, words)`` runs without a step of Python for what is known: half the time
    of ``lru_cache``, which keeps an order of use. A full table is emptied; the words of the
    language are back within some messages.

    >>> memo = Memo(str.upper)
    >>> [*map(memo.__getitem__, ["call", "now", "call"])], len(memo)
    (['CALL', 'NOW', 'CALL'], 2)
    """

    def __init__(self, function: Callable[[str], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: str) -> Value:
        value = self._function(key)
        if len(key) <= LONGEST_WORD:
            if len(self) >= _MOST_KEYS:
                self.clear()
            self[key] = value
        return value
