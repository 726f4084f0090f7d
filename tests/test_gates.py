"""What is skipped would have found nothing: gates never differ from what stands behind them."""

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import MESSAGES

from mela import Featurizer, Resources
from mela.entities.currency import CurrencyFinder
from mela.entities.lexicon import Lexicon
from mela.entities.numbers import NumberFinder
from mela.entities.phones import PhoneFinder
from mela.entities.shortcodes import ShortcodeFinder
from mela.entities.timex import TimexFinder
from mela.entities.urls import UrlFinder
from mela.hosts.parser import HostParser
from mela.text.cleaning import _BLOCKS, Cleaner
from mela.text.phrases import PhraseFinder
from mela.text.plain import _SPACED_RE, _SPACES_RE
from mela.text.reading import Reading
from mela.text.words import _SIGNS_RE, WORD_RE, find_words, tokens

SHIPPED = Resources.load()
FINDERS: dict[str, Any] = {
    "currency": CurrencyFinder(SHIPPED),
    "numbers": NumberFinder(SHIPPED),
    "phones": PhoneFinder(SHIPPED, ("US", "GB")),
    "shortcodes": ShortcodeFinder(SHIPPED),
    "timex": TimexFinder(SHIPPED),
}
CLEANER = Cleaner(SHIPPED.homoglyphs)
LEXICON = Lexicon(SHIPPED.timex)
TIMEX = TimexFinder(SHIPPED)

FIGURES = st.sampled_from(
    ["1", "2", "4", "5", "12", "18", "30", "150", "7.30", "1,000", "87121", "2005", "21/5",
     "07911123456"]
)  # fmt: skip
SIGNS = st.sampled_from(list(".,:;/-+()'\"#@$£€%&…’\u200b\x00 \n"))
GLUE = st.sampled_from(["", " ", " ", " ", "-", "\n", ". "])


def vocabulary(*lists: Any) -> st.SearchStrategy[str]:
    """Return texts of the words that finders know, figures and signs, however they are glued."""
    words = sorted({word for words in lists for listed in words.values() for word in listed})
    listed = st.sampled_from(words)
    cased = st.one_of(listed, listed, listed.map(str.title), listed.map(str.upper))
    pieces = st.lists(st.tuples(st.one_of(cased, cased, FIGURES, SIGNS), GLUE), max_size=8)
    return pieces.map(lambda pairs: "".join(piece + glue for piece, glue in pairs))


TEXTS = st.one_of(
    vocabulary(SHIPPED.currency, SHIPPED.numerals),
    vocabulary(SHIPPED.timex, SHIPPED.numerals),
    vocabulary(SHIPPED.phone_cues, SHIPPED.timex),
    MESSAGES,
)


class Open(Reading):
    """A reading that opens every gate."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.has_digits = True

    def holds(self, triggers: frozenset[str]) -> bool:  # noqa: ARG002
        """Say that any word stands in the text."""
        return True


@pytest.mark.parametrize("name", FINDERS)
@given(text=TEXTS)
def test_finder_that_is_skipped_would_find_nothing(name: str, text: str) -> None:
    """A finder finds the same in ASCII, whether or not digits and words are asked for first.

    Words are cut at the signs of ASCII only: a numeral in curly quotes is not seen.
    """
    finder = FINDERS[name]
    text = text.encode("ascii", "ignore").decode()
    assert finder.find(Reading(text)) == finder.find(Open(text))


class All(frozenset[str]):
    """A set that holds any word."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return True

    def isdisjoint(self, words: object) -> bool:  # noqa: ARG002
        """Say that some word is shared."""
        return False


EAGER = CurrencyFinder(SHIPPED)
EAGER._signs = All()


@given(vocabulary(SHIPPED.currency))
def test_word_before_a_figure_that_is_no_sign_makes_no_amount(text: str) -> None:
    """Looking for a sign only behind what can be one finds the same amounts."""
    assert FINDERS["currency"].find(Reading(text)) == EAGER.find(Reading(text))


GATED, UNGATED = Featurizer()._annotator, Featurizer()._annotator
UNGATED._marks.triggers = All()
PHRASES = st.sampled_from([*SHIPPED.greetings, *SHIPPED.opt_outs, *SHIPPED.forwards])


@given(st.lists(st.one_of(PHRASES, SIGNS, st.sampled_from(["to", "a", "end"])), max_size=6), GLUE)
def test_marks_that_are_skipped_are_not_there(pieces: list[str], glue: str) -> None:
    """A text without the words that a mark holds is not marked."""
    text = glue.join(pieces)
    words = find_words(text)
    assert GATED._find_marks(text, words) == UNGATED._find_marks(text, words)


@given(st.sampled_from([*SHIPPED.opt_outs, *SHIPPED.forwards]))
def test_every_phrase_has_a_trigger_of_its_own_words(phrase: str) -> None:
    """The triggers of a finder hold a word of each of its phrases."""
    triggers = PhraseFinder(all=[*SHIPPED.opt_outs, *SHIPPED.forwards]).triggers
    assert not triggers.isdisjoint(tokens(phrase))


@given(MESSAGES)
def test_text_that_is_not_cleaned_is_clean(text: str) -> None:
    """Cleaning changes nothing in what is taken as clean by its characters."""
    assert CLEANER.clean(text) == CLEANER._clean_by_steps(text, sys.maxsize)


INERT = [chr(code) for block in _BLOCKS for code in block]


@given(st.text(st.sampled_from([*INERT, *"£€’…👍🏽\u2028\u200da1 "])))
def test_inert_characters_are_clean_side_by_side(text: str) -> None:
    """Characters that are taken as clean one by one do nothing to their neighbors."""
    assert CLEANER.clean(text) == CLEANER._clean_by_steps(text, sys.maxsize)


def test_signs_stand_in_no_word() -> None:
    """What is taken out before words are looked for belongs to none, alone and beside a letter."""
    signs = [*filter(_SIGNS_RE.match, map(chr, range(sys.maxunicode)))]
    assert len(signs) > 1000
    for sign in signs:
        assert WORD_RE.findall(f"a{sign}b{sign}") == ["a", "b"]


@given(
    st.lists(
        st.sampled_from(
            [*CLEANER._plain, *"a1 &#;éа\u0301\ufe0f\u200b", "&lt;", "&amp;", "&nbsp;", "&#38;"]
        ),
        max_size=9,
    ).map("".join)
)
def test_look_alikes_are_cleaned_one_by_one(text: str) -> None:
    """What is dropped or becomes ASCII in one step does so by all the steps of cleaning."""
    assert CLEANER.clean(text) == CLEANER._clean_by_steps(text, sys.maxsize)


HOSTS = HostParser(SHIPPED)
URLS = UrlFinder(SHIPPED, HOSTS)
UNGATED_URLS = UrlFinder(SHIPPED, HOSTS)
UNGATED_URLS._parts_sentences = lambda _: False  # type: ignore[method-assign]
GLUED = st.lists(
    st.sampled_from(
        ["spamsite", "win", "co", "com", "c o m", "C O M", "n e t", "reply", "Reply", "REPLY", "is",
         "comCall", "COMcall", "comcall", "support", "uk", "i", "47", ".", ".", ".", " ", " ", ",",
         "\n", "!", "[.]", "/x", ":80", "-", "'", "é", ";", "(", ")", "@"]
    ),
    max_size=10,
).map("".join)  # fmt: skip


@given(GLUED)
def test_glued_sentences_that_are_skipped_are_no_urls(text: str) -> None:
    """Reading every word behind a full stop as a host finds the same URLs."""
    assert URLS.find(Reading(text)) == UNGATED_URLS.find(Reading(text))


SPACED = st.text(st.sampled_from("abé1 ./*_|\\-\x00,"), max_size=16)


@given(SPACED)
def test_spaced_letters_have_their_separators(text: str) -> None:
    """Wherever letters stand apart there are the separators that are sought first."""
    if _SPACED_RE.search(text):
        assert _SPACES_RE.search(text)


@given(st.one_of(MESSAGES, st.text(st.sampled_from("ab1' -_é’"), max_size=20)))
def test_words_are_those_of_the_unicode_pattern(text: str) -> None:
    """The words of an ASCII text are found by a faster way, and are the same."""
    assert find_words(text) == WORD_RE.findall(text)


@given(st.one_of(vocabulary(SHIPPED.timex), MESSAGES))
def test_text_read_group_by_group_has_the_classes_of_the_whole(text: str) -> None:
    """Cutting a text at its blanks changes neither classes nor places of its tokens."""
    reading = Reading(text)
    folded = reading.folded
    groups = LEXICON.groups(reading)
    classes = LEXICON.classes(groups)
    assert "".join(classes) == LEXICON._read(folded)
    spans = [token.span() for token in LEXICON._tokens.finditer(folded)]
    wanted = range(0, len(spans), 2)
    places = LEXICON.places(folded, groups, classes, wanted)
    assert places == {place: spans[place] for place in wanted}


@given(st.text(st.sampled_from(sorted(LEXICON._letters.values())), max_size=30), st.data())
def test_ordinary_words_part_what_the_grammar_sees(classes: str, data: st.DataObject) -> None:
    """Runs of classes between ordinary words hold the expressions that the whole holds."""
    places = data.draw(st.lists(st.integers(0, len(classes)), max_size=3))
    for place in places:
        classes = classes[:place] + LEXICON.letter("other") + classes[place:]
    whole = [(found.first, found.last - 1) for found in TIMEX._expressions(classes)]
    assert TIMEX._find_tokens(classes) == whole
