"""Draw how many messages take how long."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def draw(times: Mapping[str, NDArray[np.float64]], path: Path) -> None:
    """Write a histogram of microseconds a message, one outline a contestant, as PNG."""
    import_module("matplotlib").use("agg")
    figure, axes = import_module("matplotlib.pyplot").subplots(figsize=(8, 4), dpi=120)
    everything = np.concatenate(list(times.values()))
    edges = np.geomspace(everything.min(), everything.max(), 121)
    for name, values in times.items():
        axes.hist(values, edges, histtype="step", linewidth=1.5, label=name)
    axes.set(xscale="log", xlabel="CPU time of one call, microseconds", ylabel="messages")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    # Without a date and a version the same figures give the same file.
    figure.savefig(path, metadata={"Software": None})
    print(f"wrote {path}")
