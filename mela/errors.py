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


class ModelError(MelaError, ValueError):
    """A stored domain model that is none, or one of other domain features."""


class NotAMessageError(MelaError, TypeError):
    """An item of a batch that is no text.

    Parameters
    ----------
    problem
        What was found and what is wanted. It never quotes the item.
    position
        Where the item stands in the batch, from 0.
    """

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem, position)
        self.problem = problem
        self.position = position

    def __str__(self) -> str:
        return self.problem


class TableError(MelaError, ValueError):
    """A table that cannot be read or written as asked.

    Parameters
    ----------
    name
        The file.
    problem
        What was found and what to do about it. It never quotes a cell.
    row
        Number of the data row at fault, from 1; 0 for the header line, None for the whole file.
    """

    def __init__(self, name: str, problem: str, row: int | None = None) -> None:
        super().__init__(name, problem, row)
        self.name = name
        self.problem = problem
        self.row = row

    def __str__(self) -> str:
        if self.row is None:
            return f"{self.name}: {self.problem}"
        return f"{self.name}: {f'row {self.row}' if self.row else 'header line'}: {self.problem}"


class CorpusError(MelaError, ValueError):
    """A labelled corpus from which nothing can be learned; never quotes a text of it."""


class UsageError(MelaError):
    """A command line that asks for what is not there."""
