"""Tables are read and written in chunks, and what is wrong with them is said with its row."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import pytest
from pyarrow import parquet

from mela.errors import TableError
from mela.tabular import reading
from mela.tabular.formats import Format, format_of, list_values
from mela.tabular.reading import Source, read_chunks
from mela.tabular.writing import open_writer


def read(source: Source, *names: str) -> dict[str, list[Any]]:
    """Return whole columns of a table, of which the last must not be absent."""
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for chunk in read_chunks(source, names, names[-1:]):
        for name in names:
            columns[name] += list_values(chunk.columns[name])
    return columns


def write(
    path: Path, form: Format, kept: dict[str, Any], rows: Sequence[Sequence[float]], width: int = 2
) -> None:
    """Write a table of one chunk with features f0, f1, ..."""
    matrix = np.array(rows, dtype=np.float32).reshape(-1, width)
    with open_writer(str(path), form, list(kept), [f"f{i}" for i in range(width)]) as write_rows:
        write_rows(kept, matrix)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a few rows fill several chunks."""
    monkeypatch.setattr(reading, "CHUNK_ROWS", 2)


@pytest.mark.parametrize(
    ("content", "options", "texts"),
    [
        pytest.param(b"id,text\n1,hello\n2,bye\n", {}, ["hello", "bye"], id="header"),
        pytest.param(b"1,hello\n", {"columns": ("id", "text")}, ["hello"], id="no-header"),
        pytest.param(b"id,text\r\n1,hello\r\n", {}, ["hello"], id="crlf"),
        pytest.param(b"\xef\xbb\xbftext\nhello\n", {}, ["hello"], id="byte-order-mark"),
        pytest.param(b'id,text\n1,"a, ""b"""\n', {}, ['a, "b"'], id="quoted"),
        pytest.param(b'id,text\n1,"two\nlines"\n', {}, ["two\nlines"], id="line-break"),
        pytest.param(b"id,text\n\n1,hello\n\n", {}, ["hello"], id="blank-lines"),
        pytest.param(b"text\nhello\n\nbye\n", {}, ["hello", "", "bye"], id="empty-only-field"),
        pytest.param(b"id,text\n1,\n", {}, [""], id="empty-field"),
        pytest.param(b"text\na\x00b\n", {}, ["a\0b"], id="nul"),
        pytest.param(b"text\n" + b"x" * 300_000, {}, ["x" * 300_000], id="long-field"),
        pytest.param(b"text\n5'10\" tall\n", {}, ["5'10\" tall"], id="mark-inside"),
        pytest.param(b'text\n"win" now\n', {"quoting": False}, ['"win" now'], id="no-quoting"),
        pytest.param(b"text\nma\xf1ana\n", {"encoding": "cp1252"}, ["mañana"], id="encoding"),
        pytest.param(b"text\nma\xf1ana\n", {"errors": "replace"}, ["ma\ufffdana"], id="replace"),
        pytest.param(b"text\rhello\rbye\r", {}, ["hello", "bye"], id="carriage-returns"),
        pytest.param(b"id;text\n1;a, b\n", {"delimiter": ";"}, ["a, b"], id="semicolons"),
        pytest.param(b"text\n", {}, [], id="only-a-header"),
        pytest.param(b"", {"columns": ("text",)}, [], id="nothing-at-all"),
    ],
)  # fmt: skip
def test_csv_is_read(
    tmp_path: Path, content: bytes, options: dict[str, Any], texts: list[str]
) -> None:
    """A CSV file gives the texts that its dialect means."""
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    assert read(Source(str(path), "csv", **options), "text") == {"text": texts}


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        pytest.param(b'{"text": "hello"}\n{"text": "bye"}\n', ["hello", "bye"], id="objects"),
        pytest.param(b'\xef\xbb\xbf{"text": "hello"}\r\n\r\n', ["hello"], id="mark-crlf-blank"),
        pytest.param(b'{"text": "a\\u0000b"}', ["a\0b"], id="nul"),
        pytest.param(b'{"text": "\\ud83d"}', ["\ud83d"], id="half-a-pair"),
        pytest.param('{"text": "a\u2028b"}'.encode(), ["a\u2028b"], id="line-separator"),
        pytest.param(b'{"text": null}', [None], id="null"),
        pytest.param(b"", [], id="nothing-at-all"),
    ],
)
def test_jsonl_is_read(tmp_path: Path, content: bytes, texts: list[str | None]) -> None:
    """A JSONL file gives a value for each object."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    assert read(Source(str(path), "jsonl"), "text") == {"text": texts}


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
@pytest.mark.usefixtures("small_chunks")
def test_rows_survive_a_round_trip(tmp_path: Path, form: Format) -> None:
    """What is written in any format is read again, over the ends of chunks, in order."""
    path = tmp_path / "table"
    labels = ["plain", 'a "quoted", one', "tab\there", "two\nlines", "lone\rreturn"]
    write(path, form, {"label": labels}, [[i, i / 10] for i in range(5)])
    columns = read(Source(str(path), form), "label", "f1")
    assert columns["label"] == labels
    np.testing.assert_allclose(np.array(columns["f1"], dtype=np.float32), np.arange(5) / 10)


@pytest.mark.usefixtures("small_chunks")
def test_chunks_count_rows_from_one(tmp_path: Path) -> None:
    """Each chunk knows the number of its first row."""
    path = tmp_path / "in.csv"
    path.write_text("text\n" + "hello\n" * 5)
    chunks = read_chunks(Source(str(path), "csv"), ["text"])
    assert [(chunk.first, len(chunk.columns["text"])) for chunk in chunks] == [
        (1, 2),
        (3, 2),
        (5, 1),
    ]


@pytest.mark.parametrize(
    ("name", "content", "options", "row", "words"),
    [
        ("in.csv", b"", {}, None, ["empty", "--columns"]),
        ("in.csv", b"id,secret\n", {}, None, ["'text'", "first line: 2", "--text-column"]),
        ("in.csv", b"id;text\n1;secret\n", {}, None, ["';' and no ','", "--delimiter ';'"]),
        ("in.csv", b"id\ttext\n1\tsecret\n", {}, None, [r"--delimiter '\t'"]),
        ("in.tsv", b"id|text\n1|secret\n", {}, None, [r"'|' and no '\t'", "--delimiter '|'"]),
        ("in.csv", b"text,text\n", {}, None, ["twice"]),
        ("in.csv", b"id,text\n1,secret\n2,secret,3\n", {}, 2, ["3, wanted 2", "--no-quoting"]),
        ("in.csv", b"id,text\nsecret\n", {"quoting": False}, 1, ["1, wanted 2", "mend the row"]),
        ("in.csv", b"id,text\n", {"columns": ("id", "text")}, 1, ["drop --columns"]),
        ("in.csv", b"1,secret\n", {"columns": ("text",)}, 1, ["name all 2 columns"]),
        ("in.csv", b"1;secret\n", {"columns": ("id", "text")}, 1, ["--delimiter ';'"]),
        ("in.csv", b'text\nhello\n"win" secret\n', {}, 2, ["quotation mark", "--no-quoting"]),
        ("in.csv", b'text\nhello\n"secret\nbye\n', {}, 2, ["never closed", "--no-quoting"]),
        ("in.csv", b'text\n"a\nb"\nsecret \xff\n', {}, 2, ["utf-8", "--encoding"]),
        ("in.csv", b"te\xffxt\nhello\n", {}, 0, ["header line", "--encoding"]),
        ("in.csv", "text\n".encode("utf-16"), {}, None, ["UTF-16", "convert it to utf-8"]),
        ("in.csv", b"t\0e\0", {"encoding": "utf-16-le"}, None, ["convert it to utf-8"]),
        ("in.csv", b"text\n", {"encoding": "klingon"}, None, ["unknown encoding 'klingon'"]),
        ("in.csv", b"text\n", {"encoding": "hex"}, None, ["unknown encoding 'hex'"]),
        ("in.jsonl", b'{"text": "a"}\n["secret"]\n', {}, 2, ["object"]),
        ("in.jsonl", b'{"text": "secret}\n', {}, 1, ["object"]),
        ("in.jsonl", b"[" * 100_000, {}, 1, ["object"]),
        ("in.jsonl", b'{"body": "secret words"}\n', {}, None, ["found: body"]),
        ("in.jsonl", b'{"text": "a"}\n{"body": "secret"}\n', {}, 2, ["no key 'text'"]),
        ("in.jsonl", b'{"text": "a"}\n{"text": "\xff"}\n', {}, 2, ["--errors replace"]),
        ("in.parquet", b"text\nsecret\n", {}, None, ["no Parquet file"]),
        ("in.parquet", b"", {}, None, ["no Parquet file"]),
    ],
)
def test_faults_are_named_with_their_row(
    tmp_path: Path,
    *,
    name: str,
    content: bytes,
    options: dict[str, Any],
    row: int | None,
    words: list[str],
) -> None:
    """An error names file, row and remedy, and quotes no cell."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read(Source(str(path), format_of(name), **options), "text")
    problem = str(caught.value)
    assert problem.startswith(f"{path}: ")
    assert caught.value.row == row
    assert [word for word in words if word not in problem] == []
    assert "secret" not in problem


def test_endless_field_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field has a limit, so that a file of another kind does not fill the memory."""
    monkeypatch.setattr(reading, "_LONGEST_FIELD", 10)
    path = tmp_path / "in.csv"
    path.write_text("text\nhello\n" + "x" * 11)
    with pytest.raises(TableError, match=r"row 2: .*field limit"):
        read(Source(str(path), "csv", quoting=False), "text")


def test_key_that_need_not_be_there_is_null(tmp_path: Path) -> None:
    """A JSONL object may lack a kept column, after the first."""
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1, "text": "a"}\n{"text": "b"}\n')
    columns = read(Source(str(path), "jsonl"), "id", "text")
    assert columns == {"id": [1, None], "text": ["a", "b"]}


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("csv", "label,f0,f1\nspam,3,0.1\n,0,1e-05\n"),
        ("tsv", "label\tf0\tf1\nspam\t3\t0.1\n\t0\t1e-05\n"),
        (
            "jsonl",
            '{"label": "spam", "f0": 3, "f1": 0.1}\n{"label": null, "f0": 0, "f1": 1e-05}\n',
        ),
    ],
)
def test_numbers_are_plain_in_text(tmp_path: Path, form: Format, content: str) -> None:
    """Whole numbers have no point, others are the shortest that give the same float32."""
    path = tmp_path / "out"
    write(path, form, {"label": ["spam", None]}, [[3, 0.1], [0, 1e-5]])
    assert path.read_bytes().decode() == content


def test_parquet_features_are_float32(tmp_path: Path) -> None:
    """Features are float32 columns; kept columns have the type of their values."""
    path = tmp_path / "out.parquet"
    write(path, "parquet", {"id": [7], "note": [None]}, [[3, 0.1]])
    found = parquet.read_schema(path)
    types = [pyarrow.int64(), pyarrow.string(), pyarrow.float32(), pyarrow.float32()]
    assert found.names == ["id", "note", "f0", "f1"]
    assert found.types == types


def test_parquet_keeps_the_types_of_parquet(tmp_path: Path) -> None:
    """A column that goes from Parquet to Parquet keeps its type."""
    path, copy = tmp_path / "in.parquet", tmp_path / "out.parquet"
    label = pyarrow.array([1, None], pyarrow.int8())
    parquet.write_table(pyarrow.table({"label": label}), path)
    (chunk,) = read_chunks(Source(str(path), "parquet"), ["label"])
    write(copy, "parquet", dict(chunk.columns), [[1, 2], [3, 4]])
    assert parquet.read_table(copy).column("label").combine_chunks() == label


def test_parquet_refuses_a_column_of_many_types(tmp_path: Path) -> None:
    """A kept column that Parquet cannot hold is named, and nothing is left behind."""
    path = tmp_path / "out.parquet"
    with pytest.raises(TableError, match="'id' holds more than one type"):
        write(path, "parquet", {"id": [1, "one"]}, [[1, 2], [3, 4]])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
def test_a_table_without_rows_has_columns(tmp_path: Path, form: Format) -> None:
    """No rows make a table of columns; JSONL has no place for them."""
    path = tmp_path / "out"
    write(path, form, {"label": []}, [])
    columns = read(Source(str(path), form), "label", "f0", "f1")
    assert columns == {"label": [], "f0": [], "f1": []}
    assert (path.stat().st_size == 0) == (form == "jsonl")


def test_half_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    """A kept text that no encoder takes is written as an escape."""
    for form in ("csv", "jsonl"):
        path = tmp_path / form
        write(path, form, {"label": ["\ud83d"]}, [[1, 2]])
        assert rb"\ud83d" in path.read_bytes()


def test_failed_run_leaves_the_old_table(tmp_path: Path) -> None:
    """Until a table is complete, the one of the same name stays and nothing else appears."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    labels = {"label": ["one", "too many"]}
    with pytest.raises(ValueError, match="shorter"):
        write(path, "csv", labels, [[1, 2]])
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_link_to_a_table_stays_a_link(tmp_path: Path) -> None:
    """Writing to a link replaces what it points to."""
    link, target = tmp_path / "link.csv", tmp_path / "target.csv"
    link.symlink_to(target)
    write(link, "csv", {}, [[1, 2]])
    assert link.is_symlink()
    assert target.read_text() == "f0,f1\n1,2\n"


@pytest.mark.parametrize("path", ["no/such/folder.csv", "."])
def test_unwritable_output_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """An output that cannot be written is an error of that file."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TableError, match="cannot be written"):
        write(Path(path), "csv", {}, [[1, 2]])


def test_parquet_without_pyarrow_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pyarrow, a Parquet table is refused with the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "table.parquet"
    with pytest.raises(TableError, match=r"pip install 'mela-features\[parquet\]'"):
        read(Source(str(path), "parquet"), "text")
    with pytest.raises(TableError, match=r"pip install 'mela-features\[parquet\]'"):
        write(path, "parquet", {}, [[1, 2]])
    assert not path.exists()


@pytest.mark.parametrize(
    ("path", "given", "form"),
    [
        ("a.csv", None, "csv"),
        ("A.TSV", None, "tsv"),
        ("a.b.jsonl", None, "jsonl"),
        ("a.parquet", None, "parquet"),
        ("a.txt", "tsv", "tsv"),
        ("-", None, "csv"),
        ("-", "jsonl", "jsonl"),
    ],
)
def test_format_is_given_or_by_extension(path: str, given: Format | None, form: Format) -> None:
    """A format that is given wins over the extension."""
    assert format_of(path, given) == form


@pytest.mark.parametrize("path", ["a.xlsx", "a", ".csv"])
def test_unknown_extension_lists_the_known(path: str) -> None:
    """An extension that says nothing is refused with those that do."""
    with pytest.raises(TableError, match=r"\.csv, \.tsv, \.jsonl, \.parquet"):
        format_of(path)


def test_jsonl_kept_values_stay_values(tmp_path: Path) -> None:
    """Numbers, nested values and dates of kept columns go to JSONL without becoming Python."""
    path = tmp_path / "out.jsonl"
    write(path, "jsonl", {"id": [{"a": [1, None, True]}]}, [[1, 2]])
    assert json.loads(path.read_text()) == {"id": {"a": [1, None, True]}, "f0": 1, "f1": 2}


def test_value_written_once_for_many_rows_stays_one(tmp_path: Path) -> None:
    """A dictionary of Arrow is read as one text, however many rows repeat it."""
    path = tmp_path / "in.parquet"
    repeated = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 0, None, 1]), ["win", "no"])
    parquet.write_table(pyarrow.table({"text": repeated}), path)
    (chunk,) = read_chunks(Source(str(path), "parquet"), ["text"])
    values = list_values(chunk.columns["text"])
    assert values == ["win", "win", None, "no"]
    assert values[0] is values[1]


def test_long_rows_of_parquet_are_read_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is bounded by the bytes of a chunk, too, and a chunk has a row at least."""
    path = tmp_path / "in.parquet"
    parquet.write_table(pyarrow.table({"text": [f"{n}" * 100 for n in range(6)]}), path)
    monkeypatch.setattr(reading, "_LARGEST_CHUNK", 250)
    sizes = [
        len(chunk.columns["text"]) for chunk in read_chunks(Source(str(path), "parquet"), ["text"])
    ]
    assert sum(sizes) == 6
    assert max(sizes) <= 2
    monkeypatch.setattr(reading, "_LARGEST_CHUNK", 1)
    assert len(list(read_chunks(Source(str(path), "parquet"), ["text"]))) == 6
