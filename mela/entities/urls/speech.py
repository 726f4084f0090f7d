"""What people say and write: words, textese and amounts, which make poor names of hosts."""

from typing import Final

from mela.resources import Resources

# Shorter names may be textese: "gr8.so", "hmmmm.is".
_COINED: Final = 9
_COINED_WITH_DIGIT: Final = 5
# As long, an unknown word is rather a name than textese.
_LONG: Final = 5


class Speech:
    """Knows the words of the language.

    Parameters
    ----------
    resources
        Read for ordinary words, for textese, and for the units of amounts.
    """

    def __init__(self, resources: Resources) -> None:
        self._words = resources.words
        self._textese = frozenset(resources.rewrites)
        self._units = frozenset(["", *resources.tld_roles["unit"]])

    def is_listed(self, word: str) -> bool:
        """Whether a word stands as it is in the dictionary."""
        return word in self._words

    def is_ordinary(self, word: str) -> bool:
        """Whether a label is a word, its plural, a letter or textese."""
        word = word.lower()
        return (
            len(word) == 1
            or word in self._words
            or word.removesuffix("s") in self._words
            or word in self._textese
        )

    def is_unheard(self, name: str) -> bool:
        """Whether a label is so far from speech that it names a host: "telenor", "4jv02"."""
        return len(name) >= _LONG and not self.is_said(name)

    def is_said(self, name: str) -> bool:
        """Whether a label is what one says: a word, a figure, what it counts, or both."""
        return _unit(name) in self._units or self.is_ordinary(name)

    def is_amount(self, name: str) -> bool:
        """Whether a label is a figure, maybe with what it counts: "10pm", not "2u" nor "88win"."""
        unit = _unit(name)
        return unit != name and unit in self._units


def looks_coined(name: str) -> bool:
    """Whether a label is none that speech, textese or a slip of the keys would give."""
    return len(name) >= _COINED or has_sign(name)


def has_sign(name: str) -> bool:
    """Whether a hyphen or a digit makes a word a name: "win777", not "gr8"."""
    return "-" in name or (len(name) >= _COINED_WITH_DIGIT and any(map(str.isdigit, name)))


def is_coded(name: str) -> bool:
    """Whether letters and a digit make a code: "c1k", not the version "v2"."""
    return any(map(str.isdigit, name)) and sum(map(str.isalpha, name)) > 1


def _unit(name: str) -> str:
    """Return what a figure counts: "pm" of "10pm"; the name itself without a figure."""
    return name.lstrip("0123456789")
