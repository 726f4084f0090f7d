"""The formats of tables, and what reading and writing share."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from mela.errors import TableError

Format = Literal["csv", "tsv", "jsonl", "parquet"]

FORMATS: Final[Mapping[str, Format]] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}
"""Formats by the extension of their files."""

DELIMITERS: Final[Mapping[Format, str]] = {"csv": ",", "tsv": "\t"}

STANDARD: Final = "-"
"""Path of the standard input and output."""

CHUNK_ROWS: Final = 4096


def format_of(path: str, given: Format | None = None) -> Format:
    """Return the format that is given, or else the one that the extension names.

    >>> format_of("messages.TSV")
    'tsv'
    """
    if given:
        return given
    if path == STANDARD:
        return "csv"
    extension = Path(path).suffix.lower()
    if extension not in FORMATS:
        found = f"unknown extension {extension}" if extension else "no extension"
        raise TableError(path, f"{found}; known are {', '.join(FORMATS)}, or give --from or --to")
    return FORMATS[extension]


def list_values(column: Any) -> list[Any]:
    """Return a column of a chunk as a list; what is written once for many rows stays one value."""
    if hasattr(column, "dictionary"):
        values = [*column.dictionary.to_pylist(), None]
        return [values[-1 if index is None else index] for index in column.indices.to_pylist()]
    listed: list[Any] = column.to_pylist() if hasattr(column, "to_pylist") else column
    return listed


def import_pyarrow(name: str) -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module, for the table of this name."""
    try:
        import pyarrow  # optional
        from pyarrow import parquet
    except ImportError as error:
        problem = "Parquet needs pyarrow; pip install 'mela-features[parquet]'"
        raise TableError(name, problem) from error
    return pyarrow, parquet


def reason(error: OSError) -> str:
    """Return why a file cannot be used, in small letters."""
    return (error.strerror or "input/output error").lower()
