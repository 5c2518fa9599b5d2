"""Countries by their names in five languages, as ISO 3166 has them: CN for China, Chine and chinesisch."""

from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

from agents.ops_chat.names import Kind, Mention, Word, words_of
from agents.ops_chat.words import WORDS

_LANGUAGES = ("en", "de", "es", "fr", "nl")
_CODE = 2
_LONGEST = 5
# Names that mean something else more often: German for Iceland, an American state, islands called like goods and men.
_NEVER = frozenset(WORDS["countries"]["never"])


@cache
def country_names() -> Mapping[tuple[str, ...], str]:
    """The ISO code of each name, by its words without accents and capitals; what could be two countries is neither."""
    found: dict[tuple[str, ...], set[str]] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == _CODE and code.isalpha():
                found.setdefault(_words(name), set()).add(code)
    for code, names in WORDS["countries"].items():
        for name in names if code != "never" else ():
            found[_words(name)] = {code}
    return {
        words: next(iter(codes))
        for words, codes in found.items()
        if len(codes) == 1 and words and " ".join(words) not in _NEVER
    }


def countries_in(text: str) -> Iterator[Mention]:
    """The countries a text names, the longest name first."""
    words, known, at = words_of(text), country_names(), 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            part = words[at : at + length]
            code = known.get(_texts(part))
            if code is not None:
                yield Mention(kind=Kind.COUNTRY, value=code, start=part[0].start, end=part[-1].end)
                at += length
                break
        else:
            at += 1


def _words(name: str) -> tuple[str, ...]:
    return _texts(words_of(name))


def _texts(words: list[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)
