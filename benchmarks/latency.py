"""Time mela beside what else reads messages.

    python -m benchmarks.latency --data ../shared/data
    python -m benchmarks.latency --data ../shared/data --quick

Writes ``benchmarks/results/latency.json``, from which the README's tables are made, and a histogram
beside it. One run: everybody reads the same messages, taking turns, in CPU time of the thread. A
message has the median of its rounds, the table percentiles of messages. The processor's speed
moves from run to run: compare ratios, and only within a run.

Data: ``sms_spam_collection.tsv``, the SMS Spam Collection (Almeida et al. 2011).
"""

import argparse
import gc
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import charts, cold_start, memory, provenance
from benchmarks.contestants import (
    DISTRIBUTIONS,
    MELA,
    TFIDF,
    Contestant,
    Vectorizer,
    contestants,
)
from benchmarks.corpora import SMS, read
from benchmarks.extraction.peers import is_installed
from benchmarks.fresh import call_fresh
from benchmarks.latency_tables import RESULTS, tables
from benchmarks.stages import looks
from benchmarks.streams import Classes, classes, of_length, shuffled, splice
from benchmarks.timing import percentiles, take_turns, warm
from benchmarks.unseen import first_sight
from tests.strategies import HOSTILE

Figures = dict[str, Any]

BATCHES: Final = (1, 64, 1024)
"""Messages a batch; the last batch is all of them."""

LENGTHS: Final = (20, 40, 80, 160, 320, 640, 1250, 2500, 5000, 10_000)
HOSTILE_LENGTH: Final = 10_000

_REPORTS: Final = 10
_SEED: Final = 0


class Effort(NamedTuple):
    """How long a run may take."""

    messages: int
    """At most so many of the corpus."""
    rounds: int
    """How often everybody reads a message, once to warm up included."""
    processes: int
    """How often what needs a fresh process is measured."""
    seconds: float
    """For how long the stages are looked at."""
    copies: int
    """How many texts of each length."""
    numbers: tuple[int, ...]
    """Sizes of the batches of distinct messages."""
    distinct: int
    """How many distinct messages memory is watched for."""
    hostile: int
    """One hostile input out of so many."""


FULL: Final = Effort(1_000_000, 6, 5, 20, 10, (10, 100, 1_000, 10_000), 1_000_000, 1)
QUICK: Final = Effort(300, 3, 1, 0.3, 2, (10, 100), 500, 32)


def single(times: Mapping[str, NDArray[np.float64]], members: Classes) -> Figures:
    """Return percentiles of the time of one call, by class of message and contestant."""
    return {
        name: {
            "messages": len(indices),
            "times": {who: percentiles(values[indices]) for who, values in times.items()},
        }
        for name, indices in members.items()
    }


def batch(vectorizers: Sequence[Vectorizer], texts: Sequence[str], rounds: int) -> Figures:
    """Return the microseconds a message takes in batches, by size of batch and contestant."""
    calls = {vectorizer.name: vectorizer.many for vectorizer in vectorizers}
    figures = {}
    for size in (*(size for size in BATCHES if size < len(texts)), len(texts)):
        chunks = [texts[start : start + size] for start in range(0, len(texts), size)]
        times = take_turns(calls, chunks, rounds)
        figures[str(size)] = {
            name: round(float(warm(spent).sum()) / len(texts), 2) for name, spent in times.items()
        }
    return figures


def first_seen(texts: Sequence[str], processes: int) -> Figures:
    """Return the time of messages at first and at second sight, single and in one batch."""
    distinct = shuffled(texts)
    runs = [call_fresh(first_sight, distinct) for _ in range(processes)]
    figures: Figures = {"messages": len(distinct[1::3]), "single": {}, "batch": {}}
    for who in (MELA, TFIDF):
        alone = np.median([run["single"][who] for run in runs], axis=0)
        together = np.median([run["batch"][who] for run in runs], axis=0) / len(distinct[2::3])
        for sight, times, time in zip(("first", "again"), alone, together[:, 0], strict=True):
            figures["single"].setdefault(sight, {})[who] = percentiles(times)
            figures["batch"].setdefault(sight, {})[who] = round(float(time), 2)
    return figures


def cold(processes: int) -> dict[str, float]:
    """Return the time of the first steps of a process, and of the yardstick's in another."""
    runs = [
        {
            name: time
            for steps in (cold_start.STEPS, cold_start.YARDSTICK)
            for name, time in zip(
                steps, call_fresh(cold_start.microseconds, list(steps.values())), strict=True
            )
        }
        for _ in range(processes)
    ]
    return {name: round(median(run[name] for run in runs)) for name in runs[0]}


def by_length(
    pair: Sequence[Contestant], texts: Sequence[str], copies: int, rounds: int
) -> Figures:
    """Return the microseconds of one call on texts of growing length."""
    calls = {contestant.name: contestant.one for contestant in pair}
    figures = {}
    for length in LENGTHS:
        times = take_turns(calls, of_length(texts, length, copies), rounds)
        figures[str(length)] = {
            name: round(float(np.median(warm(spent))), 2) for name, spent in times.items()
        }
    return figures


def by_number(
    pair: Sequence[Vectorizer], texts: Sequence[str], numbers: Sequence[int], rounds: int
) -> Figures:
    """Return the microseconds a message takes in one batch of growing numbers of distinct ones."""
    calls = {vectorizer.name: vectorizer.many for vectorizer in pair}
    figures = {}
    for number in numbers:
        times = take_turns(calls, [list(islice(splice(texts), number))], rounds)
        figures[str(number)] = {
            name: round(float(warm(spent)[0]) / number, 2) for name, spent in times.items()
        }
    return figures


def hostile(pair: Sequence[Contestant], every: int, rounds: int) -> Figures:
    """Return the time of hostile inputs: at first sight, and again."""
    makers = dict(islice(HOSTILE.items(), None, None, every))
    texts = [make(HOSTILE_LENGTH) for make in makers.values()]
    times = take_turns({contestant.name: contestant.one for contestant in pair}, texts, rounds)
    return {
        name: {
            who: {
                "first": round(float(spent[0, index])),
                "again": round(float(warm(spent)[index])),
            }
            for who, spent in times.items()
        }
        for index, name in enumerate(makers)
    }


def run(texts: Sequence[str], is_spam: Sequence[bool], effort: Effort, picture: Path) -> Figures:
    """Measure everything, in microseconds of CPU time, and draw the picture if that can be done."""
    here, missing = contestants(texts)
    vectorizers = [contestant for contestant in here if isinstance(contestant, Vectorizer)]
    pair = [vectorizer for vectorizer in vectorizers if vectorizer.name in (MELA, TFIDF)]
    # The garbage of all that is loaded here is no business of the call that is timed.
    gc.collect()
    gc.freeze()

    print(f"one call for each of {len(texts):,} messages ...")
    calls = {contestant.name: contestant.one for contestant in here}
    times = {name: warm(spent) for name, spent in take_turns(calls, texts, effort.rounds).items()}
    if is_installed("matplotlib"):
        charts.histogram(
            {vectorizer.name: times[vectorizer.name] for vectorizer in vectorizers}, picture
        )
    else:
        missing.append("matplotlib")
    if missing:
        print(f"not installed, left out: {', '.join(missing)} (pip install --group peers)")
    print("batches, first sight, growth, hostile input, fresh processes ...")
    figures = {
        "single": single(times, classes(texts, is_spam)),
        "batch": batch(vectorizers, texts, effort.rounds),
        "first seen": first_seen(texts, effort.processes),
        "length": by_length(pair, texts, effort.copies, effort.rounds),
        "number": by_number(pair, texts, effort.numbers, effort.rounds),
        "hostile": hostile(pair, effort.hostile, effort.rounds),
        "stages": looks(calls[MELA], texts, effort.seconds),
        "cold start": cold(effort.processes),
    }
    if memory.is_known():
        figures["memory"] = call_fresh(memory.growth, texts, effort.distinct, _REPORTS)
    return figures


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description="Time mela beside what else reads messages.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    parser.add_argument("--quick", action="store_true", help="see that it runs: few messages")
    arguments = parser.parse_args()

    effort = QUICK if arguments.quick else FULL
    messages = read(arguments.data / SMS)
    size = min(effort.messages, len(messages.texts))
    chosen = sorted(Random(_SEED).sample(range(len(messages.texts)), size))
    about = provenance.about(filter(is_installed, DISTRIBUTIONS))
    arguments.out.parent.mkdir(exist_ok=True)
    figures = run(
        [messages.texts[index] for index in chosen],
        messages.is_spam[chosen].tolist(),
        effort,
        arguments.out.with_suffix(".png"),
    )
    provenance.write({"about": about, **figures}, arguments.out)
    print(tables(arguments.out))


if __name__ == "__main__":
    main()
