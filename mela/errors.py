"""What mela raises on purpose. Every message says what was found, where, and what is wanted."""

from collections.abc import Iterable
from pathlib import Path


class MelaError(Exception):
    """Base class of the errors that mela raises."""


class ResourceError(MelaError, ValueError):
    """A resource file that breaks the rules of its format.

    Parameters
    ----------
    path
        The file.
    line
        1-based line of the fault; 1 where the file as a whole is at fault.
    problem
        What was found and what is wanted.
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(path, line, problem)
        self.path = path
        self.line = line
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


class UnknownRegionError(MelaError, ValueError):
    """A region code that the phone metadata does not know."""

    def __init__(self, region: object, known: Iterable[str]) -> None:
        super().__init__(region, tuple(sorted(known)))

    def __str__(self) -> str:
        region, known = self.args
        hint = " (the United Kingdom is 'GB')" if region == "UK" else ""
        return f"unknown region {region!r}{hint}; known regions: {', '.join(known)}"
