"""Golden vectors: what changes them unintended is a fault, what changes them on purpose is news.

``make golden`` writes them anew, for review.
"""

import pytest

from mela import Featurizer
from tests.golden.regenerate import GOLDEN, describe, read_messages

ROWS = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.fixture(scope="module")
def shipped() -> Featurizer:
    """The engine as shipped."""
    return Featurizer()


def test_golden_file_holds_the_messages() -> None:
    """There is a golden line for each message, in order."""
    assert [text for text, _ in ROWS] == read_messages()


@pytest.mark.parametrize(
    ("text", "columns"), ROWS, ids=[str(number) for number in range(1, len(ROWS) + 1)]
)
def test_vector_is_golden(shipped: Featurizer, text: str, columns: str) -> None:
    """A message has the columns, and the values, that the golden file gives."""
    assert describe(text, shipped).split() == columns.split()
