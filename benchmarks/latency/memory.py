"""Watch how the memory of a process grows with the messages that it has read."""

from collections.abc import Sequence
from itertools import islice
from os import sysconf
from pathlib import Path
from time import thread_time
from typing import Final

from benchmarks.latency.streams import splice
from mela import Featurizer

_PAGES: Final = Path("/proc/self/statm")


def is_known() -> bool:
    """Whether the system tells what a process holds."""
    return _PAGES.exists()


def growth(texts: Sequence[str], distinct: int, blocks: int) -> list[dict[str, float]]:
    """Read the texts, then distinct messages made of them, and report behind each block.

    A report is the number of distinct messages so far, the MiB that the process holds, and the
    microseconds of CPU time that a message of the block took.
    """
    featurizer = Featurizer()
    for text in texts:
        featurizer.featurize(text)
    reports = [{"messages": 0.0, "MiB": _resident(), "us": 0.0}]
    stream = splice(texts)
    size = max(1, distinct // blocks)
    for block in range(1, blocks + 1):
        messages = list(islice(stream, size))
        began = thread_time()
        for message in messages:
            featurizer.featurize(message)
        spent = thread_time() - began
        reports.append(
            {
                "messages": float(block * size),
                "MiB": _resident(),
                "us": round(1e6 * spent / size, 2),
            }
        )
    return reports


def _resident() -> float:
    pages = int(_PAGES.read_text(encoding="ascii").split()[1])
    return round(pages * sysconf("SC_PAGE_SIZE") / 2**20, 1)
