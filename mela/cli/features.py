"""``mela features``: the table of features."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from mela.cli.printing import print_aligned
from mela.featurizer import Featurizer


def add_verb(add: Callable[..., ArgumentParser]) -> None:
    """Add the verb."""
    parser = add(
        "features", help="list the features", description="List the 91 features, in order."
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="how to print the table (default: text)",
    )
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Print the table of features."""
    head = ("index", "name", "kind", "group", "origin", "description")
    rows: list[Sequence[object]] = [
        (index, column, feature.kind, feature.group, feature.origin, feature.doc)
        for index, (column, feature) in enumerate(Featurizer().columns.items())
    ]
    if arguments.format == "json":
        print(json.dumps([dict(zip(head, row, strict=True)) for row in rows], indent=2))
    else:
        print_aligned([head, *rows])
