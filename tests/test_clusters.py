from collections.abc import Callable

import pytest
from growth import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE, MESSAGES

from mela import Resources
from mela.clusters import ClusterCounter
from mela.resources import CLUSTER_COUNT

CAR, EVENT, INTENT, MONEY, FREE, CONTACT = 0, 3, 6, 8, 13, 21


@pytest.fixture(scope="module")
def counter(tiny: Resources) -> ClusterCounter:
    """Return the counter of the frozen clusters."""
    return ClusterCounter(tiny.clusters)


def hits(counter: ClusterCounter, text: str) -> list[str]:
    """Return the substrings found, in order."""
    return [hit.substring for hit in counter.hits(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("nothing at all", []),
        ("cash", ["cash"]),
        ("xcashx", ["cash"]),
        ("cashcash", ["cash", "cash"]),
        ("want to meet", ["want to meet"]),
        ("want  to meet", []),
        ("ringtone", ["ringtone", "tone"]),
        ("dj", ["dj"]),
        ("a dj, dj!", ["dj", "dj"]),
        ("(dj)", ["dj"]),
        ("adjust", []),
        ("dj2", []),
        ("2dj", []),
        ("car", ["car"]),
        ("mycars", ["car"]),
        ("scar", []),
        ("card", []),
        ("card car", ["car"]),
        ("cardcar", ["car"]),
        ("carcard", ["car"]),
        ("my car", []),
        ("my car my car", []),
        ("our car", ["car"]),
        ("call", ["call"]),
        ("call me", []),
        ("recall", []),
        ("callus", ["call"]),
        ("won't", []),
        ("won", ["won"]),
    ],
)
def test_hits(counter: ClusterCounter, text: str, found: list[str]) -> None:
    """Substrings are found anywhere, short ones as words only, excused ones not at all."""
    assert hits(counter, text) == found


def test_place_of_a_hit(counter: ClusterCounter) -> None:
    """A hit says where it stands and to which clusters it belongs."""
    (hit,) = counter.hits("se compra")
    assert "se compra"[hit.start : hit.end] == hit.substring == "compr"
    assert hit.clusters == (CAR, INTENT)


def test_substring_of_two_clusters_counts_for_both(counter: ClusterCounter) -> None:
    """One occurrence adds one to each of its clusters."""
    counts = counter.count("compro")
    assert (counts[CAR], counts[INTENT], sum(counts)) == (1, 1, 2)


def test_overlapping_hits_all_count(counter: ClusterCounter) -> None:
    """A substring inside another one counts as well."""
    assert counter.count("ringtones")[14] == 2


@pytest.mark.parametrize("text", ["", "x", "\x00", "\ud800", "نص"])
def test_width(counter: ClusterCounter, text: str) -> None:
    """There are 22 counts whatever the text."""
    assert counter.count(text) == (0,) * CLUSTER_COUNT


def test_upper_case_is_not_searched(counter: ClusterCounter) -> None:
    """The text is expected in lower case."""
    assert hits(counter, "CASH") == []


def naive(resources: Resources, text: str) -> tuple[int, ...]:
    """Count the slow way: at each place, each substring of each cluster."""

    def counts(place: int, substring: str) -> bool:
        end = place + len(substring)
        if not text.startswith(substring, place):
            return False
        edges = text[place - 1 : place] + text[end : end + 1]
        if len(substring) < 3 and any(map(str.isalnum, edges)):
            return False
        excuses = resources.clusters.exceptions.get(substring, ())
        return not any(
            text.startswith(word, place - offset)
            for word in excuses
            for offset in range(len(word))
            if offset <= place and word.startswith(substring, offset)
        )

    return tuple(
        sum(
            counts(place, substring)
            for substring in cluster.paper + cluster.mela
            for place in range(len(text))
        )
        for cluster in resources.clusters
    )


FRAGMENTS = st.sampled_from(
    ["car", "card", "my ", "s", "call", " me", "free", "dom", "dj", "won", "'t", "k", "compr",
     "tone", "ring", "ca", "re", " ", "1", "won’t", "bonus", "cash"]
)  # fmt: skip


@given(text=st.lists(FRAGMENTS, max_size=12).map("".join))
def test_counts_equal_a_naive_search(tiny: Resources, counter: ClusterCounter, text: str) -> None:
    """The automaton counts what a search at every place counts."""
    assert counter.count(text) == naive(tiny, text)


@given(MESSAGES)
def test_shipped_counts_equal_a_naive_search(text: str) -> None:
    """So it does with the shipped clusters, on any message."""
    resources = Resources.load()
    lower = text.lower()
    assert ClusterCounter(resources.clusters).count(lower) == naive(resources, lower)


@pytest.mark.parametrize(
    "cluster", list(Resources.load().clusters), ids=lambda cluster: cluster.name
)
def test_shipped_substring_counts_for_its_cluster(cluster: tuple) -> None:
    """Each shipped substring, standing alone, adds to its own cluster."""
    counter = ClusterCounter(Resources.load().clusters)
    number, _, paper, mela = cluster
    silent = [text for text in paper + mela if not counter.count(text)[number]]
    assert silent == []


def test_shipped_exception_excuses() -> None:
    """Each shipped exception, standing alone, silences its substring."""
    resources = Resources.load()
    counter = ClusterCounter(resources.clusters)
    loud = [
        word
        for substring, words in resources.clusters.exceptions.items()
        for word in words
        if substring in hits(counter, word)
    ]
    assert loud == []


@pytest.mark.parametrize(
    ("text", "innocent"),
    [
        ("revisa el horario y avisa", "visa"),
        ("son cincuenta personas", "cuenta"),
        ("hay que buscar la carretera", "car"),
        ("quizá vemos el mundial", "quiz"),
        ("el mundial empieza hoy", "dial"),
        ("te extrañamos, qué contentos", "extra"),
        ("a ti te corresponde otro", "responde"),
        ("de knight & co", "t & c"),
        ("we struck a tree", "truck"),
        ("a new clubhouse", "club"),
        ("my friend recommends the weekend calendar", "end"),
        ("tengo pendiente entender la agenda de tu tienda", "end"),
        ("already spread some bread, are you ready", "read"),
        ("está mareado, lo ha creado ella", "read"),
        ("together we forget the budget for vegetables", "get"),
        ("the carpenter entertains guests at the center", "enter"),
        ("me enteré, entonces entero el cementerio", "enter"),
        ("embarrassed in barcelona, barely a bargain", "bar"),
        ("en el barrio van a acabar y probar el barco", "bar"),
        ("homework for the homeless", "home"),
        ("homework and paper network", "work"),
        ("off to yorkshire", "hire"),
        ("está casado y quiere casarse de nuevo", "casa"),
        ("we discovered a discount after a discussion", "disco"),
        ("down the avenue", "venue"),
        ("un gigante con gigabytes", "gig"),
        ("borders, disorders and recorders", "order"),
        ("christopher", "stop"),
        ("pickles from the picket line", "pick"),
        ("facebook or a notebook", "ebook"),
        ("billy saw a billion billboards", "bill"),
        ("un billete y un tobillo", "bill"),
        ("cardiff discards ricardo", "card"),
        ("what a coincidence, coincidimos", "coin"),
        ("russell, the counsellor", "sell"),
        ("richard is in zurich", "rich"),
        ("a bizarre night in ibiza", "biz"),
        ("bizcocho", "biz"),
        ("stockholm and its livestock", "stock"),
        ("a wireless speaker", "wire"),
        ("an attractive activist", "activ"),
        ("camouflage", "flag"),
        ("whack it behind the shack", "hack"),
        ("the investigation", "invest"),
        ("unlimited and ilimitado", "limit"),
        ("the headmaster", "master"),
        ("european neurons", "euro"),
        ("el jardinero", "dinero"),
        ("lancashire", "cash"),
        ("las insurgentes surgen", "urgen"),
        ("quiero regalarme algo", "alarm"),
        ("se manifiesta", "fiesta"),
        ("el autor toma el autobús", "auto"),
        ("voy a sacar y explicar la carta, no tocarla", "car"),
        ("twitching", "twit"),
        ("desconcertado", "concert"),
    ],
)
def test_shipped_substrings_leave_ordinary_words_alone(text: str, innocent: str) -> None:
    """A word that merely holds a substring does not count for it."""
    assert innocent not in hits(ClusterCounter(Resources.load().clusters), text)


@pytest.mark.parametrize(
    ("text", "substring"),
    [
        ("tired of money problems", "money"),
        ("home by car, i love my car", "car"),
        ("see you at home", "home"),
        ("i got a new job", "job"),
        ("a bank holiday", "bank"),
        ("a birthday card", "card"),
        ("se llama ana", "llama"),
        ("cars. and buses", "car"),
        ("felices fiestas", "fiesta"),
        ("has registered", "register"),
        ("it ended, it never ends", "end"),
        ("readers are reading", "read"),
        ("getting there", "get"),
        ("entered and enters", "enter"),
        ("two bars", "bar"),
        ("tres bares", "bar"),
        ("jobs and workers", "job"),
        ("stopped twice", "stop"),
        ("unpaid bills", "bill"),
        ("two cards", "card"),
        ("ordered already", "order"),
        ("te llamamos", "llama"),
        ("trabajando", "trabaj"),
        ("your activity was activated", "activ"),
        ("hacked", "hack"),
        ("bitcoins", "coin"),
        ("getrichquick", "rich"),
        ("readmore", "read"),
        ("thecarloan", "car"),
        ("rotocarr0", "car"),
    ],
)
def test_shipped_exceptions_leave_the_word_alone(text: str, substring: str) -> None:
    """A printed substring counts whatever stands beside it, and in its inflections."""
    assert substring in hits(ClusterCounter(Resources.load().clusters), text)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(make: Callable[[int], str]) -> None:
    """Counting takes time in proportion to the text, exceptions included."""
    assert growth(ClusterCounter(Resources.load().clusters).count, make) <= LINEAR


@pytest.mark.parametrize("unit", ["car", "card", "call ", "won'", "free", "send "])
def test_time_grows_with_the_hits(unit: str) -> None:
    """Texts made of hits and excuses take time in proportion, too."""
    counter = ClusterCounter(Resources.load().clusters)
    assert growth(counter.count, lambda size: unit * (size // len(unit))) <= LINEAR
