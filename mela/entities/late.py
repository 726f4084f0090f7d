"""Patterns that are compiled at their first use.

Compiling all of them takes longer than importing NumPy, and most messages need none of the large
ones: a process that reads a few messages never pays for them.
"""

import re
from collections.abc import Callable
from typing import Any, Final, cast

_METHODS: Final = ("finditer", "findall", "fullmatch", "match", "search", "sub")


class _LatePattern:
    """Stands for a pattern; after the first call its methods are those of the compiled one."""

    def __init__(self, source: Callable[[], str], flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source(), self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(source: Callable[[], str], flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern whose source is asked for, and compiled, when it is first used.

    >>> late(lambda: r"[0-9]+").findall("7 of 12")
    ['7', '12']
    """
    return cast("re.Pattern[str]", _LatePattern(source, flags))
