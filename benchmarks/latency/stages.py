"""Share the time of a message out among the stages of mela, by looking in now and then.

A profiler that charges every call makes a message three times as slow, and by that much wrong. So
a timer of CPU time interrupts the work, and each time the innermost module of mela counts once.
Each module is a stage, and a new one shows up by itself; all of ``mela.features`` is the table.
What belongs to no stage - the helpers below, ``re``, the phone metadata, numpy - counts for the
stage that called it, and what only holds the stages together is glue.

Python looks up at the next call or loop after the timer. What stands just before a call counts for
the stage that is called, so that glue is a little more than it says.
"""

import signal
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Final

import mela

GLUE: Final = "glue"
_GLUE: Final = ("annotate", "featurizer", "inputs")
_HELPERS: Final = ("entities.lexicon", "entities.span", "entities.words", "resources")
_PACKAGE: Final = Path(mela.__file__).parent

_INTERVAL: Final = 0.001


def looks(call: Callable[[str], object], texts: Sequence[str], seconds: float) -> dict[str, int]:
    """Return how often each stage was seen at work, the busiest first.

    The calls go through the texts again and again for so many seconds of CPU time.
    """
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            stage = _stage(frame.f_code.co_filename)
            if stage:
                seen[stage] += 1
                break
            frame = frame.f_back

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
    try:
        end = process_time() + seconds
        while process_time() < end:
            for text in texts:
                call(text)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return dict(seen.most_common())


@cache
def _stage(file: str) -> str:
    """Return the stage whose code a file holds; "" for what works for its caller."""
    path = Path(file)
    if not path.is_relative_to(_PACKAGE):
        return ""
    parts = path.relative_to(_PACKAGE).with_suffix("").parts
    module = ".".join(parts)
    if module in _HELPERS:
        return ""
    if parts[0] == "features":
        return "table"
    return GLUE if module in _GLUE else parts[-1]
