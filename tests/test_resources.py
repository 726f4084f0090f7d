import copy
import os
import pickle
import re
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mela import DOMAIN, MESSAGE, Featurizer, Resources
from mela.errors import MelaError, ResourceError
from mela.resource_files import HEADER_KEYS
from mela.resources import CLUSTER_COUNT, FILES, shipped_folder

SHIPPED = shipped_folder()
TINY = Path(__file__).parent / "resources"
LISTS = sorted(name for name in FILES if name.endswith(".txt"))
TABLES = sorted(name for name in FILES if name.endswith(".tsv"))
WITH_HEADER = sorted(name for name in FILES if name != "VERSION")


def header_of(path: Path) -> dict[str, str]:
    """Read a header without the loader's help, so that the loader is tested, too."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return tomllib.loads(text)["meta"]
    if path.suffix == ".json":
        return dict(re.findall(r'^    "([a-z-]+)": "(.*)"', text, re.MULTILINE))
    return dict(re.findall(r"^# ([a-z-]+): +(.*)", text, re.MULTILINE))


def entries_of(path: Path) -> list[str]:
    """Return the first cell of each entry line."""
    lines = path.read_text(encoding="utf-8").splitlines()[len(HEADER_KEYS) :]
    return [line.partition("\t")[0] for line in lines]


# The shipped files.


def test_every_file_of_the_folder_is_read() -> None:
    """The shipped folder holds the files that the loader names, and a README."""
    assert sorted(path.name for path in SHIPPED.iterdir()) == sorted([*FILES, "README.md"])


def test_tiny_set_is_complete() -> None:
    """The frozen set of the tests stands in for every shipped file."""
    assert sorted(path.name for path in TINY.iterdir()) == sorted(FILES)


@pytest.mark.parametrize(
    "field", ["currency", "numerals", "phone_cues", "timex", "tld_roles", "tld_profiles"]
)
def test_tiny_set_has_the_classes_of_the_shipped(tiny: Resources, field: str) -> None:
    """A class that the code reads is in the frozen set, too."""
    assert list(getattr(tiny, field)) == list(getattr(Resources.load(), field))


@pytest.mark.parametrize("name", WITH_HEADER)
def test_header_has_seven_keys(name: str) -> None:
    """Every file says what it is and where it is from, in the same seven keys."""
    header = header_of(SHIPPED / name)
    assert tuple(header) == HEADER_KEYS
    assert all(header.values())


@pytest.mark.parametrize("name", WITH_HEADER)
def test_header_names_real_columns(name: str) -> None:
    """What ``used-by`` names are columns of the message or the domain vector."""
    columns = {f"{table.name}.{column}" for table in (MESSAGE, DOMAIN) for column in table.names}
    used_by = header_of(SHIPPED / name)["used-by"].split(", ")
    assert set(used_by) <= columns
    assert len(set(used_by)) == len(used_by)


@pytest.mark.parametrize("name", WITH_HEADER)
def test_version_is_of_the_calendar(name: str) -> None:
    """A file's version is year, month and number, and not newer than the set's."""
    version = header_of(SHIPPED / name)["version"]
    assert re.fullmatch(r"20[0-9]{2}\.(0[1-9]|1[0-2])\.[0-9]+", version)
    as_numbers = [tuple(map(int, v.split("."))) for v in (version, Resources.load().version)]
    assert as_numbers == sorted(as_numbers)


@pytest.mark.parametrize("name", LISTS + TABLES)
def test_entries_are_sorted_and_unique(name: str) -> None:
    """Lists are compared and not sets, which would hide a repeat."""
    entries = entries_of(SHIPPED / name)
    assert entries == sorted(set(entries))
    assert entries


def test_clusters_are_numbered() -> None:
    """There are 22 clusters, 0 to 21, each with a name of its own and a substring at least."""
    clusters = Resources.load().clusters
    assert [cluster.number for cluster in clusters] == list(range(CLUSTER_COUNT))
    assert len({cluster.name for cluster in clusters}) == CLUSTER_COUNT == 22
    assert all(cluster.paper + cluster.mela for cluster in clusters)


def test_nine_clusters_are_the_papers() -> None:
    """The nine clusters of the paper's Table 2 come first, by its names and in its order."""
    names = [cluster.name for cluster in Resources.load().clusters[:9]]
    assert names == [
        "car", "job", "alarm", "event", "phishing", "scam", "intent", "bank", "money",
    ]  # fmt: skip


def test_dictionaries_have_their_size() -> None:
    """English textese has some hundreds of entries, Spanish about one hundred."""
    assert len(entries_of(SHIPPED / "normalize_en.tsv")) >= 300
    assert len(entries_of(SHIPPED / "normalize_es.tsv")) >= 100


def test_rewrites_have_no_chain() -> None:
    """Nothing that the dictionary writes is rewritten again, nor is the word of a gate."""
    rewrites = Resources.load().rewrites
    written = {word for rewrite in rewrites.values() for word in rewrite.canonical.split()}
    gates = {word for rewrite in rewrites.values() for word in rewrite.before | rewrite.after}
    assert not (written | gates) & set(rewrites)


@pytest.mark.parametrize("field", ["greetings", "opt_outs", "forwards"])
@pytest.mark.parametrize("folder", [SHIPPED, TINY], ids=["shipped", "tiny"])
def test_phrases_stand_in_plain_language(folder: Path, field: str) -> None:
    """Every phrase reads the same when normalized: in normalized text no other can match."""
    engine = Featurizer(resources=Resources.load(folder))
    phrases = getattr(engine.resources, field)
    assert phrases
    assert [phrase for phrase in phrases if engine.normalize(phrase) != phrase] == []


def test_phonemes_weigh_every_letter() -> None:
    """The 26 letters have a positive weight."""
    phonemes = Resources.load().phonemes
    assert "".join(phonemes) == "abcdefghijklmnopqrstuvwxyz"
    assert all(weight > 0 for weight in phonemes.values())


def test_homoglyphs_have_no_chain() -> None:
    """A look-alike is no ASCII character, a letter leads to one, and none leads to another."""
    homoglyphs = Resources.load().homoglyphs
    assert not any(map(str.isascii, homoglyphs))
    assert all(plain.isascii() for alike, plain in homoglyphs.items() if alike.isalpha())
    assert not set(homoglyphs) & set(homoglyphs.values())


def test_shipped_set_is_read_once() -> None:
    """The shipped resources are one object per process."""
    assert Resources.load() is Resources.load()


def test_refresh_leads_somewhere() -> None:
    """A header that names a section of the folder's README names one that is there."""
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (.*)", readme, re.MULTILINE)
    anchors = {title.lower().replace(" ", "-") for title in titles}
    refreshes = [header_of(SHIPPED / name)["refresh"] for name in WITH_HEADER]
    named = {anchor for text in refreshes for anchor in re.findall(r"README\.md#([a-z-]+)", text)}
    assert named <= anchors


# Refusals. A fault is planted in a copy of one frozen file.

H = len(HEADER_KEYS)

Edit = Callable[[list[str]], list[str]]


def put(line: int, text: str) -> Edit:
    """Replace a 1-based line."""
    return lambda lines: [*lines[: line - 1], text, *lines[line:]]


def insert(line: int, text: str) -> Edit:
    """Insert a line that becomes the 1-based line."""
    return lambda lines: [*lines[: line - 1], text, *lines[line - 1 :]]


def drop(line: int) -> Edit:
    """Take out a 1-based line."""
    return lambda lines: [*lines[: line - 1], *lines[line:]]


def swap(line: int) -> Edit:
    """Swap a 1-based line with the next one."""
    return lambda lines: [*lines[: line - 1], lines[line], lines[line - 1], *lines[line + 1 :]]


def entries(*texts: str) -> Edit:
    """Keep the header and replace what follows."""
    return lambda lines: [*lines[:H], *texts, ""]


def replace(old: str, new: str) -> Edit:
    """Replace a text that stands once."""

    def edit(lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        assert text.count(old) == 1
        return text.replace(old, new).split("\n")

    return edit


def refuse(file: str, edit: Edit, line: int | str, words: str, name: str) -> object:
    """Give a case: the edit of a file, the line (or a text that it holds) and words to be said."""
    return pytest.param(file, edit, line, words, id=name)


REFUSALS = [
    refuse("shorteners.txt", entries("a.co", "a.co"), H + 2, "duplicate", "set: duplicate"),
    refuse("shorteners.txt", entries("b.co", "a.co"), H + 2, "not sorted", "set: unsorted"),
    refuse("shorteners.txt", entries("A.co"), H + 1, "lower case", "set: upper case"),
    refuse("greetings.txt", entries("e\u0301l"), H + 1, "NFC", "set: not NFC"),
    refuse("greetings.txt", entries("a", "", "b"), H + 2, "empty", "set: empty line"),
    refuse("greetings.txt", entries("a", "b "), H + 2, "blanks", "set: trailing blank"),
    refuse("greetings.txt", entries(" a"), H + 1, "blanks", "set: leading blank"),
    refuse("greetings.txt", drop(1), 1, "# title: ", "set: no title"),
    refuse("greetings.txt", drop(7), 7, "# refresh: ", "set: last header key missing"),
    refuse("greetings.txt", swap(3), 3, "# source: ", "set: header keys swapped"),
    refuse("greetings.txt", put(2, "# version:"), 2, "# version: ", "set: header without value"),
    refuse("greetings.txt", lambda lines: [*lines[:3], ""], 4, "# license", "set: header cut off"),
    refuse("greetings.txt", lambda _: [""], 1, "# title: ", "set: empty file"),
    refuse(
        "greetings.txt", lambda lines: lines[:-1], H + 6, "line feed", "set: no final line feed"
    ),
    refuse("phonemes.tsv", lambda lines: lines[:-1], H + 26, "line feed", "table: no line feed"),
    refuse("phonemes.tsv", put(H + 2, "b"), H + 2, "1 columns", "table: one column"),
    refuse("phonemes.tsv", put(H + 2, "b\t1\t2"), H + 2, "3 columns", "table: three columns"),
    refuse("phonemes.tsv", put(H + 2, "b\tone"), H + 2, "not a number", "table: no number"),
    refuse("phonemes.tsv", put(H + 2, "a\t1"), H + 2, "duplicate", "table: duplicate"),
    refuse("phonemes.tsv", swap(H + 1), H + 2, "not sorted", "table: unsorted"),
    refuse("homoglyphs.tsv", entries("ab\ta"), H + 1, "one character", "homoglyph: two characters"),
    refuse("homoglyphs.tsv", entries("α\tal"), H + 1, "one character", "homoglyph: two letters"),
    refuse("normalize_en.tsv", entries("u"), H + 1, "2 or 3", "rewrite: no canonical"),
    refuse("normalize_en.tsv", entries("a\tb\tc\td"), H + 1, "4 columns", "rewrite: four columns"),
    refuse("normalize_en.tsv", entries("U\tyou"), H + 1, "lower case", "rewrite: upper case"),
    refuse("normalize_en.tsv", entries("b\tbee", "bee\tc"), H + 1, "'c'", "rewrite: chain"),
    refuse("normalize_en.tsv", entries("luv\tluv"), H + 1, "itself a token", "rewrite: to itself"),
    refuse(
        "normalize_en.tsv", entries("pls\tplease", "r\tare\tbefore:pls"), H + 2, "'pls'",
        "rewrite: token in a gate",
    ),
    refuse(
        "normalize_en.tsv", entries("a\tb\tbetween:c"), H + 1, "between:c", "gate: unknown side"
    ),
    refuse("normalize_en.tsv", entries("a\tb\tbefore:"), H + 1, "before:", "gate: no word"),
    refuse("normalize_en.tsv", entries("a\tb\tword"), H + 1, "'word'", "gate: no side"),
    refuse("normalize_es.tsv", entries("u\tuno"), H + 1, "another lang", "rewrite: two languages"),
    refuse("timex.toml", insert(11, "about = 1"), 12, "", "toml: key stands twice"),
    refuse("timex.toml", put(11, 'about = ["a"'), 12, "", "toml: unended array"),
    refuse("timex.toml", entries("[words]", "x = ["), H + 2, "", "toml: cut off"),
    refuse("timex.toml", drop(2), 1, "[meta]", "toml: no title"),
    refuse("timex.toml", swap(2), 1, "[meta]", "toml: header keys swapped"),
    refuse("timex.toml", put(10, "[other]"), 1, "[words]", "toml: no words"),
    refuse("timex.toml", put(11, "about = 1"), 11, "array of strings", "toml: no array"),
    refuse("timex.toml", put(11, "about = [1]"), 11, "array of strings", "toml: array of numbers"),
    refuse("timex.toml", put(11, 'about = ["x", "x"]'), 11, "duplicate", "toml: duplicate"),
    refuse("timex.toml", put(11, 'about = ["zz", "yy"]'), 11, "not sorted", "toml: unsorted"),
    refuse("timex.toml", put(12, 'ago = ["later", "about"]'), 12, "not sorted", "toml: in two"),
    refuse("timex.toml", put(11, 'about = ["About"]'), 11, "lower case", "toml: upper case"),
    refuse("timex.toml", put(11, 'about = ["e\u0301l"]'), 11, "NFC", "toml: not NFC"),
    refuse("timex.toml", put(11, 'about = [""]'), 11, "empty", "toml: empty entry"),
    refuse(
        "clusters.toml", replace("number = 7\n", "number = 8\n"), "number = 8", "0 to 21",
        "cluster: number gap",
    ),
    refuse(
        "clusters.toml", lambda lines: [*lines[: lines.index("[[cluster]]")], ""], 1,
        "at least one",
        "cluster: none",
    ),
    refuse(
        "clusters.toml", replace('name = "bank"\n', ""), "number = 7", "wanted number, name",
        "cluster: no name",
    ),
    refuse(
        "clusters.toml", replace('["visa"]', '["login", "visa"]'), 'paper = ["login"',
        "duplicate in cluster phishing", "cluster: in paper and mela",
    ),
    refuse(
        "clusters.toml", replace('["job"]', '["work", "job"]'), '["work", "job"]', "not sorted",
        "cluster: unsorted",
    ),
    refuse(
        "clusters.toml", replace("won = [", 'lottery = ["lotteryx"]\nwon = ['), "lottery =",
        "in no cluster", "exception: no substring",
    ),
    refuse(
        "clusters.toml", replace('"recall"', '"reset"'), '"reset"', "cannot excuse 'call'",
        "exception: without the substring",
    ),
    refuse(
        "tlds.toml", replace('suspicious = ["info", "shop", "xyz"]', 'suspicious = ["tk"]'),
        'bad = ["blogspot.com"', "'tk' is bad and suspicious", "tld: two classes",
    ),
    refuse(
        "tlds.toml", replace('suspicious = ["info", "ru"]\n', ""), "[profile.2014]",
        "bad and suspicious", "tld: profile without a class",
    ),
    refuse("tlds.toml", replace("\n[roles]\n", "\n[rules]\n"), 1, "[roles]", "tld: no roles"),
    refuse("domain_classifier.json", lambda _: ["{}", ""], 1, "'title'", "json: no meta"),
    refuse("domain_classifier.json", lambda _: ["[]", ""], 1, "", "json: no object"),
    refuse("domain_classifier.json", lambda _: ['{"meta":', "1,,", ""], 2, "", "json: syntax"),
    refuse(
        "domain_classifier.json", lambda _: ["[" * 100_000, ""], 1, "too deep", "json: deep",
    ),
    refuse(
        "domain_classifier.json", lambda _: ["9" * 5_000, ""], 1, "can be read",
        "json: integer of 5,000 digits",
    ),
    refuse(
        "timex.toml", lambda lines: ["x = " + "9" * 5_000, *lines], 1, "digits",
        "toml: integer of 5,000 digits",
    ),
    refuse(
        "clusters.toml", replace("number = 1\n", "number = true\n"), 1, "0 to 21",
        "cluster: true for 1",
    ),
    refuse(
        "clusters.toml", replace("number = 1\n", "number = 1.0\n"), 1, "0 to 21",
        "cluster: 1.0 for 1",
    ),
    refuse(
        "clusters.toml", lambda lines: ["cluster = 5", *lines[: lines.index("[[cluster]]")], ""],
        2, "at least one", "cluster: a number",
    ),
    refuse(
        "tlds.toml", lambda lines: ["profile = 5", *lines[:lines.index("[profile.current]")],
        *lines[lines.index("[roles]") :]], 2, "[profile]", "tld: profile of no table",
    ),
    refuse(
        "greetings.txt", lambda lines: [*lines[:-1], "z" * 300, ""], "zzz", "300 characters",
        "set: endless entry",
    ),
    refuse(
        "domain_classifier.json", replace('"license"', '"licence"'), 1, "'license'",
        "json: header key misspelled",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "edit", "line", "words"), REFUSALS)
def test_fault_is_refused_with_its_line(
    tmp_path: Path, file: str, edit: Edit, line: int | str, words: str
) -> None:
    """A file that breaks its format raises an error with path, line, and what is wanted."""
    faulty = tmp_path / file
    lines = edit((TINY / file).read_text(encoding="utf-8").split("\n"))
    faulty.write_bytes("\n".join(lines).encode())
    with pytest.raises(ResourceError) as caught:
        Resources.load(tmp_path)
    if isinstance(line, str):
        line = next(number for number, text in enumerate(lines, 1) if line in text)
    assert caught.value.path == faulty
    assert caught.value.line == line
    assert words in caught.value.problem
    assert str(caught.value) == f"{faulty}:{line}: {caught.value.problem}"


def test_unknown_file_is_refused(tmp_path: Path) -> None:
    """A misspelled file name is an error and not silently the shipped file."""
    stray = tmp_path / "shortener.txt"
    stray.touch()
    with pytest.raises(ResourceError, match=r"shorteners\.txt") as caught:
        Resources.load(tmp_path)
    assert (caught.value.path, caught.value.line) == (stray, 1)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    """A folder that does not exist is an error and not silently the shipped set."""
    with pytest.raises(ResourceError, match="not a folder") as caught:
        Resources.load(tmp_path / "nowhere")
    assert caught.value.path == tmp_path / "nowhere"


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """A file in another encoding is a fault of the file, at the line of the wrong byte."""
    faulty = tmp_path / "greetings.txt"
    faulty.write_bytes((TINY / "greetings.txt").read_bytes() + b"se\xf1or\n")
    with pytest.raises(ResourceError) as caught:
        Resources.load(tmp_path)
    assert (caught.value.path, caught.value.line) == (faulty, H + 7)


def test_resource_error_is_a_value_error() -> None:
    """Callers may catch mela's base class or ValueError; the error survives pickling."""
    error = ResourceError(Path("a.txt"), 3, "wrong")
    assert isinstance(error, MelaError)
    assert isinstance(error, ValueError)
    again = pickle.loads(pickle.dumps(error))
    assert (again.path, again.line, again.problem) == (Path("a.txt"), 3, "wrong")


# A folder of one's own.


def test_folder_replaces_its_files_only(tmp_path: Path) -> None:
    """A folder with one file replaces that file; the others are the shipped ones."""
    (tmp_path / "shorteners.txt").write_bytes((TINY / "shorteners.txt").read_bytes())
    mixed, shipped = Resources.load(tmp_path), Resources.load()
    assert mixed.shorteners == {"bit.ly", "goo.gl", "t.co", "tinyurl.com"}
    assert mixed.greetings == shipped.greetings
    assert mixed.clusters == shipped.clusters


def test_empty_folder_is_the_shipped_set(tmp_path: Path) -> None:
    """A folder without resource files gives resources equal to the shipped."""
    (tmp_path / "README.md").write_text("mine\n")
    assert Resources.load(str(tmp_path)) == Resources.load()


def test_digest_changes_with_a_comment(tmp_path: Path) -> None:
    """The digest covers every byte, headers included."""
    text = (SHIPPED / "phonemes.tsv").read_text(encoding="utf-8")
    (tmp_path / "phonemes.tsv").write_text(
        text.replace("# title:", "# title: my"), encoding="utf-8"
    )
    changed, shipped = Resources.load(tmp_path), Resources.load()
    assert changed.phonemes == shipped.phonemes
    assert changed.digest != shipped.digest
    assert re.fullmatch("[0-9a-f]{64}", changed.digest)


def test_equality_is_by_digest(tiny: Resources) -> None:
    """Two loads of the same files are equal and hash alike; other files are not equal."""
    again = Resources.load(TINY)
    assert again is not tiny
    assert again == tiny
    assert hash(again) == hash(tiny)
    assert tiny != Resources.load()
    assert tiny != tiny.digest


def test_missing_class_is_refused(tmp_path: Path) -> None:
    """A word class that a finder reads and the file lacks is refused before any message is read."""
    text = (TINY / "timex.toml").read_text(encoding="utf-8")
    (tmp_path / "timex.toml").write_text(text.replace("\nunit = ", "\nunits = "), encoding="utf-8")
    with pytest.raises(ResourceError, match="'unit'") as caught:
        Resources.load(tmp_path)
    assert caught.value.path == tmp_path / "timex.toml"


def test_file_that_is_no_regular_one_is_refused_unread(tmp_path: Path) -> None:
    """A pipe would wait forever and a device never end; neither is opened, nor is a folder."""
    path = tmp_path / "greetings.txt"
    for make in (path.mkdir, partial(os.mkfifo, path), partial(path.symlink_to, "/dev/zero")):
        make()
        with pytest.raises(ResourceError, match="wanted a file"):
            Resources.load(tmp_path)
        (path.rmdir if path.is_dir() else path.unlink)()


def test_huge_file_is_refused_at_its_limit(tmp_path: Path) -> None:
    """A file is read up to a limit, however long it is."""
    path = tmp_path / "greetings.txt"
    with path.open("wb") as stream:
        stream.truncate(2**40)  # sparse: it takes no space
    with pytest.raises(ResourceError, match="MiB"):
        Resources.load(tmp_path)


def test_resources_survive_pickle(tiny: Resources) -> None:
    """An unpickled copy is equal and holds the same lists."""
    again = pickle.loads(pickle.dumps(tiny))
    assert again == tiny
    assert again.clusters == tiny.clusters
    assert again.rewrites == tiny.rewrites


def test_deepcopy_is_the_object_itself(tiny: Resources) -> None:
    """Nothing in resources changes, so that cloning an estimator costs nothing."""
    assert copy.deepcopy(tiny) is tiny


def test_resources_are_frozen(tiny: Resources) -> None:
    """A field cannot be set."""
    with pytest.raises(AttributeError):
        tiny.version = "1"  # type: ignore[misc]
