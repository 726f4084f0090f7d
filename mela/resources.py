"""Find the resource files and freeze what they hold as one ``Resources`` object."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from mela.errors import ResourceError
from mela.resource_files import (
    Row,
    TomlFile,
    Vocabulary,
    read_bytes,
    read_json,
    read_set,
    read_table,
    read_text,
)

CLUSTER_COUNT: Final = 22


class Rewrite(NamedTuple):
    """What a token becomes, and next to which words; ``0`` stands for any that begins with a digit.

    The next word has to be in ``before`` or the previous one in ``after``, where one of them holds
    any; and neither the next one in ``not_before`` nor the previous one in ``not_after``.
    """

    canonical: str
    before: frozenset[str]
    after: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]

    @property
    def is_gated(self) -> bool:
        """Whether its neighbors have a say."""
        return any(self[1:])


class Cluster(NamedTuple):
    """One group of substrings; ``paper`` are printed in Table 2 of the paper, ``mela`` are ours."""

    number: int
    name: str
    paper: tuple[str, ...]
    mela: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterSet:
    """The clusters of one file, in order.

    Attributes
    ----------
    clusters
        The clusters, by number.
    exceptions
        Innocent words that excuse a hit, by substring.
    """

    clusters: tuple[Cluster, ...]
    exceptions: Mapping[str, tuple[str, ...]]

    def __hash__(self) -> int:
        return hash(self.clusters)

    def __iter__(self) -> Iterator[Cluster]:
        return iter(self.clusters)

    def __len__(self) -> int:
        return len(self.clusters)

    def __getitem__(self, number: int) -> Cluster:
        return self.clusters[number]

    @classmethod
    def read(cls, path: str | Path) -> "ClusterSet":
        """Read and check a file of clusters, of which there may be any number.

        What pruning by hand leaves behind is put right: numbers follow the order of the file,
        substrings need not be sorted, and exceptions of a substring that went go with it.

        Parameters
        ----------
        path
            A file in the format of the shipped ``clusters.toml``, such as a mined draft.

        Raises
        ------
        ResourceError
            The file breaks its format.
        """
        file = TomlFile(Path(path))
        tables = _cluster_tables(file)
        kept: set[str] = set()
        for number, table in enumerate(tables):
            table["number"] = number
            for origin in ("paper", "mela"):
                entries = table.setdefault(origin, [])
                if isinstance(entries, list) and all(isinstance(entry, str) for entry in entries):
                    entries.sort()
                    kept.update(entries)
        exceptions = file.content.get("except")
        if isinstance(exceptions, dict):
            file.content["except"] = {k: v for k, v in exceptions.items() if k in kept}
        return _clusters(file, len(tables))


class TldProfile(NamedTuple):
    """Top-level domains by reputation at one date; all others are normal."""

    bad: frozenset[str]
    suspicious: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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
    clusters: ClusterSet
    rewrites: Mapping[str, Rewrite]
    words: frozenset[str]
    greetings: tuple[str, ...]
    opt_outs: tuple[str, ...]
    forwards: tuple[str, ...]
    homoglyphs: Mapping[str, str]
    phonemes: Mapping[str, float]
    free_mail: tuple[str, ...]
    shorteners: frozenset[str]
    stop_words: frozenset[str]
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
        return _shipped() if folder is None else _load_own(Path(folder))

    def __repr__(self) -> str:
        return f"<Resources {self.version}, sha256 {self.digest[:12]}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resources) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __deepcopy__(self, memo: object) -> "Resources":
        # Nothing in it changes, and estimators are deep-copied at every clone.
        return self


def shipped_folder() -> Path:
    """Return the folder of the shipped resource files, in a wheel or in a checkout."""
    # Not by importlib.resources, whose import takes longer than reading the files.
    packaged = Path(__file__).parent / "resources"
    return packaged if packaged.is_dir() else packaged.parent.parent / "resources"


@cache
def _shipped() -> Resources:
    return _load(shipped_folder())


def _load_own(folder: Path) -> Resources:
    """Load the set of a caller, which has to hold every class of words that the finders read."""
    own, shipped = _load(folder), _shipped()
    for field in ("currency", "numerals", "phone_cues", "timex", "tld_roles"):
        classes: Vocabulary = getattr(own, field)
        # Asked for one by one: a class that is missing is refused with its file and name.
        for name in getattr(shipped, field):
            classes[name]
    return own


def _load(folder: Path) -> Resources:
    paths = _paths(folder)
    cluster_file = TomlFile(paths["clusters.toml"])
    tld_file = TomlFile(paths["tlds.toml"])
    english = read_table(paths["normalize_en.tsv"], (2, 3))
    spanish = read_table(paths["normalize_es.tsv"], (2, 3))
    profiles, roles = _tlds(tld_file)
    return Resources(
        version=read_text(paths["VERSION"]).strip(),
        digest=_digest(paths.values()),
        clusters=_clusters(cluster_file, CLUSTER_COUNT),
        rewrites=_rewrites(english, spanish),
        words=frozenset(read_set(paths["words_en.txt"]) + read_set(paths["words_es.txt"])),
        greetings=read_set(paths["greetings.txt"]),
        opt_outs=read_set(paths["opt_outs.txt"]),
        forwards=read_set(paths["forwards.txt"]),
        homoglyphs=_characters(read_table(paths["homoglyphs.tsv"], (2,), any_case=True)),
        phonemes=_numbers(read_table(paths["phonemes.tsv"], (2,))),
        free_mail=read_set(paths["free_mail.txt"]),
        shorteners=frozenset(read_set(paths["shorteners.txt"])),
        stop_words=frozenset(read_set(paths["stop_words.txt"])),
        hosting_suffixes=frozenset(read_set(paths["hosting_suffixes.txt"])),
        tld_profiles=profiles,
        tld_roles=roles,
        currency=TomlFile(paths["currency.toml"]).vocabulary("words"),
        numerals=TomlFile(paths["numerals.toml"]).vocabulary("words"),
        phone_cues=TomlFile(paths["phone_cues.toml"]).vocabulary("words"),
        timex=TomlFile(paths["timex.toml"]).vocabulary("words"),
        domain_model=read_json(paths["domain_classifier.json"]),
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
    "stop_words.txt",
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
        # What editors and file managers leave behind is no mistake of the user.
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if path.name not in FILES and path.name != "README.md":
            wanted = ", ".join(FILES)
            raise ResourceError(path, 1, f"not a resource file of mela; wanted one of: {wanted}")
    shipped = shipped_folder()
    chosen = {name: folder / name for name in FILES}
    return {name: path if path.exists() else shipped / name for name, path in chosen.items()}


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        content = read_bytes(path)
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _cluster_tables(file: TomlFile) -> list[dict[str, Any]]:
    tables = file.content.get("cluster")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise file.error("[meta]", "holds no [[cluster]], or other things too; wanted at least one")
    return tables


def _clusters(file: TomlFile, count: int) -> ClusterSet:
    tables = _cluster_tables(file)
    numbers = [table.get("number") for table in tables]
    # True equals 1, and so does 1.0.
    if numbers != list(range(count)) or not all(type(number) is int for number in numbers):
        wrong = next((found for wanted, found in enumerate(numbers) if found != wanted), None)
        near = "[meta]" if wrong is None else f"number = {wrong}"
        raise file.error(near, f"wanted clusters numbered 0 to {count - 1}")
    clusters = []
    names: set[str] = set()
    for table in tables:
        if set(table) != {"number", "name", "paper", "mela"}:
            found = f"cluster {table['number']} has {sorted(table)}"
            raise file.error(
                f"number = {table['number']}", f"{found}; wanted number, name, paper, mela"
            )
        number = f"number = {table['number']}"
        name = table["name"]
        if not _is_name(name) or name in names:
            raise file.error(
                "name =",
                f"cluster {table['number']} has the name {name!r}; wanted a text of its own",
                below=(number,),
            )
        names.add(name)
        paper = file.entries(table["paper"], "paper", (number, "paper"))
        mela = file.entries(table["mela"], "mela", (number, "mela"))
        for twice in sorted(set(paper) & set(mela)):
            raise file.error(
                json.dumps(twice), f"{twice!r} is a duplicate in cluster {table['name']}"
            )
        clusters.append(Cluster(table["number"], table["name"], paper, mela))
    substrings = {s for cluster in clusters for s in cluster.paper + cluster.mela}
    if not substrings:
        raise file.error("[[cluster]]", "no cluster holds a substring; wanted at least one")
    exceptions = file.vocabulary("except") if "except" in file.content else {}
    for substring, words in exceptions.items():
        if substring not in substrings:
            raise file.error(substring, f"exceptions for {substring!r}, which is in no cluster")
        for word in words:
            if substring not in word:
                raise file.error(word, f"{word!r} cannot excuse {substring!r}: it does not hold it")
    return ClusterSet(tuple(clusters), exceptions)


def _is_name(name: object) -> bool:
    """Whether a name can be that of a column: one line, as it looks."""
    return (
        isinstance(name, str)
        and name.isprintable()
        and name == name.strip() != ""
        and unicodedata.is_normalized("NFC", name)
    )


_GATES: Final = ("before", "after", "not-before", "not-after")


def _rewrites(*tables: list[Row]) -> Mapping[str, Rewrite]:
    rewrites: dict[str, Rewrite] = {}
    rows = [row for table in tables for row in table]
    for path, line, cells in rows:
        token, canonical, gate = cells if len(cells) == 3 else (*cells, "")
        if token in rewrites:
            raise ResourceError(path, line, f"{token!r} is a duplicate of another language's entry")
        sides = dict.fromkeys(_GATES, frozenset[str]())
        for part in gate.split():
            side, _, words = part.partition(":")
            if side not in sides or not words:
                raise ResourceError(
                    path, line, f"gate {part!r}; wanted {':word,word or '.join(_GATES)}:..."
                )
            sides[side] = frozenset(words.split(","))
        rewrites[token] = Rewrite(canonical, *sides.values())
    # Normalizing twice is normalizing once only if nothing that comes out goes in again.
    for path, line, cells in rows:
        _, *gates = rewrites[cells[0]]
        for word in sorted(rewrites.keys() & {*cells[1].split(" ")}.union(*gates)):
            plain = rewrites[word].canonical
            raise ResourceError(path, line, f"{word!r} is itself a token; wanted {plain!r}")
    return rewrites


def _tlds(file: TomlFile) -> tuple[Mapping[str, TldProfile], Vocabulary]:
    profiles = {}
    for name, table in file.table("profile").items():
        if not isinstance(table, dict) or set(table) != {"bad", "suspicious"}:
            raise file.error(name, f"profile {name!r}: wanted the arrays bad and suspicious")
        bad = frozenset(file.entries(table["bad"], "bad"))
        suspicious = frozenset(file.entries(table["suspicious"], "suspicious"))
        for both in sorted(bad & suspicious):
            raise file.error(json.dumps(both), f"{both!r} is bad and suspicious in {name!r}")
        profiles[name] = TldProfile(bad, suspicious)
    return profiles, file.vocabulary("roles")


def _characters(rows: list[Row]) -> Mapping[str, str]:
    for path, line, cells in rows:
        if tuple(map(len, cells)) != (1, 1):
            raise ResourceError(path, line, f"{cells}: wanted one character in each column")
    return {cells[0]: cells[1] for _, _, cells in rows}


def _numbers(rows: list[Row]) -> Mapping[str, float]:
    return {cells[0]: _number(path, line, cells[1]) for path, line, cells in rows}


def _number(path: Path, line: int, text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise ResourceError(path, line, f"{text!r} is not a number") from error
    if not 0 <= number < 10:
        raise ResourceError(path, line, f"{text!r} is no number of phonemes of one letter")
    return number
