"""The columns: how many, in which order, of which kind, from where."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from mela import DOMAIN, MESSAGE, Featurizer, featurize, featurize_domain, featurize_many
from mela.annotate import AnnotatedMessage
from mela.features.table import Feature, FeatureTable, Group, Kind, Origin

GOLDEN = Path(__file__).parent / "golden"
TABLES = [
    pytest.param(MESSAGE, "message_names.txt", 51, id="message"),
    pytest.param(DOMAIN, "domain_names.txt", 40, id="domain"),
]
FEATURES = [
    pytest.param(feature, id=f"{table.name}.{feature.name}")
    for table in (MESSAGE, DOMAIN)
    for feature in table
]


def read_names(file: str) -> tuple[str, ...]:
    """Return the column names of a golden file, which was written by hand from the paper."""
    return tuple((GOLDEN / file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("table", "file", "width"), TABLES)
def test_table_has_the_papers_columns_in_its_order(
    table: FeatureTable, file: str, width: int
) -> None:
    """A table has the columns of the golden file, in order."""
    assert table.names == read_names(file)
    assert len(table) == len(set(table.names)) == width


def test_row_is_the_message_then_the_domain() -> None:
    """The 91 columns are the message's, then the domain's with a prefix."""
    names = Featurizer().feature_names
    prefixed = tuple(f"domain__{name}" for name in read_names("domain_names.txt"))
    assert names == read_names("message_names.txt") + prefixed
    assert len(names) == 91


@pytest.mark.parametrize("text", ["", "hi", "win at www.example.com"], ids=["empty", "word", "url"])
def test_default_functions_give_float32_of_fixed_width(text: str) -> None:
    """Whatever the text, rows have a fixed width and the type float32."""
    for row, shape in (
        (featurize(text), (91,)),
        (featurize_many([text]), (1, 91)),
        (featurize_domain(text), (40,)),
    ):
        assert row.dtype == np.float32
        assert row.shape == shape


@pytest.mark.parametrize("feature", FEATURES)
def test_feature_is_documented_and_of_closed_sets(feature: Feature) -> None:
    """A feature has a sentence that says what it means, and a known group, kind and origin."""
    assert feature.doc[0].isupper()
    assert feature.doc.endswith(".")
    assert len(feature.doc.split()) >= 3
    assert feature.group in get_args(Group)
    assert feature.kind in get_args(Kind)
    assert feature.origin in get_args(Origin)


@pytest.mark.parametrize(
    ("table", "origin", "names"),
    [
        pytest.param(MESSAGE, "reconstructed", ["contains_year"], id="message-reconstructed"),
        pytest.param(MESSAGE, "mela", [], id="message-mela"),
        pytest.param(DOMAIN, "reconstructed", [], id="domain-reconstructed"),
        pytest.param(DOMAIN, "mela", ["ngram_entropy"], id="domain-mela"),
    ],
)
def test_features_beside_the_papers_table_say_so(
    table: FeatureTable, origin: str, names: list[str]
) -> None:
    """Only the 51st message feature is reconstructed, and only the 40th of a domain is ours."""
    assert [feature.name for feature in table if feature.origin == origin] == names


KINDS = {
    "position": {"url_pos", "phone_pos", "email_pos", "number_pos"},
    "length": {"length"},
    "score": {"domain_melascore"},
    "ratio": {"token_ratio", "digit_ratio"},
    "entropy": {"ngram_entropy"},
    "flag": {
        "contains_fwd", "unsubscribe", "phone_isfree", "email_isfree", "url_isdom",
        "domain_isshort", "start_withnumber", "end_withnumber", "startswith_hello",
        "endswith_cta", "domain_obfuscation", "contains_year", "starts_with_num",
        "ends_with_num", "contains_00", "contains_vv", "contains_1", "contains_zero",
        "containswww", "badtlds", "susptlds", "normaltlds", "isshort",
    },
}  # fmt: skip


@pytest.mark.parametrize("feature", FEATURES)
def test_feature_has_the_kind_of_the_contract(feature: Feature) -> None:
    """A feature is of the kind that the contract gives it; what no other kind lists is a count."""
    kinds = [kind for kind, names in KINDS.items() if feature.name in names]
    assert [feature.kind] == (kinds or ["count"])


def test_cluster_columns_are_a_group() -> None:
    """The 22 columns of substring clusters, and no others, form the cluster group."""
    for table in (MESSAGE, DOMAIN):
        names = [feature.name for feature in table if feature.group == "cluster"]
        assert names == [f"substring_clust_{number}" for number in range(22)]


EVIDENCE = {
    "num_of_urls": ("urls",),
    "num_of_phones": ("phones", "shortcodes"),
    "num_of_emails": ("emails",),
    "url_pos": ("urls",),
    "phone_pos": ("phones", "shortcodes"),
    "email_pos": ("emails",),
    "number_pos": ("numbers",),
    "num_of_timex": ("timexes",),
    "num_of_number": ("numbers",),
    "num_of_currency": ("currencies",),
    "heur_tweet": ("hashtags", "mentions"),
}


@pytest.mark.parametrize(("name", "fields"), EVIDENCE.items(), ids=EVIDENCE.keys())
def test_feature_names_the_entities_behind_it(name: str, fields: tuple[str, ...]) -> None:
    """A column that counts or places entities says where they are."""
    assert MESSAGE[name].evidence == fields


def test_evidence_is_a_field_of_the_message() -> None:
    """What a feature names as its evidence exists."""
    named = {field for feature in MESSAGE for field in feature.evidence}
    assert named <= set(AnnotatedMessage._fields)
