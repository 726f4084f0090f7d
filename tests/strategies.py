"""Messages for property tests, and hostile strings for tests of growth."""

from collections.abc import Callable

from hypothesis import strategies as st

SURROGATES = st.characters(categories=["Cs"])
MARKS = st.characters(categories=["Mn", "Mc", "Me"])
CONTROLS = st.sampled_from("\x00\x01\x07\x1b\x7f\x85\x92\u200b\u200d\u2028\ufeff\xad")
EMOJI = st.sampled_from(["😀", "👍🏽", "👨‍👩‍👧", "🇬🇧", "❤️", "1️⃣", "💰"])
RIGHT_TO_LEFT = st.sampled_from(["مرحبا", "اتصل الآن", "שלום", "\u202egro.elpmaxe\u202c", "١٢٣٤"])
OTHER_SCRIPTS = st.sampled_from(["привет", "γεια", "नमस्ते", "你好", "안녕", "ありがとう", "สวัสดี"])

ENGLISH = st.sampled_from(
    ["a", "free", "call", "me", "now", "win", "cash", "prize", "your", "account", "is", "locked",
     "reply", "stop", "to", "end", "see", "at", "home", "car", "tomorrow", "monday", "loan", "card"]
)  # fmt: skip
TEXTESE = st.sampled_from(["txt", "u", "2", "4", "r", "2nite", "pls", "soooo", "plzzz", "b4", "ur"])
SPANISH = st.sampled_from(["hola", "llámame", "mañana", "q", "tal", "cuenta", "gratis", "xq", "tb"])
WORDS = st.one_of(ENGLISH, TEXTESE, SPANISH)

_NAMES = st.sampled_from(["example", "free-prize4u", "secure-login77", "xn--80ak6aa92e", "müller"])
_SUFFIXES = st.sampled_from(["com", "co.uk", "top", "xyz", "org", "tk", "web.app", "рф"])
_PATHS = st.sampled_from(["", "/", "/a/b?x=1&copy=2", "/%20", "?q=(a)", "#top", ":8080/x"])
_SCHEMES = st.sampled_from(["", "http://", "https://", "hxxp://", "www.", "HTTP://user@"])
URLS = st.builds(
    lambda scheme, name, suffix, path: f"{scheme}{name}.{suffix}{path}",
    _SCHEMES, _NAMES, _SUFFIXES, _PATHS,
)  # fmt: skip

PHONES = st.one_of(
    st.from_regex(r"\+[1-9][0-9]{7,13}", fullmatch=True),
    st.from_regex(r"0[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}", fullmatch=True),
    st.from_regex(r"\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9O]{7,11}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{4}", fullmatch=True),
)
EMAILS = st.builds(
    lambda user, name, suffix: f"{user}@{name}.{suffix}",
    st.from_regex(r"[a-z][a-z0-9._+-]{0,8}", fullmatch=True), _NAMES, _SUFFIXES,
)  # fmt: skip
AMOUNTS = st.from_regex(r"[$£€₹]?[0-9]{1,4}(,[0-9]{3})?(\.[0-9]{2})?k?", fullmatch=True)
DISGUISED_WORDS = st.sampled_from(
    [
        "k.a.r.s",
        "f r e e",
        "fr33",
        "ca$h",
        "v1agra",
        "0ld",
        "ﬁx",
        "ｆｒｅｅ",
        "𝐟𝐫𝐞𝐞",
        "ⓕⓡⓔⓔ",
        "frее",
    ]
)
DISGUISED_URLS = st.sampled_from(
    ["example dot com", "example[.]com", "exampleꓸcom", "ex\u200bample.com"]
)
OBFUSCATIONS = st.one_of(DISGUISED_WORDS, DISGUISED_URLS)
WHOLE_REFERENCES = st.sampled_from(
    ["&amp;", "&lt;", "&#104;", "&#x41;", "&nbsp;", "&NotEqualTilde;"]
)
ODD_REFERENCES = st.sampled_from(
    [
        "&amp;lt;",
        "&amp;amp;#65;",
        "&l&#116;;",
        "&copy=",
        "&#0;",
        "&#xD800;",
        "&#1114112;",
        "&",
        "&;",
    ]
)
REFERENCES = st.one_of(WHOLE_REFERENCES, ODD_REFERENCES)

PIECES = st.one_of(
    WORDS, WORDS, URLS, PHONES, EMAILS, AMOUNTS, OBFUSCATIONS, REFERENCES, EMOJI, RIGHT_TO_LEFT,
    OTHER_SCRIPTS, CONTROLS, MARKS, SURROGATES, st.text(max_size=6),
)  # fmt: skip

MESSAGES = st.builds(
    lambda pieces, glue: glue.join(pieces),
    st.lists(PIECES, max_size=12),
    st.sampled_from([" ", " ", " ", "", "\n", ", ", ".", "/"]),
)
"""Messages that hold anything: words, addresses, disguises, damage, and all of it glued."""

_LOOK_ALIKES = str.maketrans("aceopxyiwCTW", "асеорхуіωϹΤΩ")
_MUTATIONS: tuple[Callable[[str, str, str, str], str], ...] = (
    lambda head, middle, tail, _: head + middle.swapcase() + tail,
    lambda head, middle, tail, _: head + middle.upper() + tail,
    lambda head, middle, tail, _: head + middle.translate(_LOOK_ALIKES) + tail,
    lambda head, middle, tail, _: head + middle.replace(" ", "") + tail,
    lambda head, middle, tail, _: head + 3 * middle[:1] + middle + tail,
    lambda head, middle, tail, _: head + 2 * middle + tail,
    lambda head, _, tail, __: head + tail,
    lambda head, middle, tail, piece: head + piece + middle + tail,
    lambda head, _, tail, piece: head + piece + tail,
)
_INSERTS = st.one_of(
    st.sampled_from([*".@#/-_|:'&; \n", "\u200b", "\u0336", "2", "4", "u", "b4", "r", "ur", "O"]),
    TEXTESE, DISGUISED_WORDS, REFERENCES,
    st.sampled_from([".com", ".co", "@e.co", "www.", " dot com", "[.]net", "2moro.com", "AA", "İ"]),
)  # fmt: skip


@st.composite
def _mutate(draw: st.DrawFn, messages: st.SearchStrategy[str]) -> str:
    text = draw(messages)
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        parts = text[:start], text[start:end], text[end:]
        text = draw(st.sampled_from(_MUTATIONS))(*parts, draw(_INSERTS))
    return text


MUTATED = _mutate(MESSAGES)
"""Messages in which case, blanks, signs and letters were changed by hand: addresses beside textese,
capitals glued to domains, look-alikes of one case."""


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


def _nested_reference(size: int) -> str:
    return "&" + "amp;" * (size // 4) + "lt;"


HOSTILE: dict[str, Callable[[int], str]] = {
    "one letter": _repeat("a"),
    "one capital": _repeat("A"),
    "digits": _repeat("1"),
    "zeros": _repeat("0"),
    "spaces": _repeat(" "),
    "line feeds": _repeat("\n"),
    "dots": _repeat("."),
    "hyphens": _repeat("-"),
    "at signs": _repeat("@"),
    "hashes": _repeat("#"),
    "ampersands": _repeat("&"),
    "apostrophes": _repeat("a'"),
    "digits and spaces": _repeat("1 "),
    "digits and commas": _repeat("1,"),
    "digits and dots": _repeat("1."),
    "digits and hyphens": _repeat("1-"),
    "digits and colons": _repeat("1:"),
    "dates": _repeat("1/2/"),
    "groups of digits": _repeat("123 456 "),
    "letters posing as digits": _repeat("5O"),
    "plus signs": _repeat("+1"),
    "parentheses": _repeat("("),
    "pairs of parentheses": _repeat("(1)"),
    "brackets": _repeat("[."),
    "dollars": _repeat("$1"),
    "pounds": _repeat("£"),
    "numerals": _repeat("two hundred and "),
    "weekdays": _repeat("monday at "),
    "phrases of time": _repeat("new year 5pm, "),
    "labels": _repeat("a.a."),
    "labels of digits": _repeat("1.1.1."),
    "hyphenated labels": _repeat("a-a."),
    "www": _repeat("www."),
    "schemes": _repeat("http://"),
    "colons and slashes": _repeat("://"),
    "hosts": _repeat("a.com/"),
    "hosts in words": _repeat("a dot com "),
    "one long host": lambda size: "a" * (size - 4) + ".com",
    "labels of a digit and letters": _repeat("see 1" + "a" * 40 + "-b.de "),
    "one long path": lambda size: "a.com/" + "(" * (size - 6),
    "one long query": lambda size: "a.com/?" + "a=b&" * (size // 4),
    "addresses": _repeat("a@a."),
    "one long user": lambda size: "a." * (size // 2 - 4) + "@a.com",
    "hashtags": _repeat("#a"),
    "mentions": _repeat("@a "),
    "call and digits": _repeat("call 1 "),
    "textese": _repeat("2 "),
    "gated textese": _repeat("u 2 "),
    "long runs of letters": _repeat("aaabbb"),
    "spaced letters": _repeat("a b "),
    "dotted letters": _repeat("k.a.r."),
    "leet": _repeat("a1"),
    "leet signs": _repeat("@$"),
    "combining marks": lambda size: "e" + "\u0301" * (size - 1),
    "letters with marks": _repeat("e\u0301\u0327"),
    "marks of two classes": lambda size: "e" + "\u0301\u0327" * (size // 2),
    "zero-width": _repeat("\u200b"),
    "letters and zero-width": _repeat("a\u200b"),
    "right-to-left overrides": _repeat("\u202ea"),
    "nul": _repeat("\x00"),
    "lone surrogates": _repeat("\ud800"),
    "mojibake": _repeat("\x92s "),
    "emoji chains": _repeat("👨‍👩‍👧‍👦"),
    "flags": _repeat("🇬🇧"),
    "one ligature of eighteen": _repeat("\ufdfa"),
    "fullwidth": _repeat("ａ．"),
    "hangul letters": _repeat("\u1100\u1161\u11a8"),
    "look-alikes": _repeat("аa"),
    "words of look-alikes": _repeat("сар "),
    "references": _repeat("&amp;"),
    "nested reference": _nested_reference,
    "references in references": _repeat("&#38;#38;"),
    "unended references": _repeat("&amp"),
    "substrings": _repeat("car"),
    "phrases": _repeat("reply stop "),
    "hosts listed before brackets": lambda size: "10.is/," * 50 + ")" * (size - 351) + "a",
    "closing brackets of a path": lambda size: "a.com/" + ")" * (size - 7) + "a",
    "mention of apostrophes": lambda size: "@ " + "a'" * (size // 2 - 1),
    "mention of ampersands": lambda size: "@ " + "a&b'" * (size // 4),
    "numeral after a currency": lambda size: "dollars " + "two " * (size // 4),
    "long numeral after a currency": lambda size: "usd " + "two hundred and " * (size // 16),
    "letter and digit": _repeat("z 4 "),
    "next day": lambda size: "day " + "next " * (size // 5),
    "marks of two widths": lambda size: "e" + "\u0301\uff9e" * (size // 2),
}
"""Strings of about a given length that a careless pattern takes quadratic time for."""
