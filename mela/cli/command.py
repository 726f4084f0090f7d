"""Read the command line, run its verb, turn errors into one line.

Errors name the file, the row and the remedy; they never quote a message.
"""

import io
import os
import signal
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from threading import current_thread, main_thread
from typing import Final, NoReturn

from mela.cli import clusters, features, featurize, mine, show
from mela.cli.printing import print_error
from mela.errors import MelaError, UsageError
from mela.resources import Resources

_DESCRIPTION: Final = "Turn short messages into 91 numbers for spam, scam and phishing detection."

_ENDINGS: Final = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that end a program; an interrupt raises by itself."""

_INTERRUPTED: Final = 130

_PIPE_CLOSED: Final = 141
"""What shells report of a program that ends by a signal: 128 and its number."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 2 for a bad command line or a bad file."""
    with _tidy_end():
        return _run(argv)


@contextmanager
def _tidy_end() -> Iterator[None]:
    """End on a signal as on an error, so that no half-written file with messages stays behind."""
    if current_thread() is not main_thread():  # whose signals are not its own
        yield
        return
    before = {number: signal.signal(number, _end) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def _run(argv: Sequence[str] | None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character shows its escape.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        arguments = _parse(argv)
        arguments.run(arguments)
        sys.stdout.flush()
    except MelaError as error:
        print_error(str(error))
        code = 2
    except BrokenPipeError:
        code = _PIPE_CLOSED
    except OSError as error:
        print_error(f"{error.filename or '<stdout>'}: {error.strerror}")
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
    featurize.add_verb(add)
    features.add_verb(add)
    show.add_verb(add)
    mine.add_verb(add)
    clusters.add_verb(add)
    arguments, unknown = parser.parse_known_args(argv)
    if not arguments.run:
        parser.error("no command")
    if unknown and arguments.run is show.run:
        raise UsageError("wanted one message, in quotation marks; see mela show --help")
    if unknown:
        # Words among them are not quoted: they may be a message.
        options = [word.partition("=")[0] for word in unknown if word.startswith("--")]
        found = " ".join(options) or len(unknown)
        raise UsageError(f"unknown arguments: {found}; see mela COMMAND --help")
    return arguments
