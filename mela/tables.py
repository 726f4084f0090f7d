"""Read and write tables of messages in chunks: CSV, TSV, JSONL and Parquet.

Memory stays constant whatever the length of the table. Errors name the file, the row and the
remedy, and never quote a cell: it may be somebody's message.
"""

import codecs
import csv
import io
import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache, partial
from itertools import chain, islice, repeat
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

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

Write = Callable[[Mapping[str, Any], NDArray[np.float32]], object]
"""Appends rows to a table: the kept columns in front, then the features."""

# Where a quotation mark is never closed, the rest of the file is one field: up to this limit.
_LONGEST_FIELD: Final = 1 << 24

_OTHER_DELIMITERS: Final = ";|\t,"
_NO_QUOTING: Final = "if quotation marks mean nothing in this file, add --no-quoting"
_MOST_NAMES: Final = 20


class Source(NamedTuple):
    """A table to read: a file or the standard input.

    ``columns`` are the names of a CSV or TSV file without a header line, None with one.
    ``delimiter`` is None for that of the format.
    """

    path: str
    format: Format
    columns: tuple[str, ...] | None = None
    delimiter: str | None = None
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
    source: Source, wanted: Sequence[str], required: Sequence[str] = ()
) -> Generator[Chunk, None, None]:
    """Yield the wanted columns of a table, a chunk of rows at a time.

    In CSV and TSV an empty field is an empty text, and blank lines are skipped where there are
    several columns. In JSONL a name that an object lacks is null, or an error if it is required.
    """
    names = tuple(dict.fromkeys(wanted))
    if source.format == "parquet":
        yield from _read_parquet(source, names)
        return
    rows = (
        _read_jsonl(source, names, required)
        if source.format == "jsonl"
        else _read_delimited(source, names)
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
) -> Iterator[Write]:
    """Open a table for writing. It appears under its name when it is complete."""
    name = "<stdout>" if path == STANDARD else path
    with _open_output(path, name) as stream, ExitStack() as stack:
        write: Write
        if form == "parquet":
            write = stack.enter_context(closing(_ParquetWriter(stream, name, features))).write
        elif form == "jsonl":
            write = partial(_write_jsonl, stream, [*kept, *features])
        else:
            write = _DelimitedWriter(stream, DELIMITERS[form], [*kept, *features]).write
        yield write
        # A table without rows has columns, too.
        write({key: [] for key in kept}, np.empty((0, len(features)), np.float32))


def _read_delimited(source: Source, names: Sequence[str]) -> Generator[list[Any], None, None]:
    csv.field_size_limit(_LONGEST_FIELD)
    row = 0 if source.columns else -1
    with _open_input(source) as stream:
        parser = csv.reader(
            # A lone carriage return ends a row, as spreadsheets have it.
            chain.from_iterable(io.StringIO(line, newline="") for line in _decode(source, stream)),
            delimiter=source.delimiter or DELIMITERS[source.format],
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
            for line in parser:
                if not line and len(header) > 1:
                    continue
                row += 1
                cells = line or [""]
                if len(cells) != len(header):
                    raise TableError(source.name, _misfit(source, row, cells, len(header)), row)
                if row == 1 and tuple(cells) == source.columns:
                    raise TableError(source.name, "is a header line; drop --columns", row)
                yield [cells[pick] for pick in picks]
        except csv.Error as error:
            astray = f"a quotation mark stands astray or is never closed; {_NO_QUOTING}"
            problem = astray if source.quoting else str(error)
            raise TableError(source.name, problem, row + 1) from error
        except UnicodeError as error:
            raise _undecodable(source, row + 1) from error


def _misfit(source: Source, row: int, cells: Sequence[str], wanted: int) -> str:
    remedy = f"mend the row, or {_NO_QUOTING}" if source.quoting else "mend the row"
    if source.columns and row == 1:
        every = f"name all {len(cells)} columns with --columns"
        remedy = every if len(cells) > 1 else _guess_delimiter(source, cells) or remedy
    return f"columns: {len(cells)}, wanted {wanted}; {remedy}"


def _read_jsonl(
    source: Source, names: Sequence[str], required: Sequence[str]
) -> Generator[list[Any], None, None]:
    row = 0
    with _open_input(source) as stream:
        try:
            for line in _decode(source, stream):
                if not line.strip():
                    continue
                row += 1
                record = _parse_object(line)
                if record is None:
                    problem = "no JSON object; wanted one object on each line"
                    raise TableError(source.name, problem, row)
                if row == 1:
                    _find_columns(source, tuple(record), names)
                for name in required:
                    if name not in record:
                        problem = f"no key {name!r}; drop the row, or add --missing empty"
                        raise TableError(source.name, problem, row)
                yield [record.get(name) for name in names]
        except UnicodeError as error:
            raise _undecodable(source, row + 1) from error


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
            raise TableError(source.name, f"no column {name!r}; {_describe_columns(source, found)}")
    return [list(found).index(name) for name in wanted]


def _describe_columns(source: Source, found: Sequence[str]) -> str:
    if source.format not in DELIMITERS or source.columns:
        shown = ", ".join(found[:_MOST_NAMES])
        return f"found: {shown}; choose with --text-column and --keep"
    # A file without a header line has a message in its place: it is not shown.
    remedy = _guess_delimiter(source, found) or (
        "choose one with --text-column, or name them all with --columns if the first line is no "
        "header"
    )
    return f"columns in the first line: {len(found)}; {remedy}"


def _guess_delimiter(source: Source, cells: Sequence[str]) -> str | None:
    """Return what to do about a row of one field that another delimiter would divide."""
    delimiter = source.delimiter or DELIMITERS[source.format]
    for other in _OTHER_DELIMITERS:
        if len(cells) == 1 and delimiter not in cells[0] and other in cells[0]:
            return f"it holds {other!r} and no {delimiter!r}: add --delimiter {other!r}"
    return None


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


def _decode(source: Source, stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text, each decoded when it is reached: an error is that of its row."""
    first = stream.readline()
    try:
        has_plain_lines = b"\n".decode(source.encoding, "replace") == "\n"
    except (LookupError, ValueError) as error:
        problem = f"unknown encoding {source.encoding!r}; known are utf-8, cp1252, latin-1, ..."
        raise TableError(source.name, problem) from error
    if not has_plain_lines or first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TableError(source.name, "UTF-16 and the like are not read; convert it to utf-8")
    for line in chain([first.removeprefix(codecs.BOM_UTF8)], stream):
        yield line.decode(source.encoding, source.errors)


def _undecodable(source: Source, row: int) -> TableError:
    problem = f"bytes that are not {source.encoding}; give --encoding, or --errors replace"
    return TableError(source.name, problem, row)


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


class _Lines(list[str]):
    """Collects CSV lines. The csv module quotes a carriage return only if its lines end in one."""

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n") + "\n")


def _write_jsonl(
    stream: BinaryIO, names: Sequence[str], kept: Mapping[str, Any], rows: NDArray[np.float32]
) -> None:
    for record in _records(kept, rows):
        # ASCII, because a kept text may hold half a surrogate pair.
        line = json.dumps(dict(zip(names, record, strict=True)), default=str)
        stream.write(f"{line}\n".encode("ascii"))


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
