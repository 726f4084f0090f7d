"""Read and write tables of messages in chunks: CSV, TSV, JSONL and Parquet.

Memory stays constant whatever the length of the table. Errors name the file, the row and the
remedy, and never quote a cell: it may be somebody's message.
"""

import codecs
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import chain, islice, repeat
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO, Final, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from mela.errors import MelaError

Format = Literal["csv", "tsv", "jsonl", "parquet"]
FORMATS: Final[Mapping[str, Format]] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}
"""Formats by the extension of their files."""

STANDARD: Final = "-"
"""Path of the standard input and output."""

CHUNK_ROWS: Final = 4096

_DELIMITERS: Final[Mapping[Format, str]] = {"csv": ",", "tsv": "\t"}

# Where a quotation mark is never closed, the rest of the file is one field: up to this limit.
_LONGEST_FIELD: Final = 1 << 24

_NO_QUOTING: Final = "if quotation marks mean nothing in this file, add --no-quoting"

# What a byte that cannot be decoded becomes under "surrogateescape". No decoded text holds it.
_UNDECODABLE_RE: Final = re.compile("[\udc80-\udcff]")

# A file without a header line has a message where names are looked for. Only what looks like a
# name is shown: "v1", "message-text". Does not match "see you", "482913" nor "ok!".
_PLAIN_NAME_RE: Final = re.compile(r"[^\W\d][\w.-]{0,31}")
_MOST_NAMES: Final = 20


class TableError(MelaError, ValueError):
    """A table that cannot be read or written as asked.

    Parameters
    ----------
    name
        The file.
    problem
        What was found and what to do about it.
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


class Source(NamedTuple):
    """A table to read.

    Attributes
    ----------
    path
        The file, or ``-`` for the standard input.
    format
        Its format.
    columns
        Names of the columns of a CSV or TSV file without a header line; None for one with it.
    quoting
        Whether quotation marks enclose fields of a CSV or TSV file.
    encoding
        How its text is encoded. UTF-8 may start with a byte order mark.
    errors
        ``strict`` refuses bytes that cannot be decoded, ``replace`` puts U+FFFD in their place.
    """

    path: str
    format: Format
    columns: tuple[str, ...] | None = None
    quoting: bool = True
    encoding: str = "utf-8"
    errors: Literal["strict", "replace"] = "strict"

    @property
    def name(self) -> str:
        """What errors call it."""
        return "<stdin>" if self.path == STANDARD else self.path


class Chunk(NamedTuple):
    """Consecutive rows of a table.

    A column is a list, or an Arrow array, which keeps its type on the way from Parquet to Parquet.
    ``first`` is the number of the first row, from 1.
    """

    first: int
    columns: Mapping[str, Any]


class Writer(Protocol):
    """Takes the rows of a table, a chunk at a time."""

    def write(self, kept: Mapping[str, Any], rows: NDArray[np.float32]) -> None:
        """Append rows: the kept columns in front, then the features."""

    def close(self) -> None:
        """End the table."""


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
    """Return a column of a chunk as a list."""
    values: list[Any] = column.to_pylist() if hasattr(column, "to_pylist") else column
    return values


def read_chunks(
    source: Source, wanted: Sequence[str], warn: Callable[[str], None]
) -> Generator[Chunk, None, None]:
    """Yield the wanted columns of a table, a chunk of rows at a time.

    In CSV and TSV an empty field is an empty text, and blank lines are skipped where there are
    several columns. In JSONL a name that an object lacks is null.

    Parameters
    ----------
    source
        The table.
    wanted
        Names of the columns.
    warn
        Is told what looks wrong and may be right.

    Raises
    ------
    TableError
        The file cannot be read, breaks its format or lacks a column.
    """
    names = tuple(dict.fromkeys(wanted))
    if source.format == "parquet":
        yield from _read_parquet(source, names)
        return
    rows = (
        _read_jsonl(source, names)
        if source.format == "jsonl"
        else _read_delimited(source, names, warn)
    )
    first = 1
    with closing(rows):
        while batch := list(islice(rows, CHUNK_ROWS)):
            columns = map(list, zip(*batch, strict=True))
            yield Chunk(first, dict(zip(names, columns, strict=True)))
            first += len(batch)


@contextmanager
def open_writer(
    path: str, form: Format, kept: Sequence[str], features: Sequence[str]
) -> Iterator[Writer]:
    """Open a table for writing. It appears under its name when it is complete.

    Parameters
    ----------
    path
        The file, or ``-`` for the standard output.
    form
        Its format.
    kept
        Names of the columns in front.
    features
        Names of the columns of numbers.

    Raises
    ------
    TableError
        The file cannot be written, or Parquet is asked for and pyarrow is absent.
    """
    name = "<stdout>" if path == STANDARD else path
    with _open_output(path, name) as stream:
        writer: Writer
        if form == "parquet":
            writer = _ParquetWriter(stream, name, features)
        elif form == "jsonl":
            writer = _JsonlWriter(stream, [*kept, *features])
        else:
            writer = _DelimitedWriter(stream, _DELIMITERS[form], [*kept, *features])
        with closing(writer):
            yield writer
            # A table without rows has columns, too.
            writer.write({key: [] for key in kept}, np.empty((0, len(features)), np.float32))


def _read_delimited(
    source: Source, names: Sequence[str], warn: Callable[[str], None]
) -> Generator[list[Any], None, None]:
    delimiter = _DELIMITERS[source.format]
    csv.field_size_limit(_LONGEST_FIELD)
    row = 0 if source.columns else -1
    suspects: list[int] = []
    with _open_lines(source, newline="") as lines:
        parser = csv.reader(
            lines,
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if source.quoting else csv.QUOTE_NONE,
            strict=True,
        )
        try:
            header = source.columns or next(parser, None)
            if header is None:
                problem = "empty; wanted a header line, or its names from --columns"
                raise TableError(source.name, problem)
            row = 0
            picks = _find_columns(source, header, names)
            width = len(header)
            for line in parser:
                if not line and width > 1:
                    continue
                row += 1
                cells = line or [""]
                if len(cells) != width:
                    raise TableError(source.name, _misfit(source, len(cells), width), row)
                if row == 1 and tuple(cells) == source.columns:
                    problem = "is a header line; drop --columns"
                    raise TableError(source.name, problem, row)
                if source.quoting and any(_holds_row(cell, delimiter, width) for cell in cells):
                    suspects.append(row)
                yield [cells[pick] for pick in picks]
        except csv.Error as error:
            problem = (
                f"a quotation mark stands astray or is never closed; {_NO_QUOTING}"
                if source.quoting
                else f"a field of more than {_LONGEST_FIELD:,} characters; shorten it"
            )
            raise TableError(source.name, problem, row + 1) from error
        except UnicodeError as error:
            raise _undecodable(source, error, row + 1) from error
    if suspects:
        warn(
            f"{source.name}: row {suspects[0]}: a field holds a line break and what could be "
            f"another row (rows like this: {len(suspects)}); {_NO_QUOTING}"
        )


def _holds_row(cell: str, delimiter: str, width: int) -> bool:
    """Tell whether a quotation mark that means nothing may have swallowed the start of a row."""
    return "\n" in cell and any(line.count(delimiter) >= width - 1 for line in cell.split("\n")[1:])


def _misfit(source: Source, found: int, wanted: int) -> str:
    remedy = f"mend the row, or {_NO_QUOTING}" if source.quoting else "mend the row"
    return f"columns: {found}, wanted {wanted}; {remedy}"


def _read_jsonl(source: Source, names: Sequence[str]) -> Generator[list[Any], None, None]:
    row = 0
    # A lone carriage return is white space within an object.
    with _open_lines(source, newline="\n") as lines:
        try:
            for line in lines:
                if not line.strip():
                    continue
                row += 1
                record = _parse_object(line)
                if record is None:
                    problem = "no JSON object; wanted one object on each line"
                    raise TableError(source.name, problem, row)
                if row == 1:
                    _find_columns(source, tuple(record), names)
                yield [record.get(name) for name in names]
        except UnicodeError as error:
            raise _undecodable(source, error, row + 1) from error


def _parse_object(line: str) -> dict[str, Any] | None:
    try:
        # Control characters that should have been escaped do no harm.
        value = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _read_parquet(source: Source, names: Sequence[str]) -> Generator[Chunk, None, None]:
    arrow, parquet = _import_pyarrow(source.name)
    first = 1
    with _open_input(source) as stream:
        try:
            # The format starts at its end, which a pipe cannot reach.
            seekable = io.BytesIO(stream.read()) if source.path == STANDARD else stream
            table = parquet.ParquetFile(seekable)
            _find_columns(source, table.schema_arrow.names, names)
            for batch in table.iter_batches(CHUNK_ROWS, columns=list(names)):
                yield Chunk(first, {name: batch.column(name) for name in names})
                first += len(batch)
        except (arrow.ArrowException, OSError) as error:
            raise TableError(source.name, "no Parquet file, or a damaged one") from error


def _find_columns(source: Source, found: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Return the positions of the wanted columns."""
    for name in wanted:
        count = list(found).count(name)
        if count > 1:
            raise TableError(source.name, f"column {name!r} stands twice; rename one")
        if count == 0:
            remedy = "choose with --text-column and --keep"
            if source.format in _DELIMITERS and not source.columns:
                remedy += ", or name the columns of a file without a header line with --columns"
            shown = [column for column in found if _PLAIN_NAME_RE.fullmatch(column)][:_MOST_NAMES]
            if len(shown) < len(found):
                shown.append(f"{len(found) - len(shown)} not shown")
            problem = f"no column {name!r}; found: {', '.join(shown)}; {remedy}"
            raise TableError(source.name, problem)
    return [list(found).index(name) for name in wanted]


@contextmanager
def _open_input(source: Source) -> Iterator[BinaryIO]:
    try:
        if source.path == STANDARD:
            yield sys.stdin.buffer
        else:
            with Path(source.path).open("rb") as stream:
                yield stream
    except OSError as error:
        raise TableError(source.name, f"cannot be read: {_reason(error)}") from error


@contextmanager
def _open_lines(source: Source, newline: str) -> Iterator[Iterator[str]]:
    with _open_input(source) as stream:
        # Decoding is lazy, a block ahead of the lines: an escape keeps its place until its row
        # is read, an exception would not.
        errors = "surrogateescape" if source.errors == "strict" else "replace"
        try:
            is_utf8 = codecs.lookup(source.encoding).name == "utf-8"
            encoding = "utf-8-sig" if is_utf8 else source.encoding
            text = io.TextIOWrapper(stream, encoding, errors, newline)
        except LookupError as error:
            problem = f"unknown encoding {source.encoding!r}; known are utf-8, cp1252, utf-16, ..."
            raise TableError(source.name, problem) from error
        try:
            yield _check_decoded(text)
        finally:
            text.detach()


def _check_decoded(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.isascii() and _UNDECODABLE_RE.search(line):
            raise UnicodeError
        yield line


def _undecodable(source: Source, error: UnicodeError, row: int) -> TableError:
    problem = f"bytes that are not {source.encoding}; give --encoding, or --errors replace"
    # A codec that cannot escape (UTF-16) raises at once, for a row not yet reached.
    return TableError(source.name, problem, None if isinstance(error, UnicodeDecodeError) else row)


@contextmanager
def _open_output(path: str, name: str) -> Iterator[BinaryIO]:
    """Open what is written to: a file beside the wanted one, renamed at the end."""
    try:
        if path == STANDARD:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            # A device or a named pipe is written to, and not replaced; a folder is refused here.
            with target.open("wb") as stream:
                yield stream
            return
        part = target.with_name(f".{target.name}.{token_hex(4)}.part")
        try:
            with part.open("xb") as stream:
                yield stream
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TableError(name, f"cannot be written: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return (error.strerror or "input/output error").lower()


class _DelimitedWriter:
    def __init__(self, stream: BinaryIO, delimiter: str, names: Sequence[str]) -> None:
        self._stream = stream
        self._delimiter = delimiter
        self._header: list[Sequence[str]] = [names]

    def write(self, kept: Mapping[str, Any], rows: NDArray[np.float32]) -> None:
        lines = _Lines()
        writer = csv.writer(lines, delimiter=self._delimiter)
        writer.writerows(chain(self._header, _records(kept, rows)))
        self._header = []
        self._stream.write("".join(lines).encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        pass


class _Lines(list[str]):
    """Collects CSV lines. The csv module quotes a carriage return only if its lines end in one."""

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n") + "\n")


class _JsonlWriter:
    def __init__(self, stream: BinaryIO, names: Sequence[str]) -> None:
        self._stream = stream
        self._names = names

    def write(self, kept: Mapping[str, Any], rows: NDArray[np.float32]) -> None:
        for record in _records(kept, rows):
            # ASCII, because a kept text may hold half a surrogate pair.
            line = json.dumps(dict(zip(self._names, record, strict=True)), default=str)
            self._stream.write(f"{line}\n".encode("ascii"))

    def close(self) -> None:
        pass


class _ParquetWriter:
    def __init__(self, stream: BinaryIO, name: str, features: Sequence[str]) -> None:
        self._arrow, self._parquet = _import_pyarrow(name)
        self._stream = stream
        self._name = name
        self._features = features
        self._writer: Any = None

    def write(self, kept: Mapping[str, Any], rows: NDArray[np.float32]) -> None:
        if self._writer and not len(rows):
            return
        columns = {name: self._array(name, values) for name, values in kept.items()}
        columns |= zip(self._features, map(self._arrow.array, rows.T.copy()), strict=True)
        table = self._arrow.table(columns)
        if not self._writer:
            self._writer = self._parquet.ParquetWriter(self._stream, table.schema)
        self._writer.write_table(table)

    def _array(self, name: str, values: Any) -> Any:
        """Return a kept column as an Arrow array of the type that it had in the first chunk."""
        if isinstance(values, self._arrow.Array):
            return values
        known = self._writer.schema.field(name).type if self._writer else None
        try:
            array = self._arrow.array(values, known)
        except (self._arrow.ArrowException, ValueError, TypeError, OverflowError) as error:
            problem = f"column {name!r} holds more than one type of value; write CSV or JSONL"
            raise TableError(self._name, problem) from error
        return array.cast(self._arrow.string()) if array.type == self._arrow.null() else array

    def close(self) -> None:
        if self._writer:
            self._writer.close()


def _import_pyarrow(name: str) -> tuple[Any, Any]:
    try:
        import pyarrow  # optional
        from pyarrow import parquet
    except ImportError as error:
        problem = "Parquet needs pyarrow; pip install 'mela-features[parquet]'"
        raise TableError(name, problem) from error
    return pyarrow, parquet


def _records(kept: Mapping[str, Any], rows: NDArray[np.float32]) -> Iterator[list[Any]]:
    columns = [list_values(column) for column in kept.values()]
    fronts: Iterable[tuple[Any, ...]] = (
        zip(*columns, strict=True) if columns else repeat((), len(rows))
    )
    for front, row in zip(fronts, rows.tolist(), strict=True):
        yield [*front, *map(_shorten, row)]


@lru_cache(maxsize=4096)
def _shorten(value: float) -> float:
    """Return the number that prints shortest: 3 for 3.0, 0.1 for 0.10000000149."""
    return int(value) if value.is_integer() else float(str(np.float32(value)))
