"""``mela mine``: a draft of clusters from a labelled table."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mela.cli.options import add_labels, add_source, read_labelled
from mela.errors import UsageError
from mela.tabular.formats import STANDARD

_HELP: Final = """\
Draft substring clusters from messages that are labelled as spam or ham.

The draft is a file to prune by hand, with the record of each substring beside it; it has the format
that `mela featurize --clusters` reads. With 22 clusters it can also stand in for the shipped ones,
as clusters.toml in a folder for Resources.load.
"""

_EXAMPLES: Final = """\
examples:
  mela mine messages.csv -o draft.toml --report map.html
      columns "text" and "label"; spam is what is labelled "spam"
  mela mine sms.tsv -o draft.toml --columns label,text --no-quoting --spam spam,smishing
      a file without a header line, with two labels that mean spam
  mela mine domains.csv -o draft.toml --hosts --text-column host
      host names instead of messages
"""


def add_verb(add: Callable[..., ArgumentParser]) -> None:
    """Add the verb."""
    parser = add(
        "mine",
        help="draft clusters from a labelled table",
        description=_HELP,
        epilog=_EXAMPLES,
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="TOML", help="where the draft goes"
    )
    parser.add_argument("--report", metavar="HTML", help="a page with the map of the substrings")
    parser.add_argument("--groups", type=int, default=22, metavar="N", help="groups (default: 22)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the map (default: 0)")
    add_labels(parser)
    add_source(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Write a draft of clusters, and its map."""
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

    draft = mine(**read_labelled(arguments), groups=arguments.groups, seed=arguments.seed)
    draft.save(arguments.output)
    if arguments.report:
        Path(arguments.report).write_text(to_html(draft), encoding="utf-8")
    found = f"{len(draft.members)} substrings in {len(draft.groups)} groups"
    print(f"{found} from {draft.spam_texts} spam and {draft.ham_texts} ham texts")
    if draft.reason:
        print(f"no cluster: {draft.reason}")
