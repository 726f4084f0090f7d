"""Measure what a set of clusters is worth: the shipped one, or one of your own.

    python -m benchmarks.clusters --data ../shared/data
    python -m benchmarks.clusters --clusters draft.toml

Spam F1 of a forest of 500 trees on the columns of the clusters alone, in ten folds that keep
near-duplicates together; and how many ham and spam messages the clusters hit at all. A message of
ham that is hit is hit by false friends.

Data, by file name, each with the groups of near-duplicates in a ``.groups.tsv`` beside it:

sms_spam_collection.tsv
    the SMS Spam Collection of 2003-2011 (Almeida et al. 2011)
youtube_spam.tsv
    comments of 2013-2015 (Alberto et al. 2015)

``smishing_new.tsv`` (Mishra & Soni 2022) is of a later time: the forest is trained on the first set
and tested on it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from mela import Featurizer

SMS: Final = "sms_spam_collection.tsv"
FOLDS: Final = 10
SEED: Final = 0


class Messages(NamedTuple):
    """Messages, whether each is spam, and its group of near-duplicates."""

    texts: list[str]
    is_spam: NDArray[np.bool_]
    groups: NDArray[np.int64]


def read(path: Path) -> Messages:
    """Read a set in which tabs part the label, first, from the text, last."""
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line]
    if path.name != SMS:
        rows = rows[1:]
    groups = np.arange(len(rows))
    beside = path.with_suffix(".groups.tsv")
    if beside.exists():
        groups = np.loadtxt(beside, delimiter="\t", skiprows=1, usecols=1, dtype=np.int64)
    is_spam = np.array([row[0] != "ham" for row in rows])
    return Messages([row[-1] for row in rows], is_spam, groups)


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

    forest = RandomForestClassifier(500, random_state=SEED, n_jobs=-1)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    print(f"{'':26s}{'F1':>7s}{'ham hit':>9s}{'spam hit':>9s}{'hits/ham':>9s}")
    for name in (SMS, "youtube_spam.tsv", "smishing_new.tsv"):
        messages = read(arguments.data / name)
        columns = count(messages.texts, arguments.clusters)
        if name == "smishing_new.tsv":
            predicted = forest.predict(columns)
        else:
            predicted = cross_val_predict(
                forest, columns, messages.is_spam, groups=messages.groups, cv=folds
            )
        hits = columns.sum(axis=1)
        ham = hits[~messages.is_spam]
        print(
            f"{name:26s}{f1_score(messages.is_spam, predicted):7.3f}"
            f"{(ham > 0).mean():9.3f}{(hits[messages.is_spam] > 0).mean():9.3f}{ham.mean():9.3f}"
        )
        if name == SMS:
            forest.fit(columns, messages.is_spam)


if __name__ == "__main__":
    main()
