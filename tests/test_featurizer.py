"""The engine: its parameters, its copies, and what it does with what is no message."""

import copy
import json
import pickle
import random
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import phonenumbers
import pytest

from mela import (
    DOMAIN,
    MESSAGE,
    DomainClassifier,
    Featurizer,
    Resources,
    annotate,
    featurize,
    featurize_domain,
    normalize,
)
from mela.annotate import AnnotatedMessage
from mela.errors import ModelError, UnknownRegionError
from mela.hosts.score import DomainModel
from mela.text.memo import Memo

MESSAGES = [
    "",
    "see you at home",
    "Fwd: WIN a free prize! http://secure-login77.example.top/x?y=1 or text WIN to 80085",
    "call 0800 123 4567, ann@gmail.com, £5 on Friday 2005 #win @ann",
    "pls cаll ur bank, zorbly dot com, k.a.r.s 0ld \U0001f600",
    "hola, llámame al +34 612 345 678 mañana; cuenta bloqueada",
]
COLUMNS = {name: index for index, name in enumerate(MESSAGE.names)}


def find(message: AnnotatedMessage, kind: str) -> list[str]:
    """Return the texts of the spans of a kind."""
    return [span.text for span in message.spans if span.kind == kind]


class TestRegions:
    """Whose national phone numbers are read."""

    NEW_YORK = "212 736 5000"
    MADRID = "91 234 56 78"

    @pytest.mark.parametrize(
        ("regions", "found"),
        [
            pytest.param(("US", "GB"), [NEW_YORK], id="default"),
            pytest.param(("US", "ES"), [NEW_YORK, MADRID], id="several"),
            pytest.param(["ES", "US"], [NEW_YORK, MADRID], id="list-in-another-order"),
            pytest.param(("ES",), [MADRID], id="one"),
            pytest.param((), [], id="none"),
        ],
    )
    def test_national_numbers_are_those_of_the_regions(
        self, tiny: Resources, regions: tuple[str, ...], found: list[str]
    ) -> None:
        """National numbers of the given regions are found, and of no others."""
        message = Featurizer(resources=tiny, regions=regions).annotate(
            f"here {self.NEW_YORK} and there {self.MADRID}"
        )
        assert find(message, "phone") == found

    @pytest.mark.parametrize("regions", [(), ("US", "GB"), ("ES",)], ids=str)
    def test_international_numbers_need_no_region(
        self, tiny: Resources, regions: tuple[str, ...]
    ) -> None:
        """A number with its country code is found whatever the regions are."""
        message = Featurizer(resources=tiny, regions=regions).annotate("here: +442079460018")
        assert find(message, "phone") == ["+442079460018"]

    @pytest.mark.parametrize(
        ("regions", "is_free"),
        [
            pytest.param(("GB", "IT"), True, id="free-in-britain"),
            pytest.param(("IT", "GB"), False, id="a-landline-of-bari"),
            pytest.param(("ES", "GB"), True, id="nobody's-in-spain"),
        ],
    )
    def test_regions_are_tried_in_order(
        self, tiny: Resources, regions: tuple[str, ...], is_free: bool
    ) -> None:
        """The first region in which a number is valid says whether it is toll-free."""
        message = Featurizer(resources=tiny, regions=regions).annotate("it is 0808 157 0192, ok")
        assert message.has_toll_free_phone is is_free

    def test_unknown_region_names_the_known_ones(self, tiny: Resources) -> None:
        """An unknown region is refused with the list of those that exist."""
        with pytest.raises(UnknownRegionError) as error:
            Featurizer(resources=tiny, regions=("GB", "XX"))
        assert "unknown region 'XX'; known regions: AC, AD, " in str(error.value)
        assert all(region in str(error.value) for region in phonenumbers.SUPPORTED_REGIONS)
        assert isinstance(error.value, ValueError)

    def test_uk_is_told_to_be_gb(self, tiny: Resources) -> None:
        """The commonest wrong code gets the right one as a hint."""
        with pytest.raises(UnknownRegionError, match=r"'UK' \(the United Kingdom is 'GB'\)"):
            Featurizer(resources=tiny, regions=("UK",))

    def test_lower_case_is_no_region(self, tiny: Resources) -> None:
        """Codes are upper case; another case is refused and not guessed."""
        with pytest.raises(UnknownRegionError, match="'gb'"):
            Featurizer(resources=tiny, regions=("gb",))

    def test_bare_str_is_refused(self, tiny: Resources) -> None:
        """A str is a sequence of codes only by accident; the error shows what to write."""
        with pytest.raises(TypeError, match=r"regions='GB'; wanted a sequence"):
            Featurizer(resources=tiny, regions="GB")


class TestBlocks:
    """Which parts a row has."""

    @pytest.mark.parametrize(
        "blocks",
        [("message", "domain"), ("domain", "message"), ("message",), ("domain",), ["domain"]],
        ids="-".join,
    )
    def test_row_has_the_blocks_in_order(
        self, tiny: Resources, tiny_featurizer: Featurizer, blocks: tuple[str, ...]
    ) -> None:
        """A row is its blocks, one after the other, and the names go with it."""
        engine = Featurizer(resources=tiny, blocks=blocks)
        for text in MESSAGES:
            whole = tiny_featurizer.featurize(text)
            parts = {"message": whole[:51], "domain": whole[51:]}
            wanted = np.concatenate([parts[block] for block in blocks])
            assert engine.featurize(text).tobytes() == wanted.tobytes()
        names = {
            "message": MESSAGE.names,
            "domain": tuple(f"domain__{name}" for name in DOMAIN.names),
        }
        assert engine.feature_names == sum((names[block] for block in blocks), ())
        assert engine.featurize_many([]).shape == (0, len(engine.feature_names))

    @pytest.mark.parametrize(
        ("blocks", "complaint"),
        [
            pytest.param(("message", "sender"), "wanted a sequence of", id="unknown"),
            pytest.param("message", "wanted a sequence of", id="bare-str"),
            pytest.param((), "wanted a sequence of", id="empty"),
            pytest.param(("domain", "domain"), "a block stands twice", id="repeated"),
        ],
    )
    def test_wrong_blocks_are_refused(
        self, tiny: Resources, blocks: tuple[str, ...], complaint: str
    ) -> None:
        """Blocks are known names, each once."""
        with pytest.raises(ValueError, match=complaint):
            Featurizer(resources=tiny, blocks=blocks)


class TestTldProfile:
    """Which dated classes of top-level domains apply."""

    @pytest.mark.parametrize(
        ("profile", "host", "found"),
        [
            pytest.param("current", "win.top", "badtlds", id="bad-today"),
            pytest.param("2014", "win.top", "normaltlds", id="unknown-in-2014"),
            pytest.param("2014", "win.pw", "badtlds", id="bad-in-2014"),
            pytest.param("current", "win.pw", "normaltlds", id="forgotten-today"),
            pytest.param("2014", "win.ru", "susptlds", id="suspicious-in-2014"),
        ],
    )
    def test_profile_classes_the_top_level_domain(
        self, tiny: Resources, profile: str, host: str, found: str
    ) -> None:
        """The class of a top-level domain is that of the chosen profile."""
        row = Featurizer(resources=tiny, tld_profile=profile).featurize_domain(host)
        names = ("badtlds", "susptlds", "normaltlds")
        assert [name for name in names if row[DOMAIN.names.index(name)]] == [found]

    def test_unknown_profile_names_the_known_ones(self, tiny: Resources) -> None:
        """An unknown profile is refused with those that exist."""
        with pytest.raises(ValueError, match=r"'1999'; wanted one of \['2014', 'current'\]"):
            Featurizer(resources=tiny, tld_profile="1999")


class TestMaxChars:
    """How much of a message is read."""

    def test_message_is_cut_but_for_its_length(self, tiny: Resources) -> None:
        """What stands after the limit counts for the length only."""
        engine = Featurizer(resources=tiny, max_chars=20)
        cut, whole = "x" * 19 + " ", "x" * 19 + " www.example.top call 17 cash"
        rows = dict(zip(("cut", "whole"), engine.featurize_many([cut, whole]), strict=True))
        assert rows["whole"][COLUMNS["length"]] == len(whole)
        assert rows["cut"][COLUMNS["length"]] == len(cut)
        others = [index for name, index in COLUMNS.items() if name != "length"]
        assert (rows["whole"][others] == rows["cut"][others]).all()
        assert not rows["whole"][51:].any()

    def test_annotation_keeps_the_whole_message(self, tiny: Resources) -> None:
        """The annotated message holds all of the raw text, and spans of what was read."""
        message = Featurizer(resources=tiny, max_chars=12).annotate("17 cats and 18 dogs")
        assert message.raw == "17 cats and 18 dogs"
        assert find(message, "number") == ["17"]

    @pytest.mark.parametrize("max_chars", [0, -1])
    def test_limit_below_one_is_refused(self, tiny: Resources, max_chars: int) -> None:
        """At least one code point is read."""
        with pytest.raises(ValueError, match=f"max_chars={max_chars}"):
            Featurizer(resources=tiny, max_chars=max_chars)

    @pytest.mark.parametrize("max_chars", ["5", 5.0, None, float("inf")], ids=repr)
    def test_limit_is_a_whole_number(self, tiny: Resources, max_chars: object) -> None:
        """Text, a fraction or nothing is no limit; the error shows what was given."""
        with pytest.raises(ValueError, match="wanted a whole number, at least 1") as error:
            Featurizer(resources=tiny, max_chars=max_chars)  # type: ignore[arg-type]
        assert f"max_chars={max_chars!r}" in str(error.value)


class TestDomainClassifier:
    """What scores hosts."""

    TEXT = "win at http://example.top/x"

    @staticmethod
    def model(intercept: float) -> DomainModel:
        """Return a model that gives every host the same score."""
        return DomainModel(DOMAIN.names, (0.0,) * 40, intercept)

    def score(self, engine: Featurizer, text: str = TEXT) -> float:
        """Return the message's score."""
        return engine.featurize(text)[COLUMNS["domain_melascore"]].item()

    def test_default_is_the_model_of_the_resources(self, tiny: Resources) -> None:
        """Without a choice, the coefficients of the resources score hosts."""
        shipped = DomainModel.from_json(tiny.domain_model, DOMAIN.names)
        by_default, by_model = (
            self.score(Featurizer(resources=tiny, domain_classifier=classifier))
            for classifier in ("default", shipped)
        )
        assert by_default == by_model > 0.5

    def test_none_scores_zero_and_keeps_the_first_host(self, tiny: Resources) -> None:
        """Without a model the score is 0, and the domain columns are of the first host."""
        engine = Featurizer(resources=tiny, domain_classifier=None)
        row = engine.featurize("http://a-b.com or http://bad-login77.top")
        assert row[COLUMNS["domain_melascore"]] == 0
        assert (row[51:] == engine.featurize_domain("a-b.com")).all()

    def test_model_is_used_as_given(self, tiny: Resources) -> None:
        """A model given as an object scores hosts."""
        engine = Featurizer(resources=tiny, domain_classifier=self.model(0.0))
        assert self.score(engine) == 0.5

    @pytest.mark.parametrize("kind", [str, Path])
    def test_model_is_read_from_a_path(
        self, tiny: Resources, tmp_path: Path, kind: type[str] | type[Path]
    ) -> None:
        """A model given as a path is read from there."""
        path = tmp_path / "model.json"
        path.write_text(self.model(0.0).to_json({}), encoding="utf-8")
        assert self.score(Featurizer(resources=tiny, domain_classifier=kind(path))) == 0.5

    def test_model_of_other_features_is_refused(self, tiny: Resources, tmp_path: Path) -> None:
        """A model of another feature version is refused, and the features that differ are named."""
        path = tmp_path / "model.json"
        other = DomainModel(("vowels", *DOMAIN.names[1:]), (0.0,) * 40, 0.0)
        path.write_text(other.to_json({}), encoding="utf-8")
        with pytest.raises(ModelError, match=r"\['starts_with_num', 'vowels'\]"):
            Featurizer(resources=tiny, domain_classifier=path)

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("[]", id="list"),
            pytest.param("null", id="null"),
            pytest.param("5", id="number"),
            pytest.param('"model"', id="text"),
            pytest.param("{}", id="no-keys"),
            pytest.param('{"intercept": 0}', id="no-coefficients"),
            pytest.param('{"intercept": 0, "coefficients": []}', id="list-of-coefficients"),
            pytest.param("", id="empty"),
            pytest.param("{", id="broken"),
            pytest.param("[" * 100_000, id="deep"),
            pytest.param("9" * 5_000, id="endless-integer"),
        ],
    )
    def test_file_that_is_no_model_is_refused(
        self, tiny: Resources, tmp_path: Path, content: str
    ) -> None:
        """JSON of another shape, or none, is no model."""
        path = tmp_path / "model.json"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ModelError, match=r"no domain model|no JSON"):
            Featurizer(resources=tiny, domain_classifier=path)

    def test_path_without_a_model_is_refused(self, tiny: Resources, tmp_path: Path) -> None:
        """A path that leads to nothing, or to a folder, is named."""
        for path in (tmp_path / "none.json", tmp_path):
            with pytest.raises(ModelError, match=re.escape(str(path))):
                Featurizer(resources=tiny, domain_classifier=path)

    def test_model_without_intercept_is_refused(self, tiny: Resources, tmp_path: Path) -> None:
        """The coefficients alone are no model."""
        path = tmp_path / "model.json"
        content = json.loads(self.model(0.0).to_json({}))
        del content["intercept"]
        path.write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(ModelError, match="wanted the keys 'coefficients' and 'intercept'"):
            Featurizer(resources=tiny, domain_classifier=path)

    @pytest.mark.parametrize("key", ["intercept", "length"])
    @pytest.mark.parametrize(
        "number", ["NaN", "Infinity", "-Infinity", "1e308", "1e400", '"1"', "null", "[1]", "true"]
    )
    def test_number_that_scores_nothing_is_refused(
        self, tiny: Resources, tmp_path: Path, key: str, number: str
    ) -> None:
        """Every number of a model is finite and of a size that adds up."""
        text = self.model(0.0).to_json({}).replace(f'"{key}": 0.0', f'"{key}": {number}')
        assert number in text
        path = tmp_path / "model.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ModelError, match="a coefficient is no number between"):
            Featurizer(resources=tiny, domain_classifier=path)

    def test_fitted_classifier_is_taken(self, tiny: Resources) -> None:
        """A fitted DomainClassifier stands for its model."""
        classifier = DomainClassifier(resources=tiny)
        classifier.fit(["free-prize.top", "win77.xyz", "wikipedia.org", "bbc.co.uk"], [1, 1, 0, 0])
        scores = [
            self.score(Featurizer(resources=tiny, domain_classifier=given))
            for given in (classifier, classifier.model_)
        ]
        assert scores[0] == scores[1] > 0

    @pytest.mark.parametrize(
        "wrong",
        [DomainClassifier(), DomainClassifier, 5, {"intercept": 0}],
        ids=["unfitted", "class", "number", "dict"],
    )
    def test_other_classifier_is_refused(self, tiny: Resources, wrong: object) -> None:
        """What holds no coefficients is refused with all that would do."""
        with pytest.raises(TypeError, match=r"takes 'default', None, a path, .* or a fitted"):
            Featurizer(resources=tiny, domain_classifier=wrong)  # type: ignore[arg-type]

    def test_highest_score_chooses_the_host(self, tiny_featurizer: Featurizer) -> None:
        """The domain columns are those of the most suspicious host, wherever it stands."""
        bad = tiny_featurizer.featurize_domain("bad-login77.top")
        for text in (
            "http://a.com http://bad-login77.top",
            "http://bad-login77.top http://a.com",
        ):
            row = tiny_featurizer.featurize(text)
            assert (row[51:] == bad).all()

    def test_equal_scores_choose_the_first_host(self, tiny: Resources) -> None:
        """Of equally suspicious hosts, the first one gives the domain columns."""
        engine = Featurizer(resources=tiny, domain_classifier=self.model(0.0))
        row = engine.featurize("http://abc.com http://a-b.top")
        assert (row[51:] == engine.featurize_domain("abc.com")).all()

    @pytest.mark.parametrize("intercept", [-1e6, 1e6])
    def test_extreme_coefficients_give_a_probability(
        self, tiny: Resources, intercept: float
    ) -> None:
        """Log-odds of any size give 0 or 1, and no overflow."""
        engine = Featurizer(resources=tiny, domain_classifier=self.model(intercept))
        assert self.score(engine) == (intercept > 0)


def test_custom_resources_change_what_is_found(tiny: Resources, tmp_path: Path) -> None:
    """The lists of a folder stand in for the shipped ones of the same name."""
    header = (Path(__file__).parent / "resources" / "greetings.txt").read_text(encoding="utf-8")
    lines = header.splitlines()[:7]
    (tmp_path / "greetings.txt").write_text("\n".join([*lines, "ahoy", ""]), encoding="utf-8")
    column = COLUMNS["startswith_hello"]
    custom = Featurizer(resources=Resources.load(tmp_path))
    frozen = Featurizer(resources=tiny)
    assert [custom.featurize(text)[column] for text in ("ahoy ann", "hi ann")] == [1, 0]
    assert [frozen.featurize(text)[column] for text in ("ahoy ann", "hi ann")] == [0, 1]


@pytest.mark.parametrize("wrong", ["folder", Path("folder"), {}], ids=["str", "path", "dict"])
def test_resources_are_loaded_first(wrong: object) -> None:
    """A folder is to be loaded, which the error says."""
    with pytest.raises(TypeError, match=r"resources takes Resources\.load\(folder\) or None"):
        Featurizer(resources=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy], ids=["copy", "deepcopy"])
@pytest.mark.parametrize("is_used", [False, True], ids=["fresh", "used"])
def test_copies_give_the_same_rows(
    tiny: Resources, tiny_featurizer: Featurizer, duplicate: object, is_used: bool
) -> None:
    """A copy of an engine gives the same rows, whether the engine was used or not."""
    engine = Featurizer(resources=tiny)
    if is_used:
        engine.featurize_many(MESSAGES)
    rows = duplicate(engine).featurize_many(MESSAGES)
    assert rows.tobytes() == tiny_featurizer.featurize_many(MESSAGES).tobytes()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickled_engine_keeps_parameters_and_rows(tiny: Resources, protocol: int) -> None:
    """An unpickled engine has the parameters of the original and gives its rows."""
    engine = Featurizer(
        resources=tiny, regions=("ES",), blocks=("domain", "message"), tld_profile="2014",
        max_chars=50, domain_classifier=None,
    )  # fmt: skip
    engine.featurize_many(MESSAGES)
    restored = pickle.loads(pickle.dumps(engine, protocol))
    assert restored.feature_names == engine.feature_names
    assert restored.featurize_many(MESSAGES).tobytes() == engine.featurize_many(MESSAGES).tobytes()


def test_default_engine_pickles_small() -> None:
    """A pickle of the default engine holds its parameters and no list."""
    assert len(pickle.dumps(Featurizer())) < 1000


def test_threads_share_an_engine(tiny: Resources) -> None:
    """Eight threads on one fresh engine get the rows that one thread gets."""
    texts = [f"{text} {number}" for number in range(40) for text in MESSAGES]
    wanted = Featurizer(resources=tiny).featurize_many(texts).tobytes()
    shared = Featurizer(resources=tiny)

    def work(seed: int) -> bytes:
        order = random.Random(seed).sample(range(len(texts)), len(texts))
        rows = np.empty((len(texts), 91), dtype=np.float32)
        for index in order:
            rows[index] = shared.featurize(texts[index])
        return rows.tobytes()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(8))) == {wanted}


SECRET = "sekret words"


@pytest.mark.parametrize(
    "method", ["featurize", "annotate", "normalize", "featurize_domain", "explain"]
)
@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        pytest.param(SECRET.encode(), r"got bytes; decode it: text\.decode\('utf-8'\)", id="bytes"),
        pytest.param([SECRET], "got list; use featurize_many", id="list"),
        pytest.param(None, "got NoneType; wanted one message as str", id="None"),
        pytest.param(float("nan"), "got float; wanted one message as str", id="nan"),
        pytest.param({SECRET: 1}, "got dict; wanted one message as str", id="dict"),
    ],
)
def test_wrong_type_teaches(
    tiny_featurizer: Featurizer, method: str, wrong: object, advice: str
) -> None:
    """What is no str is refused by name of its type, with a remedy and without its content."""
    with pytest.raises(TypeError, match=f"^{method} takes a str, {advice}") as error:
        getattr(tiny_featurizer, method)(wrong)
    assert SECRET not in str(error.value)


def test_subclass_of_str_is_a_message(tiny_featurizer: Featurizer) -> None:
    """A subclass of str is a str, for one message and for many."""

    class Text(str):
        __slots__ = ()

    for text in MESSAGES:
        row = tiny_featurizer.featurize(text).tobytes()
        assert tiny_featurizer.featurize(Text(text)).tobytes() == row
        assert tiny_featurizer.featurize_many([Text(text)]).tobytes() == row


class TestExplain:
    """Which columns of a row are not zero, and what speaks for them."""

    MARKED = "Hi! fwd: text 'STOP' to end. Cash at http://free-cash.top/x or 0800 123 4567, 2005"
    EACH = pytest.mark.parametrize("text", [*MESSAGES, MARKED], ids=range(len(MESSAGES) + 1))

    @EACH
    @pytest.mark.parametrize("blocks", [("message", "domain"), ("domain",)], ids="-".join)
    def test_columns_are_those_that_are_not_zero(
        self, tiny: Resources, blocks: tuple[str, ...], text: str
    ) -> None:
        """Each column of the row that is not zero is there, in order and with its value."""
        engine = Featurizer(resources=tiny, blocks=blocks)
        columns = zip(engine.feature_names, engine.featurize(text), strict=True)
        explained = [(column, np.float32(value)) for column, value, *_ in engine.explain(text)]
        assert explained == [(name, value) for name, value in columns if value]

    @EACH
    def test_spans_are_those_that_the_feature_reads(
        self, tiny_featurizer: Featurizer, text: str
    ) -> None:
        """The spans and words of a column are what its declaration names."""
        message = tiny_featurizer.annotate(text)
        for column, _, spans, phrases in tiny_featurizer.explain(text):
            fields = [getattr(message, field) for field in tiny_featurizer.columns[column].evidence]
            assert list(spans) == [
                span for field in fields if field and not isinstance(field, str) for span in field
            ]
            if "substring_clust" not in column:
                assert list(phrases) == [field for field in fields if isinstance(field, str)]

    def test_markers_have_their_phrase(self, tiny_featurizer: Featurizer) -> None:
        """A marker is explained by the words found, a year by its digits."""
        phrases = {column: words for column, *_, words in tiny_featurizer.explain(self.MARKED)}
        markers = ("contains_fwd", "unsubscribe", "startswith_hello", "contains_year")
        assert [phrases[name] for name in markers] == [
            ("fwd:",), ("text stop",), ("hi",), ("2005",),
        ]  # fmt: skip

    @EACH
    def test_cluster_has_a_substring_for_each_hit(
        self, tiny: Resources, tiny_featurizer: Featurizer, text: str
    ) -> None:
        """A cluster is explained by as many of its substrings as it counts."""
        for column, value, spans, phrases in tiny_featurizer.explain(text):
            if "substring_clust" in column:
                cluster = tiny.clusters[int(column.rpartition("_")[2])]
                assert len(phrases) == value
                assert set(phrases) <= {*cluster.paper, *cluster.mela}
                assert spans == ()

    def test_domain_has_its_own_hits(self, tiny_featurizer: Featurizer) -> None:
        """Hits in the host stand beside the column of the host."""
        phrases = {column: words for column, *_, words in tiny_featurizer.explain(self.MARKED)}
        assert phrases["substring_clust_8"] == ("cash", "cash")
        assert phrases["domain__substring_clust_8"] == ("cash",)

    def test_empty_message_has_nothing_to_explain(self, tiny_featurizer: Featurizer) -> None:
        """The empty message explains nothing."""
        assert tiny_featurizer.explain("") == []


class TestFeaturizeDomain:
    """Hosts in all their forms."""

    @pytest.mark.parametrize(
        "url",
        [
            "my-bank.example.com",
            "MY-Bank.Example.COM",
            "http://my-bank.example.com",
            "https://user:pw@my-bank.example.com:8080/login?a=b.top#c.xyz",
            "//my-bank.example.com/x",
            " my-bank.example.com\n",
            "my-bank.example.com.",
            "http:\\\\my-bank.example.com\\login",
            "my-bank。example.com",
        ],
    )
    def test_url_counts_by_its_host(self, tiny_featurizer: Featurizer, url: str) -> None:
        """Scheme, user, port, path, case and final dot change nothing."""
        row = tiny_featurizer.featurize_domain(url)
        assert (row == tiny_featurizer.featurize_domain("my-bank.example.com")).all()
        assert row[DOMAIN.names.index("length")] == len("example")

    @pytest.mark.parametrize(
        ("host", "unicode"),
        [
            pytest.param("xn--bcher-kva.de", "bücher.de", id="umlaut"),
            pytest.param("xn--80ak6aa92e.com", "аррӏе.com", id="cyrillic"),
            pytest.param("www.XN--BCHER-KVA.de", "www.bücher.de", id="upper-case"),
            pytest.param("bücher.de", "BÜCHER.de", id="case-beyond-ascii"),
        ],
    )
    def test_punycode_is_read_as_unicode(
        self, tiny_featurizer: Featurizer, host: str, unicode: str
    ) -> None:
        """An encoded host has the features of its Unicode form."""
        row = tiny_featurizer.featurize_domain(host)
        assert row.any()
        assert (row == tiny_featurizer.featurize_domain(unicode)).all()

    @pytest.mark.parametrize("host", ["10.0.0.1", "http://10.0.0.1/x", "[2001:db8::1]"])
    def test_address_of_numbers_has_no_name(self, tiny_featurizer: Featurizer, host: str) -> None:
        """An IP address has neither name nor top-level domain: all columns are zero."""
        assert not tiny_featurizer.featurize_domain(host).any()

    def test_unknown_suffix_leaves_the_last_label(self, tiny_featurizer: Featurizer) -> None:
        """Where the suffix list knows none, the last label is the suffix."""
        row = dict(
            zip(DOMAIN.names, tiny_featurizer.featurize_domain("a.free4u.corp"), strict=True)
        )
        assert row["length"] == len("free4u")
        assert row["substring_clust_13"] == 1
        assert row["normaltlds"] == 1

    @pytest.mark.parametrize("host", ["free4u", "http://free4u/login", "free4u."])
    def test_single_label_is_a_name_without_suffix(
        self, tiny_featurizer: Featurizer, host: str
    ) -> None:
        """A host of one label, as in an intranet, is a name."""
        row = dict(zip(DOMAIN.names, tiny_featurizer.featurize_domain(host), strict=True))
        assert row["length"] == len("free4u")
        assert row["substring_clust_13"] == 1

    @pytest.mark.parametrize(
        "junk",
        [
            *(
                "",
                " ",
                ".",
                "..",
                "http://",
                "://:/",
                "a b",
                "-x-.com",
                "\x00",
                "\ud800.com",
                "[",
                "@",
            ),
            *(
                "xn--.com",
                "." * 5000,
                "a" * 5000,
                "a." * 5000 + "com",
                "xn--" + "a" * 3000 + ".com",
            ),
        ],
        ids=lambda junk: ascii(junk[:12]),
    )
    def test_junk_gives_zeros(self, tiny_featurizer: Featurizer, junk: str) -> None:
        """What holds no host gives a row of zeros and no error."""
        row = tiny_featurizer.featurize_domain(junk)
        assert row.shape == (40,)
        assert not row.any()

    def test_row_does_not_depend_on_the_classifier(self, tiny: Resources) -> None:
        """The features of a host are there without a model, too."""
        rows = [
            Featurizer(resources=tiny, domain_classifier=classifier).featurize_domain("a-b.top")
            for classifier in ("default", None)
        ]
        assert (rows[0] == rows[1]).all()


def test_functions_of_the_package_use_the_default_engine() -> None:
    """The functions of the package do what an engine without arguments does."""
    engine = Featurizer()
    for text in MESSAGES:
        assert featurize(text).tobytes() == engine.featurize(text).tobytes()
        assert featurize_domain(text).tobytes() == engine.featurize_domain(text).tobytes()
        assert normalize(text) == engine.normalize(text) == engine.annotate(text).normalized


class TestCost:
    """What a message costs, in calls: they are the same on every machine."""

    PLAIN = "ok lar... joking wif u, want to meet at the usual place?"

    @staticmethod
    def count(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[Any]:
        """Record the calls of a function, which still does what it does."""
        calls: list[Any] = []
        function = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            calls.append(args)
            return function(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)
        return calls

    def test_plain_message_compiles_no_pattern_of_a_finder(self) -> None:
        """A fresh engine reads a plain message without any of the large patterns."""
        engine = Featurizer()
        engine.featurize(self.PLAIN)
        quantities = engine._annotator._quantities
        finders = [*engine._annotator._codes.values(), *quantities.values()]
        patterns = [
            pattern
            for finder in [*finders, quantities["timex"]._lexicon]
            for pattern in vars(finder).values()
            if type(pattern).__name__ == "_LatePattern"
        ]
        assert len(patterns) >= 20
        assert not [pattern for pattern in patterns if "search" in vars(pattern)]

    def test_plain_message_is_read_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is claimed, so that one reading serves all finders."""
        module = sys.modules["mela.annotate"]
        readings = self.count(monkeypatch, module, "Reading")
        Featurizer().featurize(self.PLAIN)
        assert len(readings) == 1

    def test_clusters_are_counted_once_in_a_text_without_disguise(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The plain view of a text that is plain is the text."""
        engine = Featurizer()
        counted = self.count(monkeypatch, engine._annotator._clusters, "count")
        engine.featurize(self.PLAIN)
        assert len(counted) == 1
        engine.featurize("a fr33 prize")
        assert len(counted) == 3

    def test_number_asks_the_metadata_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A number is parsed for each region at its first appearance, and never without one."""
        parsed = self.count(monkeypatch, phonenumbers, "parse")
        engine = Featurizer()
        engine.featurize(self.PLAIN + " at 5pm for £20")
        assert not parsed
        engine.featurize("call 0161 496 0731 now")
        first = len(parsed)
        assert 1 <= first <= 2
        engine.featurize("call 0161 496 0731 again")
        assert len(parsed) == first

    def test_host_is_split_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The suffix list is asked once for a host, and never for a message without a dot."""
        asked = self.count(monkeypatch, sys.modules["mela.hosts.parser"], "_suffix_list")
        engine = Featurizer()
        engine.featurize("see you at the usual place")
        assert not asked
        engine.featurize("see www.split-once-77.co.uk/x")
        first = len(asked)
        assert first
        engine.featurize("go to www.split-once-77.co.uk/x")
        assert len(asked) == first

    @pytest.mark.parametrize(
        ("text", "kind", "most"),
        [
            ("1 2 " * 2_500, "number", 250),
            ("$1 " * 3_333, "currency", 250),
            ("5pm " * 2_500, "timex", 1_000),
            ("07911123456 " * 800, "phone", 200),
        ],
        ids=["numbers", "amounts", "times", "phones"],
    )
    def test_hostile_message_is_looked_at_in_part(self, text: str, kind: str, most: int) -> None:
        """Of thousands of entities some hundreds are found: nobody writes more."""
        assert 0 < len(find(annotate(text), kind)) <= most

    def test_tables_do_not_grow_with_messages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What an engine remembers is bounded, whatever it is given to read."""
        monkeypatch.setattr("mela.text.memo._MOST_KEYS", 50)
        engine = Featurizer()
        texts = [f"w{n} x{n}yz call 07{n:09} see h{n}.com at {n}pm fr{n}33" for n in range(300)]
        engine.featurize_many(texts)
        timexes = engine._annotator._quantities["timex"]
        parts = [engine._annotator._normalizer, timexes, timexes._lexicon]
        tables = [
            table
            for part in parts
            for table in getattr(part, "__dict__", {}).values()
            if isinstance(table, Memo)
        ]
        assert len(tables) >= 4
        assert max(map(len, tables)) <= 50
