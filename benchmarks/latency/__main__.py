"""Measure everything, write the figures, and print their tables."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from benchmarks import charts, provenance
from benchmarks.corpora import SMS, read
from benchmarks.extraction.peers import is_installed
from benchmarks.latency import memory
from benchmarks.latency.contestants import DISTRIBUTIONS, MELA, TFIDF, Vectorizer, contestants
from benchmarks.latency.fresh import call_fresh
from benchmarks.latency.measures import (
    Figures,
    batch,
    by_length,
    by_number,
    cold,
    first_seen,
    hostile,
    single,
)
from benchmarks.latency.processes import shared
from benchmarks.latency.stages import looks
from benchmarks.latency.streams import classes
from benchmarks.latency.tables import RESULTS, tables
from benchmarks.latency.timing import take_turns, warm

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
    shared: tuple[int, ...]
    """Sizes of the batches that processes share."""
    hostile: int
    """One hostile input out of so many."""


FULL: Final = Effort(
    messages=1_000_000,
    rounds=6,
    processes=5,
    seconds=20,
    copies=10,
    numbers=(10, 100, 1_000, 10_000),
    distinct=1_000_000,
    shared=(1_000, 40_000, 100_000, 1_000_000),
    hostile=1,
)
QUICK: Final = Effort(
    messages=300,
    rounds=3,
    processes=1,
    seconds=0.3,
    copies=2,
    numbers=(10, 100),
    distinct=500,
    shared=(200,),
    hostile=32,
)


def run(texts: Sequence[str], is_spam: Sequence[bool], effort: Effort, picture: Path) -> Figures:
    """Measure everything, in microseconds of CPU time, and draw the picture if that can be done."""
    here, missing = contestants(texts)
    vectorizers = [contestant for contestant in here if isinstance(contestant, Vectorizer)]
    pair = [vectorizer for vectorizer in vectorizers if vectorizer.name in (MELA, TFIDF)]

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
    figures["shared"] = call_fresh(shared, texts, effort.shared)
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
