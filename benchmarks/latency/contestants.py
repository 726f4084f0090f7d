"""What is timed on the same messages: mela, other makers of rows, and finders of entities.

The tutorial pipeline is what most pages on spam filtering show: patterns that take out addresses,
digits and punctuation, lower case, no stop words, Snowball stems, TF-IDF.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from benchmarks.extraction.peers import Peer, installed, is_installed
from benchmarks.extraction.suites import REGION
from mela import Featurizer

MELA: Final = "mela"
TFIDF: Final = "TfidfVectorizer, words"
"""What all ratios are to."""

FINDERS: Final = {"linkify-it-py": "url", "urlextract": "url", "phonenumbers": "phone"}
"""Libraries that find one kind of entity, by distribution; mela finds all kinds."""

DISTRIBUTIONS: Final = (
    "mela-features", "scikit-learn", "numpy", "tldextract", *FINDERS, "snowballstemmer", "spacy",
)  # fmt: skip
"""Whose versions matter."""

_UNLIKE_WORDS: Final = tuple(
    map(re.compile, (r"https?://\S+|www\.\S+", r"\S+@\S+", r"<.*?>", r"\d+", r"[^\w\s]", r"\s+"))
)


@dataclass(frozen=True)
class Contestant:
    """Something that reads messages one by one."""

    name: str
    one: Callable[[str], object]


@dataclass(frozen=True)
class Vectorizer(Contestant):
    """Something that makes rows of messages, in batches, too."""

    many: Callable[[Sequence[str]], object]


def contestants(messages: Sequence[str]) -> tuple[list[Contestant], list[str]]:
    """Return who is here, vocabularies fitted to some messages, and which libraries are missing."""
    featurizer = Featurizer()
    here: list[Contestant] = [
        Vectorizer(MELA, featurizer.featurize, featurizer.featurize_many),
        *_vectorizers(messages),
    ]
    peers, missing = installed(FINDERS)
    here += map(_finder, peers)
    for name, make in (("snowballstemmer", _tutorial), ("spacy", _tokenizer)):
        if is_installed(name):
            here.append(make(messages))
        else:
            missing.append(name)
    return here, missing


def tfidf(messages: Sequence[str]) -> Vectorizer:
    """Return the yardstick: scikit-learn's TF-IDF with its own defaults."""
    # Scikit-learn comes late: whoever wants but the names above goes without.
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _vectorizer(TFIDF, TfidfVectorizer().fit(messages).transform)


def _vectorizers(messages: Sequence[str]) -> list[Vectorizer]:
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

    pairs = TfidfVectorizer(ngram_range=(1, 2)).fit(messages)
    return [
        tfidf(messages),
        _vectorizer("TfidfVectorizer, words and pairs", pairs.transform),
        _vectorizer("HashingVectorizer", HashingVectorizer().transform),
    ]


def _vectorizer(name: str, transform: Callable[[Sequence[str]], object]) -> Vectorizer:
    return Vectorizer(name, lambda text: transform([text]), transform)


def _tutorial(messages: Sequence[str]) -> Vectorizer:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    stem = import_module("snowballstemmer").stemmer("english").stemWords

    def clean(text: str) -> str:
        text = text.lower()
        for pattern in _UNLIKE_WORDS:
            text = pattern.sub(" ", text)
        return " ".join(stem([word for word in text.split() if word not in ENGLISH_STOP_WORDS]))

    transform = TfidfVectorizer().fit(map(clean, messages)).transform
    return _vectorizer("tutorial pipeline", lambda texts: transform([clean(t) for t in texts]))


def _finder(peer: Peer) -> Contestant:
    kind = FINDERS[peer.name]
    find = peer.kinds[kind]
    return Contestant(f"{peer.name}, {kind}", lambda text: find(text, REGION))


def _tokenizer(_: Sequence[str]) -> Contestant:
    language = import_module("spacy").blank("en")
    return Contestant("spaCy, blank", language.make_doc)
