"""The ``mela`` command: tables of messages to tables of features, and a look at one message.

Errors are one line and name the file, the row and the remedy; they never quote a message.
"""

import io
import json
import os
import sys
import unicodedata
from argparse import (
    Action,
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from math import isnan
from pathlib import Path
from typing import Final, NoReturn, get_args

from mela.entities.span import Span
from mela.errors import MelaError
from mela.featurizer import DEFAULT_REGIONS, Featurizer
from mela.inputs import Missing
from mela.resources import Resources
from mela.tables import (
    FORMATS,
    STANDARD,
    Chunk,
    Source,
    TableError,
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

_PROGRESS_DELAY: Final = 1.0
"""Seconds that a run has to last to be worth a progress bar."""

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141
"""What shells report of a program that ends by a signal: 128 and its number."""


class UsageError(MelaError):
    """A command line that asks for what is not there."""


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
        _print_note("error", str(error))
        code = 2
    except BrokenPipeError:
        code = _PIPE_CLOSED
    except OSError as error:
        _print_note("error", f"{error.filename or '<stdout>'}: {error.strerror}")
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
        raise UsageError("wanted a command: featurize, features or show; see mela --help")


class _VersionAction(Action):
    """Prints the versions; unlike argparse's own action, it reads them only then."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        resources = Resources.load()
        print(
            f"mela {_version('mela-features')}",
            f"resources {resources.version}, sha256 {resources.digest[:12]}",
            f"tldextract {_version('tldextract')}",
            f"phonenumbers {_version('phonenumbers')}",
            sep="\n",
        )
        parser.exit()


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
        action=_VersionAction,
        nargs=0,
        help="print the versions on which the numbers depend",
    )
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=_Parser
    )
    add = partial(
        commands.add_parser, allow_abbrev=False, formatter_class=RawDescriptionHelpFormatter
    )
    _fill_featurize(
        add(
            "featurize",
            help="write the features of a table of messages",
            description=_FEATURIZE_HELP,
            epilog=_FEATURIZE_EXAMPLES,
        )
    )
    _fill_features(
        add("features", help="list the features", description="List the 91 features, in order.")
    )
    _fill_show(
        add(
            "show",
            help="explain one message",
            description="Print what is found in one message: its normalized text, and the\n"
            "features that are not zero with what in the message speaks for them.",
        )
    )
    arguments, unknown = parser.parse_known_args(argv)
    if unknown and arguments.run is _show:
        raise UsageError("wanted one message, in quotation marks; see mela show --help")
    if unknown:
        raise UsageError(f"unknown arguments: {' '.join(unknown)}; see mela COMMAND --help")
    return arguments


def _split(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise ArgumentTypeError("wanted names with commas between them")
    return names


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


def _fill_featurize(parser: ArgumentParser) -> None:
    parser.add_argument("input", metavar="IN", help="table of messages, or -")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="table of features, or -"
    )
    parser.add_argument(
        "--text-column", default="text", metavar="NAME", help="column of messages (default: text)"
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
    _add_regions(parser)
    parser.add_argument(
        "--columns",
        type=_split,
        metavar="COL[,COL]",
        help="IN is CSV or TSV without a header line, with these columns",
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
    for option, table in (("--from", "IN"), ("--to", "OUT")):
        parser.add_argument(
            option,
            dest=f"{option.removeprefix('--')}_format",
            choices=tuple(FORMATS.values()),
            help=f"format of {table} (default: by its extension; csv for -)",
        )
    parser.set_defaults(run=_featurize)


def _featurize(arguments: Namespace) -> None:
    source = Source(
        arguments.input,
        format_of(arguments.input, arguments.from_format),
        arguments.columns,
        arguments.quoting,
        arguments.encoding,
        arguments.errors,
    )
    output = arguments.output
    form = format_of(output, arguments.to_format)
    keep = tuple(dict.fromkeys(arguments.keep))
    if source.format not in ("csv", "tsv") and (source.columns or not source.quoting):
        raise UsageError("--columns and --no-quoting are for CSV and TSV; drop them")
    if _is_same_file(source.path, output):
        raise TableError(output, "is the input; write to another file")
    featurizer = Featurizer(regions=arguments.regions)
    if clash := sorted(set(keep) & set(featurizer.feature_names)):
        raise TableError(source.name, f"column {clash[0]!r} has the name of a feature; rename it")

    chunks = read_chunks(source, [*keep, arguments.text_column], _warn)
    with (
        closing(chunks),
        open_writer(output, form, keep, featurizer.feature_names) as writer,
        _progress() as advance,
    ):
        for chunk in chunks:
            texts = _read_texts(chunk, source, arguments.text_column, arguments.missing)
            kept = {name: chunk.columns[name] for name in keep}
            writer.write(kept, featurizer.featurize_many(texts))
            advance(len(texts))


def _is_same_file(source: str, output: str) -> bool:
    if STANDARD in (source, output):
        return False
    return Path(source).exists() and Path(output).exists() and Path(source).samefile(output)


def _read_texts(chunk: Chunk, source: Source, column: str, missing: Missing) -> list[str]:
    texts = []
    for row, text in enumerate(list_values(chunk.columns[column]), chunk.first):
        if isinstance(text, str):
            texts.append(text)
        elif text is not None and not (isinstance(text, float) and isnan(text)):
            problem = f"{type(text).__name__} in column {column!r}; wanted text"
            raise TableError(source.name, problem, row)
        elif missing == "empty":
            texts.append("")
        else:
            problem = "no text (null); drop the row, or read it as empty with --missing empty"
            raise TableError(source.name, problem, row)
    return texts


@contextmanager
def _progress() -> Iterator[Callable[[int], object]]:
    """Count messages on the terminal, if there is one and the run lasts."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(unit=" messages", delay=_PROGRESS_DELAY, file=sys.stderr) as bar:
        yield bar.update


def _fill_features(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "tsv", "json"),
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
    elif arguments.format == "tsv":
        print(*("\t".join(map(str, row)) for row in [head, *rows]), sep="\n")
    elif arguments.format == "markdown":
        rule = ["---"] * len(head)
        print(*(f"| {' | '.join(map(str, row))} |" for row in [head, rule, *rows]), sep="\n")
    else:
        _print_aligned([head, *rows])


def _fill_show(parser: ArgumentParser) -> None:
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
    clusters = {
        column: featurizer.resources.clusters[int(feature.name.rpartition("_")[2])].name
        for column, feature in featurizer.columns.items()
        if feature.group == "cluster"
    }
    rows = [("feature", "value", "evidence")]
    for column, value, spans, substrings in featurizer.explain(text):
        evidence = ", ".join([*map(_describe, spans), *map(_quote, substrings)])
        if column in clusters:
            evidence = f"{clusters[column]}: {evidence}"
        rows.append((column, f"{float(value):.6g}", evidence))
    _print_aligned(rows)


def _read_message() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8; convert the message"
        raise TableError("<stdin>", problem) from error


def _describe(span: Span) -> str:
    return f"{span.kind} {span.start}:{span.end} {_quote(span.text)}"


def _quote(text: str) -> str:
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    """Make a text safe for a terminal: what would steer it, or hide, is written as an escape."""
    return "".join(
        character.encode("unicode_escape").decode("ascii") if _is_hidden(character) else character
        for character in text
    )


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"


def _print_aligned(rows: Sequence[Sequence[object]]) -> None:
    """Print a table whose columns are as wide as their longest cell."""
    widths = [max(map(len, map(str, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _warn(problem: str) -> None:
    _print_note("warning", problem)


def _print_note(kind: str, problem: str) -> None:
    print(f"mela: {kind}: {_escape(problem)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
