"""Hold clusters against a corpus: what does nothing, what does harm, what stands twice."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from mela.clusters import ClusterCounter
from mela.mining.corpus import SPAM, Texts, Unit, Watch, distinct_texts, unwatched
from mela.resources import ClusterSet, Resources
from mela.text.plain import reveal

Problem = Literal["never hits", "hits ham more", "stands twice", "holds another", "false friends"]

_FEWEST_TEXTS: Final = 3
"""Ham texts from which on a hit is no accident, and an innocent word worth an exception."""


class Finding(NamedTuple):
    """Something to look at in a file of clusters.

    Attributes
    ----------
    cluster
        Name of the cluster.
    substring
        The substring at fault.
    problem
        What is wrong with it: ``"never hits"``, ``"hits ham more"`` than spam, ``"stands twice"``,
        ``"holds another"`` of its cluster, so that a hit counts twice, or ``"false friends"``:
        common innocent words that no exception excuses.
    detail
        The figures or the words.
    """

    cluster: str
    substring: str
    problem: Problem
    detail: str


class _Hits(NamedTuple):
    """In how many texts of a class each substring hits, and within which words."""

    texts: Counter[str]
    words: dict[str, Counter[str]]


def check_clusters(
    clusters: "str | Path | ClusterSet",
    texts: Iterable[str],
    labels: Iterable[object],
    *,
    spam: Sequence[object] = SPAM,
    unit: Unit = "messages",
    resources: Resources | None = None,
    watch: Watch = unwatched,
) -> list[Finding]:
    """Return what to look at in a file of clusters, cluster by cluster.

    Hits are counted as the features count them: in normalized text and in its view without
    disguises, exceptions left out.

    Parameters
    ----------
    clusters
        A file in the format of ``clusters.toml``, or its content.
    texts, labels, spam, unit, resources, watch
        As for :func:`mela.mining.mine`.

    Raises
    ------
    ResourceError
        The file breaks its format.
    CorpusError
        Not as many labels as texts, no spam, or nothing but spam.
    """
    read = ClusterSet.read(clusters) if isinstance(clusters, (str, Path)) else clusters
    resources = resources or Resources.load()
    corpus = distinct_texts(texts, labels, spam=spam, unit=unit, resources=resources, watch=watch)
    by_class = _count(ClusterCounter(read), reveal, corpus)
    sizes = {is_spam: int((corpus.is_spam == is_spam).sum()) for is_spam in (True, False)}
    owners = Counter(substring for cluster in read for substring in cluster.paper + cluster.mela)
    findings = []
    for cluster in read:
        members = cluster.paper + cluster.mela
        for substring in members:
            for problem, detail in (
                *_judge(substring, by_class, sizes),
                *_repeats(substring, members, owners),
            ):
                findings.append(Finding(cluster.name, substring, problem, detail))
    return findings


def _count(
    counter: ClusterCounter, reveal: Callable[[str], str], corpus: Texts
) -> dict[bool, _Hits]:
    by_class = {is_spam: _Hits(Counter(), defaultdict(Counter)) for is_spam in (True, False)}
    for text, is_spam in zip(corpus.texts, corpus.is_spam.tolist(), strict=True):
        views = {text, reveal(text)}
        hits = {
            (h.substring, _word_around(v, h.start, h.end)) for v in views for h in counter.hits(v)
        }
        by_class[is_spam].texts.update({substring for substring, _ in hits})
        for substring, word in hits:
            by_class[is_spam].words[substring][word] += 1
    return by_class


def _word_around(text: str, start: int, end: int) -> str:
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def _judge(
    substring: str, hits: dict[bool, _Hits], sizes: dict[bool, int]
) -> Iterator[tuple[Problem, str]]:
    spam, ham = hits[True].texts[substring], hits[False].texts[substring]
    if not spam + ham:
        yield "never hits", f"in {sum(sizes.values())} distinct texts"
        return
    if ham >= _FEWEST_TEXTS and ham * sizes[True] > spam * sizes[False]:
        yield "hits ham more", f"{spam / sizes[True]:.2%} of spam, {ham / sizes[False]:.2%} of ham"
    friends = [
        f"{word} {count}"
        for word, count in sorted(
            hits[False].words[substring].items(), key=lambda item: (-item[1], item[0])
        )
        if word != substring
        and count >= _FEWEST_TEXTS
        and count * sizes[True] > hits[True].words[substring][word] * sizes[False]
    ]
    if friends:
        yield "false friends", ", ".join(friends[:8])


def _repeats(
    substring: str, members: Sequence[str], owners: Counter[str]
) -> Iterator[tuple[Problem, str]]:
    if owners[substring] > 1:
        yield "stands twice", f"in {owners[substring]} clusters"
    held = [other for other in members if other != substring and other in substring]
    if held:
        yield "holds another", ", ".join(held)
