"""Train the shipped domain classifier, measure it, and write its coefficients.

    python -m benchmarks.train_domain_classifier --data ../shared/data

The data are those of ``benchmarks/domain_data.py``, one row a registrable domain, so that none is
in training and test at once. The figures are of a model that saw three quarters of them; the
shipped coefficients are those of this model, and not of one that nobody has measured.

``benchmarks/MODEL_CARD.md`` tells the figures; ``make docs`` writes it anew.
"""

import argparse
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import train_test_split

from benchmarks.domain_data import Domains, read
from benchmarks.metrics import Labels, Scores, interval, recall_at, resampled
from mela import DomainClassifier

COEFFICIENTS: Final = Path("resources/domain_classifier.json")
SEED: Final = 20_261_122
TEST_SHARE: Final = 0.25
PRIOR: Final = 0.5
"""The lists say nothing of the share of spam among hosts, so neither shall the score."""

RATES: Final = (0.0005, 0.01)
_BINS: Final = 10


def measure(domains: Domains) -> tuple[DomainClassifier, dict[str, Any]]:
    """Return a classifier of a part of the domains, and its figures on the other part."""
    train, test = train_test_split(
        np.arange(len(domains.hosts)),
        test_size=TEST_SHARE,
        stratify=domains.is_spam,
        random_state=SEED,
    )
    classifier = DomainClassifier().fit(domains.hosts[train], domains.is_spam[train])
    is_spam = domains.is_spam[test]
    scores = classifier.predict_proba(domains.hosts[test])[:, 1]
    low, high = interval(resampled(_auc, is_spam, scores, np.arange(len(test))))
    figures: dict[str, Any] = {
        "trained on": f"{datetime.now(UTC):%Y-%m-%d}",
        "spam domains": int(domains.is_spam.sum()),
        "benign domains": int((~domains.is_spam).sum()),
        "left out, in both": domains.in_both,
        "test domains": len(test),
        "test AUC": _auc(is_spam, scores),
        "test AUC, 95 % interval": [round(low, 4), round(high, 4)],
        **{f"test AUC, {name}": _auc_of(name, domains, test, scores) for name in domains.sources},
        **{
            f"test recall at {100 * rate:g} % FPR": recall_at(rate, is_spam, scores)
            for rate in RATES
        },
        "test Brier score, intercept not moved": float(brier_score_loss(is_spam, scores)),
        "test calibration error, intercept not moved": _calibration_error(is_spam, scores),
    }
    balanced = DomainClassifier(prior=PRIOR).fit(domains.hosts[train], domains.is_spam[train])
    return balanced, {
        name: round(figure, 4) if isinstance(figure, float) else figure
        for name, figure in figures.items()
    }


def card(path: Path = COEFFICIENTS) -> str:
    """Return the figures of the shipped classifier and its weightiest features, as Markdown."""
    content = json.loads(path.read_text(encoding="utf-8"))
    lines = ["| figure | |", "|---|--:|"]
    for name, figure in content["meta"]["figures"].items():
        shown = f"{figure:,}" if isinstance(figure, int) else figure
        if isinstance(figure, list):
            shown = " to ".join(f"{end:.3f}" for end in figure)
        lines.append(f"| {name} | {shown} |")
    weights: Mapping[str, float] = content["coefficients"]
    lines += ["", "| log-odds per unit | |", "|---|--:|"]
    for name in sorted(weights, key=lambda name: -abs(weights[name]))[:12]:
        lines.append(f"| `{name}` | {weights[name]:+.2f} |")
    return "\n".join(lines)


def _auc(is_spam: Labels, scores: Scores) -> float:
    return float(roc_auc_score(is_spam, scores))


def _auc_of(source: str, domains: Domains, test: NDArray[np.int64], scores: Scores) -> float:
    """Return the AUC of one file's domains against all benign ones."""
    chosen = domains.sources[source][test] | ~domains.is_spam[test]
    return _auc(domains.is_spam[test][chosen], scores[chosen])


def _calibration_error(is_spam: Labels, scores: Scores) -> float:
    """Return the mean distance of probability and share of spam, over bins of as many domains."""
    order = np.argsort(scores, kind="stable")
    bins = np.array_split(order, _BINS)
    return float(
        np.mean([abs(scores[one].mean() - is_spam[one].mean()) for one in bins if len(one)])
    )


def main() -> None:
    """Train, measure on domains not seen, write the coefficients."""
    parser = argparse.ArgumentParser(description="Train the shipped domain classifier.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=COEFFICIENTS)
    arguments = parser.parse_args()

    domains = read(arguments.data)
    classifier, figures = measure(domains)
    for name, figure in figures.items():
        print(f"{name:42s} {figure}")
    meta = {
        "title": "Coefficients of the domain classifier",
        "version": f"{datetime.now(UTC):%Y.%m}.0",
        "source": "trained on PhishTank 2020, SMS gateway phishing 2021-2023 and SMS spam "
        "2012-2023 against the Alexa sites of 2016, as registrable domains",
        "license": "CC0-1.0",
        "used-by": "message.domain_melascore",
        "format": "intercept and coefficients: log-odds per unit of each domain feature, in order",
        "refresh": "python -m benchmarks.train_domain_classifier --data FOLDER",
        "figures": figures,
    }
    classifier.save(arguments.out, meta)
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
