"""``mela clusters``: clusters held against a labelled table."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Final, NoReturn

from mela.cli.options import add_labels, add_source, read_labelled
from mela.cli.printing import print_aligned
from mela.errors import UsageError

_HELP: Final = """\
Print what to look at in a file of clusters: substrings that never hit, that hit ham more than spam,
that stand twice or hold one another, and that hit inside common innocent words.
"""


def add_verb(add: Callable[..., ArgumentParser]) -> None:
    """Add the verb, whose only command is ``check``."""
    parser = add("clusters", help="check a file of clusters")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    vars(parser)["error"] = _wants_check
    check = commands.add_parser(
        "check",
        help="hold clusters against a labelled table",
        description=_HELP,
        allow_abbrev=False,
    )
    check.add_argument("clusters", metavar="TOML", help="clusters, as mela mine writes them")
    add_labels(check)
    add_source(check)
    check.set_defaults(run=run)


def _wants_check(_: str) -> NoReturn:
    # Does not quote what stands in the place of the command: it may be a message.
    raise UsageError("wanted: mela clusters check TOML IN; see mela clusters check --help")


def run(arguments: Namespace) -> None:
    """Print what to look at in a file of clusters."""
    from mela.mining import check_clusters

    findings = check_clusters(arguments.clusters, **read_labelled(arguments))
    if findings:
        print_aligned([("cluster", "substring", "problem", "detail"), *findings])
    print(f"{len(findings)} findings")
