"""Read the labelled messages that the benchmarks run on.

Data, by file name, each with the groups of near-duplicates in a ``.groups.tsv`` beside it:

sms_spam_collection.tsv
    the SMS Spam Collection of 2003-2011 (Almeida et al. 2011)
youtube_spam.tsv
    comments under five videos, 2013-2015 (Alberto et al. 2015)

``smishing_new.tsv`` (Mishra & Soni 2022) holds messages of later years, none of them near one of
the first set.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

SMS: Final = "sms_spam_collection.tsv"
YOUTUBE: Final = "youtube_spam.tsv"
LATER: Final = "smishing_new.tsv"

# Where numbers, times and addresses were blacked out, in ham only: a model would learn the mask.
_MASK_RE: Final = re.compile(r"&lt;(?:#|DECIMAL|TIME|URL|EMAIL)&gt;")


class Messages(NamedTuple):
    """Messages, whether each is spam, its group of near-duplicates, and what else is known."""

    texts: list[str]
    is_spam: NDArray[np.bool_]
    groups: NDArray[np.int64]
    columns: Mapping[str, NDArray[np.str_]]

    def where(self, chosen: NDArray[np.bool_]) -> "Messages":
        """Return some of the messages."""
        texts = [text for text, keep in zip(self.texts, chosen, strict=True) if keep]
        columns = {name: values[chosen] for name, values in self.columns.items()}
        return Messages(texts, self.is_spam[chosen], self.groups[chosen], columns)


def read(path: Path) -> Messages:
    """Read a set in which tabs part the label, first, from the text, last."""
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line]
    header = ["label", "text"] if path.name == SMS else rows.pop(0)
    groups = np.arange(len(rows))
    beside = path.with_suffix(".groups.tsv")
    if beside.exists():
        groups = np.loadtxt(beside, delimiter="\t", skiprows=1, usecols=1, dtype=np.int64)
    columns = {name: np.array([row[i] for row in rows]) for i, name in enumerate(header[1:-1], 1)}
    is_spam = np.array([row[0] != "ham" for row in rows])
    return Messages([_MASK_RE.sub("5", row[-1]) for row in rows], is_spam, groups, columns)
