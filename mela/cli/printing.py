"""What the command prints: aligned columns, and nothing that would steer a terminal."""

import sys
from collections.abc import Sequence


def quote(text: str) -> str:
    """Return a text in quotation marks, safe for a terminal."""
    return f'"{escape(text)}"'


def escape(text: str) -> str:
    """Make a text safe for a terminal: what would steer it, or hide, is written as an escape."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def print_aligned(rows: Sequence[Sequence[object]]) -> None:
    """Print a table whose columns are as wide as their longest cell."""
    widths = [max(map(len, map(str, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def print_error(problem: str) -> None:
    """Print a problem as the one line that it is."""
    print(f"mela: error: {escape(problem)}", file=sys.stderr)
