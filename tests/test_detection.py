"""The comparison of filters: its figures, its folds, its data, and that it runs."""

import json
import re
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin

from benchmarks import domain_data, metrics, provenance
from benchmarks.corpora import LATER, SMS, YOUTUBE
from benchmarks.corpora import read as read_messages
from benchmarks.detection import __main__ as command
from benchmarks.detection import arms, comparison, splits, tables
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


def noisy(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sixty labels, and scores that know something of them."""
    is_spam = np.random.default_rng(0).random(60) < 0.5
    return is_spam, is_spam - 0.5 + np.random.default_rng(seed).normal(size=60)


def test_resamples_draw_whole_groups() -> None:
    """Copies of one message make an interval no narrower than the message alone does."""
    is_spam, scores = noisy(1)
    alone = metrics.interval(metrics.resampled(metrics.f1, is_spam, scores, np.arange(60)))
    copies = [np.repeat(values, 5) for values in (is_spam, scores, np.arange(60))]
    together = metrics.interval(metrics.resampled(metrics.f1, *copies))
    assert together == pytest.approx(alone)
    apart = metrics.interval(metrics.resampled(metrics.f1, *copies[:2], np.arange(300)))
    assert apart[1] - apart[0] < 0.7 * (alone[1] - alone[0])


def test_resamples_of_two_classifiers_are_pairs() -> None:
    """Where one decides as the other, but for one message, they differ by that message alone."""
    is_spam, scores = noisy(1)
    other = scores.copy()
    other[np.flatnonzero(is_spam & (scores > 0))[0]] = -1
    one, two = (
        metrics.resampled(metrics.f1, is_spam, each, np.arange(60)) for each in (scores, other)
    )
    low, high = metrics.interval(one - two)
    assert low == 0
    assert high < 0.3 * np.subtract(*metrics.interval(one)[::-1])


def test_leads_are_over_the_rivals_that_take_part(tmp_path: Path) -> None:
    """The best of the bags is everybody's rival, NGRAM that of forests; nobody is its own."""
    write_messages(tmp_path)
    messages = read_messages(tmp_path / SMS)
    names = (arms.FOREST, "MELA (51), boosting", arms.NGRAM, arms.CHARACTERS)
    spies = [arms.Arm(name, Spy()) for name in names]
    one = comparison.compare(messages, splits.folds(messages), spies, ())
    rivals = {name: list(arm["leads"]) for name, arm in one["arms"].items()}
    assert rivals == {
        arms.FOREST: [arms.CHARACTERS, arms.NGRAM],
        "MELA (51), boosting": [arms.CHARACTERS],
        arms.NGRAM: [arms.CHARACTERS],
        arms.CHARACTERS: [],
    }
    assert one["arms"][arms.FOREST]["leads"][arms.NGRAM] == {"F1": (0, 0), "recall": (0, 0)}


def test_each_part_is_measured_by_itself(tmp_path: Path) -> None:
    """A column that parts the messages gives the size and the measures of each part."""
    write_messages(tmp_path)
    comments = read_messages(tmp_path / YOUTUBE)
    videos = splits.by_column(comments, "video")
    one = comparison.compare(comments, videos, [arms.Arm("spy", Spy())], column="video")
    inside = comments.columns["video"] == "A"
    assert set(one["parts"]) == set(one["arms"]["spy"]["parts"]) == {"A", "B"}
    assert one["parts"]["A"]["spam"] == comments.is_spam[inside].sum()
    assert one["arms"]["spy"]["parts"]["A"] == {"F1": 0, "recall": 0}


def test_parts_have_a_mean_and_a_worst(tmp_path: Path) -> None:
    """The table of parts ends with the mean and the worst of each figure."""
    measures = {"A": {"F1": 0.8, "recall": 0.4}, "B": {"F1": 0.6, "recall": 0.5}}
    size = {"spam": 1, "ham": 2}
    sets = {
        "whole": {"parts": {}, "arms": {}},
        "parted": {"parts": {"A": size, "B": size}, "arms": {"mela": {"parts": measures}}},
    }
    path = tmp_path / "detection.json"
    path.write_text(json.dumps({"data": sets}))
    assert tables.parts(path) == (
        "| F1, recall | A (1 of spam, 2 of ham) | B (1 of spam, 2 of ham) | mean | worst |\n"
        "|---|--:|--:|--:|--:|\n"
        "| mela | 0.800, 0.400 | 0.600, 0.500 | 0.700, 0.450 | 0.600, 0.400 |"
    )


def test_a_lead_that_is_sure_is_bold(tmp_path: Path) -> None:
    """The tables of leads show the difference with its interval, and what holds zero is plain."""
    figures = {"spam": {"F1": 0.5}, "recall at 1.0% FPR": 0.5, "leads": {}}
    intervals = {"F1": [0.01, 0.4], "recall": [-0.1, 0.4]}
    ahead = {"spam": {"F1": 0.7}, "recall at 1.0% FPR": 0.6, "leads": {"bag": intervals}}
    path = tmp_path / "detection.json"
    path.write_text(json.dumps({"data": {"SMS": {"arms": {"mela": ahead, "bag": figures}}}}))
    assert tables.leads(path) == (
        "| F1 less that of bag | SMS |\n|---|--:|\n"
        "| mela | **+0.200 (+0.010 to +0.400)** |\n\n"
        "| recall less that of bag | SMS |\n|---|--:|\n"
        "| mela | +0.100 (-0.100 to +0.400) |"
    )


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
    """What blacks out numbers in ham alone is a digit, and not the same in all messages."""
    masks = [f"ham\tmeet at &lt;#&gt; ok {n}" for n in range(40)]
    for name, head in ((SMS, ""), (LATER, "label\ttext\n"), (YOUTUBE, "label\ttext\n")):
        path = tmp_path / name
        path.write_text(head + "\n".join(masks) + "\n", encoding="utf-8")
        rows = "".join(f"{row}\t{row}\t1\n" for row in range(40))
        path.with_suffix(".groups.tsv").write_text(f"row\tgroup\tfirst\n{rows}", encoding="utf-8")
        found = [re.fullmatch(r"meet at ([0-9]) ok [0-9]+", t) for t in read_messages(path).texts]
        assert all(found)
        assert len({match[1] for match in found if match}) > 5


def test_residue_of_pages_is_no_part_of_a_message(tmp_path: Path) -> None:
    """Byte order marks, entities and quotes of another code page are taken away."""
    path = tmp_path / LATER
    path.write_text("label\ttext\nham\tyou &amp; me\ufeff\x92s\n", encoding="utf-8")
    assert read_messages(path).texts == ["you & mes"]


def test_groups_are_of_the_messages(tmp_path: Path) -> None:
    """A file of groups that is missing, or of other messages, is an error."""
    (tmp_path / SMS).write_text("ham\thi\nspam\twin\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        read_messages(tmp_path / SMS)
    (tmp_path / SMS).with_suffix(".groups.tsv").write_text("row\tgroup\tfirst\n0\t0\t1\n")
    with pytest.raises(ValueError, match="1 groups for 2 messages"):
        read_messages(tmp_path / SMS)


class Spy(ClassifierMixin, BaseEstimator):
    """Remembers which texts it learned from, and calls what it has seen spam."""

    def fit(self, texts: np.ndarray, y: np.ndarray) -> "Spy":
        """Remember."""
        self.seen_ = set(texts)
        self.classes_ = np.unique(y)
        return self

    def decision_function(self, texts: np.ndarray) -> np.ndarray:
        """Tell what was seen."""
        return np.array([1.0 if text in self.seen_ else -1.0 for text in texts])


def test_no_text_is_scored_by_what_learned_from_it(tmp_path: Path) -> None:
    """Held out means held out, of plain and of rewritten texts."""
    write_messages(tmp_path)
    messages = read_messages(tmp_path / SMS)
    texts = np.array(messages.texts, dtype=object)
    plain, disguised = comparison.held_out(
        Spy(), texts, messages.is_spam, splits.folds(messages), {"none": texts}
    )
    assert (plain == -1).all()
    assert (disguised["none"][messages.is_spam] == -1).all()


def test_folds_keep_groups_together(tmp_path: Path) -> None:
    """No group of near-duplicates is on both sides of a fold."""
    write_messages(tmp_path)
    messages = read_messages(tmp_path / SMS)
    for train, test in splits.folds(messages):
        assert not set(messages.groups[train]) & set(messages.groups[test])


def test_domain_model_learns_from_no_domain_of_the_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the messages name is left out of the lists."""
    write_messages(tmp_path)
    write_hosts(tmp_path)
    left_out: list[set[str]] = []
    read = domain_data.read

    def spy(folder: Path, *, without: set[str]) -> object:
        left_out.append(without)
        return read(folder, without=without)

    monkeypatch.setattr(domain_data, "read", spy)
    command.domain_model(tmp_path, [read_messages(tmp_path / SMS)])
    assert "prize3.com" in left_out[0]


def test_tricks_rewrite_spam_alone(tmp_path: Path) -> None:
    """Ham stays as it was; of spam something changes."""
    write_messages(tmp_path)
    messages = read_messages(tmp_path / SMS)
    one = comparison.compare(
        messages, splits.folds(messages), [arms.Arm("spy", Spy())], ("leet", "worded URL")
    )
    assert min(one["changed"].values()) > 0.5


def test_pictures_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture is asked for what the results hold."""
    asked: dict[str, tuple[object, ...]] = {}
    for name in ("recall_curves", "importance_bars", "disguise_bars"):
        monkeypatch.setattr(tables.charts, name, lambda *what, n=name: asked.update({n: what}))
    arm = {"curve": [0.5], "FNR": 0.25, "disguised": {"leet": 0.5}}
    by_arm = {name: arm for name, _ in arms.arms(None)}
    titles = ("SMS, ten folds", "SMS of later years, trained on SMS")
    sets = {title: {"arms": by_arm} for title in titles}
    tables.draw({"data": sets, "importance": {"length": 0.1}}, tmp_path)
    assert set(asked) == {"recall_curves", "importance_bars", "disguise_bars"}
    assert asked["disguise_bars"][0]["MELA (51), forest"] == 0.75


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
    monkeypatch.setattr(splits, "FOLDS", 2)
    out = tmp_path / "detection.json"
    monkeypatch.setattr(sys, "argv", ["detection", "--data", str(tmp_path), "--out", str(out)])
    monkeypatch.setattr(command, "draw", lambda *_: None)
    command.main()
    assert "SMS, ten folds" in capsys.readouterr().out
    results = json.loads(out.read_text(encoding="utf-8"))
    for one in results["data"].values():
        assert len(one["arms"]) == 13
        for arm in one["arms"].values():
            assert 0 <= arm["spam"]["F1"] <= 1
            assert len(arm["curve"]) == len(metrics.CURVE_RATES)
    assert set(results["importance"]) == set(MESSAGE.names)
    assert results["ablation"]["everything"]["columns"] == 51
    for make in (
        tables.summary,
        tables.full,
        tables.leads,
        tables.parts,
        tables.disguised,
        tables.ablation,
    ):
        assert "MELA (51), forest" in make(out)
    assert "% of the spam" in tables.tuned(out)


@pytest.fixture
def run_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Runs the command, with parts that measure nothing, and returns where the results go."""
    plan = {"SMS": lambda: "measured", "comments": lambda: "measured"}
    monkeypatch.setattr(command, "plan", lambda _: (plan, {"tuned": lambda: "measured"}))
    monkeypatch.setattr(command, "draw", lambda *_: None)
    monkeypatch.setattr(provenance, "_commit", lambda: "c0ffee")
    out = tmp_path / "detection.json"

    def run(*words: str) -> Path:
        monkeypatch.setattr(sys, "argv", ["detection", "--out", str(out), *words])
        command.main()
        return out

    return run


def test_a_part_is_written_into_a_run_of_its_commit(run_parts: Callable[..., Path]) -> None:
    """What was measured anew takes its place, and the rest stays; case does not matter."""
    out = run_parts()
    whole = json.loads(out.read_text(encoding="utf-8"))
    assert whole["data"] == {"SMS": "measured", "comments": "measured"}
    stale = {**whole, "data": dict.fromkeys(whole["data"], "stale"), "tuned": "stale"}
    out.write_text(json.dumps(stale), encoding="utf-8")
    results = json.loads(run_parts("--only", "Sms").read_text(encoding="utf-8"))
    assert results["data"] == {"SMS": "measured", "comments": "stale"}
    assert results["tuned"] == "stale"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param("c0ffee", "beef", id="another commit"),
        pytest.param("c0ffee-dirty", "c0ffee-dirty", id="changes that no commit holds"),
    ],
)
def test_a_part_of_other_code_is_only_shown(
    run_parts: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    then: str,
    now: str,
) -> None:
    """Results are of one code: what may be of another is not mixed in."""
    monkeypatch.setattr(provenance, "_commit", lambda: then)
    whole = run_parts().read_bytes()
    monkeypatch.setattr(provenance, "_commit", lambda: now)
    assert run_parts("--only", "tuned").read_bytes() == whole
    assert "only shown" in capsys.readouterr().out


def test_a_part_without_a_whole_is_only_shown(run_parts: Callable[..., Path]) -> None:
    """The tables need all parts, so that one alone makes no file."""
    assert not run_parts("--only", "tuned").exists()


def test_a_word_that_no_part_has_is_an_error(run_parts: Callable[..., Path]) -> None:
    """The error lists the names of the parts."""
    with pytest.raises(SystemExit, match="SMS; comments; tuned"):
        run_parts("--only", "email")


@pytest.mark.parametrize(
    ("part", "column"),
    [
        pytest.param(splits.by_column, "video", id="by video"),
        pytest.param(splits.in_order, "date", id="in order"),
    ],
)
def test_near_duplicates_are_never_on_both_sides(
    tmp_path: Path, part: Callable[..., list[splits.Split]], column: str
) -> None:
    """No message is tested by what learned from its twin."""
    write_messages(tmp_path)
    comments = read_messages(tmp_path / YOUTUBE)
    for train, test in part(comments, column):
        assert len(train)
        assert len(test)
        assert not set(comments.groups[train]) & set(comments.groups[test])
