"""Write tables of features, a chunk of rows at a time."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache, partial
from itertools import chain, repeat
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from mela.errors import TableError
from mela.tabular.formats import DELIMITERS, STANDARD, Format, import_pyarrow, list_values, reason

Write = Callable[[Mapping[str, Any], NDArray[np.float32]], object]
"""Appends rows to a table: the kept columns in front, then the features."""


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
        raise TableError(name, f"cannot be written: {reason(error)}") from error


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
        self._arrow, self._parquet = import_pyarrow(name)
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
