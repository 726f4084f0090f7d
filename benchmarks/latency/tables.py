"""Put the figures of a latency run into tables and sentences for the README.

Every figure is in units of what TF-IDF takes for the same messages in the same run, unless it says
microseconds or milliseconds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import exp, log
from pathlib import Path
from typing import Any, Final

from benchmarks.latency.contestants import MELA, TFIDF
from benchmarks.provenance import RESULTS as FOLDER
from benchmarks.provenance import heading

RESULTS: Final = FOLDER / "latency.json"

Figures = Mapping[str, Any]
Times = Mapping[str, float]


def tables(path: Path = RESULTS) -> str:
    """Return the results as Markdown."""
    results = json.loads(path.read_text(encoding="utf-8"))
    parts = (
        [heading(results["about"])],
        _by_class(results["single"]),
        _beside_others(results),
        _sentences(results),
    )
    return "\n\n".join("\n".join(lines) for lines in parts)


def crossing(by_length: Mapping[str, Times]) -> float | None:
    """Return the length from which mela is slower than TF-IDF, between two measured ones.

    0 if it is slower at every length, None if at none.
    """
    leads = [(int(length), log(_ratio(times))) for length, times in by_length.items()]
    if leads[-1][1] <= 0:
        return None
    for (short, before), (long, after) in pairwise(leads):
        if before <= 0 < after:
            share = before / (before - after)
            return exp(log(short) + share * (log(long) - log(short)))
    return 0.0


def _by_class(single: Figures) -> Iterator[str]:
    yield "| messages | | p50 | p90 | p99 | max | p50 / TF-IDF | p99 / TF-IDF |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, figures in single.items():
        ours, theirs = figures["times"][MELA], figures["times"][TFIDF]
        cells = (
            name,
            f"{figures['messages']:,}",
            *(f"{ours[p]:,.0f} µs" for p in ours),
            *(f"{ours[p] / theirs[p]:.2f}" for p in ("p50", "p99")),
        )
        yield _row(cells)


def _beside_others(results: Figures) -> Iterator[str]:
    sizes = results["batch"]
    yield _row(("times of TF-IDF", "p50", "p99", *(f"batch of {int(size):,}" for size in sizes)))
    yield "|---|" + "--:|" * (2 + len(sizes))
    times = results["single"]["all"]["times"]
    for name in times:
        yield _row(
            (
                name,
                *(f"{times[name][p] / times[TFIDF][p]:.2f}" for p in ("p50", "p99")),
                *(
                    f"{by_name[name] / by_name[TFIDF]:.2f}" if name in by_name else ""
                    for by_name in sizes.values()
                ),
            )
        )
    single, batch = (results["first seen"][kind]["first"] for kind in ("single", "batch"))
    yield _row(
        (
            f"{MELA}, messages never seen",
            *(f"{single[MELA][p] / single[TFIDF][p]:.2f}" for p in ("p50", "p99")),
            *("" for _ in list(sizes)[1:]),
            f"{_ratio(batch):.2f}",
        )
    )


def _sentences(results: Figures) -> Iterator[str]:
    size, batch = list(results["batch"].items())[-1]
    winner = "TF-IDF" if _ratio(batch) > 1 else MELA
    yield (
        f"In one batch of {int(size):,} messages {winner} is faster: a message takes "
        f"{batch[TFIDF]:.0f} µs with TF-IDF and {batch[MELA]:.0f} µs, {_ratio(batch):.1f} times "
        "that, with mela."
    )
    length = crossing(results["length"])
    longest = int(max(results["length"], key=int))
    if length is None:
        yield f"A single message of up to {longest:,} characters takes mela less time."
    else:
        yield f"A single message of more than {length:,.0f} characters takes mela longer, too."
    hostile = {name: times[MELA]["first"] / 1000 for name, times in results["hostile"].items()}
    worst = max(hostile, key=lambda name: hostile[name])
    yield (
        f"Of {len(hostile)} kinds of hostile input of 10,000 characters, the slowest ({worst}) "
        f"takes {hostile[worst]:.0f} ms."
    )
    *steps, yardstick = (time / 1000 for time in results["cold start"].values())
    yield (
        f"A fresh process has its first row after {sum(steps[:2]):,.0f} ms of CPU time, where "
        f"scikit-learn's import for TF-IDF alone takes {yardstick:,.0f} ms; the first URL takes "
        f"{steps[2]:.0f} ms more, the first phone number {steps[3]:.0f} ms."
    )
    if "memory" in results:
        start, *_, end = results["memory"]
        yield (
            f"A process holds {start['MiB']:.0f} MiB when it has read the corpus, and "
            f"{end['MiB']:.0f} MiB when it has read {end['messages']:,.0f} messages more, all "
            "different."
        )
    shares = {int(size): two / one for size, (one, two) in results["shared"].items()}
    listed = ", ".join(f"{share:.2f} for {size:,} messages" for size, share in shares.items())
    yield (
        "Two processes (`n_jobs=2`), started for the occasion, take of the time of one, by the "
        f"clock: {listed}."
    )
    looks = results["stages"]
    total = sum(looks.values())
    parts = {stage: count / total for stage, count in looks.items() if count / total >= 0.01}
    listed = ", ".join(f"{stage} {part:.0%}" for stage, part in parts.items())
    yield f"The time of a message goes to: {listed}."


def _ratio(times: Times) -> float:
    return times[MELA] / times[TFIDF]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
