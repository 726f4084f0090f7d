"""Take the forest apart: groups of columns, dictionaries, the threshold, single columns."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.inspection import permutation_importance
from sklearn.model_selection import StratifiedGroupKFold, TunedThresholdClassifierCV

from benchmarks.corpora import Messages
from benchmarks.detection.arms import SEED, forest, scores
from benchmarks.detection.comparison import held_out
from benchmarks.detection.splits import folds
from benchmarks.metrics import f1, recall_at
from mela import MESSAGE, Featurizer, Resources
from mela.estimators.scoring import recall_at_fpr
from mela.hosts.score import DomainModel

RATE: Final = 0.0
"""The share of ham that may be stopped where the threshold is chosen.

None of some two thousand, to stop one in a thousand of others: a threshold that stops one in a
thousand where it is chosen stopped 0.15 % of the ham that was held out.
"""

_SHUFFLES: Final = 3
_SHOWN: Final = 10


def ablate(messages: Messages, later: Messages, domain_model: DomainModel) -> dict[str, Any]:
    """Return what the forest is worth without a group of columns, and without dictionaries."""
    plain = Featurizer(blocks=("message",), domain_classifier=domain_model)
    bare = replace(Resources.load(), rewrites={})
    undone = Featurizer(blocks=("message",), domain_classifier=domain_model, resources=bare)
    rows, later_rows = (plain.featurize_many(one.texts) for one in (messages, later))
    groups = np.array([feature.group for feature in MESSAGE])
    parts = {"everything": (rows, later_rows)}
    for group in dict.fromkeys(groups.tolist()):
        parts[f"without {group}"] = rows[:, groups != group], later_rows[:, groups != group]
    parts["without exception dictionaries"] = (
        undone.featurize_many(messages.texts),
        undone.featurize_many(later.texts),
    )
    results = {}
    for name, (here, there) in parts.items():
        found, _ = held_out(forest(), here, messages.is_spam, folds(messages), {})
        shift = scores(forest().fit(here, messages.is_spam), there)
        results[name] = {
            "columns": here.shape[1],
            "F1": f1(messages.is_spam, found),
            "recall at 1.0% FPR": recall_at(0.01, messages.is_spam, found),
            "shift, F1": f1(later.is_spam, shift),
            "shift, recall at 1.0% FPR": recall_at(0.01, later.is_spam, shift),
        }
        print(f"{name:32s} {results[name]}")
    return results


def tuned(messages: Messages, rows: NDArray[np.float32]) -> dict[str, float]:
    """Return what a forest does whose threshold was tuned to a false-positive rate, held out.

    The threshold is chosen on one half of the training part by a forest of the other.
    """
    stopped = np.zeros(len(rows), dtype=bool)
    for train, test in folds(messages):
        inside = StratifiedGroupKFold(2, shuffle=True, random_state=SEED)
        splits = inside.split(rows[train], messages.is_spam[train], messages.groups[train])
        model = TunedThresholdClassifierCV(
            forest(), scoring=recall_at_fpr(RATE, pos_label=True), cv=[next(splits)]
        )
        stopped[test] = model.fit(rows[train], messages.is_spam[train]).predict(rows[test])
    result = {
        "wanted FPR": RATE,
        "FPR": float(stopped[~messages.is_spam].mean()),
        "recall": float(stopped[messages.is_spam].mean()),
        "false alarms": int(stopped[~messages.is_spam].sum()),
    }
    print(result)
    return result


def importance(messages: Messages, rows: NDArray[np.float32]) -> dict[str, float]:
    """Return the average precision that the forest loses on held-out folds, by shuffled column."""
    losses = []
    for train, test in folds(messages):
        fitted = forest().fit(rows[train], messages.is_spam[train])
        result = permutation_importance(
            fitted,
            rows[test],
            messages.is_spam[test],
            scoring="average_precision",
            n_repeats=_SHUFFLES,
            random_state=SEED,
        )
        losses.append(result.importances_mean)
    means = np.mean(losses, axis=0).tolist()
    columns = sorted(zip(MESSAGE.names, means, strict=True), key=lambda item: -item[1])
    print(*(f"{name} {loss:.4f}" for name, loss in columns[:_SHOWN]), sep=", ")
    return dict(columns)
