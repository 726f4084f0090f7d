"""Mining: from labelled texts to a draft of clusters, and clusters held against texts."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mela import Featurizer, MelaVectorizer, Resources
from mela.errors import CorpusError, ResourceError
from mela.mining import Draft, check_clusters, mine
from mela.mining.report import to_html
from mela.mining.substrings import common_substrings
from mela.resources import ClusterSet

SPAM = [
    "claim your prize of {} dollars today, winners only",
    "unclaimed prizes: {} lucky winners, claim now",
    "claims close {} pm, prize draw, dial",
    "winner! collect the prize {} reward",
    "casino bonus {} spins, jackpot",
    "casino jackpot: bonuses for {} players",
    "online casinos, bonus {} jackpots",
    "verify the account {} before it is suspended",
    "account suspended, verification {} needed",
    "verified accounts only {}, not suspended",
]
HAM = [
    "see the lecture notes of week {}",
    "dinner at {} with the family?",
    "my brother was at home by {}",
    "he exclaimed and laughed, {} times",
    "we walk the dog at {}",
    "bring papers to the office at {}",
]
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven")


def corpus() -> tuple[list[str], list[str]]:
    """Return texts and labels: each pattern with some words of its own."""
    spam = [pattern.format(word) for pattern in SPAM for word in WORDS[:4]]
    ham = [pattern.format(word) for pattern in HAM for word in WORDS]
    return [*spam, *ham], ["spam"] * len(spam) + ["ham"] * len(ham)


def mined(resources: Resources, **options: object) -> Draft:
    """Mine the corpus with a few groups."""
    return mine(*corpus(), resources=resources, **{"groups": 3, "min_lift": 1.5, **options})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def draft(tiny: Resources) -> Draft:
    """The draft of the corpus."""
    return mined(tiny)


def longest_common(one: str, other: str) -> set[str]:
    """Return the longest substrings of at least four letters that two words share, one by one."""
    shared = {
        one[i:j] for i in range(len(one)) for j in range(i + 4, len(one) + 1) if one[i:j] in other
    }
    longest = max(map(len, shared), default=0)
    return {substring for substring in shared if len(substring) == longest}


@given(st.sets(st.text("abc", min_size=3, max_size=9), max_size=8).map(sorted))
def test_common_substrings_are_those_of_all_pairs(words: list[str]) -> None:
    """Settling all pairs at once gives what comparing them one by one gives."""
    pairs = (longest_common(one, other) for one, other in combinations(words, 2))
    assert common_substrings(words) == sorted(set(words).union(*pairs))


def test_substrings_of_spam_are_found(draft: Draft) -> None:
    """What spam words share is mined; what ham shares is not."""
    found = {member.substring for member in draft.members}
    assert {"claim", "prize", "casino", "bonus", "jackpot", "account", "suspended"} <= found
    assert not {"lecture", "dinner", "family", "your", "the"} & found


def test_evidence_counts_distinct_texts(draft: Draft) -> None:
    """The record of a substring: texts, rates, lift, and the innocent words that hold it."""
    claim = next(member for member in draft.members if member.substring == "claim")
    assert (draft.spam_texts, draft.ham_texts) == (40, 48)
    assert (claim.spam_texts, claim.ham_texts) == (12, 8)
    assert claim.spam_rate == pytest.approx(12 / 40)
    assert claim.ham_rate == pytest.approx(8 / 48)
    assert claim.lift == pytest.approx((12.5 / 40.5) / (8.5 / 48.5))
    friends = [(friend.word, friend.ham_texts) for friend in claim.false_friends]
    assert friends == [("exclaimed", 8)]


def test_texts_that_differ_in_digits_count_once(tiny: Resources) -> None:
    """A campaign that counts its messages is one text."""
    texts = [f"claim code {number} now" for number in range(50)] + ["hello my friend"]
    labels = ["spam"] * 50 + ["ham"]
    assert mine(texts, labels, resources=tiny).spam_texts == 1


def test_draft_is_the_same_for_a_seed(tiny: Resources, draft: Draft) -> None:
    """The same texts and seed give the same bytes; the map depends on the seed."""
    assert mined(tiny).to_toml() == draft.to_toml()
    assert mined(tiny, seed=1).groups[0].places != draft.groups[0].places


def test_groups_hold_together(draft: Draft) -> None:
    """Substrings of a group are more alike than those of different groups; none is lost."""
    assert len(draft.groups) == 3
    assert all(group.cohesion > group.separation for group in draft.groups)
    substrings = [member.substring for member in draft.members]
    assert len(substrings) == len(set(substrings))


def test_draft_is_read_back(draft: Draft, tmp_path: Path) -> None:
    """A saved draft is a file of clusters, with its false friends as exceptions."""
    path = tmp_path / "draft.toml"
    draft.save(path)
    read = ClusterSet.read(path)
    assert [cluster.name for cluster in read] == [group.name for group in draft.groups]
    assert [cluster.mela for cluster in read] == [
        tuple(member.substring for member in group.members) for group in draft.groups
    ]
    assert read.exceptions["claim"] == ("exclaimed",)
    assert '"claim",' in path.read_text(encoding="utf-8")
    assert "spam 30.00%, ham 16.67%, lift 2; in ham: exclaimed 8" in path.read_text(
        encoding="utf-8"
    )


def test_draft_of_22_groups_can_replace_the_shipped_one(tiny: Resources, tmp_path: Path) -> None:
    """With 22 groups the draft stands in for the shipped clusters."""
    draft = mined(tiny, groups=22, min_lift=0.5)
    if len(draft.groups) != 22:
        pytest.fail(f"{len(draft.groups)} groups")
    draft.save(tmp_path / "clusters.toml")
    assert len(Resources.load(tmp_path).clusters) == 22


def test_other_number_is_refused_in_place_of_the_shipped_one(draft: Draft, tmp_path: Path) -> None:
    """The message vector stays at 22 clusters, whatever was mined."""
    draft.save(tmp_path / "clusters.toml")
    with pytest.raises(ResourceError, match="numbered 0 to 21"):
        Resources.load(tmp_path)


def test_own_clusters_are_columns_of_their_own(
    tiny: Resources, draft: Draft, tmp_path: Path
) -> None:
    """A mined set of any size is a block beside the others, named after its clusters."""
    path = tmp_path / "draft.toml"
    draft.save(path)
    plain = Featurizer(resources=tiny)
    engine = Featurizer(
        resources=tiny, blocks=("message", "domain", "clusters"), clusters=str(path)
    )
    text = "Claim your casino jackpot"
    row = engine.featurize(text)
    assert engine.feature_names[91:] == tuple(f"cluster__{g.name}" for g in draft.groups)
    assert row[:91].tobytes() == plain.featurize(text).tobytes()
    assert row[91:].sum() == 3
    assert engine.featurize_many([text]).tobytes() == row.tobytes()
    shown = {e.column: e.phrases for e in engine.explain(text) if e.column.startswith("cluster__")}
    assert sorted(phrase for phrases in shown.values() for phrase in phrases) == [
        "casino", "claim", "jackpot",
    ]  # fmt: skip


def test_vectorizer_takes_own_clusters(tiny: Resources, draft: Draft, tmp_path: Path) -> None:
    """A file that changes under its path is read again."""
    path = tmp_path / "draft.toml"
    draft.save(path)
    vectorizer = MelaVectorizer(resources=tiny, blocks=("clusters",), clusters=path)
    assert vectorizer.transform(["claim the casino bonus"]).shape == (1, 3)
    mined(tiny, groups=2).save(path)
    assert vectorizer.transform(["claim the casino bonus"]).shape == (1, 2)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        pytest.param({"blocks": ("clusters",)}, "clusters=FILE", id="block without a file"),
        pytest.param({"clusters": True}, "clusters", id="file without a block"),
    ],
)
def test_block_and_file_belong_together(
    draft: Draft, tmp_path: Path, options: dict[str, object], problem: str
) -> None:
    """The block without a file, and a file that no block shows, are mistakes."""
    if "clusters" in options:
        draft.save(tmp_path / "draft.toml")
        options = {"clusters": tmp_path / "draft.toml"}
    with pytest.raises(ValueError, match=problem):
        Featurizer(**options)  # type: ignore[arg-type]


def test_two_clusters_of_one_name_are_refused(draft: Draft, tmp_path: Path) -> None:
    """Columns need names of their own, and the check says so as well."""
    text = draft.to_toml()
    for group in draft.groups:
        text = text.replace(f'name = "{group.name}"', 'name = "same"')
    path = tmp_path / "draft.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match="'same'"):
        Featurizer(blocks=("clusters",), clusters=path)


@pytest.mark.parametrize("clusters", [7, b"draft.toml", ["draft.toml"]])
def test_other_things_are_no_clusters(clusters: object) -> None:
    """Clusters are a path or a set."""
    with pytest.raises(TypeError, match="ClusterSet"):
        Featurizer(blocks=("clusters",), clusters=clusters)  # type: ignore[arg-type]


def test_hosts_are_mined_by_their_names(tiny: Resources) -> None:
    """Of hosts, what many names share is mined, although each name is registered once."""
    spam = [f"http://login-{word}.secure-{word}pay.com/x" for word in WORDS]
    ham = [f"www.{word}gardens.co.uk" for word in WORDS]
    labels = [1] * len(spam) + [0] * len(ham)
    draft = mine([*spam, *ham], labels, unit="hosts", min_texts=4, groups=2, resources=tiny)
    found = {member.substring for member in draft.members}
    assert any("login" in substring for substring in found)
    assert any("secure" in substring for substring in found)
    assert not any("garden" in substring or "com" in substring for substring in found)


@pytest.mark.parametrize(
    ("texts", "labels", "problem"),
    [
        pytest.param([], [], "no spam among 0 texts", id="nothing"),
        pytest.param(["hello"], ["ham"], "no spam among 1 texts", id="no spam"),
        pytest.param(["win"], ["spam"], "no ham among 1 texts", id="no ham"),
        pytest.param(["win", "hey"], ["junk", "ok"], "none of their 2", id="other labels"),
        pytest.param(["win", "hey"], ["spam", pd.NA], "item 1 has no label", id="NA"),
        pytest.param(["win", "hey"], ["spam", None], "item 1 has no label", id="null"),
        pytest.param(["win", "hey"], ["spam", float("nan")], "item 1 has no label", id="NaN"),
        pytest.param(["win", "hey"], ["spam", " "], "item 1 has no label", id="blank"),
        pytest.param(["win", "hey"], ["spam"], "2 texts and 1 labels", id="a label missing"),
    ],
)
def test_corpus_that_teaches_nothing_is_refused(
    tiny: Resources, texts: list[str], labels: list[str], problem: str
) -> None:
    """The error says what was found, and quotes no text."""
    with pytest.raises(CorpusError, match=problem) as caught:
        mine(texts, labels, resources=tiny)
    assert not any(text in str(caught.value) for text in texts)


def test_columns_in_each_others_place_are_not_quoted(tiny: Resources) -> None:
    """Where labels are messages, many or two, the error counts them and quotes none."""
    texts, labels = corpus()
    for number in (2, 88):
        with pytest.raises(CorpusError, match=f"{number} different labels") as caught:
            mine(labels[-number:], texts[-number:], resources=tiny)
        assert not any(text in str(caught.value) for text in texts)


@pytest.mark.parametrize("spam", [("SPAM",), "spam", ["spam ", "junk"]])
def test_labels_are_compared_as_words(tiny: Resources, spam: object) -> None:
    """Case, blanks, and one word instead of several make no difference."""
    texts, labels = corpus()
    named = mine(texts, labels, spam=spam, groups=3, min_lift=1.5, resources=tiny)  # type: ignore[arg-type]
    assert named.to_toml() == mined(tiny).to_toml()


@pytest.mark.parametrize(
    "labels",
    [
        [1, 1, 1, 0],
        [True] * 3 + [False],
        ["1", "1", "1", "0"],
        [1.0, 1.0, 1.0, 0.0],
        np.array([[1], [1], [1], [0]]),
    ],
    ids=["whole", "truth", "text", "float", "column"],
)
def test_ones_and_truth_mean_spam(tiny: Resources, labels: list[object]) -> None:
    """Labels of arrays and tables mean what they mean there."""
    texts = ["claim it", "claim me", "claim you", "hello there"]
    assert mine(texts, labels, min_texts=2, resources=tiny).spam_texts == 3


@pytest.mark.parametrize(
    ("options", "error", "problem"),
    [
        pytest.param({"groups": 0}, ValueError, "groups=0", id="groups"),
        pytest.param({"seed": -1}, ValueError, "seed=-1", id="seed"),
        pytest.param({"seed": 2**32}, ValueError, "seed=4294967296", id="seed beyond numpy"),
        pytest.param({"most_substrings": -1}, ValueError, "most_substrings=-1", id="substrings"),
        pytest.param({"most_words": 0}, ValueError, "most_words=0", id="words"),
        pytest.param({"unit": "host"}, ValueError, "unit='host'", id="unit"),
        pytest.param({"stop_words": "claim"}, TypeError, "stop_words", id="stop words"),
    ],
)
def test_parameters_out_of_range_are_refused(
    tiny: Resources, options: dict[str, object], error: type[Exception], problem: str
) -> None:
    """The error names the parameter and what is wanted."""
    with pytest.raises(error, match=problem):
        mine(*corpus(), resources=tiny, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("texts", ["claim", ["claim", None], ["claim", 7.0]])
def test_texts_are_checked_as_everywhere(tiny: Resources, texts: object) -> None:
    """A bare str and items that are no text are refused."""
    with pytest.raises((TypeError, ValueError)):
        mine(texts, ["spam", "ham"], resources=tiny)  # type: ignore[arg-type]


def test_pruned_draft_is_read(draft: Draft, tmp_path: Path) -> None:
    """Deleted and moved lines, groups out of number: what pruning leaves is put right."""
    lines = draft.to_toml().split("\n")
    bonus = next(line for line in lines if line.lstrip().startswith('"bonus"'))
    kept = [line for line in lines if not line.lstrip().startswith(('"claim",', '"bonus",'))]
    place = max(n for n, line in enumerate(kept) if line == "mela = [")
    kept.insert(place + 1, bonus)
    path = tmp_path / "pruned.toml"
    path.write_text("\n".join(kept).replace("number = 1", "number = 7"), encoding="utf-8")
    read = ClusterSet.read(path)
    assert [cluster.number for cluster in read] == [0, 1, 2]
    assert "bonus" in read[2].mela
    assert list(read[2].mela) == sorted(read[2].mela)
    assert "claim" not in read.exceptions


@pytest.mark.parametrize(
    "name", ["5", '""', '["a"]', '" "', '"a\\nb"', '"\\u0000"', '"e\\u0301"'], ids=ascii
)
def test_cluster_needs_a_name(draft: Draft, tmp_path: Path, name: str) -> None:
    """A name becomes a column, so that it is a text."""
    path = tmp_path / "draft.toml"
    text = draft.to_toml().replace(f'name = "{draft.groups[1].name}"', f"name = {name}")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match="cluster 1 has the name"):
        ClusterSet.read(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("cluster = [1, 2]\n", "no \\[\\[cluster\\]\\]", id="numbers"),
        pytest.param(
            '[[cluster]]\nname = "a"\npaper = []\nmela = []\n', "no cluster holds", id="empty"
        ),
        pytest.param("x = " + "[" * 100_000, "nested too deep|1:", id="deep"),
    ],
)
def test_broken_file_of_clusters_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    """What is no file of clusters gives an error with the file."""
    meta, _, _ = CHECKED.partition("[[cluster]]")
    path = tmp_path / "mine.toml"
    broken = content + meta if content.startswith(("cluster", "x")) else meta + content
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(ResourceError, match=problem):
        ClusterSet.read(path)


def test_file_with_a_byte_order_mark_is_read(draft: Draft, tmp_path: Path) -> None:
    """Some editors put a mark in front of what they save."""
    path = tmp_path / "draft.toml"
    path.write_text(draft.to_toml(), encoding="utf-8-sig")
    assert len(ClusterSet.read(path)) == 3


def test_check_counts_disguised_words(tiny: Resources, tmp_path: Path) -> None:
    """A substring that hits in disguise only does hit, as it does for the features."""
    path = tmp_path / "mine.toml"
    path.write_text(CHECKED, encoding="utf-8")
    texts = ["win a pr1ze now", "your pr1ze is here", "hello there"]
    findings = check_clusters(path, texts, ["spam", "spam", "ham"], resources=tiny)
    assert ("prize", "never hits") not in {(f.substring, f.problem) for f in findings}


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        pytest.param(["claim the prize"], "no word but stop words stands in 3", id="one message"),
        pytest.param(["the a to", "to you", "for your", "is it"], "no word", id="stop words"),
        pytest.param(["bomb " * 2_000_000], "no word", id="ten megabytes of one word"),
        pytest.param(["a1 b2 333", "a1 c3", "444 a1"], "no word", id="codes"),
        pytest.param(["same words go", "go same words", "words go same"], "none of", id="as ham"),
    ],
)
def test_nothing_found_is_an_empty_draft_with_a_reason(
    tiny: Resources, texts: list[str], reason: str
) -> None:
    """Where nothing tells spam from ham, the draft is empty and says why."""
    ham = ["same words go home", "go home same words", "we go same words"]
    draft = mine([*texts, *ham], ["spam"] * len(texts) + ["ham"] * 3, resources=tiny)
    assert draft.groups == ()
    assert reason in draft.reason
    assert f"# No cluster: {draft.reason}" in draft.to_toml()
    assert tomllib.loads(draft.to_toml())["except"] == {}
    assert "No cluster" in to_html(draft)


def test_empty_draft_is_no_file_of_clusters(tiny: Resources, tmp_path: Path) -> None:
    """An empty draft is refused with the remedy."""
    mine(["win", "hi"], ["spam", "ham"], resources=tiny).save(tmp_path / "draft.toml")
    with pytest.raises(ResourceError, match="no \\[\\[cluster\\]\\]"):
        ClusterSet.read(tmp_path / "draft.toml")


def test_report_shows_every_substring_and_runs_nothing(tiny: Resources) -> None:
    """The page holds each substring once on the map, and text of the corpus only escaped."""
    texts = ["<b>claim</b> & prize", "<b>claims</b> & prizes", "claimed <script> prizes"]
    texts += ["hello there"] * 4 + ["good day sir", "see them later"]
    draft = mine(texts, ["spam"] * 3 + ["ham"] * 6, min_texts=2, resources=tiny)
    page = to_html(draft)
    assert page.count("<text ") == len(draft.members) > 0
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_labels_on_the_map_do_not_cover_one_another(draft: Draft) -> None:
    """Each label stands at a place of its own."""
    page = to_html(draft)
    places = [line.split(" font-size")[0] for line in page.split("\n") if line.startswith("<text")]
    assert len(places) == len(set(places))


CHECKED = """
[meta]
title = "t"
version = "v"
source = "s"
license = "l"
used-by = "u"
format = "f"
refresh = "r"

[[cluster]]
number = 0
name = "prize"
paper = []
mela = ["bonus", "claim", "prize", "prizes", "zebra"]

[[cluster]]
number = 1
name = "other"
paper = []
mela = ["bonus", "lecture"]

[except]
claim = ["proclaimed"]
"""


def test_check_says_what_to_look_at(tiny: Resources, tmp_path: Path) -> None:
    """Each fault of a file of clusters is a finding; what is well is none."""
    path = tmp_path / "mine.toml"
    path.write_text(CHECKED, encoding="utf-8")
    spam = [f"claim a {word} prize, bonus prizes" for word in WORDS[:4]]
    ham = [
        *(f"he claimed the {word}" for word in WORDS),
        *(f"he exclaimed at the {word}" for word in WORDS),
        *(f"she proclaimed the {word}" for word in WORDS),
        *(f"the lecture on the {word}" for word in WORDS[:3]),
    ]
    labels = ["spam"] * len(spam) + ["ham"] * len(ham)
    findings = check_clusters(path, [*spam, *ham], labels, resources=tiny)
    found = {(finding.substring, finding.problem) for finding in findings}
    assert found == {
        ("bonus", "stands twice"),
        ("claim", "false friends"),
        ("prizes", "holds another"),
        ("zebra", "never hits"),
        ("lecture", "hits ham more"),
    }
    friends = next(f.detail for f in findings if f.problem == "false friends")
    assert friends == "claimed 8, exclaimed 8"


def test_watch_sees_every_text(tiny: Resources) -> None:
    """Progress is shown by whoever is given to watch."""
    seen: list[str] = []

    def watch(items: object, what: str) -> object:
        seen.append(what)
        return items

    mine(*corpus(), resources=tiny, groups=2, watch=watch)  # type: ignore[arg-type]
    assert seen == ["reading"]
