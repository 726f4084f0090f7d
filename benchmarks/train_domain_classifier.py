"""Train the shipped domain classifier and write its coefficients.

    python -m benchmarks.train_domain_classifier --data ../shared/data

Phishing and spam hosts against benign ones, compared as registrable domains: benign lists give bare
names, so a model that saw subdomains or paths would learn which list a host is from. Domains that
stand in both classes (hosting, shorteners, big sites) are dropped from both, and no registrable
domain is in training and test at once.

Data, by file name:

phish_phishtank_2020.tsv
    PhishTank's verified online phishes of 2020 (phishtank.org).
phish_sms_gateway_ncsu_urls.tsv
    URLs of phishing SMS at public gateways, 2021-2023 (Nahapetyan et al., IEEE S&P 2024).
spam_sms_super_urls.tsv
    URLs of SMS spam, 2012-2023 (Salman et al. 2024).
benign_alexa2016_30k.tsv
    30,000 of the hundred thousand most visited sites of March 2016.
"""

import argparse
import csv
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score, roc_curve
from sklearn.model_selection import train_test_split

from mela import DomainClassifier, Resources
from mela.hosts import HostParser

SPAM_FILES = (
    "phish_phishtank_2020.tsv",
    "phish_sms_gateway_ncsu_urls.tsv",
    "spam_sms_super_urls.tsv",
)
BENIGN_FILE = "benign_alexa2016_30k.tsv"
SEED = 20_261_122
TEST_SHARE = 0.25


def registrable_domains(path: Path, hosts: HostParser) -> set[str]:
    """Return the distinct registrable domains of the host column of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        names = [
            row["host"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    parsed = filter(None, map(hosts.parse, names))
    return {f"{host.name}.{host.suffix}" for host in parsed if not host.is_ip}


def recall_at(rate: float, labels: NDArray[np.int64], scores: NDArray[np.float64]) -> float:
    """Return the highest recall at a false-positive rate of at most ``rate``."""
    false_positive_rates, recalls, _ = roc_curve(labels, scores)
    return float(recalls[false_positive_rates <= rate].max())


def main() -> None:
    """Train, measure on domains not seen, write the coefficients."""
    parser = argparse.ArgumentParser(description="Train the shipped domain classifier.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("resources/domain_classifier.json"))
    arguments = parser.parse_args()

    host_parser = HostParser(Resources.load())
    spam = set().union(
        *(registrable_domains(arguments.data / name, host_parser) for name in SPAM_FILES)
    )
    benign = registrable_domains(arguments.data / BENIGN_FILE, host_parser)
    both = spam & benign
    hosts = np.array(sorted(spam - both) + sorted(benign - both), dtype=object)
    labels = np.array([1] * len(spam - both) + [0] * len(benign - both))
    train, test = train_test_split(
        np.arange(len(hosts)), test_size=TEST_SHARE, stratify=labels, random_state=SEED
    )
    # Balanced: the share of spam among these lists says nothing of the share among messages.
    classifier = DomainClassifier(class_weight="balanced").fit(hosts[train], labels[train])
    scores = classifier.predict_proba(hosts[test])[:, 1]

    figures = {
        "spam domains": int(labels.sum()),
        "benign domains": int((1 - labels).sum()),
        "dropped, in both": len(both),
        "test AUC": round(float(roc_auc_score(labels[test], scores)), 4),
        "test recall at 1 % FPR": round(recall_at(0.01, labels[test], scores), 4),
        "test recall at 0.1 % FPR": round(recall_at(0.001, labels[test], scores), 4),
    }
    for name, figure in figures.items():
        print(f"{name:26s} {figure}")
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
