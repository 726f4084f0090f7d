"""``mela featurize``: a table of messages to a table of features."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, get_args

from mela.cli.options import (
    PROGRESS_DELAY,
    add_regions,
    add_source,
    read_column,
    read_source,
    split_names,
)
from mela.errors import TableError
from mela.featurizer import Featurizer
from mela.settings import DEFAULT_BLOCKS
from mela.tabular.formats import FORMATS, STANDARD, format_of
from mela.tabular.reading import read_chunks
from mela.tabular.texts import Missing
from mela.tabular.writing import open_writer

_HELP: Final = """\
Write a table with a row of 91 named numbers for each message of a table.

IN and OUT are .csv, .tsv, .jsonl or .parquet files, or - for the standard input and output.
Memory stays constant, whatever the length of the table. (Parquet from a pipe is read at once.)
Columns that are kept are copied as they are: to a spreadsheet, a message that begins with = is a
formula, and it may be a stranger's.
"""

_EXAMPLES: Final = """\
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


def add_verb(add: Callable[..., ArgumentParser]) -> None:
    """Add the verb."""
    parser = add(
        "featurize",
        help="write the features of a table of messages",
        description=_HELP,
        epilog=_EXAMPLES,
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="table of features, or -"
    )
    parser.add_argument(
        "--keep",
        type=split_names,
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
    add_regions(parser)
    add_source(parser)
    parser.add_argument(
        "--to",
        dest="to_format",
        choices=tuple(FORMATS.values()),
        help="format of OUT (default: by its extension; csv for -)",
    )
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Write the features of a table of messages."""
    source = read_source(arguments)
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
        tqdm(unit=" messages", delay=PROGRESS_DELAY, disable=None) as progress,
    ):
        for chunk in chunks:
            texts = read_column(chunk, source, text, missing)
            write({name: chunk.columns[name] for name in keep}, featurizer.featurize_many(texts))
            progress.update(len(texts))
