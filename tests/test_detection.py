"""The comparison of filters: its figures, its folds, its data, and that it runs."""

import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from benchmarks import arms, detection, metrics
from benchmarks import detection_tables as tables
from benchmarks.corpora import LATER, SMS, YOUTUBE
from benchmarks.corpora import read as read_messages
from benchmarks.domain_data import BENIGN_FILE, SPAM_FILES
from benchmarks.domain_data import read as read_domains
from mela import MESSAGE


def test_figures_are_those_of_a_worked_example() -> None:
    """Four of five right: two of three messages of spam found, one of them in vain."""
    is_spam = np.array([True, True, True, False, False, False, False])
    scores = np.array([0.9, 0.8, -0.1, 0.7, -0.2, -0.5, -0.9])
    found = metrics.figures(is_spam, scores)
    assert found["spam"] == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "F1": 2 / 3})
    assert found["ham"] == pytest.approx({"precision": 3 / 4, "recall": 3 / 4, "F1": 3 / 4})
    assert found["average"]["F1"] == pytest.approx((3 * 2 / 3 + 4 * 3 / 4) / 7)
    assert (found["FPR"], found["FNR"]) == pytest.approx((1 / 4, 1 / 3))
    assert found["AUC"] == pytest.approx(11 / 12)
    assert found["recall at 1.0% FPR"] == pytest.approx(2 / 3)
    assert metrics.f1(is_spam, scores) == pytest.approx(2 / 3)


def test_interval_draws_whole_groups() -> None:
    """Copies of one message make an interval no narrower than the message alone does."""
    random = np.random.default_rng(0)
    is_spam = random.random(60) < 0.5
    scores = is_spam - 0.5 + random.normal(size=60)
    alone = metrics.interval(metrics.f1, is_spam, scores, np.arange(60))
    copies = [np.repeat(values, 5) for values in (is_spam, scores, np.arange(60))]
    assert metrics.interval(metrics.f1, *copies) == pytest.approx(alone)
    apart = metrics.interval(metrics.f1, *copies[:2], np.arange(300))
    assert apart[1] - apart[0] < 0.7 * (alone[1] - alone[0])


FRIENDS = ("mum", "sam", "dad", "the kids", "ann")
PLACES = ("station", "library", "market", "park")


def write_messages(folder: Path) -> None:
    """Write a small set of each kind that the comparison reads."""
    spam = [
        f"You won {n} prizes! Claim at www.prize{n}.com or call 0800 123 45{n:02d}"
        for n in range(12)
    ]
    ham = [
        f"see {friend} at the {place} around {hour}"
        for hour, (friend, place) in enumerate(product(FRIENDS, PLACES), 1)
    ]
    labelled = [("spam", text) for text in spam] + [("ham", text) for text in ham]
    sms = "\n".join(map("\t".join, labelled))
    (folder / SMS).write_text(f"{sms}\nham\tmeet at &lt;#&gt; ok\n", encoding="utf-8")
    groups = "".join(f"{row}\t{row // 2}\t1\n" for row in range(len(labelled) + 1))
    for name in (SMS, YOUTUBE):
        path = (folder / name).with_suffix(".groups.tsv")
        path.write_text(f"row\tgroup\tfirst\n{groups}", encoding="utf-8")
    later = "\n".join(map("\t".join, labelled))
    (folder / LATER).write_text(f"label\ttext\n{later}\n", encoding="utf-8")
    comments = "\n".join(
        f"{label}\t{'AAABBB'[row % 6]}\t2015-01-{row // 2 * 11 % 28 + 1:02d}\t{text}"
        for row, (label, text) in enumerate([*labelled, ("ham", "nice")])
    )
    (folder / YOUTUBE).write_text(f"label\tvideo\tdate\ttext\n{comments}\n", encoding="utf-8")


def write_hosts(folder: Path) -> None:
    """Write hosts of both classes; one is named by the messages, one is in both lists."""
    for source, name in enumerate(SPAM_FILES):
        hosts = [f"login-{n}-{source}.top" for n in range(8)]
        rows = "\n".join(["label\thost", *(f"phish\t{host}" for host in hosts)])
        (folder / name).write_text(
            f"{rows}\nphish\twww.prize3.com\nphish\tboth.com\n", encoding="utf-8"
        )
    sites = "\n".join(f"benign\t1\t{place}{n}.org" for place in PLACES for n in range(6))
    (folder / BENIGN_FILE).write_text(
        f"label\trank\thost\n{sites}\nbenign\t2\tboth.com\n", encoding="utf-8"
    )


def test_domain_data_keep_classes_apart(tmp_path: Path) -> None:
    """A domain of both lists, and one that is to be left out, are in neither class."""
    write_hosts(tmp_path)
    domains = read_domains(tmp_path, without={"prize3.com"})
    assert domains.in_both == 1
    assert not {"both.com", "prize3.com"} & set(domains.hosts)
    assert (domains.is_spam.sum(), (~domains.is_spam).sum()) == (24, 24)


def test_masks_are_folded_in_every_set(tmp_path: Path) -> None:
    """What blacks out numbers in ham alone is a digit."""
    write_messages(tmp_path)
    assert read_messages(tmp_path / SMS).texts[-1] == "meet at 5 ok"


@pytest.mark.filterwarnings("ignore")
def test_comparison_measures_every_arm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command makes results from which the tables are made; no figure is missing."""
    write_messages(tmp_path)
    write_hosts(tmp_path)
    monkeypatch.setattr(arms, "TREES", 5)
    monkeypatch.setattr(arms, "PERCEPTRONS", 1)
    monkeypatch.setattr(metrics, "RESAMPLES", 20)
    monkeypatch.setattr(detection, "FOLDS", 2)
    monkeypatch.setattr(detection, "INNER_FOLDS", 2)
    out = tmp_path / "detection.json"
    monkeypatch.setattr(sys, "argv", ["detection", "--data", str(tmp_path), "--out", str(out)])
    monkeypatch.setattr(detection, "draw", lambda *_: None)
    detection.main()
    assert "SMS, ten folds" in capsys.readouterr().out
    results = json.loads(out.read_text(encoding="utf-8"))
    for one in results["data"].values():
        assert len(one["arms"]) == 12
        for arm in one["arms"].values():
            assert 0 <= arm["spam"]["F1"] <= 1
            assert len(arm["curve"]) == len(metrics.CURVE_RATES)
    assert set(results["importance"]) == set(MESSAGE.names)
    assert results["ablation"]["everything"]["columns"] == 51
    for make in (tables.summary, tables.full, tables.disguised, tables.ablation):
        assert "MELA (51), forest" in make(out)
    assert "% of the spam" in tables.tuned(out)


@pytest.mark.parametrize("splits", ["by video", "in order"])
def test_near_duplicates_are_never_on_both_sides(tmp_path: Path, splits: str) -> None:
    """No message is tested by what learned from its twin."""
    write_messages(tmp_path)
    comments = read_messages(tmp_path / YOUTUBE)
    made = (
        detection.by_column(comments, "video")
        if splits == "by video"
        else detection.in_order(comments, "date")
    )
    for train, test in made:
        assert len(train)
        assert len(test)
        assert not set(comments.groups[train]) & set(comments.groups[test])
