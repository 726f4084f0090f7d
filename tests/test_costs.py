"""What a message may cost, in calls of the costliest libraries: these are the same anywhere."""

from collections.abc import Callable
from itertools import count
from typing import Any

import ahocorasick
import phonenumbers
import pytest
import tldextract

from mela import Featurizer

READINGS = 3
"""A number is read for the regions US and GB, and as an international one."""

MOST_NUMBERS = 20
"""Numbers of a message that the phone metadata is asked about."""

PASSES = 3
"""Over a message: clusters, phrases, and where words are disguised, clusters without that."""

AUTOMATON = ahocorasick.Automaton
SEARCHES = ("iter", "iter_long", "find_all")

serial = count(1_000_000)


def new_phone() -> str:
    """Return a British mobile number that no cache has seen."""
    return f"07700{next(serial) % 1_000_000:06d}"


def new_host() -> str:
    """Return a host that no cache has seen."""
    return f"www.shop{next(serial)}.co.uk"


class Calls:
    """Counts the calls of what it is put in front of."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, counted."""

        def watched(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            return function(*arguments, **options)

        return watched

    def during(self, work: Callable[[], object]) -> int:
        """Return how many calls some work makes."""
        before = self.count
        work()
        return self.count - before


class WatchedAutomaton:
    """An automaton whose searches are counted: its own type takes no children and no patches."""

    def __init__(self, calls: Calls) -> None:
        self._automaton = AUTOMATON()
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._automaton, name)
        return self._calls.watch(attribute) if name in SEARCHES else attribute


@pytest.fixture(scope="module")
def featurizer() -> Featurizer:
    """An engine as shipped, with the phone metadata and the suffix list loaded."""
    engine = Featurizer()
    engine.featurize(f"call {new_phone()} or see {new_host()}")
    return engine


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Calls of ``phonenumbers.parse``, 21 microseconds each; what follows costs 60 more."""
    calls = Calls()
    monkeypatch.setattr(phonenumbers, "parse", calls.watch(phonenumbers.parse))
    return calls


@pytest.fixture
def lookups(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Look-ups in the Public Suffix List; calling an extractor ends in ``extract_str``."""
    calls = Calls()
    for name in ("extract_str", "extract_urllib"):
        method = getattr(tldextract.TLDExtract, name)
        monkeypatch.setattr(tldextract.TLDExtract, name, calls.watch(method))
    return calls


@pytest.mark.parametrize(
    "text",
    ["", "see you at home, ok?", "call me", "www.example.com", "Soooo good! :-) £££", "+ ( ) -"],
)
def test_without_digits_no_number_is_read(featurizer: Featurizer, parses: Calls, text: str) -> None:
    """A message without a digit never asks the phone metadata."""
    assert parses.during(lambda: featurizer.featurize(text)) == 0


@pytest.mark.parametrize(
    "text", ["see you at 5", "room 101, 2nd floor", "only £1,000 for 2", "on 21/05/2024 at 10:30"]
)
def test_few_digits_are_no_number(featurizer: Featurizer, parses: Calls, text: str) -> None:
    """Times, dates and amounts never ask the phone metadata."""
    assert parses.during(lambda: featurizer.featurize(text)) == 0


@pytest.mark.parametrize("text", ["call {} now", "{}", "call now{}or txt"])
def test_a_number_is_read_once_a_region(featurizer: Featurizer, parses: Calls, text: str) -> None:
    """One number is read once for each region at most, and not at all when it comes again."""
    message = text.format(new_phone())
    assert 1 <= parses.during(lambda: featurizer.featurize(message)) <= READINGS
    assert parses.during(lambda: featurizer.featurize(f"again, {message}")) == 0


@pytest.mark.parametrize("glue", [" ", ", ", "/", " or ", "\n"])
@pytest.mark.parametrize("numbers", [100, 400])
def test_many_candidates_are_not_all_read(
    featurizer: Featurizer, parses: Calls, glue: str, numbers: int
) -> None:
    """However many candidates a message holds, the phone metadata is asked about twenty."""
    message = glue.join(new_phone() for _ in range(numbers))
    assert parses.during(lambda: featurizer.featurize(message)) <= MOST_NUMBERS * READINGS


@pytest.mark.parametrize("text", ["", "see you at home", "wait...what?!", "ok.thanks a lot.bye"])
def test_without_a_host_no_suffix_is_looked_up(
    featurizer: Featurizer, lookups: Calls, text: str
) -> None:
    """Dots between words of a message never ask the suffix list."""
    assert lookups.during(lambda: featurizer.featurize(text)) == 0


def test_a_host_is_looked_up_once(featurizer: Featurizer, lookups: Calls) -> None:
    """One host is looked up once, however often it stands, and not at all when it comes again."""
    host = new_host()
    assert lookups.during(lambda: featurizer.featurize(f"see {host}/a or http://{host}/b")) == 1
    assert lookups.during(lambda: featurizer.featurize(f"again {host}")) == 0


def test_hosts_are_looked_up_once_each(featurizer: Featurizer, lookups: Calls) -> None:
    """A message of hundreds of hosts asks the suffix list once for each of them."""
    message = " ".join(new_host() for _ in range(300))
    assert lookups.during(lambda: featurizer.featurize(message)) <= 300


@pytest.mark.parametrize(
    "text",
    ["", "see you at home", "fr33 c.a.r.s, call 0800 111 2222 now", "win " * 1000],
    ids=["empty", "plain", "disguised", "long"],
)
def test_passes_over_a_message_are_few(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Automata go over a message a few times, however long it is and whatever it holds."""
    passes = Calls()
    monkeypatch.setattr(ahocorasick, "Automaton", lambda: WatchedAutomaton(passes))
    engine = Featurizer()
    assert passes.during(lambda: engine.featurize("see you at home, ok?")) > 0
    assert passes.during(lambda: engine.featurize(text)) <= PASSES
