"""The ``mela`` command: tables of messages to tables of features, and a look at one message.

Errors are one line and name the file, the row and the remedy; they never quote a message.
"""

import io
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, NoReturn, get_args

from mela.errors import MelaError, NotAMessageError, TableError, UsageError
from mela.featurizer import DEFAULT_BLOCKS, DEFAULT_REGIONS, Featurizer
from mela.inputs import Missing, read_texts
from mela.resources import Resources
from mela.tables import (
    DELIMITERS,
    FORMATS,
    STANDARD,
    Chunk,
    Source,
    format_of,
    list_values,
    open_writer,
    read_chunks,
)

_DESCRIPTION: Final = "Turn short messages into 91 numbers for spam, scam and phishing detection."

_FEATURIZE_HELP: Final = """\
Write a table with a row of 91 named numbers for each message of a table.

IN and OUT are .csv, .tsv, .jsonl or .parquet files, or - for the standard input and output.
Memory stays constant, whatever the length of the table. (Parquet from a pipe is read at once.)
"""

_FEATURIZE_EXAMPLES: Final = """\
examples:
  mela featurize messages.csv -o features.csv
      the column "text" of a file with a header line
  mela featurize sms.tsv -o features.parquet --columns label,text --no-quoting
      a file without a header line, in which quotation marks mean nothing
  mela featurize chat.jsonl -o features.csv --text-column body --keep id,label
      features behind columns of the input
  zcat messages.csv.gz | mela featurize - -o - --to jsonl
      in a pipe
"""

_SHOW_HELP: Final = """\
Print what is found in one message: its normalized text, and the features that are not zero with
what in the message speaks for them.
"""

_MINE_HELP: Final = """\
Draft substring clusters from messages that are labelled as spam or ham.

The draft is a file to prune by hand, with the record of each substring beside it; it has the format
that `mela featurize --clusters` reads. With 22 clusters it can also stand in for the shipped ones,
as clusters.toml in a folder for Resources.load.
"""

_MINE_EXAMPLES: Final = """\
examples:
  mela mine messages.csv -o draft.toml --report map.html
      columns "text" and "label"; spam is what is labelled "spam"
  mela mine sms.tsv -o draft.toml --columns label,text --no-quoting --spam spam,smishing
      a file without a header line, with two labels that mean spam
  mela mine domains.csv -o draft.toml --hosts --text-column host
      host names instead of messages
"""

_CHECK_HELP: Final = """\
Print what to look at in a file of clusters: substrings that never hit, that hit ham more than spam,
that stand twice or hold one another, and that hit inside common innocent words.
"""

_PROGRESS_DELAY: Final = 1.0
"""Seconds that a run has to last to be worth a progress bar."""

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141
"""What shells report of a program that ends by a signal: 128 and its number."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 2 for a bad command line or a bad file."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character shows its escape.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        arguments = _parse(argv)
        arguments.run(arguments)
        sys.stdout.flush()
    except MelaError as error:
        _print_error(str(error))
        code = 2
    except BrokenPipeError:
        code = _PIPE_CLOSED
    except OSError as error:
        _print_error(f"{error.filename or '<stdout>'}: {error.strerror}")
        code = 2
    except KeyboardInterrupt:
        code = _INTERRUPTED
    else:
        return 0
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try once more at its exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


class _Parser(ArgumentParser):
    """Reports errors as one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


class _CommandParser(_Parser):
    """Does not quote what stands in the place of a command: it may be a message."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        raise UsageError(
            "wanted a command: featurize, features, show, mine or clusters; see mela --help"
        )


def _print_versions(_: Namespace) -> None:
    resources = Resources.load()
    print(
        f"mela {_version('mela-features')}",
        f"resources {resources.version}, sha256 {resources.digest[:12]}",
        f"tldextract {_version('tldextract')}",
        f"phonenumbers {_version('phonenumbers')}",
        sep="\n",
    )


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        # A checkout that is not installed, or a stand-in such as phonenumberslite.
        return "unknown"


def _parse(argv: Sequence[str] | None) -> Namespace:
    parser = _CommandParser("mela", description=_DESCRIPTION, allow_abbrev=False)
    parser.add_argument(
        "--version",
        dest="run",
        action="store_const",
        const=_print_versions,
        help="print the versions on which the numbers depend",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    add = partial(
        commands.add_parser, allow_abbrev=False, formatter_class=RawDescriptionHelpFormatter
    )
    _add_featurize(add)
    _add_features(add)
    _add_show(add)
    _add_mine(add)
    _add_clusters(add)
    arguments, unknown = parser.parse_known_args(argv)
    if not arguments.run:
        parser.error("no command")
    if unknown and arguments.run is _show:
        raise UsageError("wanted one message, in quotation marks; see mela show --help")
    if unknown:
        # Words among them are not quoted: they may be a message.
        options = [word.partition("=")[0] for word in unknown if word.startswith("--")]
        found = " ".join(options) or len(unknown)
        raise UsageError(f"unknown arguments: {found}; see mela COMMAND --help")
    return arguments


def _split(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise ArgumentTypeError("wanted names with commas between them")
    return names


def _read_delimiter(text: str) -> str:
    delimiter = text.replace(r"\t", "\t")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise ArgumentTypeError("wanted one character between quotation marks")
    return delimiter


def _split_regions(text: str) -> tuple[str, ...]:
    return _split(text.upper()) if text else ()


def _add_regions(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--regions",
        type=_split_regions,
        default=DEFAULT_REGIONS,
        metavar="US,GB",
        help='regions whose national phone numbers are read (default: US,GB; "" for none)',
    )


def _add_source(parser: ArgumentParser) -> None:
    """Add how the table of messages is read."""
    parser.add_argument("input", metavar="IN", help="table of messages, or -")
    parser.add_argument(
        "--text-column", default="text", metavar="NAME", help="column of messages (default: text)"
    )
    parser.add_argument(
        "--columns",
        type=_split,
        metavar="COL[,COL]",
        help="IN is CSV or TSV without a header line, with these columns",
    )
    parser.add_argument(
        "--delimiter",
        type=_read_delimiter,
        metavar="CHAR",
        help="what stands between the fields of IN, as ';' in CSV of some spreadsheets",
    )
    parser.add_argument(
        "--no-quoting",
        dest="quoting",
        action="store_false",
        help="IN is CSV or TSV in which quotation marks mean nothing",
    )
    parser.add_argument(
        "--encoding",
        default="utf-8",
        metavar="NAME",
        help="encoding of IN (default: utf-8, with or without a byte order mark)",
    )
    parser.add_argument(
        "--errors",
        choices=("strict", "replace"),
        default="strict",
        help="whether bytes of another encoding are an error (default) or become U+FFFD",
    )
    parser.add_argument(
        "--from",
        dest="from_format",
        choices=tuple(FORMATS.values()),
        help="format of IN (default: by its extension; csv for -)",
    )


def _source(arguments: Namespace) -> Source:
    source = Source(
        arguments.input,
        format_of(arguments.input, arguments.from_format),
        arguments.columns,
        arguments.delimiter,
        arguments.quoting,
        arguments.encoding,
        arguments.errors,
    )
    is_plain = not (source.columns or source.delimiter) and source.quoting
    if source.format not in DELIMITERS and not is_plain:
        raise UsageError("--columns, --delimiter and --no-quoting are for CSV and TSV; drop them")
    return source


def _add_featurize(add: Callable[..., ArgumentParser]) -> None:
    parser = add(
        "featurize",
        help="write the features of a table of messages",
        description=_FEATURIZE_HELP,
        epilog=_FEATURIZE_EXAMPLES,
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="table of features, or -"
    )
    parser.add_argument(
        "--keep",
        type=_split,
        default=(),
        metavar="COL[,COL]",
        help="columns of IN to copy in front of the features",
    )
    parser.add_argument(
        "--missing",
        choices=get_args(Missing),
        default="error",
        help="what a null is: an error (default) or an empty message; an empty field of CSV is "
        "an empty message in any case",
    )
    parser.add_argument(
        "--clusters", metavar="FILE", help="clusters of your own, each a column behind the features"
    )
    _add_regions(parser)
    _add_source(parser)
    parser.add_argument(
        "--to",
        dest="to_format",
        choices=tuple(FORMATS.values()),
        help="format of OUT (default: by its extension; csv for -)",
    )
    parser.set_defaults(run=_featurize)


def _featurize(arguments: Namespace) -> None:
    source = _source(arguments)
    output = arguments.output
    form = format_of(output, arguments.to_format)
    keep = tuple(dict.fromkeys(arguments.keep))
    if output != STANDARD and Path(output).resolve() == Path(source.path).resolve():
        raise TableError(output, "is the input; write to another file")
    blocks = (*DEFAULT_BLOCKS, "clusters") if arguments.clusters else DEFAULT_BLOCKS
    featurizer = Featurizer(regions=arguments.regions, blocks=blocks, clusters=arguments.clusters)
    if clash := sorted(set(keep) & set(featurizer.feature_names)):
        raise TableError(source.name, f"column {clash[0]!r} has the name of a feature; rename it")

    from tqdm import tqdm  # not for the help

    text, missing = arguments.text_column, arguments.missing
    chunks = read_chunks(source, [*keep, text], [text] if missing == "error" else [])
    with (
        closing(chunks),
        open_writer(output, form, keep, featurizer.feature_names) as write,
        # Only on a terminal.
        tqdm(unit=" messages", delay=_PROGRESS_DELAY, disable=None) as progress,
    ):
        for chunk in chunks:
            texts = _read_texts(chunk, source, text, missing)
            write({name: chunk.columns[name] for name in keep}, featurizer.featurize_many(texts))
            progress.update(len(texts))


def _read_texts(chunk: Chunk, source: Source, column: str, missing: Missing) -> list[str]:
    values = list_values(chunk.columns[column])
    try:
        return read_texts(values, missing)
    except NotAMessageError as error:
        value = values[error.position]
        found = "null" if value is None else type(value).__name__
        problem = (
            f"wanted text in column {column!r}, got {found}; mend or drop the row, or read nulls "
            "as empty messages with --missing empty"
        )
        raise TableError(source.name, problem, chunk.first + error.position) from error


def _add_labels(parser: ArgumentParser) -> None:
    """Add what a labelled table is besides a table."""
    parser.add_argument(
        "--label-column", default="label", metavar="NAME", help="column of labels (default: label)"
    )
    parser.add_argument(
        "--spam",
        type=_split,
        default=("spam", "1", "true"),
        metavar="LABEL[,LABEL]",
        help="labels that mean spam (default: spam,1,true); all others are ham",
    )
    parser.add_argument(
        "--hosts", action="store_true", help="the texts are URLs or host names, and not messages"
    )


def _read_labelled(arguments: Namespace) -> dict[str, Any]:
    """Return the texts and labels of a table, and the other arguments that mining takes."""
    source = _source(arguments)
    text, label = arguments.text_column, arguments.label_column
    texts: list[str] = []
    labels: list[str] = []
    with closing(read_chunks(source, [label, text], [label, text])) as chunks:
        for chunk in chunks:
            texts += _read_texts(chunk, source, text, "error")
            for row, value in enumerate(list_values(chunk.columns[label]), chunk.first):
                if value is None or value == "":
                    raise TableError(source.name, f"no label in column {label!r}", row)
                labels.append(str(value))
    unit = "hosts" if arguments.hosts else "messages"
    return {"texts": texts, "labels": labels, "spam": arguments.spam, "unit": unit, "watch": _watch}


def _watch(items: Sequence[str], what: str) -> Iterable[str]:
    from tqdm import tqdm

    progress: Iterable[str] = tqdm(items, desc=what, delay=_PROGRESS_DELAY, disable=None)
    return progress


def _add_mine(add: Callable[..., ArgumentParser]) -> None:
    parser = add(
        "mine",
        help="draft clusters from a labelled table",
        description=_MINE_HELP,
        epilog=_MINE_EXAMPLES,
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="TOML", help="where the draft goes"
    )
    parser.add_argument("--report", metavar="HTML", help="a page with the map of the substrings")
    parser.add_argument("--groups", type=int, default=22, metavar="N", help="groups (default: 22)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the map (default: 0)")
    _add_labels(parser)
    _add_source(parser)
    parser.set_defaults(run=_mine)


def _mine(arguments: Namespace) -> None:
    if arguments.groups < 1:
        raise UsageError(f"--groups {arguments.groups}: wanted at least 1")
    if not 0 <= arguments.seed < 2**32:
        raise UsageError(f"--seed {arguments.seed}: wanted 0 to {2**32 - 1}")
    outputs = [arguments.output, *filter(None, [arguments.report])]
    paths = [Path(path).resolve() for path in (*outputs, arguments.input)]
    if STANDARD in outputs:
        raise UsageError("mela mine writes files; name one instead of -")
    if len(set(paths)) < len(paths):
        raise UsageError("the draft, the report and the table are one file; name different ones")
    from mela.mining import mine
    from mela.mining.report import to_html

    draft = mine(**_read_labelled(arguments), groups=arguments.groups, seed=arguments.seed)
    draft.save(arguments.output)
    if arguments.report:
        Path(arguments.report).write_text(to_html(draft), encoding="utf-8")
    found = f"{len(draft.members)} substrings in {len(draft.groups)} groups"
    print(f"{found} from {draft.spam_texts} spam and {draft.ham_texts} ham texts")
    if draft.reason:
        print(f"no cluster: {draft.reason}")


def _add_clusters(add: Callable[..., ArgumentParser]) -> None:
    parser = add("clusters", help="check a file of clusters")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    vars(parser)["error"] = _wants_check
    check = commands.add_parser(
        "check",
        help="hold clusters against a labelled table",
        description=_CHECK_HELP,
        allow_abbrev=False,
    )
    check.add_argument("clusters", metavar="TOML", help="clusters, as mela mine writes them")
    _add_labels(check)
    _add_source(check)
    check.set_defaults(run=_check)


def _wants_check(_: str) -> NoReturn:
    # Does not quote what stands in the place of the command: it may be a message.
    raise UsageError("wanted: mela clusters check TOML IN; see mela clusters check --help")


def _check(arguments: Namespace) -> None:
    from mela.mining import check_clusters

    findings = check_clusters(arguments.clusters, **_read_labelled(arguments))
    if findings:
        _print_aligned([("cluster", "substring", "problem", "detail"), *findings])
    print(f"{len(findings)} findings")


def _add_features(add: Callable[..., ArgumentParser]) -> None:
    parser = add(
        "features", help="list the features", description="List the 91 features, in order."
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="how to print the table (default: text)",
    )
    parser.set_defaults(run=_features)


def _features(arguments: Namespace) -> None:
    head = ("index", "name", "kind", "group", "origin", "description")
    rows: list[Sequence[object]] = [
        (index, column, feature.kind, feature.group, feature.origin, feature.doc)
        for index, (column, feature) in enumerate(Featurizer().columns.items())
    ]
    if arguments.format == "json":
        print(json.dumps([dict(zip(head, row, strict=True)) for row in rows], indent=2))
    else:
        _print_aligned([head, *rows])


def _add_show(add: Callable[..., ArgumentParser]) -> None:
    parser = add("show", help="explain one message", description=_SHOW_HELP)
    parser.add_argument(
        "message", metavar="MESSAGE", help="the message, in quotation marks, or - for the input"
    )
    _add_regions(parser)
    parser.set_defaults(run=_show)


def _show(arguments: Namespace) -> None:
    text = _read_message() if arguments.message == STANDARD else arguments.message
    featurizer = Featurizer(regions=arguments.regions)
    message = featurizer.annotate(text)
    print("normalized:", _escape(message.normalized))
    if message.suspect:
        print("host:", _escape(message.suspect.host.host.text))
    print()
    columns, clusters = featurizer.columns, featurizer.resources.clusters
    rows = [("feature", "value", "evidence")]
    for column, value, spans, phrases in featurizer.explain(text):
        places = (f"{span.kind} {span.start}:{span.end} {_quote(span.text)}" for span in spans)
        evidence = ", ".join([*places, *map(_quote, phrases)])
        if columns[column].group == "cluster":
            evidence = f"{clusters[int(column.rpartition('_')[2])].name}: {evidence}"
        rows.append((column, f"{value:.6g}", evidence))
    _print_aligned(rows)


def _read_message() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8; convert the message"
        raise TableError("<stdin>", problem) from error


def _quote(text: str) -> str:
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    """Make a text safe for a terminal: what would steer it, or hide, is written as an escape."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def _print_aligned(rows: Sequence[Sequence[object]]) -> None:
    """Print a table whose columns are as wide as their longest cell."""
    widths = [max(map(len, map(str, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _print_error(problem: str) -> None:
    print(f"mela: error: {_escape(problem)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
