"""The comparators of the paper: bags of word n-grams (NGRAM) and of sparse n-grams (SGRAM).

What MELA is measured against: columns that are learned from one corpus, a new one for each word
sequence of it. Both are scikit-learn's CountVectorizer with another analyzer, and sparse.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from sklearn.feature_extraction.text import CountVectorizer

from mela.featurizer import normalize as normalize_text
from mela.tabular.texts import read_texts

_TOKEN_RE: Final = re.compile(r"\w+")
_GAP: Final = "*"
"""Stands for a word that is skipped; no word looks like it."""


class _WordSequences(CountVectorizer):
    """Counts what a subclass makes of the words of a text.

    ``normalize`` reads the text through :func:`mela.normalize` instead of lower-casing it; the
    paper calls such a comparator NGRAM NORM. Texts come in whatever :class:`mela.MelaVectorizer`
    takes them from, so that the two can be compared in one ColumnTransformer.
    """

    def __init__(self, *, n: int = 3, normalize: bool = False, min_df: float = 1) -> None:
        super().__init__(min_df=min_df)
        self.n = n
        self.normalize = normalize

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn the terms of texts and count them; ``fit`` goes through here, too."""
        return super().fit_transform(read_texts(raw_documents), y)

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """Count the terms that were learned."""
        return super().transform(read_texts(raw_documents))

    def build_analyzer(self) -> Callable[[str], list[str]]:
        """Return what turns a text into terms; scikit-learn calls it."""
        read = normalize_text if self.normalize else str.lower
        return lambda text: self._terms(_TOKEN_RE.findall(read(text)))

    def _terms(self, words: list[str]) -> list[str]:
        raise NotImplementedError


class NgramVectorizer(_WordSequences):
    """NGRAM: how often each sequence of one to n words stands in a message.

    Parameters
    ----------
    n
        The longest sequence, in words.
    normalize
        Whether to read the normalized text.
    min_df
        A term in fewer messages of ``fit`` has no column; a share if it is a float.

    Examples
    --------
    >>> from mela.estimators.baselines import NgramVectorizer
    >>> NgramVectorizer(n=2).fit(["claim it now"]).get_feature_names_out().tolist()
    ['claim', 'claim it', 'it', 'it now', 'now']
    """

    def _terms(self, words: list[str]) -> list[str]:
        return [
            " ".join(words[start : start + size])
            for size in range(1, min(self.n, len(words)) + 1)
            for start in range(len(words) - size + 1)
        ]


class SparseNgramVectorizer(_WordSequences):
    """SGRAM: how often two words stand in a message with so many others between them.

    Orthogonal sparse bigrams (Siefkes, Assis, Chhabra & Yerazunis 2004) over a window of n words:
    each word with each of the n - 1 words before it, and a mark for each word that is skipped.

    Parameters
    ----------
    n
        Width of the window, in words.
    normalize
        Whether to read the normalized text.
    min_df
        A term in fewer messages of ``fit`` has no column; a share if it is a float.

    Examples
    --------
    >>> from mela.estimators.baselines import SparseNgramVectorizer
    >>> SparseNgramVectorizer().fit(["claim it now"]).get_feature_names_out().tolist()
    ['claim * now', 'claim it', 'it now']
    """

    def _terms(self, words: list[str]) -> list[str]:
        return [
            " ".join((first, *[_GAP] * (distance - 1), second))
            for distance in range(1, self.n)
            for first, second in zip(words, words[distance:], strict=False)
        ]
