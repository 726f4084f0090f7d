"""The estimator contract.

``check_estimator`` runs one check for estimators of text, so its checks are called here by name,
and what they leave out is written out.
"""

import copy
import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import cloudpickle
import joblib
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import skops.io
from numpy.testing import assert_array_equal
from sklearn.base import BaseEstimator, clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import estimator_checks, get_tags
from sklearn.utils.validation import check_is_fitted

from mela import (
    DOMAIN,
    DomainClassifier,
    DomainVectorizer,
    Featurizer,
    MelaVectorizer,
    Resources,
    featurize,
    featurize_domain,
)
from mela.errors import UnknownRegionError
from mela.hosts.score import DomainModel
from mela.tabular.texts import read_texts

SPAM = [
    f"{call} a {prize} now at http://{host}/x or text WIN to 8{code}"
    for call, prize, host, code in [
        ("Win", "prize", "free-prize4u.top", "0085"),
        ("Claim", "free phone", "win77.xyz", "0086"),
        ("URGENT: get", "cash loan", "bit.ly", "7121"),
        ("Get", "ringtone", "secure-login.tk", "3100"),
        ("Hi, want", "date tonight", "meet-me69.info", "5222"),
        ("Collect", "refund of £500", "tax-refund.top", "0011"),
    ]
]
HAM = [
    "see you at home",
    "",
    "ok, running late \U0001f600 be there at 5",
    "hola, ¿cómo estás?",
    "call me when you can",
    "Tom &amp; Ann are here, bring the keys",
]
TEXTS = SPAM + HAM
LABELS = [1] * len(SPAM) + [0] * len(HAM)
HOSTS = ["www.bit.ly", "http://secure-login77.example.top/x", "bücher.de", "10.0.0.1", "", "junk"]


class Given(NamedTuple):
    """A vectorizer with texts for it, and how many columns they get."""

    vectorizer: MelaVectorizer | DomainVectorizer
    texts: list[str]
    width: int


INPUTS = {
    "mela": Given(MelaVectorizer(), TEXTS, 91),
    "domain": Given(DomainVectorizer(), HOSTS, 40),
}
BOTH = pytest.mark.parametrize("given", INPUTS.values(), ids=INPUTS.keys())
Container = Callable[[list[str]], Any]
CONTAINERS: dict[str, Container] = {
    "list": list,
    "tuple": tuple,
    "generator": lambda texts: (text for text in texts),
    "iterator": iter,
    "object array": lambda texts: np.array(texts, dtype=object),
    "str array": np.array,
    "column array": lambda texts: np.array(texts, dtype=object).reshape(-1, 1),
    "pandas series": pd.Series,
    "pandas object series": lambda texts: pd.Series(texts, dtype=object),
    "pandas odd index": lambda texts: pd.Series(texts, index=range(len(texts), 0, -1)),
    "pandas frame": lambda texts: pd.DataFrame({"text": texts}),
    "pandas categories": lambda texts: pd.Series(texts, dtype="category"),
    "pandas index": pd.Index,
    "polars series": pl.Series,
    "polars frame": lambda texts: pl.DataFrame({"text": texts}),
    "arrow array": pa.array,
    "arrow chunks": lambda texts: pa.chunked_array([texts[:2], [], texts[2:]]),
    "arrow large strings": lambda texts: pa.array(texts, pa.large_string()),
    "arrow table": lambda texts: pa.table({"text": texts}),
}


class TestScikitLearnsChecks:
    """The checks of scikit-learn that make sense for text."""

    NAMES = (
        "check_estimator_cloneable",
        "check_estimator_tags_renamed",
        "check_valid_tag_types",
        "check_estimator_repr",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_get_params_invariance",
        "check_set_params",
        "check_do_not_raise_errors_in_init_or_set_params",
        "check_mixin_order",
    )
    FITTING = (
        "check_estimators_fit_returns_self",
        "check_transformer_get_feature_names_out",
        "check_set_output_transform",
        "check_estimators_unfitted",
    )

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("estimator", [MelaVectorizer, DomainVectorizer, DomainClassifier])
    def test_check_without_data(self, estimator: type[BaseEstimator], name: str) -> None:
        """A check that needs no data passes."""
        getattr(estimator_checks, name)(estimator.__name__, estimator())

    @pytest.mark.parametrize("name", FITTING)
    @pytest.mark.parametrize("estimator", [MelaVectorizer, DomainVectorizer])
    def test_check_with_data(self, estimator: type[BaseEstimator], name: str) -> None:
        """A check that fits the vectorizer passes: fit reads nothing, so numbers will do."""
        getattr(estimator_checks, name)(estimator.__name__, estimator())

    @pytest.mark.filterwarnings("ignore:Can't test estimator")
    def test_all_of_check_estimator_passes(self) -> None:
        """What check_estimator does not skip passes."""
        for given in INPUTS.values():
            estimator_checks.check_estimator(given.vectorizer, on_skip=None)

    @BOTH
    @pytest.mark.parametrize("method", ["fit", "partial_fit", "fit_transform"])
    def test_y_is_the_second_argument(self, given: Given, method: str) -> None:
        """Methods that fit take y, which changes nothing."""
        with_y = getattr(clone(given.vectorizer), method)(given.texts, [0] * len(given.texts))
        without = getattr(clone(given.vectorizer), method)(given.texts)
        if method == "fit_transform":
            assert with_y.shape == (len(given.texts), given.width)
            assert with_y.tobytes() == without.tobytes()


class TestInput:
    """What a batch may come in."""

    @BOTH
    @pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS.keys())
    def test_container_does_not_matter(self, given: Given, container: Container) -> None:
        """Every container of the same texts gives the same bytes."""
        rows = given.vectorizer.transform(container(given.texts))
        assert type(rows) is np.ndarray
        assert rows.dtype == np.float32
        assert rows.shape == (len(given.texts), given.width)
        assert rows.tobytes() == given.vectorizer.transform(given.texts).tobytes()

    @BOTH
    @pytest.mark.parametrize(
        "empty",
        [
            [],
            (),
            iter(()),
            np.array([], dtype=object),
            np.empty((0, 1), dtype=object),
            pd.Series([], dtype=object),
            pd.DataFrame({"text": []}),
            pl.Series([], dtype=pl.String),
            pl.DataFrame({"text": []}),
            pa.array([], pa.string()),
        ],
        ids=lambda empty: f"{type(empty).__module__.partition('.')[0]}.{type(empty).__name__}",
    )
    def test_no_texts_give_no_rows_of_full_width(self, given: Given, empty: Any) -> None:
        """Without texts there are no rows, and all columns."""
        rows = given.vectorizer.transform(empty)
        assert rows.shape == (0, given.width)
        assert rows.dtype == np.float32

    @BOTH
    def test_bare_str_is_refused_in_scikit_learns_words(self, given: Given) -> None:
        """One str is no batch."""
        sentence = r"^Iterable over raw text documents expected, string object received\.$"
        with pytest.raises(ValueError, match=sentence):
            given.vectorizer.transform("see you at home")

    @BOTH
    def test_bare_bytes_are_refused(self, given: Given) -> None:
        """Bytes are no batch, though one can iterate over them."""
        with pytest.raises(TypeError, match=r"got bytes; decode it: data\.decode\('utf-8'\)"):
            given.vectorizer.transform(b"see you at home")

    @BOTH
    @pytest.mark.parametrize(
        "table",
        [
            np.array([["a", "b"]], dtype=object),
            pd.DataFrame({"x": ["a"], "y": ["b"]}),
            pl.DataFrame({"x": ["a"], "y": ["b"]}),
            pa.table({"x": ["a"], "y": ["b"]}),
        ],
        ids=["array", "pandas", "polars", "arrow"],
    )
    def test_several_columns_are_refused_with_the_remedy(self, given: Given, table: Any) -> None:
        """Of several columns, the caller has to choose one; the error shows how."""
        with pytest.raises(
            ValueError, match=r"got 2; choose one: X\['text'\], or ColumnTransformer"
        ):
            given.vectorizer.transform(table)

    @BOTH
    @pytest.mark.parametrize("scalar", [None, 5, 1.5], ids=str)
    def test_no_batch_at_all_is_a_type_error(self, given: Given, scalar: object) -> None:
        """What one cannot iterate over is refused."""
        with pytest.raises(TypeError):
            given.vectorizer.transform(scalar)

    def test_labels_of_a_column_do_not_matter(self) -> None:
        """The only column of a frame may have any label."""
        frame = pd.DataFrame({0: TEXTS}, index=range(5, 5 + len(TEXTS)))
        wanted = MelaVectorizer().transform(TEXTS).tobytes()
        assert MelaVectorizer().transform(frame).tobytes() == wanted
        assert MelaVectorizer().transform(frame.rename(columns={0: "iloc"})).tobytes() == wanted


MISSING: dict[str, Container] = {
    "list of None": lambda texts: [*texts, None],
    "list of nan": lambda texts: [*texts, float("nan")],
    "tuple of NA": lambda texts: (*texts, pd.NA),
    "generator": lambda texts: (text for text in [*texts, None]),
    "object array of None": lambda texts: np.array([*texts, None], dtype=object),
    "object array of nan": lambda texts: np.array([*texts, np.nan], dtype=object),
    "array of numpy nan": lambda texts: np.array([*texts, np.float64("nan")], dtype=object),
    "array of float32 nan": lambda texts: np.array([*texts, np.float32("nan")], dtype=object),
    "list of NaT": lambda texts: [*texts, pd.NaT],
    "pandas": lambda texts: pd.Series([*texts, None]),
    "pandas objects": lambda texts: pd.Series([*texts, None], dtype=object),
    "pandas nullable": lambda texts: pd.Series([*texts, None], dtype="string"),
    "pandas frame": lambda texts: pd.DataFrame({"text": [*texts, None]}),
    "polars": lambda texts: pl.Series([*texts, None]),
    "polars frame": lambda texts: pl.DataFrame({"text": [*texts, None]}),
    "arrow": lambda texts: pa.array([*texts, None]),
    "arrow chunks": lambda texts: pa.chunked_array([texts, [None]], pa.string()),
}


class TestMissing:
    """One policy for None, NaN, NA and nulls, whatever holds them."""

    @BOTH
    @pytest.mark.parametrize("container", MISSING.values(), ids=MISSING.keys())
    def test_missing_text_is_refused_by_position(self, given: Given, container: Container) -> None:
        """By default, a missing text is an error that says where and what to do."""
        with pytest.raises(
            TypeError, match=f"no message at position {len(given.texts)}: .*missing='empty'"
        ):
            given.vectorizer.transform(container(given.texts))

    @BOTH
    @pytest.mark.parametrize("container", MISSING.values(), ids=MISSING.keys())
    def test_missing_text_gives_zeros_on_demand(self, given: Given, container: Container) -> None:
        """With ``missing="empty"``, a missing text has the row of an empty one: zeros."""
        lenient = clone(given.vectorizer).set_params(missing="empty")
        rows = lenient.transform(container(given.texts))
        assert rows.tobytes() == given.vectorizer.transform([*given.texts, ""]).tobytes()
        assert not rows[-1].any()

    @pytest.mark.parametrize("missing", ["error", "empty"])
    @pytest.mark.parametrize(
        ("wrong", "complaint"),
        [
            pytest.param(b"sekret", "got bytes; decode it first", id="bytes"),
            pytest.param(17, "got int; convert it with str", id="int"),
            pytest.param(1.5, "got float; convert it with str", id="float"),
            pytest.param(["sekret"], "got list; convert it with str", id="list"),
            pytest.param(True, "got bool; convert it with str", id="bool"),
        ],
    )
    def test_other_types_are_refused_whatever_the_policy(
        self, wrong: object, complaint: str, missing: str
    ) -> None:
        """A number or bytes is a mistake and no missing text; the error does not quote it."""
        with pytest.raises(TypeError, match=f"^wanted str at position 1, {complaint}$"):
            MelaVectorizer(missing=missing).transform(["a", wrong, "sekret"])

    @pytest.mark.parametrize("column", [pd.Series([1.5, 2]), pl.Series([1, 2]), pa.array([1, 2])])
    def test_columns_of_numbers_are_refused(self, column: Any) -> None:
        """A column of numbers is not turned into text in silence."""
        with pytest.raises(TypeError, match="wanted str at position 0"):
            MelaVectorizer().transform(column)

    def test_unknown_policy_is_refused(self) -> None:
        """A policy that does not exist is refused at use."""
        with pytest.raises(ValueError, match=r"missing='drop'; wanted one of \('error', 'empty'\)"):
            MelaVectorizer(missing="drop").transform(TEXTS)

    def test_strings_of_numpy_become_str(self) -> None:
        """What is read is plain str, whatever the container holds."""
        assert [type(text) for text in read_texts(np.array(["a", "b"]))] == [str, str]


class TestRows:
    """What transform gives."""

    def test_row_is_that_of_featurize(self) -> None:
        """A vectorizer gives the rows of the function, bit for bit."""
        for text in TEXTS:
            assert MelaVectorizer().transform([text])[0].tobytes() == featurize(text).tobytes()
        for host in HOSTS:
            row = DomainVectorizer().transform([host])[0]
            assert row.tobytes() == featurize_domain(host).tobytes()

    @BOTH
    def test_rows_do_not_see_each_other(self, given: Given) -> None:
        """Two batches give the rows of their concatenation, and order does not matter."""
        rows = given.vectorizer.transform(given.texts)
        parts = [
            given.vectorizer.transform(given.texts[:2]),
            given.vectorizer.transform(given.texts[2:]),
        ]
        assert np.vstack(parts).tobytes() == rows.tobytes()
        order = np.random.default_rng(0).permutation(len(given.texts))
        shuffled = given.vectorizer.transform([given.texts[index] for index in order])
        assert shuffled.tobytes() == rows[order].tobytes()

    def test_parameters_reach_the_engine(self, tiny: Resources) -> None:
        """A vectorizer gives the rows of an engine with its parameters."""
        parameters: dict[str, Any] = {
            "regions": ("ES",), "resources": tiny, "domain_classifier": None,
            "tld_profile": "2014", "blocks": ("domain", "message"), "max_chars": 30,
        }  # fmt: skip
        rows = MelaVectorizer(**parameters).transform(TEXTS)
        assert rows.tobytes() == Featurizer(**parameters).featurize_many(TEXTS).tobytes()
        hosts = DomainVectorizer(resources=tiny, tld_profile="2014").transform(HOSTS)
        engine = Featurizer(resources=tiny, tld_profile="2014")
        assert hosts.tobytes() == np.stack(list(map(engine.featurize_domain, HOSTS))).tobytes()

    def test_lists_do_as_parameters(self) -> None:
        """Regions and blocks may be lists, as a configuration file gives them."""
        rows = MelaVectorizer(regions=["US", "GB"], blocks=["message", "domain"]).transform(TEXTS)
        assert rows.tobytes() == MelaVectorizer().transform(TEXTS).tobytes()


class TestParameters:
    """Parameters are stored as given and checked at use."""

    @pytest.mark.parametrize("use", ["fit", "transform", "fit_transform", "partial_fit"])
    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            pytest.param({"regions": ("XX",)}, UnknownRegionError, id="region"),
            pytest.param({"regions": "GB"}, TypeError, id="bare-region"),
            pytest.param({"blocks": ("sender",)}, ValueError, id="block"),
            pytest.param({"tld_profile": "1999"}, ValueError, id="profile"),
            pytest.param({"max_chars": 0}, ValueError, id="limit"),
        ],
    )
    def test_wrong_parameter_is_refused_at_use(
        self, use: str, parameters: dict[str, Any], error: type[Exception]
    ) -> None:
        """Building an estimator never fails; using it with a wrong parameter does."""
        vectorizer = MelaVectorizer(**parameters)
        with pytest.raises(error):
            getattr(vectorizer, use)(TEXTS)

    def test_changed_parameter_takes_effect(self) -> None:
        """Set a parameter, and the next transform heeds it."""
        vectorizer = MelaVectorizer()
        assert vectorizer.transform(TEXTS).shape[1] == 91
        vectorizer.set_params(blocks=("domain",))
        assert vectorizer.transform(TEXTS).shape[1] == 40
        assert len(vectorizer.get_feature_names_out()) == 40

    @BOTH
    def test_estimator_holds_its_parameters_only(self, given: Given) -> None:
        """Neither fit nor transform leaves anything in the estimator."""
        used = clone(given.vectorizer).fit(given.texts)
        used.transform(given.texts)
        assert vars(used) == used.get_params()
        assert not hasattr(used, "n_features_in_")

    @BOTH
    def test_tags_say_text_and_no_fit(self, given: Given) -> None:
        """The tags say: strings, one dimension, no fit, a type of its own, no NaN."""
        tags = get_tags(given.vectorizer)
        assert not tags.requires_fit
        assert tags.input_tags.string
        assert tags.input_tags.one_d_array
        assert not tags.input_tags.two_d_array
        assert tags.transformer_tags.preserves_dtype == []
        check_is_fitted(given.vectorizer)

    @BOTH
    def test_no_metadata_is_asked_for(self, given: Given) -> None:
        """No method takes metadata that a pipeline would have to route."""
        assert given.vectorizer.get_metadata_routing()._serialize() == {}


def dump_with_joblib(estimator: Any) -> Any:
    """Return an estimator that went through joblib's format."""
    buffer = io.BytesIO()
    joblib.dump(estimator, buffer)
    buffer.seek(0)
    return joblib.load(buffer)


def dump_with_skops(estimator: Any) -> Any:
    """Return an estimator that went through skops, which has to trust mela's classes only."""
    data = skops.io.dumps(estimator)
    untrusted = skops.io.get_untrusted_types(data=data)
    assert untrusted == [f"mela.estimators.vectorizers.{type(estimator).__name__}"]
    return skops.io.loads(data, trusted=untrusted)


@BOTH
@pytest.mark.parametrize(
    "duplicate",
    [
        clone,
        copy.copy,
        copy.deepcopy,
        lambda estimator: pickle.loads(pickle.dumps(estimator)),
        lambda estimator: cloudpickle.loads(cloudpickle.dumps(estimator)),
        dump_with_joblib,
        dump_with_skops,
    ],
    ids=["clone", "copy", "deepcopy", "pickle", "cloudpickle", "joblib", "skops"],
)
def test_copies_give_the_same_bytes(given: Given, duplicate: Callable[[Any], Any]) -> None:
    """A copy, however made, has the parameters of the original and gives its rows."""
    rows = given.vectorizer.transform(given.texts)
    twin = duplicate(given.vectorizer)
    assert twin is not given.vectorizer
    assert twin.get_params() == given.vectorizer.get_params()
    assert twin.transform(given.texts).tobytes() == rows.tobytes()


def test_own_resources_survive_copies(tiny: Resources) -> None:
    """Copies of a vectorizer with own resources have them, too."""
    vectorizer = MelaVectorizer(resources=tiny)
    rows = vectorizer.transform(TEXTS).tobytes()
    for duplicate in (clone, copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))):
        twin = duplicate(vectorizer)
        assert twin.resources == tiny
        assert twin.transform(TEXTS).tobytes() == rows


def test_frozen_classifier_survives_clone() -> None:
    """A clone forgets what its estimators learned, unless they are frozen."""
    hosts = ["free-prize4u.top", "win77.xyz", "wikipedia.org", "bbc.co.uk"]
    classifier = DomainClassifier().fit(hosts, [1, 1, 0, 0])
    texts = [f"see http://{host}" for host in hosts]
    twin = clone(MelaVectorizer(domain_classifier=FrozenEstimator(classifier)))
    wanted = MelaVectorizer(domain_classifier=classifier.model_).transform(texts)
    assert_array_equal(twin.transform(texts), wanted)


def test_model_file_is_read_anew(tiny: Resources, tmp_path: Path) -> None:
    """A path stands for what the file holds now, although engines are kept."""
    path = tmp_path / "model.json"
    vectorizer = MelaVectorizer(resources=tiny, domain_classifier=path)
    column = list(Featurizer().feature_names).index("domain_melascore")
    scores = []
    for intercept in (-1e3, 0.0, 1e3):
        model = DomainModel(DOMAIN.names, (0.0,) * len(DOMAIN), intercept)
        path.write_text(model.to_json({}), encoding="utf-8")
        scores.append(vectorizer.transform(["see http://example.com"])[0, column].item())
    assert scores == [0, 0.5, 1]


class TestNames:
    """Names of the columns, and frames that carry them."""

    @BOTH
    def test_names_are_strings_in_an_object_array(self, given: Given) -> None:
        """There is a name for each column, whatever the input's columns are called."""
        names = given.vectorizer.get_feature_names_out()
        assert names.dtype == object
        assert names.shape == (given.width,)
        assert all(type(name) is str for name in names)
        assert_array_equal(given.vectorizer.get_feature_names_out(["text"]), names)

    def test_names_are_those_of_the_tables(self) -> None:
        """The names are the engine's, and the domain table's."""
        assert tuple(MelaVectorizer().get_feature_names_out()) == Featurizer().feature_names
        assert tuple(DomainVectorizer().get_feature_names_out()) == DOMAIN.names

    @BOTH
    @pytest.mark.parametrize("output", ["default", "pandas", "polars"])
    @pytest.mark.parametrize("container", [list, np.array, pd.Series, pl.Series])
    def test_set_output_chooses_the_container(
        self, given: Given, output: str, container: Container
    ) -> None:
        """Rows come as array or frame, with the names and values of the array."""
        wanted = given.vectorizer.transform(given.texts)
        rows = (
            clone(given.vectorizer)
            .set_output(transform=output)
            .fit_transform(container(given.texts))
        )
        if output == "default":
            assert type(rows) is np.ndarray
        else:
            assert type(rows) is {"pandas": pd.DataFrame, "polars": pl.DataFrame}[output]
            assert list(rows.columns) == list(given.vectorizer.get_feature_names_out())
            rows = rows.to_numpy()
        assert rows.dtype == np.float32
        assert_array_equal(rows, wanted)

    @pytest.mark.parametrize("as_frame", [False, True], ids=["series", "frame"])
    def test_pandas_output_keeps_the_index(self, *, as_frame: bool) -> None:
        """The index of a pandas input is that of the pandas output."""
        series = pd.Series(TEXTS, index=[f"row {number}" for number in range(len(TEXTS))])
        vectorizer = MelaVectorizer().set_output(transform="pandas")
        rows = vectorizer.transform(series.to_frame("text") if as_frame else series)
        assert list(rows.index) == list(series.index)


class TestComposition:
    """Inside the tools of scikit-learn."""

    def test_pipeline_transforms_without_fit(self) -> None:
        """A Pipeline of the vectorizer alone works unfitted."""
        rows = Pipeline([("mela", MelaVectorizer())]).transform(TEXTS)
        assert rows.tobytes() == MelaVectorizer().transform(TEXTS).tobytes()

    def test_pipeline_classifies_text(self) -> None:
        """Text goes in, labels come out."""
        pipeline = make_pipeline(MelaVectorizer(), StandardScaler(), LogisticRegression())
        assert pipeline.fit(TEXTS, LABELS).predict(TEXTS).tolist() == LABELS
        assert pipeline[:-1].get_feature_names_out().tolist() == list(Featurizer().feature_names)

    @pytest.mark.parametrize("column", ["text", ["text"]], ids=["one-dimension", "two"])
    @pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
    def test_column_transformer_passes_a_column(
        self, frame: Callable[..., Any], column: str | list[str]
    ) -> None:
        """A ColumnTransformer may name the column or list it, for either kind of frame."""
        data = frame({"id": range(len(TEXTS)), "text": TEXTS, "size": [0.5] * len(TEXTS)})
        transformer = ColumnTransformer(
            [("mela", MelaVectorizer(), column), ("rest", "passthrough", ["size"])]
        )
        rows = transformer.fit_transform(data)
        assert rows.shape == (len(TEXTS), 92)
        assert_array_equal(rows[:, :91], MelaVectorizer().transform(TEXTS))
        assert transformer.get_feature_names_out()[0] == "mela__num_of_urls"
        assert_array_equal(transformer.transform(data[:3]), rows[:3])

    def test_column_transformer_refuses_two_columns(self) -> None:
        """Two columns of text are an error that says what to do."""
        data = pd.DataFrame({"subject": TEXTS, "body": TEXTS})
        transformer = ColumnTransformer([("mela", MelaVectorizer(), ["subject", "body"])])
        with pytest.raises(ValueError, match="wanted one column of messages, got 2"):
            transformer.fit_transform(data)

    def test_union_with_tfidf_keeps_float32(self) -> None:
        """Beside words of the same type, the columns stay float32, and in front."""
        union = FeatureUnion(
            [("mela", MelaVectorizer()), ("words", TfidfVectorizer(dtype=np.float32))]
        )
        rows = union.fit_transform(TEXTS)
        assert rows.dtype == np.float32
        assert_array_equal(rows[:, :91].toarray(), MelaVectorizer().transform(TEXTS))
        names = union.get_feature_names_out()
        assert len(names) == rows.shape[1]
        assert names[0] == "mela__num_of_urls"

    def test_grid_search_over_blocks_in_two_processes(self) -> None:
        """A parameter of the vectorizer can be searched, in parallel."""
        pipeline = make_pipeline(MelaVectorizer(), StandardScaler(), LogisticRegression())
        blocks = [("message",), ("domain",), ("message", "domain")]
        search = GridSearchCV(
            pipeline, {"melavectorizer__blocks": blocks}, cv=3, n_jobs=2, error_score="raise"
        )
        search.fit(TEXTS, LABELS)
        assert search.best_params_["melavectorizer__blocks"] in blocks
        assert search.best_score_ > 0.8
        assert search.best_estimator_[0].blocks == search.best_params_["melavectorizer__blocks"]

    def test_cross_validation_takes_text(self) -> None:
        """Messages can be cross-validated as they are, in a list or a Series."""
        pipeline = make_pipeline(MelaVectorizer(), StandardScaler(), LogisticRegression())
        for texts in (TEXTS, pd.Series(TEXTS)):
            scores = cross_val_score(pipeline, texts, LABELS, cv=3, error_score="raise")
            assert scores.mean() > 0.8

    def test_partial_fit_runs_out_of_core(self) -> None:
        """Chunks can be fitted and transformed one by one, and transformed without fit."""
        vectorizer = MelaVectorizer()
        assert vectorizer.partial_fit(TEXTS[:3]) is vectorizer
        assert vectorizer.partial_fit(TEXTS[3:], LABELS[3:]) is vectorizer
        chunks = [MelaVectorizer().transform(TEXTS[start : start + 5]) for start in (0, 5, 10)]
        assert np.vstack(chunks).tobytes() == vectorizer.transform(TEXTS).tobytes()

    def test_fit_reads_nothing(self) -> None:
        """Fit leaves a generator of texts untouched."""
        texts = iter(TEXTS)
        MelaVectorizer().fit(texts)
        assert list(texts) == TEXTS

    def test_fitted_domain_model_is_a_parameter(self) -> None:
        """The model of a DomainClassifier can be given to the vectorizer, cloned and searched."""
        hosts = ["free-prize4u.top", "win77.xyz", "wikipedia.org", "bbc.co.uk"]
        model = DomainClassifier().fit(hosts, [1, 1, 0, 0]).model_
        vectorizer = clone(MelaVectorizer(domain_classifier=model))
        column = list(vectorizer.get_feature_names_out()).index("domain_melascore")
        scores = vectorizer.transform(["http://win77.xyz", "http://bbc.co.uk", "none"])[:, column]
        assert scores[0] > 0.5 > scores[1] > scores[2] == 0


class TestJobs:
    """Batches that several processes share."""

    TEXTS = (SPAM + HAM) * 3

    def test_rows_are_those_of_one_process(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two processes give the rows of one, in order, however the batch is parted."""
        monkeypatch.setattr("mela.estimators.vectorizers._LEAST_PART", 5)
        rows = MelaVectorizer(n_jobs=2).transform(self.TEXTS[:-1])
        assert_array_equal(rows, MelaVectorizer().transform(self.TEXTS[:-1]))
        assert rows.dtype == np.float32

    def test_parameters_reach_the_workers(
        self, monkeypatch: pytest.MonkeyPatch, tiny: Resources
    ) -> None:
        """Workers build the engine that the estimator describes."""
        monkeypatch.setattr("mela.estimators.vectorizers._LEAST_PART", 5)
        given = {"resources": tiny, "regions": ["ES"], "blocks": ["domain"], "missing": "empty"}
        texts = [*self.TEXTS, None]
        rows = MelaVectorizer(**given, n_jobs=2).transform(texts)
        assert_array_equal(rows, MelaVectorizer(**given).transform(texts))

    @pytest.mark.parametrize("n_jobs", [None, 1, 2, -1])
    def test_small_batch_starts_no_process(
        self, monkeypatch: pytest.MonkeyPatch, n_jobs: int | None
    ) -> None:
        """What one process does sooner alone is not shared."""
        monkeypatch.delattr("mela.estimators.vectorizers.Parallel")
        assert MelaVectorizer(n_jobs=n_jobs).transform(self.TEXTS).shape == (len(self.TEXTS), 91)
        assert MelaVectorizer(n_jobs=n_jobs).transform([]).shape == (0, 91)

    def test_configuration_is_built_once_whatever_the_jobs(self) -> None:
        """How a batch is shared is no part of the engine."""
        assert MelaVectorizer(n_jobs=2)._get_engine() is MelaVectorizer()._get_engine()
