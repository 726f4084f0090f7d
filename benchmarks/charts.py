"""Draw the pictures of the benchmarks."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_TOP: Final = 20
_WIDE: Final = (8, 4)


def histogram(times: Mapping[str, NDArray[np.float64]], path: Path) -> None:
    """Draw how many messages take how many microseconds, one outline a contestant."""
    figure, axes = _subplots(_WIDE)
    everything = np.concatenate(list(times.values()))
    edges = np.geomspace(everything.min(), everything.max(), 121)
    for name, values in times.items():
        axes.hist(values, edges, histtype="step", linewidth=1.5, label=name)
    axes.set(xscale="log", xlabel="CPU time of one call, microseconds", ylabel="messages")
    axes.legend(frameon=False)
    _save(figure, path)


def recall_curves(
    panels: Mapping[str, Mapping[str, Sequence[float]]], rates: Sequence[float], path: Path
) -> None:
    """Draw recall against false-positive rate, a panel a data set, a line an arm."""
    figure, rows = _subplots((14, 5.5), columns=len(panels))
    colors = import_module("matplotlib").colormaps["tab20"].colors
    for axes, (title, curves) in zip(np.atleast_1d(rows), panels.items(), strict=True):
        axes.set_prop_cycle(color=colors)
        for name, recalls in curves.items():
            ours = name.startswith("MELA")
            style = {"linewidth": 2} if ours else {"linewidth": 1, "linestyle": "--"}
            axes.plot(rates, recalls, label=name, **style)
        axes.set(xscale="log", xlabel="false-positive rate", title=title, ylim=(0, 1.01))
    rows[0].set_ylabel("recall of spam")
    rows[-1].legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    _save(figure, path)


def importance_bars(losses: Mapping[str, float], path: Path) -> None:
    """Draw what is lost when a column is shuffled, the weightiest columns first."""
    figure, axes = _subplots((8, 5.5))
    names = list(losses)[:_TOP]
    axes.barh(names, [losses[name] for name in names])
    axes.invert_yaxis()
    axes.set_xlabel("average precision lost when the column is shuffled")
    _save(figure, path)


def disguise_bars(
    before: Mapping[str, float], after: Mapping[str, Mapping[str, float]], path: Path
) -> None:
    """Draw the recall of each arm, plain and under each trick."""
    figure, axes = _subplots((11, 4.5))
    tricks = ["as it was", *next(iter(after.values()))]
    width = 0.8 / len(after)
    for index, (name, recalls) in enumerate(after.items()):
        places = np.arange(len(tricks)) + index * width
        axes.bar(places, [before[name], *recalls.values()], width, label=name)
    axes.set_xticks(np.arange(len(tricks)) + 0.4 - width / 2, tricks)
    axes.set(ylabel="recall of spam", ylim=(0, 1))
    axes.legend(frameon=False, fontsize=7, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.2))
    _save(figure, path)


def _subplots(size: tuple[float, float], columns: int = 1) -> tuple[Any, Any]:
    import_module("matplotlib").use("agg")
    figure, axes = import_module("matplotlib.pyplot").subplots(
        1, columns, figsize=size, dpi=120, sharey=True
    )
    for one in np.atleast_1d(axes):
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    # Without a date and a version the same figures give the same file.
    figure.savefig(path, metadata={"Software": None})
    print(f"wrote {path}")
