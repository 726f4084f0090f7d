"""Read the labelled messages that the benchmarks run on.

Data, by file name, each with the groups of near-duplicates in a ``.groups.tsv`` beside it:

sms_spam_collection.tsv
    the SMS Spam Collection of 2003-2011 (Almeida et al. 2011)
youtube_spam.tsv
    comments under five videos, 2013-2015 (Alberto et al. 2015)

``smishing_new.tsv`` (Mishra & Soni 2022) holds messages of later years, none of them near one of
the first set.
"""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SMS: Final = "sms_spam_collection.tsv"
YOUTUBE: Final = "youtube_spam.tsv"
LATER: Final = "smishing_new.tsv"

_GROUPED: Final = (SMS, YOUTUBE)

# Where numbers, times and addresses were blacked out, in ham only: a model would learn the mask.
_MASK_RE: Final = re.compile(r"<(?:#|DECIMAL|TIME|URL|EMAIL)>")
# What a page or a gateway left behind, in one class more than in the other: byte order marks, and
# quotes of another code page.
_RESIDUE_RE: Final = re.compile(r"[\ufeff\x80-\x9f]")


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
    if path.name in _GROUPED:
        beside = path.with_suffix(".groups.tsv")
        groups = np.loadtxt(beside, delimiter="\t", skiprows=1, usecols=1, dtype=np.int64, ndmin=1)
        if len(groups) != len(rows):
            raise ValueError(f"{beside}: {len(groups)} groups for {len(rows)} messages")
    columns = {name: np.array([row[i] for row in rows]) for i, name in enumerate(header[1:-1], 1)}
    is_spam = np.array([row[0] != "ham" for row in rows])
    return Messages([_mend(row[-1]) for row in rows], is_spam, groups, columns)


def _mend(text: str) -> str:
    """Take away what tells the classes apart and is no part of the message."""
    text = _RESIDUE_RE.sub("", html.unescape(text))
    # Any digit, and for one message always the same: one digit for all would be a mask again.
    return _MASK_RE.sub(str(crc32(text.encode()) % 10), text)
