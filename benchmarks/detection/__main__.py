"""Measure everything on the data of a folder, write the results, draw the pictures."""

import argparse
import sys
from collections.abc import Callable, Iterable
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
from benchmarks.provenance import about, of_same_code, write
from mela import DomainClassifier, Featurizer, annotate
from mela.hosts.score import DomainModel
from mela.testing import TRICKS

_DISTRIBUTIONS: Final = ("mela-features", "scikit-learn", "numpy", "phonenumbers", "tldextract")

Work = Callable[[], Any]


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


def plan(folder: Path) -> tuple[dict[str, Work], dict[str, Work]]:
    """Return what compares all arms on a set, and what takes the forest apart, by name."""
    sms, youtube, later = (read(folder / name) for name in (SMS, YOUTUBE, LATER))
    model = domain_model(folder, (sms, youtube, later))
    competitors = arms(model)
    dated = youtube.where(youtube.columns["date"] != "")
    rows = Featurizer(blocks=("message",), domain_classifier=model).featurize_many(sms.texts)
    comparisons: dict[str, Work] = {
        "SMS, ten folds": partial(compare, sms, folds(sms), competitors, TRICKS),
        "SMS of later years, trained on SMS": partial(shifted, sms, later, competitors),
        "comments, one video at a time": partial(
            compare, youtube, by_column(youtube, "video"), competitors, column="video"
        ),
        "comments, the later third": partial(compare, dated, in_order(dated, "date"), competitors),
    }
    dissections: dict[str, Work] = {
        "ablation": partial(ablate, sms, later, model),
        "tuned": partial(tuned, sms, rows),
        "importance": partial(importance, sms, rows),
    }
    return comparisons, dissections


def run(folder: Path, word: str, results: dict[str, Any]) -> None:
    """Measure the parts that have a word in their names, and put them into the results."""
    comparisons, dissections = plan(folder)
    names = [*comparisons, *dissections]
    if not any(word in name.lower() for name in names):
        sys.exit(f"no part has {word!r} in its name: {'; '.join(names)}")
    for into, works in ((results["data"], comparisons), (results, dissections)):
        for name, work in works.items():
            if word in name.lower():
                print(f"-- {name}")
                into[name] = work()


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Compare MELA with bags of words as filters.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=RESULTS, help="the results as JSON")
    parser.add_argument(
        "--only", metavar="WORD", default="", type=str.lower, help="parts with it in their names"
    )
    arguments = parser.parse_args()
    fresh: dict[str, Any] = {"about": about(_DISTRIBUTIONS), "data": {}}
    results = of_same_code(arguments.out, fresh["about"]) if arguments.only else fresh
    if results is None:
        print(f"{arguments.out}: no run of this commit, so that no part is written, only shown")
    run(arguments.data, arguments.only, results or fresh)
    if results:
        write(results, arguments.out)
        draw(results, arguments.out.parent)


if __name__ == "__main__":
    main()
