"""Put the figures of a detection run into tables, sentences and pictures."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from benchmarks import charts
from benchmarks.detection.arms import CHARACTERS, FOREST, NGRAM
from benchmarks.metrics import CURVE_RATES
from benchmarks.provenance import RESULTS as FOLDER
from benchmarks.provenance import heading

RESULTS: Final = FOLDER / "detection.json"

_RECALL: Final = "recall at 1.0% FPR"
_STRICT: Final = "recall at 0.1% FPR"
_CURVES: Final = ("SMS, ten folds", "SMS of later years, trained on SMS")
# As many as can be told apart.
_DRAWN: Final = (
    FOREST,
    NGRAM,
    "SGRAM, forest",
    "TF-IDF words, linear SVM",
    CHARACTERS,
    "MELA (51) + TF-IDF characters, linear SVM",
)


def summary(path: Path = RESULTS) -> str:
    """Return spam F1 and recall at 1 % false positives of every arm on every set."""
    results = _read(path)
    sets = results["data"]
    rows = []
    for name in next(iter(sets.values()))["arms"]:
        arms = [one["arms"][name] for one in sets.values()]
        rows.append([name, *(f"{arm['spam']['F1']:.3f}, {arm[_RECALL]:.3f}" for arm in arms)])
    head = ["F1, recall", *(f"{title} ({_size(one)})" for title, one in sets.items())]
    return f"{heading(results['about'])}\n\n{_table(head, rows)}"


def full(path: Path = RESULTS) -> str:
    """Return a table for each set in the form of the paper's Tables 5 to 7."""
    results = _read(path)
    return "\n".join([heading(results["about"]), *_full(results["data"])])


def leads(path: Path = RESULTS) -> str:
    """Return by how much the arms are above their rivals, with the intervals of the differences.

    What is above or below in all of the interval is bold.
    """
    sets = _read(path)["data"]
    held = {name: arm["leads"] for name, arm in next(iter(sets.values()))["arms"].items()}
    rivals = dict.fromkeys(rival for intervals in held.values() for rival in intervals)
    tables = []
    for rival, figure in product(rivals, ("F1", "recall")):
        rows = [
            [name, *(_lead(one["arms"], name, rival, figure) for one in sets.values())]
            for name, intervals in held.items()
            if rival in intervals
        ]
        tables.append(_table([f"{figure} less that of {rival}", *sets], rows))
    return "\n\n".join(tables)


def parts(path: Path = RESULTS) -> str:
    """Return F1 and recall of every arm on each part of a set that has parts: mean and worst, too.

    The threshold of a recall is that of the part.
    """
    return "\n\n".join(_parts(one) for one in _read(path)["data"].values() if one.get("parts"))


def disguised(path: Path = RESULTS) -> str:
    """Return the recall of each arm on spam as it was sent, and under each trick."""
    sms = _read(path)["data"][_CURVES[0]]
    changed = [f"{share:.0%}" for share in sms["changed"].values()]
    rows = [["share of spam changed", "", *changed, ""]]
    for name, arm in sms["arms"].items():
        before, after = 1 - arm["FNR"], arm["disguised"]
        cells = (before, *after.values(), before - min(after.values()))
        rows.append([name, *(f"{cell:.3f}" for cell in cells)])
    return _table(["recall of spam", "as sent", *sms["changed"], "worst loss"], rows)


def ablation(path: Path = RESULTS) -> str:
    """Return what the forest is worth without one group of columns."""
    parts = _read(path)["ablation"]
    figures = list(next(iter(parts.values())))
    rows = []
    for name, values in parts.items():
        columns, *others = values.values()
        rows.append([name, str(columns), *(f"{value:.3f}" for value in others)])
    return _table([FOREST, *figures], rows)


def tuned(path: Path = RESULTS) -> str:
    """Return what a tuned threshold does on messages that were held out."""
    result = _read(path)["tuned"]
    return (
        f"Tuned to {result['wanted FPR']:.1%} on one half of the training part, the forest stops "
        f"{result['false alarms']} messages of ham on the folds of the SMS that were held out, "
        f"{result['FPR']:.2%}, and {result['recall']:.1%} of the spam."
    )


def draw(results: Mapping[str, Any], folder: Path) -> None:
    """Write the pictures."""
    panels = {
        title: {name: arm["curve"] for name, arm in results["data"][title]["arms"].items()}
        for title in _CURVES
    }
    charts.recall_curves(panels, CURVE_RATES, folder / "detection_recall.png")
    charts.importance_bars(results["importance"], folder / "detection_importance.png")
    by_arm = results["data"][_CURVES[0]]["arms"]
    before = {name: 1 - by_arm[name]["FNR"] for name in _DRAWN}
    after = {name: by_arm[name]["disguised"] for name in _DRAWN}
    charts.disguise_bars(before, after, folder / "detection_disguise.png")


def _size(one: Mapping[str, Any]) -> str:
    return f"{one['spam']:,} of spam, {one['ham']:,} of ham"


def _parts(one: Mapping[str, Any]) -> str:
    rows = []
    for name, arm in one["arms"].items():
        figures = [list(measures.values()) for measures in arm["parts"].values()]
        mean, worst = (map(summary, zip(*figures, strict=True)) for summary in (fmean, min))
        cells = (f"{f1:.3f}, {recall:.3f}" for f1, recall in (*figures, mean, worst))
        rows.append([name, *cells])
    sizes = (f"{part} ({_size(size)})" for part, size in one["parts"].items())
    return _table(["F1, recall", *sizes, "mean", "worst"], rows)


def _figure(arm: Mapping[str, Any], name: str) -> float:
    return float(arm["spam"]["F1"] if name == "F1" else arm[_RECALL])


def _lead(arms: Mapping[str, Any], name: str, rival: str, figure: str) -> str:
    low, high = arms[name]["leads"][rival][figure]
    lead = _figure(arms[name], figure) - _figure(arms[rival], figure)
    cell = f"{lead:+.3f} ({low:+.3f} to {high:+.3f})"
    return f"**{cell}**" if low > 0 or high < 0 else cell


def _full(sets: Mapping[str, Any]) -> Iterator[str]:
    classes = ("ham", "spam", "average")
    columns = [f"{name} {figure}" for name in classes for figure in ("P", "R", "F1")]
    columns += ["FPR", "FNR", "AUC", _RECALL, _STRICT, "spam F1, 95 %", "recall at 1 %, 95 %"]
    for title, one in sets.items():
        yield f"\n### {title}\n"
        yield f"{_size(one)}, in {one['groups']:,} groups of near-duplicates.\n"
        rows = []
        for name, arm in one["arms"].items():
            cells = [f"{value:.3f}" for of_class in classes for value in arm[of_class].values()]
            cells += [f"{arm[rate]:.2%}" for rate in ("FPR", "FNR")]
            cells += [f"{arm[figure]:.3f}" for figure in ("AUC", _RECALL, _STRICT)]
            cells += [
                f"{low:.3f} to {high:.3f}"
                for low, high in (arm["F1 interval"], arm["recall interval"])
            ]
            rows.append([name, *cells])
        yield _table(["", *columns], rows)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    first, *lines = (f"| {' | '.join(cells)} |" for cells in (head, *rows))
    return "\n".join([first, "|---|" + "--:|" * (len(head) - 1), *lines])
