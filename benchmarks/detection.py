"""Compare MELA with bags of words as spam filters: beside one another, on the same folds.

    python -m benchmarks.detection --data ../shared/data

On the messages of ``benchmarks/corpora.py``, with the arms of ``benchmarks/arms.py``:

- SMS in ten folds, comments one video at a time; near-duplicates never stand on both sides
- shift: trained on the SMS of 2003-2011, tested on messages of later years; and comments in order
  of time, the later third as a test
- disguise: the spam of the test folds of SMS rewritten by the tricks of ``mela.testing``
- ablation: the forest without one group of columns, and without the exception dictionaries
- a threshold tuned so that it holds one false alarm in a thousand
- what the forest loses when a column is shuffled

It writes ``results/detection.json`` and three pictures; ``make docs`` puts the tables into README
and ``DETECTION.md``. The domain classifier is trained anew, without any domain that a message of
these sets names.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone
from sklearn.inspection import permutation_importance
from sklearn.model_selection import (
    LeaveOneGroupOut,
    StratifiedGroupKFold,
    TunedThresholdClassifierCV,
)

from benchmarks import domain_data
from benchmarks.arms import SEED, Arm, arms, forest, scores
from benchmarks.corpora import LATER, SMS, YOUTUBE, Messages, read
from benchmarks.detection_tables import RESULTS, draw
from benchmarks.metrics import CURVE_RATES, f1, figures, interval, recall_at
from benchmarks.provenance import about, write
from mela import MESSAGE, DomainClassifier, Featurizer, Resources, annotate
from mela.domain_score import DomainModel
from mela.scoring import recall_at_fpr
from mela.testing import TRICKS, disguise

RATE: Final = 0.0
"""The share of ham that may be stopped where the threshold is chosen.

None of some two thousand, to stop one in a thousand of others: a threshold that stops one in a
thousand where it is chosen stopped 0.15 % of the ham that was held out.
"""

FOLDS: Final = 10
_EARLIER: Final = 2 / 3
_SHUFFLES: Final = 3
_DISTRIBUTIONS: Final = ("mela-features", "scikit-learn", "numpy", "phonenumbers", "tldextract")

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
    messages: Messages, splits: Sequence[Split], competitors: Sequence[Arm], tricks: Sequence[str]
) -> dict[str, Any]:
    """Return the figures of each arm on the same splits, and its recall under each trick."""
    texts = np.array(messages.texts, dtype=object)
    rewritten = {trick: _rewrite(texts, messages.is_spam, trick) for trick in tricks}
    tested = np.zeros(len(texts), dtype=bool)
    tested[np.concatenate([test for _, test in splits])] = True
    is_spam, groups = messages.is_spam[tested], messages.groups[tested]
    results: dict[str, Any] = {
        "spam": int(is_spam.sum()),
        "ham": int((~is_spam).sum()),
        "groups": len(np.unique(groups)),
        "arms": {},
    }
    for name, model in competitors:
        plain, disguised = held_out(model, texts, messages.is_spam, splits, rewritten)
        found = plain[tested]
        results["arms"][name] = {
            **figures(is_spam, found),
            "F1 interval": interval(f1, is_spam, found, groups),
            "recall interval": interval(partial(recall_at, 0.01), is_spam, found, groups),
            "curve": [recall_at(rate, is_spam, found) for rate in CURVE_RATES],
        }
        if tricks:
            results["arms"][name]["disguised"] = {
                trick: float((one[tested & messages.is_spam] > 0).mean())
                for trick, one in disguised.items()
            }
        _show(name, results["arms"][name])
    if tricks:
        results["changed"] = {
            trick: float((other != texts)[messages.is_spam].mean())
            for trick, other in rewritten.items()
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
    return compare(both, [split], competitors, ())


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
    return {
        "wanted FPR": RATE,
        "FPR": float(stopped[~messages.is_spam].mean()),
        "recall": float(stopped[messages.is_spam].mean()),
        "false alarms": int(stopped[~messages.is_spam].sum()),
    }


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
    return dict(sorted(zip(MESSAGE.names, means, strict=True), key=lambda item: -item[1]))


def domain_model(folder: Path, corpora: Iterable[Messages]) -> DomainModel:
    """Return a domain model that learned from no domain that the messages name."""
    named = {
        host.registrable
        for messages in corpora
        for text in messages.texts
        for host in annotate(text).hosts
    }
    domains = domain_data.read(folder, without=named)
    return DomainClassifier(prior=0.5).fit(domains.hosts, domains.is_spam).model_


def _without_twins(messages: Messages, train: NDArray[np.int64], test: NDArray[np.int64]) -> Split:
    return train[~np.isin(messages.groups[train], messages.groups[test])], test


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


def run(folder: Path) -> dict[str, Any]:
    """Return the results on the data of a folder."""
    sms, youtube, later = (read(folder / name) for name in (SMS, YOUTUBE, LATER))
    model = domain_model(folder, (sms, youtube, later))
    competitors = arms(model)
    dated = youtube.where(youtube.columns["date"] != "")
    data = {}
    for title, work in {
        "SMS, ten folds": partial(compare, sms, folds(sms), competitors, TRICKS),
        "SMS of later years, trained on SMS": partial(shifted, sms, later, competitors),
        "comments, one video at a time": partial(
            compare, youtube, by_column(youtube, "video"), competitors, ()
        ),
        "comments, the later third": partial(
            compare, dated, in_order(dated, "date"), competitors, ()
        ),
    }.items():
        print(f"-- {title}")
        data[title] = work()
    rows = Featurizer(blocks=("message",), domain_classifier=model).featurize_many(sms.texts)
    print("-- the forest taken apart")
    return {
        "about": about(_DISTRIBUTIONS),
        "data": data,
        "ablation": ablate(sms, later, model),
        "tuned": tuned(sms, rows),
        "importance": importance(sms, rows),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Compare MELA with bags of words as filters.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=RESULTS, help="the results as JSON")
    arguments = parser.parse_args()
    results = run(arguments.data)
    write(results, arguments.out)
    draw(results, arguments.out.parent)


if __name__ == "__main__":
    main()
