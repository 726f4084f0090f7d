"""Options that several verbs share: how a table is read, its labels, the regions."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any, Final

from mela.errors import NotAMessageError, TableError, UsageError
from mela.settings import DEFAULT_REGIONS
from mela.tabular.formats import DELIMITERS, FORMATS, format_of, list_values
from mela.tabular.reading import Chunk, Source, read_chunks
from mela.tabular.texts import Missing, read_texts

PROGRESS_DELAY: Final = 1.0
"""Seconds that a run has to last to be worth a progress bar."""


def split_names(text: str) -> tuple[str, ...]:
    """Return the names that commas part."""
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
    return split_names(text.upper()) if text else ()


def add_regions(parser: ArgumentParser) -> None:
    """Add whose national phone numbers are read."""
    parser.add_argument(
        "--regions",
        type=_split_regions,
        default=DEFAULT_REGIONS,
        metavar="US,GB",
        help='regions whose national phone numbers are read (default: US,GB; "" for none)',
    )


def add_source(parser: ArgumentParser) -> None:
    """Add how the table of messages is read."""
    parser.add_argument("input", metavar="IN", help="table of messages, or -")
    parser.add_argument(
        "--text-column", default="text", metavar="NAME", help="column of messages (default: text)"
    )
    parser.add_argument(
        "--columns",
        type=split_names,
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


def read_source(arguments: Namespace) -> Source:
    """Return the table that the arguments describe."""
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


def read_column(chunk: Chunk, source: Source, column: str, missing: Missing) -> list[str]:
    """Return the messages of a chunk; what is none is an error of its row."""
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


def add_labels(parser: ArgumentParser) -> None:
    """Add what a labelled table is besides a table."""
    parser.add_argument(
        "--label-column", default="label", metavar="NAME", help="column of labels (default: label)"
    )
    parser.add_argument(
        "--spam",
        type=split_names,
        default=("spam", "1", "true"),
        metavar="LABEL[,LABEL]",
        help="labels that mean spam (default: spam,1,true); all others are ham",
    )
    parser.add_argument(
        "--hosts", action="store_true", help="the texts are URLs or host names, and not messages"
    )


def read_labelled(arguments: Namespace) -> dict[str, Any]:
    """Return the texts and labels of a table, and the other arguments that mining takes."""
    source = read_source(arguments)
    text, label = arguments.text_column, arguments.label_column
    texts: list[str] = []
    labels: list[str] = []
    with closing(read_chunks(source, [label, text], [label, text])) as chunks:
        for chunk in chunks:
            texts += read_column(chunk, source, text, "error")
            for row, value in enumerate(list_values(chunk.columns[label]), chunk.first):
                if value is None or value == "":
                    raise TableError(source.name, f"no label in column {label!r}", row)
                labels.append(str(value))
    unit = "hosts" if arguments.hosts else "messages"
    return {"texts": texts, "labels": labels, "spam": arguments.spam, "unit": unit, "watch": _watch}


def _watch(items: Sequence[str], what: str) -> Iterable[str]:
    from tqdm import tqdm

    progress: Iterable[str] = tqdm(items, desc=what, delay=PROGRESS_DELAY, disable=None)
    return progress
