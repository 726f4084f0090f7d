"""What a classifier's decisions and scores are worth, and how sure that is."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score, roc_curve

RATES: Final = (0.01, 0.001)
"""False-positive rates at which recall is reported."""

CURVE_RATES: Final = tuple(np.geomspace(2e-4, 1, 80).tolist())
"""False-positive rates of the curves, evenly spaced on a log axis."""

RESAMPLES: Final = 1000
_SEED: Final = 0

Labels = NDArray[np.bool_]
Scores = NDArray[np.float64]
Measure = Callable[[Labels, Scores], float]


def figures(is_spam: Labels, scores: Scores) -> dict[str, Any]:
    """Return the columns of the paper's tables for scores that decide for spam above 0.

    Precision, recall and F1 for ham, spam and the average weighted by how many there are; the rates
    of false positives and negatives, AUC, and recall at some false-positive rates.
    """
    decided = scores > 0
    by_class = precision_recall_fscore_support(is_spam, decided, labels=[0, 1], zero_division=0)
    average = precision_recall_fscore_support(is_spam, decided, average="weighted", zero_division=0)
    names = ("precision", "recall", "F1")
    return {
        "ham": dict(zip(names, (float(values[0]) for values in by_class), strict=False)),
        "spam": dict(zip(names, (float(values[1]) for values in by_class), strict=False)),
        "average": dict(zip(names, map(float, average[:3]), strict=True)),
        "FPR": float(decided[~is_spam].mean()),
        "FNR": float((~decided[is_spam]).mean()),
        "AUC": float(roc_auc_score(is_spam, scores)),
        **{f"recall at {rate:.1%} FPR": recall_at(rate, is_spam, scores) for rate in RATES},
    }


def recall_at(rate: float, is_spam: Labels, scores: Scores) -> float:
    """Return the highest recall at a false-positive rate of at most ``rate``."""
    false_positive_rates, recalls, _ = roc_curve(is_spam, scores, drop_intermediate=False)
    return float(recalls[false_positive_rates <= rate].max())


def f1(is_spam: Labels, scores: Scores) -> float:
    """Return the F1 of spam."""
    hits = int((is_spam & (scores > 0)).sum())
    return 2 * hits / max(1, int(is_spam.sum()) + int((scores > 0).sum()))


def resampled(
    measure: Measure, is_spam: Labels, scores: Scores, groups: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return a measure on resamples of the messages, by bootstrap.

    Whole groups are drawn: near-duplicates are one observation, not many. The draws are the same
    for whatever scores of the same messages, so that the values of two classifiers are pairs.
    """
    _, members = np.unique(groups, return_inverse=True)
    random = np.random.default_rng(_SEED)
    count = members.max() + 1
    values: list[float] = []
    while len(values) < RESAMPLES:
        times = np.bincount(random.integers(0, count, count), minlength=count)[members]
        drawn = np.repeat(np.arange(len(members)), times)
        # Of one class alone nothing can be measured; small sets draw such samples.
        if 0 < is_spam[drawn].sum() < len(drawn):
            values.append(measure(is_spam[drawn], scores[drawn]))
    return np.array(values)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the middle 95 % of values."""
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
