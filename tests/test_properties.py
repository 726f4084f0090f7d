"""Laws that hold for every message, ordinary, damaged or hostile."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from time import process_time
from timeit import repeat

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mela import DOMAIN, MESSAGE, Featurizer, Resources
from mela.features.table import Feature
from mela.text.plain import reveal
from tests.strategies import HOSTILE, MESSAGES, MUTATED, URLS

UNCUT = 10_000_000
COLUMNS: list[Feature] = [*MESSAGE, *DOMAIN]
KINDS = ("url", "phone", "shortcode", "email", "timex", "number", "currency", "hashtag", "mention")
COUNTS = {
    "num_of_urls": {"url"},
    "num_of_phones": {"phone", "shortcode"},
    "num_of_emails": {"email"},
    "num_of_timex": {"timex"},
    "num_of_number": {"number"},
    "num_of_currency": {"currency"},
    "heur_tweet": {"hashtag", "mention"},
}


@pytest.fixture(scope="session")
def uncut(tiny: Resources) -> Featurizer:
    """An engine that reads messages of any length."""
    return Featurizer(resources=tiny, max_chars=UNCUT)


def assert_in_range(row: NDArray[np.float32], columns: list[Feature]) -> None:
    """Check each column against the range of its kind."""
    assert row.shape == (len(columns),)
    assert row.dtype == np.float32
    assert np.isfinite(row).all()
    for value, column in zip(row.tolist(), columns, strict=True):
        name, kind = column.name, column.kind
        if kind in ("count", "length"):
            assert value >= 0, name
            assert value == int(value), name
        elif kind == "flag":
            assert value in (0, 1), name
        elif kind == "position":
            assert value in (0, 1, 2, 3), name
        elif kind in ("ratio", "score"):
            assert 0 <= value <= 1, name
        else:
            assert kind == "entropy", name
            assert value >= 0, name


@given(MESSAGES)
def test_row_is_finite_and_in_the_range_of_its_kinds(
    tiny_featurizer: Featurizer, text: str
) -> None:
    """A row has its width and type, is finite, and each column is in the range of its kind."""
    assert_in_range(tiny_featurizer.featurize(text), COLUMNS)


@given(st.one_of(URLS, MESSAGES, st.text(max_size=20).map(lambda text: f"{text}.com")))
def test_host_is_finite_and_in_the_range_of_its_kinds(
    tiny_featurizer: Featurizer, text: str
) -> None:
    """The row of a host, or of what is none, keeps the same laws."""
    assert_in_range(tiny_featurizer.featurize_domain(text), list(DOMAIN))


@given(MESSAGES)
def test_spans_are_slices_of_the_message(tiny_featurizer: Featurizer, text: str) -> None:
    """A span lies inside the raw message, is not empty, and its text is the slice that it names."""
    message = tiny_featurizer.annotate(text)
    assert message.raw == text
    for kind, start, end, found in message.spans:
        assert kind in KINDS
        assert 0 <= start < end <= len(text)
        assert text[start:end] == found
    starts = [span.start for span in message.spans]
    assert starts == sorted(starts)


@given(MESSAGES)
@example("$1½ and \x8d¼")
@example("⒈⒉ ㏠")
def test_spans_never_overlap(tiny_featurizer: Featurizer, text: str) -> None:
    """No character of a message belongs to two entities, of the same kind or of two."""
    for one, other in combinations(tiny_featurizer.annotate(text).spans, 2):
        assert one.end <= other.start or other.end <= one.start, (one, other)


@given(MESSAGES)
def test_counts_are_those_of_the_spans(tiny_featurizer: Featurizer, text: str) -> None:
    """A column that counts entities says how many spans there are."""
    row = dict(zip(MESSAGE.names, tiny_featurizer.featurize(text)[:51].tolist(), strict=True))
    spans = tiny_featurizer.annotate(text).spans
    for column, kinds in COUNTS.items():
        assert row[column] == sum(span.kind in kinds for span in spans), column


@given(MESSAGES)
def test_position_is_zero_only_without_entity(tiny_featurizer: Featurizer, text: str) -> None:
    """A position column is zero if and only if there is no such entity."""
    row = dict(zip(MESSAGE.names, tiny_featurizer.featurize(text)[:51].tolist(), strict=True))
    for position, count in (
        ("url_pos", "num_of_urls"),
        ("phone_pos", "num_of_phones"),
        ("email_pos", "num_of_emails"),
        ("number_pos", "num_of_number"),
    ):
        assert (row[position] == 0) == (row[count] == 0), position


def occurrences(substring: str, text: str) -> Iterator[int]:
    """Yield where a substring starts in a text, overlapping itself or not."""
    start = text.find(substring)
    while start >= 0:
        yield start
        start = text.find(substring, start + 1)


def count_naively(text: str, resources: Resources) -> list[int]:
    """Count cluster hits without an automaton: one search per substring, one per exception."""
    counts = []
    for cluster in resources.clusters:
        count = 0
        for substring in cluster.paper + cluster.mela:
            # Where an innocent word covers the substring, it does not count.
            excused = {
                place + inside
                for word in resources.clusters.exceptions.get(substring, ())
                for place in occurrences(word, text)
                for inside in occurrences(substring, word)
            }
            for start in occurrences(substring, text):
                around = text[max(0, start - 1) : start] + text[start + len(substring) :][:1]
                is_loose = len(substring) >= 3 or not any(map(str.isalnum, around))
                count += is_loose and start not in excused
        counts.append(count)
    return counts


CLUSTER_WORDS = """
    car card scar my care truck compro home job dj djs d.j dj's club visa bank cash ca$h won won't
    kwon ringtone tone ringtones free fr33 freedom bonus call recall me caller v1agra p1lls
    c.a.r.d l0an I want to meet carcar
"""
CLUSTER_TEXTS = st.lists(st.sampled_from(CLUSTER_WORDS), max_size=12).flatmap(
    lambda words: st.sampled_from(["", " ", "-", "."]).map(lambda glue: glue.join(words))
)


@given(st.one_of(CLUSTER_TEXTS, MESSAGES))
def test_cluster_counts_are_those_of_a_naive_search(
    tiny: Resources, tiny_featurizer: Featurizer, text: str
) -> None:
    """The automaton counts what a search for each substring in turn counts, in both views."""
    message = tiny_featurizer.annotate(text)
    views = (message.normalized, reveal(message.normalized))
    by_view = [count_naively(view, tiny) for view in views]
    assert list(message.clusters) == [max(pair) for pair in zip(*by_view, strict=True)]


@given(st.lists(MESSAGES, max_size=5))
def test_many_are_the_rows_of_each(tiny_featurizer: Featurizer, texts: list[str]) -> None:
    """A batch gives the rows of its messages, bit for bit."""
    rows = tiny_featurizer.featurize_many(texts)
    assert rows.shape == (len(texts), 91)
    assert rows.tobytes() == b"".join(tiny_featurizer.featurize(text).tobytes() for text in texts)


@given(MESSAGES)
def test_row_is_the_message_then_its_host(tiny_featurizer: Featurizer, text: str) -> None:
    """The domain part is the row of one of the message's hosts, or 40 zeros without a URL."""
    row = tiny_featurizer.featurize(text)
    message = tiny_featurizer.annotate(text)
    assert row[:51].tolist() == np.float32(MESSAGE.row(message)).tolist()
    if message.urls:
        hosts = [tiny_featurizer.featurize_domain(host.text).tolist() for host in message.hosts]
        assert row[51:].tolist() in hosts
    else:
        assert not row[51:].any()
        assert row[MESSAGE.names.index("domain_melascore")] == 0


@given(st.one_of(MESSAGES, MUTATED))
@example("AAAA.comA")
@example("PPPz.netJ")
@example("AAAr@e.coA")
@example("@\u2126'nite")
@example("2moro.comO8OO")
@example("c0m dot com|12:30 ⅧİⅧ dot com")
def test_normalizing_twice_is_normalizing_once(tiny_featurizer: Featurizer, text: str) -> None:
    """A normalized message is its own normalized form, and what its columns are read from."""
    once = tiny_featurizer.normalize(text)
    assert tiny_featurizer.normalize(once) == once
    assert tiny_featurizer.annotate(text).normalized == once


@given(st.one_of(MESSAGES, MUTATED))
def test_normalizing_keeps_the_addresses(tiny_featurizer: Featurizer, text: str) -> None:
    """What is an address in a message is one in its normalized form."""
    message = tiny_featurizer.annotate(text)
    again = tiny_featurizer.annotate(message.normalized)
    assert len(again.urls + again.emails) >= len(message.urls + message.emails)


@given(MESSAGES)
def test_row_does_not_depend_on_what_came_before(
    tiny: Resources, tiny_featurizer: Featurizer, text: str
) -> None:
    """An engine with full caches and a fresh one give the same row."""
    fresh = Featurizer(resources=tiny)
    assert tiny_featurizer.featurize(text).tobytes() == fresh.featurize(text).tobytes()


@pytest.mark.parametrize("engine", [Featurizer(), Featurizer(regions=(), domain_classifier=None)])
def test_empty_message_is_all_zeros(engine: Featurizer) -> None:
    """The empty message gives 91 zeros."""
    row = engine.featurize("")
    assert row.shape == (91,)
    assert not row.any()


IN_ANOTHER_PROCESS = """
import hashlib, sys
from mela import Featurizer, Resources
from tests.strategies import HOSTILE
texts = [make(size) for make in HOSTILE.values() for size in (9, 40, 400)]
texts += [f"Fwd: WIN http://{name}.example.top/x?y=1 call 0800 123 4567 by Friday"
          for name in ("login", "secure-77", "a.b")]
order = list(range(len(texts)))[:: int(sys.argv[1])]
engine = Featurizer(resources=Resources.load("tests/resources"))
rows = {index: engine.featurize(texts[index]).tobytes() for index in order}
print(hashlib.sha256(b"".join(rows[index] for index in sorted(rows))).hexdigest())
"""


def test_rows_are_the_same_in_every_process() -> None:
    """Neither the hash seed nor the order of messages changes a bit."""
    outputs = set()
    for seed, step in (("0", "1"), ("1", "1"), ("random", "-1")):
        result = subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS, step],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(result.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == 64


def shortest_time(engine: Featurizer, text: str, runs: int) -> float:
    """Return the shortest of several times that a message took, without garbage collection."""
    return min(repeat(lambda: engine.featurize(text), timer=process_time, number=1, repeat=runs))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_message_takes_linear_time(uncut: Featurizer, name: str) -> None:
    """Four times the message takes at most six times the time."""
    short, long = HOSTILE[name](10_000), HOSTILE[name](40_000)
    assert_in_range(uncut.featurize(long), COLUMNS)
    growth = float("inf")
    # What else the machine does can make a message look slow, never fast: look again.
    for _ in range(5):
        growth = min(growth, shortest_time(uncut, long, 1) / shortest_time(uncut, short, 3))
        if growth <= 6:
            break
    assert growth <= 6


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="letter"),
        pytest.param("1" * 1_000_000, id="digit"),
        pytest.param("\ud800" * 1_000_000, id="surrogate"),
        pytest.param("e" + "\u0301" * 200_000, id="marks"),
    ],
)
@pytest.mark.parametrize("max_chars", [10_000, UNCUT], ids=["cut", "uncut"])
def test_huge_message_is_finite_and_keeps_its_length(
    tiny: Resources, text: str, max_chars: int
) -> None:
    """A megabyte of one character, or 200,000 marks on one letter, is a message like others."""
    row = Featurizer(resources=tiny, max_chars=max_chars).featurize(text)
    assert_in_range(row, COLUMNS)
    assert row[MESSAGE.names.index("length")] == len(text)
