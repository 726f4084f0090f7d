"""The command: what it writes, what it refuses and in which words, how it behaves in a pipe."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fresh import run_fresh

import mela
from mela import Featurizer, featurize, featurize_many
from mela.cli import main
from mela.features.message import MESSAGE
from mela.tabular import reading

TEXTS = ["Win 500 cash, call 0800 123 4567", "", "see you at 5"]
NAMES = Featurizer().feature_names
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(mela.__file__).parent.parent)}
COMMAND = [sys.executable, "-W", "error", "-m", "mela"]


def write_input(path: Path) -> None:
    """Write the messages with a label and a number in front, in the format of the extension."""
    frame = pd.DataFrame({"label": ["spam", "ham", "ham"], "id": [7, 8, 9], "text": TEXTS})
    match path.suffix:
        case ".csv":
            frame.to_csv(path, index=False)
        case ".tsv":
            frame.to_csv(path, index=False, sep="\t")
        case ".jsonl":
            frame.to_json(path, orient="records", lines=True)
        case ".parquet":
            frame.to_parquet(path)


def read_output(path: Path) -> pd.DataFrame:
    """Read a table in the format of the extension, without the command's own reader."""
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": pd.read_csv,
        ".tsv": lambda path: pd.read_csv(path, sep="\t"),
        ".jsonl": lambda path: pd.read_json(path, lines=True),
        ".parquet": pd.read_parquet,
    }
    return readers[path.suffix](path)


def run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments], input=data, env=ENVIRONMENT, capture_output=True, check=False
    )


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give the command a standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("out", [".csv", ".tsv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("into", [".csv", ".tsv", ".jsonl", ".parquet"])
def test_every_format_becomes_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, into: str, out: str
) -> None:
    """Rows are those of the library, over the ends of chunks, behind the kept columns."""
    monkeypatch.setattr(reading, "CHUNK_ROWS", 2)
    source, target = tmp_path / f"in{into}", tmp_path / f"out{out}"
    write_input(source)
    assert main(["featurize", str(source), "-o", str(target), "--keep", "id,label"]) == 0
    frame = read_output(target)
    assert list(frame.columns) == ["id", "label", *NAMES]
    assert frame["label"].tolist() == ["spam", "ham", "ham"]
    assert frame["id"].astype(int).tolist() == [7, 8, 9]
    found = frame[list(NAMES)].to_numpy(dtype=np.float32)
    np.testing.assert_array_equal(found, featurize_many(TEXTS))


def test_file_without_header_and_quoting(tmp_path: Path) -> None:
    """Names come from the command line, quotation marks stay, only the features are written."""
    source, target = tmp_path / "sms.tsv", tmp_path / "out.parquet"
    source.write_text('ham\t"so he said\nspam\tWIN "cash"\n', encoding="utf-8")
    options = ["--columns", "label,text", "--no-quoting"]
    assert main(["featurize", str(source), "-o", str(target), *options]) == 0
    frame = read_output(target)
    assert list(frame.columns) == list(NAMES)
    assert (frame.dtypes == np.float32).all()
    np.testing.assert_array_equal(frame, featurize_many(['"so he said', 'WIN "cash"']))


@pytest.mark.parametrize(("option", "mark"), [(";", ";"), ("|", "|"), (r"\t", "\t"), ("\t", "\t")])
def test_fields_are_divided_as_asked(tmp_path: Path, option: str, mark: str) -> None:
    """A CSV of a spreadsheet may have another delimiter; the output has commas."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"id{mark}text\n7{mark}pay 5,00 now\n", encoding="utf-8")
    options = ["--delimiter", option, "--keep", "id"]
    assert main(["featurize", str(source), "-o", str(target), *options]) == 0
    frame = read_output(target)
    assert frame.pop("id").tolist() == [7]
    np.testing.assert_array_equal(frame.to_numpy(np.float32), featurize_many(["pay 5,00 now"]))


def test_regions_read_their_phone_numbers(tmp_path: Path) -> None:
    """The regions reach the engine, in any case of letters."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\ncall 080 2345 6789 now\n", encoding="utf-8")
    assert main(["featurize", str(source), "-o", str(target), "--regions", "in"]) == 0
    expected = Featurizer(regions=["IN"]).featurize_many(["call 080 2345 6789 now"])
    np.testing.assert_array_equal(read_output(target).to_numpy(np.float32), expected)


def test_missing_texts_can_be_empty_messages(tmp_path: Path) -> None:
    """With --missing empty, nulls and absent keys get the row of an empty message."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.csv"
    lines = ['{"text": null}', '{"text": NaN}', '{"id": 5}', '{"text": "win"}']
    source.write_text("\n".join(lines), encoding="utf-8")
    assert main(["featurize", str(source), "-o", str(target), "--missing", "empty"]) == 0
    expected = featurize_many(["", "", "", "win"])
    np.testing.assert_array_equal(read_output(target).to_numpy(np.float32), expected)


def test_kept_nulls_stay_nulls(tmp_path: Path) -> None:
    """A null that is read as an empty message is copied as a null."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"text": null}\n', encoding="utf-8")
    options = ["--missing", "empty", "--keep", "text"]
    assert main(["featurize", str(source), "-o", str(target), *options]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["text"] is None


def test_text_column_can_have_any_name(tmp_path: Path) -> None:
    """The column of messages is chosen by name, and can be kept."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("body,text\nwin,no\n", encoding="utf-8")
    options = ["--text-column", "body", "--keep", "body"]
    assert main(["featurize", str(source), "-o", str(target), *options]) == 0
    frame = read_output(target)
    assert frame.pop("body").tolist() == ["win"]
    np.testing.assert_array_equal(frame.to_numpy(np.float32), featurize_many(["win"]))


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("in.csv", None, [], ["in.csv: ", "no such file"]),
        ("in.xlsx", b"", [], ["in.xlsx: ", ".csv, .tsv, .jsonl, .parquet"]),
        ("in.csv", b"id,secret\n1,a\n", [], ["in.csv: no column 'text'", "--text-column"]),
        ("in.csv", b"text\nsecret\n", ["--keep", "id"], ["in.csv: ", "'id'"]),
        ("in.csv", b"text,length\nsecret,1\n", ["--keep", "length"], ["feature; rename"]),
        ("in.jsonl", b'{"text": "a"}\n{"text": null}', [], ["row 2: ", "--missing empty"]),
        ("in.jsonl", b'{"text": "a"}\n{"text": 5}', [], ["row 2: ", "int"]),
        ("in.jsonl", b'{"text": "a"}\n{"id": 5}', [], ["row 2: no key 'text'", "--missing empty"]),
        ("in.jsonl", b'{"text": "a"}', ["--columns", "text"], ["CSV and TSV"]),
        ("in.jsonl", b'{"text": "a"}', ["--delimiter", ";"], ["CSV and TSV"]),
        ("in.csv", b"text\nsecret\n", ["--delimiter", ";;"], ["--delimiter", "one character"]),
        ("in.csv", b"text\nsecret\n", ["--delimiter", '"'], ["--delimiter", "one character"]),
        ("in.csv", b"text\nsecret\n", ["--regions", "UK"], ["'UK'", "GB", "US"]),
        ("in.csv", b"text\nsecret\n", ["--missing", "maybe"], ["--missing", "empty"]),
        ("in.csv", b"text\nsecret\n", ["--keep", "a,,b"], ["--keep", "commas"]),
        ("in.csv", b"text\nsecret\n", ["--frobnicate=secret"], ["--frobnicate", "--help"]),
        ("in.csv", b"text\nsecret\n", ["--to", "xml"], ["xml"]),
        ("\x1b[31m.csv", None, [], [r"\x1b[31m.csv: "]),
    ],
)
def test_refusal_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    name: str,
    content: bytes | None,
    options: list[str],
    words: list[str],
) -> None:
    """What cannot be done ends with code 2 and one line that quotes no message, and no output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading, "CHUNK_ROWS", 1)
    if content is not None:
        Path(name).write_bytes(content)
    assert main(["featurize", name, "-o", "out.csv", *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("mela: error: ")
    assert captured.err.count("\n") == 1
    assert [word for word in words if word not in captured.err] == []
    assert "secret" not in captured.err
    assert [path.name for path in tmp_path.iterdir()] == ([] if content is None else [name])


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="nothing"),
        pytest.param(["win a secret prize"], id="no-command"),
        pytest.param(["show"], id="no-message"),
        pytest.param(["show", "win", "a", "secret", "prize"], id="no-quotation-marks"),
        pytest.param(["show", "--secret"], id="dash"),
        pytest.param(["featurize", "in.csv"], id="no-output"),
        pytest.param(["featurize", "in.csv", "-o", "out.csv", "secret"], id="message-to-featurize"),
        pytest.param(["features", "win a secret prize"], id="message-to-features"),
    ],
)
def test_bad_command_line_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """A command line that makes no sense gets one line, which quotes no message."""
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("mela: error: ")
    assert error.count("\n") == 1
    assert "secret" not in error


def test_output_over_the_input_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The input is not overwritten, by whatever name it is called."""
    source, link = tmp_path / "in.csv", tmp_path / "link.csv"
    source.write_text("text\nhello\n", encoding="utf-8")
    link.symlink_to(source)
    assert main(["featurize", str(source), "-o", str(link)]) == 2
    assert "is the input" in capsys.readouterr().err
    assert source.read_text(encoding="utf-8") == "text\nhello\n"


def test_pipe_in_and_out(
    capfdbinary: pytest.CaptureFixture[bytes], feed: Callable[[bytes], None]
) -> None:
    """A dash is the standard input or output, CSV unless said otherwise."""
    feed(b"text\nsee you at 5\n")
    assert main(["featurize", "-", "-o", "-", "--to", "jsonl"]) == 0
    record = json.loads(capfdbinary.readouterr().out)
    assert tuple(record) == NAMES
    np.testing.assert_array_equal(np.float32(list(record.values())), featurize("see you at 5"))


def test_parquet_goes_through_pipes(tmp_path: Path) -> None:
    """Parquet is written to a pipe and read from one, though its format wants to seek."""
    data = ("text\n" + "\n".join(TEXTS[::2]).replace(",", "")).encode()
    first = run("featurize", "-", "-o", "-", "--to", "parquet", "--keep", "text", data=data)
    assert (first.returncode, first.stderr) == (0, b"")
    target = tmp_path / "out.csv"
    second = run("featurize", "-", "-o", str(target), "--from", "parquet", data=first.stdout)
    assert (second.returncode, second.stdout, second.stderr) == (0, b"", b"")
    assert read_output(target).shape == (2, len(NAMES))


def test_reader_that_has_seen_enough_ends_it_quietly() -> None:
    """A closed pipe ends the run without a word, as by a signal."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        process = subprocess.run(
            [*COMMAND, "features"],
            env=ENVIRONMENT,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (process.returncode, process.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize(
    "arguments", [["features"], ["featurize", "-", "-o", "-", "--columns", "text"]]
)
def test_full_disk_behind_the_output_is_one_line(arguments: list[str]) -> None:
    """What cannot be written to the standard output is an error, and said once."""
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [*COMMAND, *arguments],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.startswith(b"mela: error: <stdout>: ")
    assert process.stderr.count(b"\n") == 1


def test_interrupt_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends the run with its code, no traceback and no half file."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Featurizer, "featurize_many", interrupt)
    source = tmp_path / "in.csv"
    source.write_text("text\nhello\n", encoding="utf-8")
    assert main(["featurize", str(source), "-o", str(tmp_path / "out.csv")]) == 130
    assert capsys.readouterr().err == ""
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signal_leaves_nothing(tmp_path: Path, ending: signal.Signals) -> None:
    """A run that is ended from outside leaves no half file, which would hold messages."""
    out = tmp_path / "out.csv"
    process = subprocess.Popen(
        [*COMMAND, "featurize", "-", "-o", str(out), "--keep", "text"],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"text\n" + b"see you at five\n" * 10_000)
    process.stdin.flush()
    # It waits for more rows, with a half-written file beside the wanted one.
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
    process.send_signal(ending)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (128 + ending, b"")
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    """An output that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("stream", "delay", "shown"),
    [
        pytest.param(Terminal(), 0, True, id="terminal"),
        pytest.param(Terminal(), 3600, False, id="short-run"),
        pytest.param(io.StringIO(), 0, False, id="pipe"),
    ],
)
def test_progress_is_for_long_runs_on_terminals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, delay: int, *, shown: bool
) -> None:
    """Messages are counted on a terminal, after a while; a pipe gets nothing."""
    source = tmp_path / "in.csv"
    source.write_text("text\nhello\nbye\n", encoding="utf-8")
    monkeypatch.setattr("mela.cli.featurize.PROGRESS_DELAY", delay)
    monkeypatch.setattr(sys, "stderr", stream)
    assert main(["featurize", str(source), "-o", str(tmp_path / "out.csv")]) == 0
    assert ("2 messages" in stream.getvalue()) == shown
    assert bool(stream.getvalue()) == shown


def test_device_is_written_to_and_not_replaced() -> None:
    """An output that is no regular file stays what it is."""
    assert run("featurize", "-", "-o", os.devnull, "--to", "csv", data=b"text\n").returncode == 0
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("arguments", [["--help"], ["features"], ["featurize", "--help"]])
def test_help_starts_quickly(arguments: list[str]) -> None:
    """Listing and help load none of the costly libraries."""
    run_fresh(
        "import sys\nfrom mela.cli import main\n"
        f"try: main({arguments})\nexcept SystemExit: pass\n"
        "costly = {'sklearn', 'tldextract', 'phonenumbers', 'pyarrow', 'tqdm'}\n"
        "assert not costly & set(sys.modules), costly & set(sys.modules)"
    )


def test_features_are_listed_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has the 91 columns in order with their meaning, aligned or as JSON."""
    assert main(["features", "--format", "json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert tuple(row["name"] for row in table) == NAMES
    assert [row["index"] for row in table] == list(range(len(NAMES)))
    assert table[0]["description"] == MESSAGE["num_of_urls"].doc
    assert main(["features"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split()[1] for line in lines) == NAMES
    start = head.index("description")
    assert all(line[start - 1] == " " != line[start] for line in lines)


def show(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    """Return the evidence that is shown, by feature."""
    assert main(["show", *arguments]) == 0
    lines = capsys.readouterr().out.partition("\n\n")[2].splitlines()[1:]
    rows = [line.split(maxsplit=2) for line in lines]
    return {row[0]: row[2] if len(row) > 2 else "" for row in rows}


def test_entities_are_shown_as_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    """An entity feature comes with its spans: kind, offsets and text."""
    evidence = show(capsys, "Go to www.example.com or call 0800 123 4567")
    assert evidence["num_of_urls"] == 'url 6:21 "www.example.com"'
    assert evidence["phone_pos"] == 'phone 30:43 "0800 123 4567"'
    assert "num_of_emails" not in evidence


@pytest.mark.parametrize(
    "text",
    [
        "Win cash prizes, claim your free cash now",
        "fr33 c4sh, visit www.free-cash4u.co.uk",
        "Urgent: verify your account at http://secure-login.example.com/bank",
    ],
)
def test_clusters_are_shown_with_all_their_hits(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """A cluster feature comes with the name of its cluster and as many substrings as its value."""
    evidence = show(capsys, text)
    values = dict(zip(NAMES, featurize(text).tolist(), strict=True))
    blocks = {name: value for name, value in values.items() if "substring_clust" in name and value}
    assert blocks
    assert {name: evidence[name].count('"') / 2 for name in blocks} == blocks
    clusters = mela.Resources.load().clusters
    for name in blocks:
        assert evidence[name].startswith(clusters[int(name.rpartition("_")[2])].name + ": ")


def test_counts_are_backed_by_as_many_spans(capsys: pytest.CaptureFixture[str]) -> None:
    """A count of entities shows each of them."""
    text = "@bob pay £5 and 3 apples by Friday to a@example.com, text STOP to 80085 #win www.e.com"
    evidence = show(capsys, text)
    for name, value in zip(NAMES, featurize(text).tolist(), strict=True):
        if value and name.startswith(("num_of_", "heur_")):
            assert evidence[name].count('"') / 2 == value, name


def test_message_comes_from_the_input(
    capsys: pytest.CaptureFixture[str], feed: Callable[[bytes], None]
) -> None:
    """A dash reads the message from the standard input, without its last line break."""
    feed("¿cómo estás? gr8".encode() + b"\n")
    assert main(["show", "-"]) == 0
    assert "normalized: ¿cómo estás? great\n" in capsys.readouterr().out


def test_input_that_is_no_text_is_refused(
    capsys: pytest.CaptureFixture[str], feed: Callable[[bytes], None]
) -> None:
    """Bytes that are not UTF-8 are named by their place."""
    feed(b"secret \xff")
    assert main(["show", "-"]) == 2
    assert capsys.readouterr().err.startswith("mela: error: <stdin>: byte 7 ")


def test_terminal_is_not_steered_by_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    """Control, invisible and private characters are printed as escapes."""
    main(["show", "www.exa\u200bmple.com/\x1b[2J\x9b1m\u202e\ue000 x\ny \x07"])
    out = capsys.readouterr().out
    assert r"www.exa\u200bmple.com/" in out
    assert [character for character in out if not character.isprintable()] == ["\n"] * out.count(
        "\n"
    )


def test_character_that_cannot_be_printed_is_escaped() -> None:
    """An output in a small encoding gets an escape, not an exception."""
    process = subprocess.run(
        [*COMMAND, "show", "mañana"],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert process.returncode == 0
    assert rb"normalized: ma\xf1ana" in process.stdout


def test_version_names_what_numbers_depend_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The versions of the package, of its resources and of the libraries with data are printed."""
    assert main(["--version"]) == 0
    resources = mela.Resources.load()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("mela ")
    assert lines[1] == f"resources {resources.version}, sha256 {resources.digest[:12]}"
    assert lines[2:] == [f"{name} {version(name)}" for name in ("tldextract", "phonenumbers")]


# Mining.

LABELLED = [
    *[("spam", f"claim your {word} prize, casino bonus") for word in ("amber", "birch", "cedar")],
    *[("junk", f"unclaimed prizes and {word} bonuses") for word in ("delta", "ember", "fjord")],
    *[("ham", f"dinner at {word}, exclaimed the dog") for word in ("home", "seven", "noon", "ten")],
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """A table of labelled messages."""
    path = tmp_path / "labelled.csv"
    pd.DataFrame(LABELLED, columns=["label", "text"]).to_csv(path, index=False)
    return path


def test_mine_drafts_clusters_that_featurize_takes(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a labelled table to a draft, and from the draft to columns behind the features."""
    draft, report, out = (tmp_path / name for name in ("draft.toml", "map.html", "out.csv"))
    options = ["--groups", "2", "--spam", "spam,junk", "--report", str(report)]
    assert main(["mine", str(labelled), "-o", str(draft), *options]) == 0
    assert "substrings in 2 groups from 6 spam and 4 ham texts" in capsys.readouterr().out
    assert "claim" in draft.read_text(encoding="utf-8")
    assert "<svg" in report.read_text(encoding="utf-8")
    assert main(["featurize", str(labelled), "-o", str(out), "--clusters", str(draft)]) == 0
    columns = list(read_output(out).columns)
    assert columns[:91] == list(NAMES)
    assert [name.partition("__")[0] for name in columns[91:]] == ["cluster", "cluster"]


def test_mine_says_why_there_is_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty draft is no error; the reason is printed and written."""
    path, draft = tmp_path / "two.csv", tmp_path / "draft.toml"
    path.write_text("label,text\nspam,win\nham,hello\n", encoding="utf-8")
    assert main(["mine", str(path), "-o", str(draft)]) == 0
    assert "no cluster: no word but stop words" in capsys.readouterr().out
    assert "# No cluster: no word but stop words" in draft.read_text(encoding="utf-8")


def test_mine_refuses_a_table_without_spam(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error counts the labels, names the remedy, and quotes neither label nor message."""
    draft = tmp_path / "draft.toml"
    assert main(["mine", str(labelled), "-o", str(draft), "--spam", "scam"]) == 2
    error = capsys.readouterr().err
    assert "no spam among 10 texts: none of their 3 different labels" in error
    assert "junk" not in error
    assert "--spam" in error
    assert "prize" not in error
    assert not draft.exists()


def test_mine_refuses_no_groups(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is at least one group."""
    assert main(["mine", str(labelled), "-o", "draft.toml", "--groups", "0"]) == 2
    assert "--groups 0: wanted at least 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        pytest.param(["-o", "{table}"], "one file", id="over the table"),
        pytest.param(["-o", "x.toml", "--report", "x.toml"], "one file", id="both"),
        pytest.param(["-o", "-"], "writes files", id="standard output"),
        pytest.param(["-o", "x.toml", "--seed", "-1"], "--seed -1", id="seed"),
    ],
)
def test_mine_refuses_to_lose_files(
    labelled: Path, capsys: pytest.CaptureFixture[str], options: list[str], problem: str
) -> None:
    """Neither the table nor the draft is written over."""
    before = labelled.read_bytes()
    command = ["mine", str(labelled), *(option.format(table=labelled) for option in options)]
    assert main(command) == 2
    assert problem in capsys.readouterr().err
    assert labelled.read_bytes() == before


def test_mine_refuses_a_row_without_label(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What has no label is neither ham nor spam."""
    path = tmp_path / "table.csv"
    path.write_text("label,text\nspam,win\n,hello\n", encoding="utf-8")
    assert main(["mine", str(path), "-o", str(tmp_path / "draft.toml")]) == 2
    assert "row 2: no label in column 'label'" in capsys.readouterr().err


def test_clusters_does_not_quote_what_may_be_a_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What stands in the place of check is not repeated."""
    assert main(["clusters", "claim your prize"]) == 2
    assert "prize" not in capsys.readouterr().err


def test_mine_takes_hosts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column of hosts is mined by its names."""
    words = ("amber", "birch", "cedar", "delta")
    rows = [("spam", f"login-{word}pay.com") for word in words]
    rows += [("ham", f"{word}garden.com") for word in words]
    path, draft = tmp_path / "hosts.csv", tmp_path / "draft.toml"
    pd.DataFrame(rows, columns=["label", "host"]).to_csv(path, index=False)
    options = ["--hosts", "--text-column", "host", "--groups", "1"]
    assert main(["mine", str(path), "-o", str(draft), *options]) == 0
    assert "from 4 spam and 4 ham texts" in capsys.readouterr().out
    assert "login" in draft.read_text(encoding="utf-8")


def test_clusters_check_lists_findings(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Findings are a table, and their number is the last line."""
    draft = tmp_path / "draft.toml"
    assert main(["mine", str(labelled), "-o", str(draft), "--groups", "2"]) == 0
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("mela = [", 'mela = ["aardvark",', 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["clusters", "check", str(draft), str(labelled)]) == 0
    *findings, last = capsys.readouterr().out.splitlines()
    assert last == f"{len(findings) - 1} findings"
    assert any("aardvark" in line and "never hits" in line for line in findings)


def test_clusters_wants_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Check is named where it is left out."""
    assert main(["clusters"]) == 2
    assert "clusters" in capsys.readouterr().err
