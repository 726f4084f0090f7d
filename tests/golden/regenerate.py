"""Write the golden vectors anew: ``python -m tests.golden.regenerate``; then review the difference.

A line holds a message and its columns that are not zero. The files of column names are the
contract and written by hand, never from here.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from mela import Featurizer

GOLDEN = Path(__file__).with_name("vectors.tsv")
MESSAGES = Path(__file__).parents[2] / "benchmarks" / "demo_messages.tsv"


def describe(text: str, featurizer: Featurizer) -> str:
    """Return a message's columns that are not zero, as ``name=value``.

    Six digits: enough to see a change, too few to see the last bit of another machine's logarithm.
    """
    columns = zip(featurizer.feature_names, featurizer.featurize(text).tolist(), strict=True)
    return " ".join(f"{name}={value:.6g}" for name, value in columns if value)


def read_messages() -> list[str]:
    """Return the messages that were written for the project."""
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["text"] for row in rows]


def lines() -> Iterator[str]:
    """Yield the lines of the golden file."""
    featurizer = Featurizer()
    yield "text\tcolumns"
    for text in read_messages():
        yield f"{text}\t{describe(text, featurizer)}"


def main() -> None:
    """Write the golden file."""
    GOLDEN.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
