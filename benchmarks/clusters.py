"""Measure what a set of clusters is worth: the shipped one, or one of your own.

    python -m benchmarks.clusters --data ../shared/data
    python -m benchmarks.clusters --clusters draft.toml

Spam F1 of a forest of 500 trees on the columns of the clusters alone, in ten folds that keep
near-duplicates together; and how many ham and spam messages the clusters hit at all. A message of
ham that is hit is hit by false friends.

For the messages of later years the forest is trained on the SMS of 2003-2011. The data are those of
``benchmarks/corpora.py``.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import LATER, SMS, YOUTUBE, read
from benchmarks.detection.arms import forest, scores
from benchmarks.detection.comparison import held_out
from benchmarks.detection.splits import folds
from benchmarks.metrics import f1
from mela import Featurizer


def count(messages: Sequence[str], clusters: str | None) -> NDArray[np.float32]:
    """Return the columns of the clusters: those of the message block, or of a file."""
    if clusters:
        return Featurizer(blocks=("clusters",), clusters=clusters).featurize_many(messages)
    featurizer = Featurizer(blocks=("message",), domain_classifier=None)
    columns = [name.startswith("substring_clust") for name in featurizer.feature_names]
    return featurizer.featurize_many(messages)[:, columns]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure what a set of clusters is worth.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--clusters", metavar="FILE", help="instead of the shipped clusters")
    arguments = parser.parse_args()

    of_sms = forest()
    print(f"{'':26s}{'F1':>7s}{'ham hit':>9s}{'spam hit':>9s}{'hits/ham':>9s}")
    for name in (SMS, YOUTUBE, LATER):
        messages = read(arguments.data / name)
        columns = count(messages.texts, arguments.clusters)
        if name == LATER:
            found = scores(of_sms, columns)
        else:
            found, _ = held_out(forest(), columns, messages.is_spam, folds(messages), {})
        hits = columns.sum(axis=1)
        ham = hits[~messages.is_spam]
        print(
            f"{name:26s}{f1(messages.is_spam, found):7.3f}"
            f"{(ham > 0).mean():9.3f}{(hits[messages.is_spam] > 0).mean():9.3f}{ham.mean():9.3f}"
        )
        if name == SMS:
            of_sms.fit(columns, messages.is_spam)


if __name__ == "__main__":
    main()
