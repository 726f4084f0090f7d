"""Read tables of messages in chunks.

Memory stays constant whatever the length of the table. Errors name the file, the row and the
remedy, and never quote a cell: it may be somebody's message.
"""

import codecs
import csv
import io
import json
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, NamedTuple

from mela.errors import TableError
from mela.tabular.formats import CHUNK_ROWS, DELIMITERS, STANDARD, Format, import_pyarrow, reason

# Where a quotation mark is never closed, the rest of the file is one field: up to this limit.
_LONGEST_FIELD: Final = 1 << 24
_LARGEST_CHUNK: Final = 1 << 28
"""Bytes of a chunk of Parquet."""

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
    arrow, parquet = import_pyarrow(source.name)
    first = 1
    with _open_input(source) as stream:
        try:
            # The format starts at its end, which a pipe cannot reach.
            seekable = io.BytesIO(stream.read()) if source.path == STANDARD else stream
            table = parquet.ParquetFile(seekable)
            _find_columns(source, table.schema_arrow.names, names)
            for batch in table.iter_batches(_chunk_rows(table.metadata), columns=list(names)):
                yield Chunk(first, {name: batch.column(name) for name in names})
                first += len(batch)
        except MemoryError as error:  # Arrow's own is one, too
            raise TableError(source.name, "holds fields longer than memory takes") from error
        except (arrow.ArrowException, OSError) as error:
            raise TableError(source.name, "no Parquet file, or a damaged one") from error


def _chunk_rows(metadata: Any) -> int:
    """Return how many rows to take at a time, fewer where they are long.

    A file of some kilobytes can hold gigabytes: what compresses well, or is written once for many
    rows.
    """
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    longest = max((group.total_byte_size // max(1, group.num_rows) for group in groups), default=0)
    return max(1, min(CHUNK_ROWS, _LARGEST_CHUNK // max(1, longest)))


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
        raise TableError(source.name, f"cannot be read: {reason(error)}") from error


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
