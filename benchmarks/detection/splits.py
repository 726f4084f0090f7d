"""How messages are parted into training and test, near-duplicates never on both sides."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import LeaveOneGroupOut, StratifiedGroupKFold

from benchmarks.corpora import Messages
from benchmarks.detection.arms import SEED

FOLDS: Final = 10
_EARLIER: Final = 2 / 3

Split = tuple[NDArray[np.int64], NDArray[np.int64]]


def folds(messages: Messages) -> list[Split]:
    """Return folds that keep near-duplicates together."""
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(messages.texts, messages.is_spam, messages.groups))


def by_column(messages: Messages, name: str) -> list[Split]:
    """Return a fold for each value of a column, without training on what is near a test message."""
    splitter = LeaveOneGroupOut().split(messages.texts, groups=messages.columns[name])
    return [_without_twins(messages, train, test) for train, test in splitter]


def in_order(messages: Messages, name: str, share: float = _EARLIER) -> list[Split]:
    """Return one split: the earlier share of messages, and the later ones that are near none."""
    order = np.argsort(messages.columns[name], kind="stable")
    earlier, later = np.split(order, [int(share * len(order))])
    seen = np.isin(messages.groups[later], messages.groups[earlier])
    return [(earlier, later[~seen])]


def _without_twins(messages: Messages, train: NDArray[np.int64], test: NDArray[np.int64]) -> Split:
    return train[~np.isin(messages.groups[train], messages.groups[test])], test
