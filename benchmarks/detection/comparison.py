"""Hold every arm against the same held-out messages, as they were sent and in disguise."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone

from benchmarks.corpora import Messages
from benchmarks.detection.arms import SEED, Arm, rivals, scores
from benchmarks.detection.splits import Split
from benchmarks.metrics import CURVE_RATES, Measure, f1, figures, interval, recall_at, resampled
from mela.testing import disguise

MEASURES: Final[Mapping[str, Measure]] = {"F1": f1, "recall": partial(recall_at, 0.01)}
"""What is measured on resamples, too."""


def held_out(
    model: BaseEstimator,
    texts: NDArray[Any],
    is_spam: NDArray[np.bool_],
    splits: Iterable[Split],
    rewritten: Mapping[str, NDArray[Any]],
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.float64]]]:
    """Return the scores of texts, or rows, by models that did not learn from them.

    Plain, and as they were rewritten. What no test part holds has the score NaN.
    """
    plain = np.full(len(texts), np.nan)
    disguised = {trick: plain.copy() for trick in rewritten}
    for train, test in splits:
        fitted = clone(model).fit(texts[train], is_spam[train])
        plain[test] = scores(fitted, texts[test])
        spam = test[is_spam[test]]
        for trick, other in rewritten.items():
            disguised[trick][spam] = scores(fitted, other[spam])
    return plain, disguised


def compare(
    messages: Messages,
    splits: Sequence[Split],
    competitors: Sequence[Arm],
    tricks: Sequence[str] = (),
    column: str = "",
) -> dict[str, Any]:
    """Return the figures of each arm on the same splits.

    Beside its own intervals an arm has those of its leads: by how much it is above each rival.

    Parameters
    ----------
    tricks
        What spam is rewritten by, to see its recall again.
    column
        What parts the messages by its values, to see the measures of each part.
    """
    texts = np.array(messages.texts, dtype=object)
    rewritten = {trick: _rewrite(texts, messages.is_spam, trick) for trick in tricks}
    tested = np.zeros(len(texts), dtype=bool)
    tested[np.concatenate([test for _, test in splits])] = True
    is_spam, groups = messages.is_spam[tested], messages.groups[tested]
    values = messages.columns[column][tested] if column else np.array([])
    parts = {str(value): values == value for value in np.unique(values)}
    results: dict[str, Any] = {
        **_size(is_spam),
        "groups": len(np.unique(groups)),
        "parts": {part: _size(is_spam[inside]) for part, inside in parts.items()},
        "changed": {
            trick: float((other != texts)[messages.is_spam].mean())
            for trick, other in rewritten.items()
        },
        "arms": {},
    }
    draws = {}
    for name, model in competitors:
        plain, disguised = held_out(model, texts, messages.is_spam, splits, rewritten)
        found = plain[tested]
        draws[name] = {
            figure: resampled(measure, is_spam, found, groups)
            for figure, measure in MEASURES.items()
        }
        results["arms"][name] = {
            **figures(is_spam, found),
            **{f"{figure} interval": interval(drawn) for figure, drawn in draws[name].items()},
            "curve": [recall_at(rate, is_spam, found) for rate in CURVE_RATES],
            "parts": {
                part: {
                    figure: measure(is_spam[inside], found[inside])
                    for figure, measure in MEASURES.items()
                }
                for part, inside in parts.items()
            },
            "disguised": {
                trick: float((one[tested & messages.is_spam] > 0).mean())
                for trick, one in disguised.items()
            },
        }
        _show(name, results["arms"][name])
    for name, drawn in draws.items():
        results["arms"][name]["leads"] = {
            rival: {figure: interval(drawn[figure] - draws[rival][figure]) for figure in MEASURES}
            for rival in rivals(name)
            if rival in draws
        }
    return results


def shifted(before: Messages, after: Messages, competitors: Sequence[Arm]) -> dict[str, Any]:
    """Return the figures of each arm, trained on one set and tested on another."""
    both = Messages(
        before.texts + after.texts,
        np.concatenate([before.is_spam, after.is_spam]),
        np.concatenate([before.groups, after.groups + before.groups.max() + 1]),
        {},
    )
    start = len(before.texts)
    split = np.arange(start), np.arange(start, len(both.texts))
    return compare(both, [split], competitors)


def _size(is_spam: NDArray[np.bool_]) -> dict[str, int]:
    return {"spam": int(is_spam.sum()), "ham": int((~is_spam).sum())}


def _rewrite(
    texts: NDArray[np.object_], is_spam: NDArray[np.bool_], trick: str
) -> NDArray[np.object_]:
    other = texts.copy()
    other[is_spam] = [disguise(text, trick, seed=SEED) for text in texts[is_spam]]
    return other


def _show(name: str, result: Mapping[str, Any]) -> None:
    low, high = result["F1 interval"]
    print(
        f"{name:44s} F1 {result['spam']['F1']:.3f} [{low:.3f}, {high:.3f}]  FPR {result['FPR']:.2%}"
        f"  recall at 1 % {result['recall at 1.0% FPR']:.3f}, at 0.1 % "
        f"{result['recall at 0.1% FPR']:.3f}",
        flush=True,
    )
