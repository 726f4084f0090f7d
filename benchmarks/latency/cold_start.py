"""Time what a process does before it is warm. Whoever imports this module imports little else."""

from collections.abc import Sequence
from time import process_time
from typing import Any, Final

STEPS: Final = {
    "import mela": "import mela",
    "first message": "mela.featurize('see you at home, ok?')",
    "first message with a URL": "mela.featurize('see www.example.com')",
    "first message with a phone": "mela.featurize('call 020 7946 0018')",
}
"""Each step comes after the one before."""

YARDSTICK: Final = {"import scikit-learn's text": "import sklearn.feature_extraction.text"}
"""What TF-IDF needs before it can begin."""


def microseconds(statements: Sequence[str]) -> list[float]:
    """Return the CPU time of statements, run in turn, of all threads that they start."""
    names: dict[str, Any] = {}
    times = []
    for statement in statements:
        began = process_time()
        exec(statement, names)
        times.append(1e6 * (process_time() - began))
    return times
