"""Place substrings in the plane by likeness and company, and group what lies together."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.manifold import TSNE
from sklearn.metrics.pairwise import cosine_similarity

_FEWEST: Final = 5
"""Fewer substrings need no map: each lies on its own."""

_PERPLEXITY: Final = 30.0
"""How many neighbors t-SNE heeds; a third of the substrings where they are few."""


class Embedding(NamedTuple):
    """A map of substrings.

    Attributes
    ----------
    places
        Coordinates, shape (n, 2).
    groups
        Number of the group of each, shape (n,).
    similarity
        What they were placed by, from 0 to 1, shape (n, n).
    """

    places: NDArray[np.float64]
    groups: NDArray[np.int64]
    similarity: NDArray[np.float64]


def embed(substrings: Sequence[str], hits: csr_matrix, groups: int, seed: int) -> Embedding:
    """Place and group substrings.

    Parameters
    ----------
    substrings
        n substrings.
    hits
        Which spam text each hits, shape (texts, n).
    groups
        How many groups to make; fewer where there are fewer substrings.
    seed
        Where t-SNE starts; the same seed gives the same map.
    """
    similarity = (_likeness(substrings) + cosine_similarity(hits.T)) / 2
    places = _place(1 - similarity, seed)
    count = min(groups, len(substrings))
    if count < 2:
        return Embedding(places, np.zeros(len(substrings), dtype=np.int64), similarity)
    grouped = AgglomerativeClustering(count).fit_predict(places)
    return Embedding(places, grouped.astype(np.int64), similarity)


def _likeness(substrings: Sequence[str]) -> NDArray[np.float64]:
    """Return the cosines of the n-grams that substrings have in common."""
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit_transform(substrings)
    return np.asarray(cosine_similarity(vectors))


def _place(distances: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    count = len(distances)
    if count < _FEWEST:
        return np.column_stack([np.arange(count), np.zeros(count)]).astype(float)
    # Exact, because the approximation sums in an order that depends on the number of threads.
    return np.asarray(
        TSNE(
            metric="precomputed",
            init="random",
            method="exact",
            perplexity=min(_PERPLEXITY, (count - 1) / 3),
            random_state=seed,
        ).fit_transform(np.clip(distances, 0, None)),
        dtype=np.float64,
    )
