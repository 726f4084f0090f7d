"""A labelled corpus as words: which of them stand in which text."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from mela.errors import CorpusError
from mela.featurizer import Featurizer
from mela.hosts.parser import HostParser
from mela.resources import Resources
from mela.settings import DEFAULT_MAX_CHARS
from mela.tabular.texts import is_missing, read_texts
from mela.text.memo import LONGEST_WORD
from mela.text.words import WORD_RE

Unit = Literal["messages", "hosts"]

SPAM: Final = ("spam", 1, True)
"""Labels that mean spam unless the caller names others; compared as words, whatever their case."""

_SHORTEST_WORD: Final = 3
_LONGEST_LABEL: Final = 63
_DIGIT_RE: Final = re.compile(r"[0-9]+")


class Texts(NamedTuple):
    """Distinct texts, normalized, and whether each is spam, shape (n,)."""

    texts: tuple[str, ...]
    is_spam: NDArray[np.bool_]


class Corpus(NamedTuple):
    """Texts as words.

    Attributes
    ----------
    words
        All words, sorted.
    counts
        1 where a word stands in a text, shape (texts, words).
    is_spam
        Whether a text is spam, shape (texts,).
    """

    words: tuple[str, ...]
    counts: csr_matrix
    is_spam: NDArray[np.bool_]


Watch = Callable[[Iterable[Any], str], Iterable[Any]]
"""Shows progress: takes items and what is done with them, gives the items."""


def unwatched(items: Iterable[Any], what: str) -> Iterable[Any]:  # noqa: ARG001
    """Show no progress."""
    return items


def distinct_texts(
    texts: Iterable[str],
    labels: Iterable[object],
    *,
    spam: Sequence[object] = SPAM,
    unit: Unit = "messages",
    resources: Resources,
    watch: Watch = unwatched,
) -> Texts:
    """Normalize texts; one that differs from an earlier one in its digits only is left out.

    A campaign sends one text ten thousand times, and would else decide what is frequent.

    Raises
    ------
    CorpusError
        Not as many labels as texts, no spam, or nothing but spam.
    """
    if unit not in get_args(Unit):
        raise ValueError(f"unit={unit!r}; wanted one of {get_args(Unit)}")
    checked, given = read_texts(texts, "error"), _list_labels(labels)
    if len(checked) != len(given):
        raise CorpusError(f"{len(checked)} texts and {len(given)} labels; wanted one for each text")
    means_spam = frozenset(map(_word, [spam] if isinstance(spam, str) else spam))
    normalize = _hosts(resources) if unit == "hosts" else _messages(resources)
    distinct: dict[tuple[str, bool], str] = {}
    labelled = [_word(label) for label in given]
    if "" in labelled:
        raise CorpusError(f"item {labelled.index('')} has no label; label or drop it")
    is_spam_by_item = [label in means_spam for label in labelled]
    _check_labels(is_spam_by_item, labelled, means_spam)
    for text, is_spam in zip(watch(checked, "reading"), is_spam_by_item, strict=True):
        plain = normalize(text)
        distinct.setdefault((_DIGIT_RE.sub("0", plain), is_spam), plain)
    is_spam_by_text = np.array([is_spam for _, is_spam in distinct], dtype=bool)
    return Texts(tuple(distinct.values()), is_spam_by_text)


def split_words(texts: Texts, unit: Unit) -> Corpus:
    """Count the words of texts."""
    split = _split_hosts if unit == "hosts" else _split_messages
    vectorizer = CountVectorizer(analyzer=split, binary=True, dtype=np.int32)
    try:
        counts = vectorizer.fit_transform(texts.texts)
    except ValueError:  # scikit-learn's word for texts without words
        nothing = csr_matrix((len(texts.texts), 0), dtype=np.int32)
        return Corpus((), nothing, texts.is_spam)
    words = tuple(vectorizer.get_feature_names_out().tolist())
    return Corpus(words, counts, texts.is_spam)


def _list_labels(labels: Iterable[object]) -> list[object]:
    """Return labels as a list, those of an array of one column, too."""
    return list(np.ravel(labels) if isinstance(labels, np.ndarray) else labels)


def _word(label: object) -> str:
    """Return a label as a word; "" for what is none."""
    if is_missing(label):
        return ""
    if isinstance(label, (float, np.floating)) and float(label).is_integer():
        label = int(label)  # ones and zeros of a column that once held NaN
    return str(label).strip().casefold()


def _check_labels(is_spam: list[bool], labels: list[str], spam: frozenset[str]) -> None:
    """Refuse a corpus of one class; no label is quoted, as it may be a message in its place."""
    if any(is_spam) and not all(is_spam):
        return
    lacking, share = ("ham", "all") if any(is_spam) else ("spam", "none")
    raise CorpusError(
        f"no {lacking} among {len(labels)} texts: {share} of their {len(set(labels))} different "
        f"labels mean spam, which are {sorted(spam)}; name those that do with spam=, or --spam on "
        "the command line, and see that texts and labels are not in each other's place"
    )


def _messages(resources: Resources) -> Callable[[str], str]:
    featurizer = Featurizer(resources=resources, domain_classifier=None)
    return lambda text: featurizer.normalize(text[:DEFAULT_MAX_CHARS])


def _hosts(resources: Resources) -> Callable[[str], str]:
    """Return what is searched of hosts: subdomain and name, and no suffix."""
    parser = HostParser(resources)

    def normalize(text: str) -> str:
        host = parser.parse(text, any_suffix=True)
        return f"{host.subdomain}.{host.name}".replace(".", " ").strip() if host else ""

    return normalize


def _split_messages(text: str) -> list[str]:
    """Return the words of a normalized text, without codes, which die with their campaign."""
    words = WORD_RE.findall(text)
    return [
        word
        for word in words
        if _SHORTEST_WORD <= len(word) <= LONGEST_WORD and not _DIGIT_RE.search(word)
    ]


def _split_hosts(text: str) -> list[str]:
    """Return the labels of hosts, whole but for their digits: names are not cut into words."""
    labels = _DIGIT_RE.sub(" ", text).split()
    return [label for label in labels if _SHORTEST_WORD <= len(label) <= _LONGEST_LABEL]
