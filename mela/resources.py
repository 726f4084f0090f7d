"""Find, read and check the resource files, and freeze them as one ``Resources`` object.

Three formats, chosen by shape: a set is ``.txt`` (one entry per line), a mapping is ``.tsv``, a
structure is ``.toml``. Coefficients that were learned are ``.json``. Each file says in a header of
seven keys what it is and where it is from; a file that breaks its format is refused with the line.
"""

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from mela.errors import ResourceError

HEADER_KEYS: Final = ("title", "version", "source", "license", "used-by", "format", "refresh")
CLUSTER_COUNT: Final = 22

Vocabulary = Mapping[str, tuple[str, ...]]
"""Word classes by name: ``{"weekday": ("fri", "friday", ...), ...}``."""


class Rewrite(NamedTuple):
    """What a token becomes, and next to which words.

    A rewrite without ``before`` and ``after`` is unconditional; otherwise the next word has to be
    in ``before`` or the previous one in ``after``.
    """

    canonical: str
    before: frozenset[str]
    after: frozenset[str]


class Cluster(NamedTuple):
    """One group of substrings; ``paper`` are printed in Table 2 of the paper, ``mela`` are ours."""

    number: int
    name: str
    paper: tuple[str, ...]
    mela: tuple[str, ...]


class TldProfile(NamedTuple):
    """Top-level domains by reputation at one date; all others are normal."""

    bad: frozenset[str]
    suspicious: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resources:
    """All lists and dictionaries, checked and frozen.

    ``Resources.load()`` reads the shipped ones, ``Resources.load(folder)`` lets the files of a
    folder stand in for the shipped files of the same name.

    Attributes
    ----------
    version
        Calendar version of the set.
    digest
        SHA-256 over the names and bytes of all files, in hexadecimal.
    """

    version: str
    digest: str
    clusters: tuple[Cluster, ...]
    cluster_exceptions: Vocabulary
    rewrites: Mapping[str, Rewrite]
    words: frozenset[str]
    greetings: tuple[str, ...]
    opt_outs: tuple[str, ...]
    forwards: tuple[str, ...]
    homoglyphs: Mapping[str, str]
    phonemes: Mapping[str, float]
    free_mail: tuple[str, ...]
    shorteners: frozenset[str]
    hosting_suffixes: frozenset[str]
    tld_profiles: Mapping[str, TldProfile]
    tld_roles: Vocabulary
    currency: Vocabulary
    numerals: Vocabulary
    phone_cues: Vocabulary
    timex: Vocabulary
    domain_model: Mapping[str, Any]

    @classmethod
    def load(cls, folder: str | Path | None = None) -> "Resources":
        """Read and check a set of resource files.

        Parameters
        ----------
        folder
            A folder whose files replace the shipped files of the same name. None reads the
            shipped set.

        Raises
        ------
        ResourceError
            A file breaks its format, or the folder holds a file that mela does not read.
        """
        return _shipped() if folder is None else _load(Path(folder))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resources) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __deepcopy__(self, memo: object) -> "Resources":
        # Nothing in it changes, and estimators are deep-copied at every clone.
        return self


def shipped_folder() -> Path:
    """Return the folder of the shipped resource files, in a wheel or in a checkout."""
    packaged = Path(str(files("mela"))) / "resources"
    return packaged if packaged.is_dir() else packaged.parent.parent / "resources"


@cache
def _shipped() -> Resources:
    return _load(shipped_folder())


def _load(folder: Path) -> Resources:
    paths = _paths(folder)
    cluster_file = _Toml(paths["clusters.toml"])
    tld_file = _Toml(paths["tlds.toml"])
    english = _read_table(paths["normalize_en.tsv"], (2, 3))
    spanish = _read_table(paths["normalize_es.tsv"], (2, 3))
    clusters, exceptions = _clusters(cluster_file)
    profiles, roles = _tlds(tld_file)
    return Resources(
        version=paths["VERSION"].read_text(encoding="utf-8").strip(),
        digest=_digest(paths.values()),
        clusters=clusters,
        cluster_exceptions=exceptions,
        rewrites=_rewrites(english, spanish),
        words=frozenset(_read_set(paths["words_en.txt"]) + _read_set(paths["words_es.txt"])),
        greetings=_read_set(paths["greetings.txt"]),
        opt_outs=_read_set(paths["opt_outs.txt"]),
        forwards=_read_set(paths["forwards.txt"]),
        homoglyphs=_characters(_read_table(paths["homoglyphs.tsv"], (2,), any_case=True)),
        phonemes=_numbers(_read_table(paths["phonemes.tsv"], (2,))),
        free_mail=_read_set(paths["free_mail.txt"]),
        shorteners=frozenset(_read_set(paths["shorteners.txt"])),
        hosting_suffixes=frozenset(_read_set(paths["hosting_suffixes.txt"])),
        tld_profiles=profiles,
        tld_roles=roles,
        currency=_Toml(paths["currency.toml"]).vocabulary("words"),
        numerals=_Toml(paths["numerals.toml"]).vocabulary("words"),
        phone_cues=_Toml(paths["phone_cues.toml"]).vocabulary("words"),
        timex=_Toml(paths["timex.toml"]).vocabulary("words"),
        domain_model=_read_json(paths["domain_classifier.json"]),
    )


FILES: Final = (
    "VERSION",
    "clusters.toml",
    "currency.toml",
    "domain_classifier.json",
    "forwards.txt",
    "free_mail.txt",
    "greetings.txt",
    "homoglyphs.tsv",
    "hosting_suffixes.txt",
    "normalize_en.tsv",
    "normalize_es.tsv",
    "numerals.toml",
    "opt_outs.txt",
    "phone_cues.toml",
    "phonemes.tsv",
    "shorteners.txt",
    "timex.toml",
    "tlds.toml",
    "words_en.txt",
    "words_es.txt",
)
"""Every file of a set; a folder may also hold a README.md."""


def _paths(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise ResourceError(folder, 1, "not a folder; wanted a folder of resource files")
    for path in sorted(folder.iterdir()):
        if path.name not in FILES and path.name != "README.md":
            wanted = ", ".join(FILES)
            raise ResourceError(path, 1, f"not a resource file of mela; wanted one of: {wanted}")
    shipped = shipped_folder()
    chosen = {name: folder / name for name in FILES}
    return {name: path if path.exists() else shipped / name for name, path in chosen.items()}


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


class _Row(NamedTuple):
    path: Path
    line: int
    cells: tuple[str, ...]


def _read_lines(path: Path) -> list[tuple[int, str]]:
    """Check the header and return the numbered entry lines."""
    lines = path.read_text(encoding="utf-8").split("\n")
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
    if not (any_case or entry == entry.lower()) or not unicodedata.is_normalized("NFC", entry):
        raise ResourceError(path, line, f"{entry!r} is not lower case in NFC")
    if previous is not None and entry == previous:
        raise ResourceError(path, line, f"{entry!r} is a duplicate")
    if previous is not None and entry < previous:
        raise ResourceError(path, line, f"{entry!r} is not sorted: it follows {previous!r}")


def _read_set(path: Path) -> tuple[str, ...]:
    previous = None
    entries = []
    for line, entry in _read_lines(path):
        _check_entry(path, line, entry, previous)
        entries.append(entry)
        previous = entry
    return tuple(entries)


def _read_table(
    path: Path, widths: tuple[int, ...], *, any_case: bool = False
) -> list[_Row]:
    previous = None
    rows = []
    for line, text in _read_lines(path):
        cells = tuple(text.split("\t"))
        if len(cells) not in widths:
            wanted = " or ".join(map(str, widths))
            raise ResourceError(path, line, f"{len(cells)} columns; wanted {wanted}, tab-separated")
        _check_entry(path, line, cells[0], previous, any_case=any_case)
        rows.append(_Row(path, line, cells))
        previous = cells[0]
    return rows


def _read_json(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ResourceError(path, error.lineno, error.msg) from error
    for key in HEADER_KEYS:
        if key not in content.get("meta", {}):
            raise ResourceError(path, 1, f"wanted the key {key!r} in 'meta'")
    return dict(content)


class _Toml:
    """A TOML file with a checked [meta] table."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        try:
            self.content = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            # The error names line and column in its words only.
            line = next((int(w) for w in str(error).replace(",", " ").split() if w.isdigit()), 1)
            raise ResourceError(path, line, str(error)) from error
        found = tuple(self.content.get("meta", {}))
        if found != HEADER_KEYS:
            raise self.error("[meta]", f"[meta] has {found}; wanted {HEADER_KEYS}")

    def error(self, near: str, problem: str) -> ResourceError:
        """Return an error at the line that first holds ``near``."""
        line = next((n for n, t in enumerate(self.text.split("\n"), 1) if near in t), 1)
        return ResourceError(self.path, line, problem)

    def entries(self, value: object, where: str) -> tuple[str, ...]:
        """Check that a value is a sorted array of distinct lower-case strings."""
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.error(where, f"{where}: wanted an array of strings")
        previous = None
        for entry in value:
            line = self.error(json.dumps(entry, ensure_ascii=False), "").line
            _check_entry(self.path, line, entry, previous)
            previous = entry
        return tuple(value)

    def vocabulary(self, table: str) -> Vocabulary:
        """Return a table of arrays, checked."""
        if not isinstance(self.content.get(table), dict):
            raise self.error("[meta]", f"wanted a table [{table}]")
        return {name: self.entries(v, name) for name, v in self.content[table].items()}


def _clusters(file: _Toml) -> tuple[tuple[Cluster, ...], Vocabulary]:
    tables = file.content.get("cluster", [])
    if [table.get("number") for table in tables] != list(range(CLUSTER_COUNT)):
        raise file.error("[[cluster]]", f"wanted clusters numbered 0 to {CLUSTER_COUNT - 1}")
    clusters = []
    for table in tables:
        if set(table) != {"number", "name", "paper", "mela"}:
            found = f"cluster {table['number']} has {sorted(table)}"
            raise file.error(f"number = {table['number']}", f"{found}; wanted number, name, paper, mela")
        paper = file.entries(table["paper"], "paper")
        mela = file.entries(table["mela"], "mela")
        for twice in sorted(set(paper) & set(mela)):
            raise file.error(json.dumps(twice), f"{twice!r} is a duplicate in cluster {table['name']}")
        clusters.append(Cluster(table["number"], table["name"], paper, mela))
    substrings = {s for cluster in clusters for s in cluster.paper + cluster.mela}
    exceptions = file.vocabulary("except") if "except" in file.content else {}
    for substring, words in exceptions.items():
        if substring not in substrings:
            raise file.error(substring, f"exceptions for {substring!r}, which is in no cluster")
        for word in words:
            if substring not in word:
                raise file.error(word, f"{word!r} cannot excuse {substring!r}: it does not hold it")
    return tuple(clusters), exceptions


def _rewrites(*tables: list[_Row]) -> Mapping[str, Rewrite]:
    rewrites: dict[str, Rewrite] = {}
    rows = [row for table in tables for row in table]
    for path, line, cells in rows:
        token, canonical, gate = cells if len(cells) == 3 else (*cells, "")
        if token in rewrites:
            raise ResourceError(path, line, f"{token!r} is a duplicate of another language's entry")
        sides = {"before": frozenset[str](), "after": frozenset[str]()}
        for part in gate.split():
            side, _, words = part.partition(":")
            if side not in sides or not words:
                raise ResourceError(path, line, f"gate {part!r}; wanted before:word,word or after:...")
            sides[side] = frozenset(words.split(","))
        rewrites[token] = Rewrite(canonical, sides["before"], sides["after"])
    # Normalizing twice is normalizing once only if nothing that comes out goes in again.
    for path, line, cells in rows:
        _, before, after = rewrites[cells[0]]
        for word in sorted({*cells[1].split(" "), *before, *after} & set(rewrites)):
            plain = rewrites[word].canonical
            raise ResourceError(path, line, f"{word!r} is itself a token; wanted {plain!r}")
    return rewrites


def _tlds(file: _Toml) -> tuple[Mapping[str, TldProfile], Vocabulary]:
    profiles = {}
    for name, table in file.content.get("profile", {}).items():
        if set(table) != {"bad", "suspicious"}:
            raise file.error(name, f"profile {name!r}: wanted the arrays bad and suspicious")
        bad = frozenset(file.entries(table["bad"], "bad"))
        suspicious = frozenset(file.entries(table["suspicious"], "suspicious"))
        for both in sorted(bad & suspicious):
            raise file.error(json.dumps(both), f"{both!r} is bad and suspicious in {name!r}")
        profiles[name] = TldProfile(bad, suspicious)
    return profiles, file.vocabulary("roles")


def _characters(rows: list[_Row]) -> Mapping[str, str]:
    for path, line, cells in rows:
        if tuple(map(len, cells)) != (1, 1):
            raise ResourceError(path, line, f"{cells}: wanted one character in each column")
    return {cells[0]: cells[1] for _, _, cells in rows}


def _numbers(rows: list[_Row]) -> Mapping[str, float]:
    return {cells[0]: _number(path, line, cells[1]) for path, line, cells in rows}


def _number(path: Path, line: int, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise ResourceError(path, line, f"{text!r} is not a number") from error
