"""``mela show``: one message explained."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Final

from mela.cli.options import add_regions
from mela.cli.printing import escape, print_aligned, quote
from mela.errors import TableError
from mela.featurizer import Featurizer
from mela.tabular.formats import STANDARD

_HELP: Final = """\
Print what is found in one message: its normalized text, and the features that are not zero with
what in the message speaks for them.
"""


def add_verb(add: Callable[..., ArgumentParser]) -> None:
    """Add the verb."""
    parser = add("show", help="explain one message", description=_HELP)
    parser.add_argument(
        "message", metavar="MESSAGE", help="the message, in quotation marks, or - for the input"
    )
    add_regions(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Print what is found in one message, and why."""
    text = _read_message() if arguments.message == STANDARD else arguments.message
    featurizer = Featurizer(regions=arguments.regions)
    message = featurizer.annotate(text)
    print("normalized:", escape(message.normalized))
    if message.suspect:
        print("host:", escape(message.suspect.host.host.text))
    print()
    columns, clusters = featurizer.columns, featurizer.resources.clusters
    rows = [("feature", "value", "evidence")]
    for column, value, spans, phrases in featurizer.explain(text):
        places = (f"{span.kind} {span.start}:{span.end} {quote(span.text)}" for span in spans)
        evidence = ", ".join([*places, *map(quote, phrases)])
        if columns[column].group == "cluster":
            evidence = f"{clusters[int(column.rpartition('_')[2])].name}: {evidence}"
        rows.append((column, f"{value:.6g}", evidence))
    print_aligned(rows)


def _read_message() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8; convert the message"
        raise TableError("<stdin>", problem) from error
