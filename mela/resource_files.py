"""The formats of resource files, and the checks that refuse a file that breaks its own.

Three formats, chosen by shape: a set is ``.txt`` (one entry per line), a mapping is ``.tsv``, a
structure is ``.toml``. Coefficients that were learned are ``.json``. Each file says in a header of
seven keys what it is and where it is from. Entries are sorted, so that a repeat cannot hide.
"""

import json
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from mela.errors import ResourceError

HEADER_KEYS: Final = ("title", "version", "source", "license", "used-by", "format", "refresh")


_LARGEST_FILE: Final = 64 * 2**20
"""A hundred times what the longest list takes."""


_LONGEST_ENTRY: Final = 200
"""Patterns share the beginnings of their words, one within the other: they must not be deep."""


class Vocabulary(dict[str, tuple[str, ...]]):
    """Word classes by name: ``{"weekday": ("fri", "friday", ...), ...}``.

    A finder that asks for a class that the file lacks gets a ``ResourceError`` with the file.
    """

    def __init__(self, path: Path, classes: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(classes)
        self.path = path

    def __missing__(self, name: str) -> tuple[str, ...]:
        raise ResourceError(self.path, 1, f"wanted a word class {name!r}; has {sorted(self)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Vocabulary, (self.path, dict(self))


class Row(NamedTuple):
    """A line of a table and where it stands."""

    path: Path
    line: int
    cells: tuple[str, ...]


def read_bytes(path: Path) -> bytes:
    """Return the content of a file: no device, no pipe, which may have no end, and no huge one."""
    try:
        if not path.is_file():
            found = "is no regular file" if path.exists() else "does not exist"
            raise ResourceError(path, 1, f"{found}; wanted a file")
        with path.open("rb") as stream:
            content = stream.read(_LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        raise ResourceError(path, 1, f"cannot be read: {reason}") from error
    if len(content) > _LARGEST_FILE:
        raise ResourceError(path, 1, f"wanted at most {_LARGEST_FILE // 2**20} MiB")
    return content


def read_text(path: Path) -> str:
    """Return the text of a file."""
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ResourceError(path, line, f"not UTF-8: byte {content[error.start]:#x}") from error


def _read_lines(path: Path) -> list[tuple[int, str]]:
    """Check the header and return the numbered entry lines."""
    lines = read_text(path).split("\n")
    if lines[-1] != "":
        raise ResourceError(path, len(lines), "the file does not end with a line feed")
    for index, key in enumerate(HEADER_KEYS):
        if index >= len(lines) or not lines[index].startswith(f"# {key}: "):
            raise ResourceError(path, index + 1, f"wanted the header line '# {key}: ...'")
    first = len(HEADER_KEYS)
    return list(enumerate(lines[first:-1], start=first + 1))


def _check_entry(
    path: Path, line: int, entry: str, previous: str | None, *, any_case: bool = False
) -> None:
    if not entry or entry != entry.strip():
        raise ResourceError(path, line, "empty, or blanks around the entry")
    if len(entry) > _LONGEST_ENTRY:
        raise ResourceError(path, line, f"an entry of {len(entry)} characters is no word or phrase")
    if not (any_case or entry == entry.lower()) or not unicodedata.is_normalized("NFC", entry):
        raise ResourceError(path, line, f"{entry!r} is not lower case in NFC")
    if previous is not None and entry == previous:
        raise ResourceError(path, line, f"{entry!r} is a duplicate")
    if previous is not None and entry < previous:
        raise ResourceError(path, line, f"{entry!r} is not sorted: it follows {previous!r}")


def read_set(path: Path) -> tuple[str, ...]:
    """Return the entries of a ``.txt`` file."""
    previous = None
    entries = []
    for line, entry in _read_lines(path):
        _check_entry(path, line, entry, previous)
        entries.append(entry)
        previous = entry
    return tuple(entries)


def read_table(path: Path, widths: tuple[int, ...], *, any_case: bool = False) -> list[Row]:
    """Return the rows of a ``.tsv`` file, which have one of these numbers of cells."""
    previous = None
    rows = []
    for line, text in _read_lines(path):
        cells = tuple(text.split("\t"))
        if len(cells) not in widths:
            wanted = " or ".join(map(str, widths))
            raise ResourceError(path, line, f"{len(cells)} columns; wanted {wanted}, tab-separated")
        _check_entry(path, line, cells[0], previous, any_case=any_case)
        rows.append(Row(path, line, cells))
        previous = cells[0]
    return rows


def read_object(path: Path) -> dict[str, Any]:
    """Return the object that a file holds as JSON."""
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise ResourceError(path, error.lineno, error.msg) from error
    except ValueError as error:  # an integer of thousands of digits
        raise ResourceError(path, 1, f"no JSON that can be read: {error}") from error
    except RecursionError:
        raise ResourceError(path, 1, "arrays or objects nested too deep") from None
    if not isinstance(content, dict):
        raise ResourceError(path, 1, "wanted an object of JSON")
    return content


def read_json(path: Path) -> Mapping[str, Any]:
    """Return the object of a ``.json`` file; its header is its ``meta``."""
    content = read_object(path)
    meta = content.get("meta")
    for key in HEADER_KEYS:
        if not isinstance(meta, dict) or key not in meta:
            raise ResourceError(path, 1, f"wanted the key {key!r} in 'meta'")
    return content


class TomlFile:
    """A TOML file with a checked [meta] table."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = read_text(path)
        try:
            self.content = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            # The error names line and column in its words only, the end of the file not even so.
            numbers = filter(str.isdigit, str(error).replace(",", " ").split())
            line = int(next(numbers, self.text.count("\n")))
            raise ResourceError(path, line, str(error)) from error
        except ValueError as error:  # an integer of thousands of digits
            raise ResourceError(path, 1, f"no TOML that can be read: {error}") from error
        except RecursionError:
            raise ResourceError(path, 1, "arrays or tables nested too deep") from None
        meta = self.content.get("meta")
        found = tuple(meta) if isinstance(meta, dict) else meta
        if found != HEADER_KEYS:
            raise self.error("[meta]", f"[meta] has {found}; wanted {HEADER_KEYS}")

    def error(self, near: str, problem: str, *, below: tuple[str, ...] = ()) -> ResourceError:
        """Return an error at the line that first holds ``near``, below the line ``below``."""
        lines = self.text.split("\n")
        top = 0
        for anchor in below:
            top = next((n for n in range(top, len(lines)) if lines[n].startswith(anchor)), top)
        line = next((n for n, t in enumerate(lines[top:], top + 1) if near in t), top + 1)
        return ResourceError(self.path, line, problem)

    def entries(self, value: object, where: str, below: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Check that a value is a sorted array of distinct lower-case strings."""
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.error(where, f"{where}: wanted an array of strings", below=below)
        previous = None
        for entry in value:
            try:
                _check_entry(self.path, 1, entry, previous)
            except ResourceError as fault:
                # The parser keeps no lines, so they are looked for where one is needed.
                quoted = json.dumps(entry, ensure_ascii=False)
                raise self.error(quoted, fault.problem, below=below) from None
            previous = entry
        return tuple(value)

    def table(self, name: str) -> dict[str, Any]:
        """Return a table."""
        table = self.content.get(name)
        if not isinstance(table, dict):
            raise self.error("[meta]", f"wanted a table [{name}]")
        return table

    def vocabulary(self, table: str) -> Vocabulary:
        """Return a table of arrays, checked."""
        classes = {
            name: self.entries(v, name, (f"{name} =",)) for name, v in self.table(table).items()
        }
        return Vocabulary(self.path, classes)
