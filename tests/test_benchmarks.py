"""The benchmarks run, and score as they say."""

import json
import math
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks import normalization
from benchmarks.corpora import SMS
from benchmarks.extraction import __main__ as extraction
from benchmarks.extraction.peers import is_installed, mela
from benchmarks.extraction.suites import Case, Score, read_suites, score, tail
from benchmarks.extraction.tables import table
from benchmarks.latency import __main__ as latency
from benchmarks.latency import contestants, measures, stages, streams
from benchmarks.latency import tables as latency_tables
from benchmarks.latency.contestants import MELA, TFIDF
from mela.text.entropy import bigram_entropy

PLAIN = [
    {"text": "see shop-9.com", "kind": "url", "expected": [{"start": 4, "end": 14}]},
    {"text": "nothing here", "kind": "url", "expected": []},
]
LABELLED = [
    {
        "text": "call 0800 111 2222 at 7, maybe 8",
        "entities": [
            {"kind": "phone", "start": 5, "end": 18},
            {"kind": "timex", "start": 22, "end": 23},
        ],
        "optional": [{"kind": "timex", "start": 31, "end": 32}],
    }
]


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """A folder with a suite of each form."""
    hosts = [
        {
            "text": "www.shop.co.uk",
            "kind": "registered_domain",
            "expected": [{"text": "shop.co.uk"}],
        }
    ]
    for name, rows in (("plain", PLAIN), ("labelled", LABELLED), ("hosts", hosts)):
        lines = "\n".join(map(json.dumps, rows))
        (tmp_path / f"{name}.jsonl").write_text(lines + "\n", encoding="utf-8")
    return tmp_path


def test_suites_have_one_kind_each(suites: Path) -> None:
    """A labelled file gives a suite for each kind, a plain one a suite."""
    read = [(suite.name, suite.kind) for suite in read_suites(suites)]
    assert read == [
        ("hosts", "registered_domain"), ("labelled", "phone"), ("labelled", "timex"),
        ("plain", "url"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([(5, 7)], Score(1.0, 1.0, 1.0), id="right"),
        pytest.param([(5, 8)], Score(0.0, 1.0, 1.0), id="too long"),
        pytest.param([], Score(0.0, 0.0, 0.0), id="missed"),
        pytest.param([(5, 7), (0, 2)], Score(2 / 3, 2 / 3, 0.0), id="one too many"),
        pytest.param([(5, 7), (8, 9)], Score(1.0, 1.0, 1.0), id="optional"),
        pytest.param([(5, 7), (10, 12)], Score(1.0, 1.0, 1.0), id="inside another kind"),
    ],
)
def test_score(found: list[tuple[int, int]], expected: Score) -> None:
    """Spans count once, optional ones and numbers inside other entities not at all."""
    case = Case("0123456789abc", wanted=((5, 7),), optional=((8, 9),), others=((10, 13),))
    assert score([case], [found], "number") == pytest.approx(expected)


def test_two_spans_cannot_match_one() -> None:
    """Of two spans over one wanted span, one is too many."""
    case = Case("0123456789", wanted=((0, 9),))
    assert score([case], [[(0, 4), (5, 9)]], "url").overlap == pytest.approx(2 / 3)


def test_nothing_wanted_and_nothing_found_is_right() -> None:
    """A suite of negatives alone is passed by silence."""
    assert score([Case("abc", ())], [[]], "url") == Score(1.0, 1.0, 1.0)


def test_domain_is_placed_by_its_labels() -> None:
    """A registered domain stands at the end of its host, in whichever spelling it is given."""
    assert tail("www.xn--mnchen-3ya.de", "münchen.de") == (4, 21)


def test_extraction_benchmark_runs(
    suites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command measures mela on the suites, writes the results, and a table can be made."""
    monkeypatch.setattr(extraction, "installed", lambda: ([], ["a peer"]))
    out = tmp_path / "results" / "extraction.json"
    monkeypatch.setattr(sys, "argv", ["extraction", "--suites", str(suites), "--out", str(out)])
    extraction.main()
    rows = json.loads(out.read_text(encoding="utf-8"))["rows"]
    assert {row["suite"]: row["scores"][mela().name]["exact"] for row in rows} == {
        "hosts": 1.0, "labelled": 1.0, "plain": 1.0,
    }  # fmt: skip
    assert "| plain | url | 2 | 1.00 (" in table(out)


def test_normalization_benchmark_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command scores changed tokens against what annotators made of them."""
    tweet = {
        "input": ["C", "u", "2nite", "mate", "ok"],
        "output": ["see", "you", "later", "m8", "ok"],
    }
    (tmp_path / normalization.FILE).write_text(json.dumps(tweet) + "\n", encoding="utf-8")
    out = tmp_path / "normalization.json"
    monkeypatch.setattr(sys, "argv", ["normalization", "--data", str(tmp_path), "--out", str(out)])
    normalization.main()
    figures = json.loads(out.read_text(encoding="utf-8"))["score"]
    assert figures["changed by annotators"] == 4
    assert figures["changed by mela"] == 3
    assert figures["precision"] == pytest.approx(2 / 3, abs=0.001)
    assert figures["recall"] == 0.5


def test_latency_benchmark_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command times mela beside scikit-learn, no figure is missing, and a table can be made."""
    rows = [("spam", f"Call 0800 111 22{n:02d} or see www.shop{n}.com now") for n in range(4)]
    rows += [("ham", f"see you at {n}, {'ok ' * n}then?") for n in range(4, 8)]
    lines = "\n".join(map("\t".join, rows))
    (tmp_path / SMS).write_text(lines + "\n", encoding="utf-8")
    groups = "".join(f"{row}\t{row}\t1\n" for row in range(len(rows)))
    beside = (tmp_path / SMS).with_suffix(".groups.tsv")
    beside.write_text(f"row\tgroup\tfirst\n{groups}", encoding="utf-8")
    monkeypatch.setattr(contestants, "installed", lambda names: ([], list(names)))
    monkeypatch.setattr(contestants, "is_installed", lambda _: False)
    out = tmp_path / "latency.json"
    command = ["latency", "--quick", "--data", str(tmp_path), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", command)
    latency.main()

    results = json.loads(out.read_text(encoding="utf-8"))
    numbers = list(leaves({name: part for name, part in results.items() if name != "about"}))
    assert all(math.isfinite(number) for number in numbers)
    assert {name: part["messages"] for name, part in results["single"].items()} == {
        "all": 8, "ham": 4, "spam": 4, "with a URL": 4, "with a phone": 4,
    }  # fmt: skip
    for times in (results["single"]["all"]["times"], *results["batch"].values()):
        assert {MELA, TFIDF, "HashingVectorizer"} <= set(times)
    assert list(results["batch"]) == ["1", "8"]
    assert list(results["first seen"]["single"]) == ["first", "again"]
    assert sum(results["stages"].values()) > 0
    assert len(results["cold start"]) == 5
    assert list(results["shared"]) == ["200"]
    assert len(results["length"]) == len(measures.LENGTHS)
    assert f"| {MELA}, messages never seen |" in latency_tables.tables(out)
    assert out.with_suffix(".png").exists() == is_installed("matplotlib")


def leaves(part: Any) -> Iterator[float]:
    """Yield the numbers of nested results."""
    if isinstance(part, (dict, list)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from leaves(inner)
    else:
        yield part


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param({"100": (1, 4), "400": (4, 1)}, 200.0, id="between"),
        pytest.param({"100": (1, 4), "400": (2, 3)}, None, id="nowhere"),
        pytest.param({"100": (2, 1), "400": (3, 1)}, 0.0, id="everywhere"),
    ],
)
def test_crossing(times: dict[str, tuple[float, float]], expected: float | None) -> None:
    """Where mela begins to take longer is read off the lengths that were measured."""
    by_length = {
        length: dict(zip((MELA, TFIDF), pair, strict=True)) for length, pair in times.items()
    }
    assert latency_tables.crossing(by_length) == pytest.approx(expected)


def test_new_messages_never_repeat() -> None:
    """Messages spliced from few are all different, and the same in each run."""
    made = list(islice(streams.splice(["a b", "call 1"]), 500))
    assert len(set(made)) == 500
    assert made == list(islice(streams.splice(["a b", "call 1"]), 500))


def test_time_goes_to_the_stage_that_asked() -> None:
    """What a library does counts for the stage of mela that called it, and nothing else does."""
    seen = stages.looks(bigram_entropy, ["abc" * 10_000], 0.2)
    assert list(seen) == ["entropy"]
