"""Measure everything on the data of a folder, write the results, draw the pictures."""

import argparse
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks import domain_data
from benchmarks.corpora import LATER, SMS, YOUTUBE, Messages, read
from benchmarks.detection.arms import arms
from benchmarks.detection.comparison import compare, shifted
from benchmarks.detection.dissection import ablate, importance, tuned
from benchmarks.detection.splits import by_column, folds, in_order
from benchmarks.detection.tables import RESULTS, draw
from benchmarks.provenance import about, write
from mela import DomainClassifier, Featurizer, annotate
from mela.domain_score import DomainModel
from mela.testing import TRICKS

_DISTRIBUTIONS: Final = ("mela-features", "scikit-learn", "numpy", "phonenumbers", "tldextract")


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
            compare, youtube, by_column(youtube, "video"), competitors, column="video"
        ),
        "comments, the later third": partial(compare, dated, in_order(dated, "date"), competitors),
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
