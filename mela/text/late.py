"""Patterns that are compiled at their first use.

Compiling all of them takes longer than importing NumPy, and most messages need none of the large
ones: a process that reads a few messages never pays for them.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Literal, cast
from weakref import WeakSet

_METHODS: Final = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub")


class _LatePattern:
    """Stands for a pattern; after the first call its methods are those of the compiled one."""

    def __init__(self, source: str | Callable[[], str], flags: int, library: str) -> None:
        self._source = source
        self._flags = flags
        self._library = library
        _waiting.add(self)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        source = self._source if isinstance(self._source, str) else self._source()
        compiled = import_module(self._library).compile(source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        _waiting.discard(self)
        return getattr(compiled, name)


_waiting: Final[WeakSet[_LatePattern]] = WeakSet()
"""Patterns that nobody has used yet."""


def compile_all() -> None:
    """Compile every pattern now: what serves others does not let the first of them wait."""
    for pattern in list(_waiting):
        getattr(pattern, _METHODS[0])


def late(
    source: str | Callable[[], str], flags: int = 0, library: Literal["re", "regex"] = "re"
) -> "re.Pattern[str]":
    """Return a pattern that is compiled, by ``re`` or ``regex``, when it is first used.

    Most messages need no ``regex``: only text beyond ASCII does, and text with a number sign.

    Its source may be a function that writes it: long lists of words take as long to put into a
    pattern as the pattern to compile.

    >>> late(r"[0-9]+").findall("7 of 12")
    ['7', '12']
    """
    return cast("re.Pattern[str]", _LatePattern(source, flags, library))
