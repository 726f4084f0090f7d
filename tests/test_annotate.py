"""What the one pass settles itself: years, disguises, markers, hosts and the tail of a message."""

import numpy as np
import pytest

from mela import DOMAIN, Featurizer, Resources, featurize
from mela.annotate import AnnotatedMessage
from mela.hosts.score import DomainModel


def find(message: AnnotatedMessage) -> list[tuple[str, str]]:
    """Return kind and text of the spans."""
    return [(span.kind, span.text) for span in message.spans]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param("see you in 2005", "2005", id="token"),
        pytest.param("class of 1999!", "1999", id="before punctuation"),
        pytest.param("in 2005. Then", "2005", id="before a full stop"),
        pytest.param("(2005)", "2005", id="in parentheses"),
        pytest.param("31.12.2019", "2019", id="dotted date"),
        pytest.param("1.2.2019", "2019", id="short dotted date"),
        pytest.param("21/05/2005", "2005", id="date with slashes"),
        pytest.param("21-05-2005", "2005", id="date with hyphens"),
        pytest.param("2005-06-21", "2005", id="date that begins with it"),
        pytest.param("1985 or 2005", "1985", id="first of two"),
        pytest.param("£2005", "", id="amount by sign"),
        pytest.param("2005 USD", "", id="amount by code"),
        pytest.param("2005 dollars", "", id="amount by name"),
        pytest.param("call 020 7946 2005", "", id="end of a phone"),
        pytest.param("call 0800 2005 123", "", id="middle of a phone"),
        pytest.param("text WIN to 2005", "", id="short code"),
        pytest.param("www.example.com/2005", "", id="path"),
        pytest.param("ann@2005.com", "", id="e-mail"),
        pytest.param("in 1999-2004", "1999", id="years from one to another"),
        pytest.param("the 2023-24 season", "2023", id="year of two"),
        pytest.param("2000-5000 people", "", id="numbers from one to another"),
        pytest.param("1500\N{EN DASH}2000 people", "", id="the other end"),
        pytest.param("3.2005", "", id="decimal"),
        pytest.param("2005.5", "", id="before a decimal"),
        pytest.param("2,005", "", id="thousands"),
        pytest.param("12005", "", id="end of a number"),
        pytest.param("20055", "", id="beginning of a number"),
        pytest.param("year2005", "", id="glued to a word"),
        pytest.param("1899", "", id="too early"),
        pytest.param("2100", "", id="too late"),
    ],
)
def test_year_stands_as_a_token(tiny_featurizer: Featurizer, text: str, year: str) -> None:
    """A year is a token or the end of a date, and no part of an amount, a phone or an address."""
    assert tiny_featurizer.annotate(text).year == year


@pytest.mark.parametrize(
    ("url", "is_disguised"),
    [
        pytest.param("http://cash.com", False, id="plain"),
        pytest.param("www.cash.com/%20x", False, id="percent"),
        pytest.param("http://a.com/?x=1&y=2", False, id="ampersand"),
        pytest.param("http://a.com/?x=1&amp;y=2", False, id="escaped ampersand"),
        pytest.param("http://bücher.de", False, id="umlaut"),
        pytest.param("http://xn--bcher-kva.de", False, id="punycode of an umlaut"),
        pytest.param("http://яндекс.рф", False, id="Cyrillic of one script"),
        pytest.param("http://&#99;ash.com", True, id="escaped letter"),
        pytest.param("http://cash.co&#109;/x", True, id="escaped letter at the end"),
        pytest.param("http://cаsh.com", True, id="Cyrillic letter"),
        pytest.param("http://ca\u200bsh.com", True, id="zero width"),
        pytest.param("http://ｃａｓｈ.com", True, id="fullwidth"),
        pytest.param("http://xn--csh-7cd.com", True, id="punycode of a look-alike"),
        pytest.param("hxxp://cash.com", True, id="hxxp"),
        pytest.param("cash dot com", True, id="dot in words"),
        pytest.param("cash[.]com", True, id="brackets"),
    ],
)
def test_disguise_is_what_had_to_be_undone(
    tiny_featurizer: Featurizer, url: str, *, is_disguised: bool
) -> None:
    """A URL is disguised if a reader sees another one, not if a gateway wrote it."""
    message = tiny_featurizer.annotate(f"see {url} now")
    assert find(message) == [("url", url)]
    assert message.has_disguised_url is is_disguised


def test_punycode_of_look_alikes_alone_is_disguised() -> None:
    """The shipped look-alikes tell a host that spells a brand in another script."""
    assert Featurizer().annotate("see http://xn--80ak6aa92e.com").has_disguised_url


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("text 'STOP' to end", "text stop"),
        ('reply "stop"', "reply stop"),
        ("reply ‘Stop’ now", "reply stop"),
        ("Reply STOP", "reply stop"),
        ("txt stop", "text stop"),
        ("reply stopped", ""),
        ("don't text; stop", ""),
        ("see you", ""),
    ],
)
def test_opt_out_is_read_through_quotes(
    tiny_featurizer: Featurizer, text: str, phrase: str
) -> None:
    """Quotation marks around its word do not hide an opt-out."""
    assert tiny_featurizer.annotate(text).opt_out == phrase


@pytest.mark.parametrize(
    ("text", "greeting"),
    [
        ("hi ann", "hi"),
        ("Hi, ann", "hi"),
        ("... hello ann", "hello"),
        ('"Hello" ann', "hello"),
        ("👋 hi", "hi"),
        ("hi there ann", "hi there"),
        ("Buenos días", "buenos días"),
        ("say hi", ""),
        ("hi's ann", ""),
        ("oh dear", ""),
        ("high", ""),
        ("", ""),
    ],
)
def test_greeting_opens_the_message(tiny_featurizer: Featurizer, text: str, greeting: str) -> None:
    """A greeting is the first word or words, after any signs, and nothing later."""
    assert tiny_featurizer.annotate(text).greeting == greeting


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("Fwd: hi", "fwd:"),
        ("FW: hi", "fw:"),
        ("RV: hola", "rv:"),
        ("see fwd:this", "fwd:"),
        ("forwarded many times", "forwarded"),
        ("fwd", ""),
        ("forwardedx", ""),
        ("xfwd: no", ""),
    ],
)
def test_forward_marker_stands_anywhere(
    tiny_featurizer: Featurizer, text: str, marker: str
) -> None:
    """A mark of forwarding counts wherever it stands, as a whole word."""
    assert tiny_featurizer.annotate(text).forward == marker


class TestCut:
    """``max_chars`` holds for the raw and for the clean text."""

    def test_what_follows_is_not_read(self, tiny: Resources) -> None:
        """No entity begins or goes on after the limit."""
        message = Featurizer(resources=tiny, max_chars=12).annotate("17 cats and 18 dogs")
        assert find(message) == [("number", "17")]
        assert message.normalized == "17 cats and "

    @pytest.mark.parametrize("max_chars", [1, 5, 17, 18])
    def test_character_that_grows_is_cut_again(self, tiny: Resources, max_chars: int) -> None:
        """One character of eighteen in clean text does not lengthen what is read."""
        message = Featurizer(resources=tiny, max_chars=max_chars).annotate("\ufdfa" * 20)
        assert len(message.normalized) == max_chars
        assert len(message.raw) == 20

    def test_spans_are_right_after_it(self, tiny: Resources) -> None:
        """What stands after it is still located in the raw text, up to the limit."""
        text = "\ufdfa 17 cats, 18 dogs"
        message = Featurizer(resources=tiny, max_chars=25).annotate(text)
        assert [(span.start, span.end, span.text) for span in message.spans] == [(2, 4, "17")]


class TestHosts:
    """The hosts of a message, and the one that speaks for it."""

    HYPHENS = DomainModel(
        DOMAIN.names, tuple(float(name == "hyphen_count") for name in DOMAIN.names), -2.0
    )

    @pytest.fixture
    def engine(self, tiny: Resources) -> Featurizer:
        """Return an engine to which more hyphens are more suspicious."""
        return Featurizer(resources=tiny, domain_classifier=self.HYPHENS)

    def test_hosts_stand_once_in_order(self, engine: Featurizer) -> None:
        """A host of several URLs is one host; another subdomain is another."""
        message = engine.annotate("http://b.com/1 a.com http://b.com/2 http://B.com www.a.com")
        assert [host.text for host in message.hosts] == ["b.com", "a.com", "www.a.com"]
        assert len(message.urls) == 5

    @pytest.mark.parametrize(
        ("text", "suspect"),
        [
            pytest.param("http://a.com http://a-b-c.com http://a-b.com", "a-b-c.com", id="middle"),
            pytest.param("http://a-b-c.com http://a.com", "a-b-c.com", id="first"),
            pytest.param("http://a.com http://b-c.com http://d-e.com", "b-c.com", id="tie"),
        ],
    )
    def test_most_suspicious_host_is_chosen(
        self, engine: Featurizer, text: str, suspect: str
    ) -> None:
        """The host with the highest score is the suspect, the first of several."""
        message = engine.annotate(text)
        assert message.suspect is not None
        assert message.suspect.host.host.text == suspect
        assert message.suspect.score == self.HYPHENS.score(message.suspect.row)

    def test_no_url_no_suspect(self, engine: Featurizer) -> None:
        """Without URL there is no host; the domain of an e-mail address is none."""
        message = engine.annotate("write to ann@a-b-c.com")
        assert message.hosts == ()
        assert message.suspect is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("$1½", [("currency", "$1½")], id="amount and fraction"),
        pytest.param("½ price", [("number", "½")], id="fraction"),
        pytest.param("⒈⒉", [("number", "⒈⒉")], id="enclosed digits"),
    ],
)
def test_one_raw_character_is_in_one_span(
    tiny_featurizer: Featurizer, text: str, found: list[tuple[str, str]]
) -> None:
    """Where one raw character gives parts of two entities, the first has it."""
    assert find(tiny_featurizer.annotate(text)) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("go to example.com", 0, id="URL at the end"),
        pytest.param("example.com!!! don't wait", 2, id="apostrophe in a word"),
        pytest.param("example.com now or never ok", 4, id="four words"),
        pytest.param("call 0800 123 4567 today", 1, id="phone"),
        pytest.param("text WIN to 80085 now please", 2, id="short code"),
        pytest.param("ask ann@gmail.com", 0, id="e-mail"),
        pytest.param("example.com then 0800 123 4567 ok", 1, id="last of two"),
        pytest.param("see you at 5", None, id="none"),
    ],
)
def test_words_after_the_last_call(
    tiny_featurizer: Featurizer, text: str, words: int | None
) -> None:
    """Words are counted behind the last URL, e-mail address, phone or short code."""
    assert tiny_featurizer.annotate(text).words_after_call == words


@pytest.mark.parametrize("digits", [7, 8, 4_300, 4_301, 5_000])
def test_reference_to_a_huge_number_is_text(digits: int) -> None:
    """A character reference of more digits than Python converts gives finite numbers."""
    assert np.isfinite(featurize("http://a.com/?x=&#" + "1" * digits + ";")).all()
