"""User code that must type-check: each public name of mela, used the way a user would."""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mela import (
    DOMAIN,
    MESSAGE,
    DomainClassifier,
    DomainVectorizer,
    Featurizer,
    MelaVectorizer,
    Resources,
    Span,
    annotate,
    featurize,
    featurize_domain,
    featurize_many,
    normalize,
)
from mela.mining import Draft, Finding, check_clusters, mine

HOSTS = ["secure-login-77.xyz", "free-prize4u.top", "wikipedia.org", "bbc.co.uk"]


def functions() -> None:
    """Rows, spans and plain text of messages."""
    row: NDArray[np.float32] = featurize("Txt WIN to 80085 now")
    rows: NDArray[np.float32] = featurize_many(text for text in ("one", "two"))
    more: NDArray[np.float32] = featurize_many(["one"], missing="empty")
    domain: NDArray[np.float32] = featurize_domain("http://www.example.com/a")
    plain: str = normalize("pls txt me 2nite")
    assert (row.shape, rows.shape, more.shape, domain.shape) == ((91,), (2, 91), (1, 91), (40,))
    assert plain == "please text me tonight"


def annotation() -> list[tuple[str, int]]:
    """What stands where."""
    message = annotate("Call 0800 123 4567 or visit www.example.com")
    spans: tuple[Span, ...] = message.spans
    first: Span = spans[0]
    hits: tuple[int, ...] = message.clusters
    if message.suspect is not None:
        score: float = message.suspect.score
        assert 0 <= score <= 1
    assert message.raw[first.start : first.end] == first.text
    assert len(hits) == 22
    return [(span.kind, span.end) for span in spans if span.kind == "url"]


def tables() -> dict[str, str]:
    """Names and meanings of the columns."""
    names: tuple[str, ...] = MESSAGE.names + tuple(f"domain__{name}" for name in DOMAIN.names)
    assert names == Featurizer().feature_names
    assert MESSAGE["url_pos"].kind == "position"
    return {feature.name: feature.doc for feature in DOMAIN}


def engine(folder: Path) -> Featurizer:
    """Build a configured engine."""
    resources = Resources.load(folder)
    version: str = resources.version
    assert version
    return Featurizer(
        regions=["IN", "GB"],
        resources=resources,
        domain_classifier=None,
        tld_profile="2014",
        blocks=["message"],
        max_chars=500,
    )


def estimators(folder: Path) -> None:
    """Train a domain classifier and put it into a vectorizer."""
    labels = np.array([1, 1, 0, 0])
    classifier = DomainClassifier(C=0.5, prior=0.5).fit(HOSTS, labels)
    probabilities: NDArray[np.float64] = classifier.predict_proba(HOSTS)
    scores: NDArray[np.float64] = classifier.out_of_fold(HOSTS, labels, folds=2)
    path = folder / "model.json"
    classifier.save(path, {"title": "mine"})
    again: DomainClassifier = DomainClassifier.load(path)
    vectorizer = MelaVectorizer(domain_classifier=again.model_, missing="empty")
    rows: NDArray[np.float32] = vectorizer.transform(["visit free-prize4u.top", None])
    names: list[str] = list(vectorizer.get_feature_names_out())
    hosts: NDArray[np.float32] = DomainVectorizer(tld_profile="2014").transform(HOSTS)
    assert probabilities.shape == (4, 2)
    assert scores.shape == (4,)
    assert rows.shape == (2, len(names))
    assert hosts.shape == (4, 40)


def mining(folder: Path) -> None:
    """Mine clusters, check them, and put them into a vectorizer."""
    texts = ["claim the prize"] * 3 + ["see the lecture"] * 3
    draft: Draft = mine(texts, ["spam"] * 3 + ["ham"] * 3, min_texts=1, min_lift=2, seed=1)
    names: list[str] = [group.name for group in draft.groups]
    path = folder / "draft.toml"
    draft.save(path)
    findings: list[Finding] = check_clusters(path, texts, [True] * 3 + [False] * 3)
    vectorizer = MelaVectorizer(blocks=["message", "clusters"], clusters=path)
    assert all(finding.cluster in names for finding in findings)
    assert vectorizer.transform(["claim it"]).shape == (1, 51 + len(names))


def use() -> None:
    """Run all of it."""
    functions()
    annotation()
    tables()
    with tempfile.TemporaryDirectory() as name:
        engine(Path(name)).featurize("hi")
        estimators(Path(name))
        mining(Path(name))
