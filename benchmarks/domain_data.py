"""Read the hosts that the domain classifier learns from.

Phishing and spam hosts against benign ones, compared as registrable domains: benign lists give bare
names, so a model that saw subdomains or paths would learn which list a host is from. Left out are

- domains that stand in both classes (hosting, big sites), from both,
- shorteners: whose link it is, is not in the name, and the lists of sites hold few,
- IP addresses, which have no name.

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

import csv
from collections.abc import Set
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mela import Resources
from mela.hosts.parser import HostParser

SPAM_FILES: Final = (
    "phish_phishtank_2020.tsv",
    "phish_sms_gateway_ncsu_urls.tsv",
    "spam_sms_super_urls.tsv",
)
BENIGN_FILE: Final = "benign_alexa2016_30k.tsv"


class Domains(NamedTuple):
    """Registrable domains, sorted within each class, spam first."""

    hosts: NDArray[np.object_]
    is_spam: NDArray[np.bool_]
    sources: dict[str, NDArray[np.bool_]]
    """Which domains each file of spam holds."""
    in_both: int
    """Domains that were left out because they stand in both classes."""


def read(folder: Path, *, without: Set[str] = frozenset()) -> Domains:
    """Read the files of a folder, some registrable domains left out."""
    parser = HostParser(Resources.load())
    by_file = {name: _domains(folder / name, parser) - without for name in SPAM_FILES}
    spam = set().union(*by_file.values())
    benign = _domains(folder / BENIGN_FILE, parser) - without
    both = spam & benign
    hosts = np.array(sorted(spam - both) + sorted(benign - both), dtype=object)
    is_spam = np.arange(len(hosts)) < len(spam - both)
    sources = {
        name: np.array([host in domains for host in hosts]) for name, domains in by_file.items()
    }
    return Domains(hosts, is_spam, sources, len(both))


def _domains(path: Path, parser: HostParser) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        names = [
            row["host"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    parsed = filter(None, map(parser.parse, names))
    return {host.registrable for host in parsed if not host.is_ip and not parser.is_shortener(host)}
