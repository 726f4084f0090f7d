"""The 40 features of a domain, in column order.

"Name" is the registrable domain without its public suffix: "amazon-login77" of
``www.amazon-login77.co.uk``. Names of features are those of the paper's Table 3, in lower case.
"""

from collections.abc import Sequence
from typing import Final

from mela.annotate import AnnotatedHost
from mela.features.table import FeatureTable
from mela.resources import CLUSTER_COUNT

DOMAIN: Final = FeatureTable[AnnotatedHost]("domain")


@DOMAIN.feature("name", "flag")
def starts_with_num(host: AnnotatedHost) -> float:
    """The name starts with a digit."""
    return host.name[:1].isdigit()


@DOMAIN.feature("name", "flag")
def ends_with_num(host: AnnotatedHost) -> float:
    """The name ends with a digit."""
    return host.name[-1:].isdigit()


@DOMAIN.feature("name", "flag")
def contains_00(host: AnnotatedHost) -> float:
    """The name holds "00"."""
    return "00" in host.name


@DOMAIN.feature("name", "flag")
def contains_vv(host: AnnotatedHost) -> float:
    """The name holds "vv", which poses as w."""
    return "vv" in host.name


@DOMAIN.feature("name", "flag")
def contains_year(host: AnnotatedHost) -> float:
    """The name holds a year from 1900 to 2099."""
    return host.has_year


@DOMAIN.feature("name", "flag")
def contains_1(host: AnnotatedHost) -> float:
    """The name holds the digit 1, which poses as l or i."""
    return "1" in host.name


@DOMAIN.feature("name", "flag")
def contains_zero(host: AnnotatedHost) -> float:
    """The name holds the digit 0, which poses as o."""
    return "0" in host.name


@DOMAIN.feature("name", "ratio")
def digit_ratio(host: AnnotatedHost) -> float:
    """Digits divided by characters of the name; 0 for an empty name."""
    return sum(map(str.isdigit, host.name)) / len(host.name) if host.name else 0.0


@DOMAIN.feature("name", "count")
def hyphen_count(host: AnnotatedHost) -> float:
    """Number of hyphens in the name."""
    return host.name.count("-")


@DOMAIN.feature("name", "length")
def length(host: AnnotatedHost) -> float:
    """Length of the name in characters."""
    return len(host.name)


@DOMAIN.feature("name", "count")
def word_count(host: AnnotatedHost) -> float:
    """Number of words that the name runs together ("freeringtonesnow" has 3)."""
    return host.word_count


@DOMAIN.feature("name", "count")
def phoneme_count(host: AnnotatedHost) -> float:
    """Estimated number of phonemes in the name."""
    return host.phoneme_count


@DOMAIN.block("cluster", "count", width=CLUSTER_COUNT)
def substring_clust(host: AnnotatedHost) -> Sequence[float]:
    """Hits on one substring cluster in the subdomain and the name."""
    return host.clusters


@DOMAIN.feature("host", "flag")
def containswww(host: AnnotatedHost) -> float:
    """The host holds "www" elsewhere than as its plain leading label ("wwwbank.com").

    Our reading: the plain leading label says nothing of a host.
    """
    return host.has_hidden_www


@DOMAIN.feature("host", "flag")
def badtlds(host: AnnotatedHost) -> float:
    """The top-level domain is notorious for abuse in the chosen profile."""
    return host.tld_class == "bad"


@DOMAIN.feature("host", "flag")
def susptlds(host: AnnotatedHost) -> float:
    """The top-level domain is abused more than most in the chosen profile."""
    return host.tld_class == "suspicious"


@DOMAIN.feature("host", "flag")
def normaltlds(host: AnnotatedHost) -> float:
    """The top-level domain is neither bad nor suspicious; 0 for an IP address, too."""
    return host.tld_class == "normal"


@DOMAIN.feature("host", "flag")
def isshort(host: AnnotatedHost) -> float:
    """The host is a URL shortener."""
    return host.is_shortener


@DOMAIN.feature("name", "entropy", origin="mela")
def ngram_entropy(host: AnnotatedHost) -> float:
    """Shannon entropy of the character bigrams of the name, in bits.

    Not in the paper's Table 3, whose domain column ends at 39.
    """
    return host.entropy
