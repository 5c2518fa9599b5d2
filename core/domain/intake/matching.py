"""Looking a written name up: exact first, then by what the words say, and near misses as candidates only.

The rule for words: a name says what a thing is before its first comma, and describes it after it. An item is taken for
sure when every word written (other than filling words) is a word of its name, all words before its comma are written,
its measures among them, and every other item of which that is true contradicts a written word, which means it lacks
one. Words the name does not have, or a thing named in part, make it a candidate for a person, never an answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.ids import ItemCode
from core.domain.intake.drafts import Level
from core.domain.intake.item_words import code_key, measures_of, plain_text, words_of
from core.domain.intake.names import KnownItem

MOST_CANDIDATES = 5
_PARTS = frozenset(
    [
        "kit",
        "set",
        "seal",
        "seat",
        "gasket",
        "handle",
        "bonnet",
        "stem",
        "disc",
        "body",
        "part",
        "satz",
        "satze",
        "dichtung",
        "dichtungen",
        "joint",
        "siege",
        "junta",
        "sello",
        "asiento",
        "afdichting",
        "afdichtingen",
    ]
)
"""Words for a part of a thing, or a kit for it: beside a code they ask for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a written name stands for. Without `code` the candidates are what it may be, the likeliest first."""

    code: str | None
    level: Level
    why: str
    candidates: tuple[str, ...] = ()


def match_item(
    written: str, *, described: str, items: Sequence[KnownItem], numbers: Mapping[str, ItemCode]
) -> Match | None:
    """The item meant by a code or number and by a description, either of which may be empty; None when neither says
    anything that is known. `numbers` are the customer's own."""
    by_code = _by_code(written, items=items, numbers=numbers)
    words = f"{written} {described}" if by_code is None else described
    if by_code is not None and by_code.code:
        words, other = _without_numbers(words, by_code.code, numbers)
        if other:
            why = f"{written.strip()!r} is {by_code.code}, but {other!r} stands beside it"
            return Match(code=None, level=Level.LOW, why=why, candidates=(by_code.code, numbers[other]))
    if by_code is None:
        return match_words(words, items=items) if words.strip() else None
    return _agreeing(by_code, words, items) if by_code.code and words.strip() else by_code


def _without_numbers(described: str, code: str, numbers: Mapping[str, ItemCode]) -> tuple[str, str]:
    """The words without the customer's own numbers for this item, and a number among them that is for another."""
    known = {code_key(number): number for number in numbers}
    rest: list[str] = []
    for word in described.split():
        number = known.get(code_key(word)) if any(map(str.isdigit, word)) else None
        if number is None:
            rest.append(word)
        elif numbers[number] != code:
            return described, number
    return " ".join(rest), ""


def _by_code(written: str, *, items: Sequence[KnownItem], numbers: Mapping[str, ItemCode]) -> Match | None:
    text = written.strip()
    if not text:
        return None
    exact = {item.code: "our item code" for item in items if item.code == text}
    exact |= {code: "the customer's own number" for number, code in numbers.items() if number == text}
    if not exact:
        key = code_key(text)
        exact = {item.code: f"our item code, written {text!r}" for item in items if code_key(item.code) == key}
        exact |= {code: f"the customer's number {n!r}" for n, code in numbers.items() if code_key(n) == key}
    if not exact:
        bare = _without_zeros(text)
        exact = {item.code: f"our item code, written {text!r}" for item in items if _without_zeros(item.code) == bare}
    if len(exact) == 1:
        ((code, why),) = exact.items()
        return Match(code=code, level=Level.HIGH, why=why)
    if exact:
        choices = tuple(sorted(exact))
        return Match(code=None, level=Level.LOW, why=f"{text!r} is {' and '.join(choices)}", candidates=choices)
    return None


def _without_zeros(code: str) -> str:
    """The key of a code whose numbers have no zeros before them: people write GV-3 for GV-03."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", code_key(code))


def _agreeing(match: Match, described: str, items: Sequence[KnownItem]) -> Match:
    """The same, unless the words beside the code say another item or another size."""
    item = next(item for item in items if item.code == match.code)
    said, of_item = words_of(described), words_of(item.name)
    other_size = measures_of(said) - of_item if measures_of(of_item) else frozenset[str]()
    named = match_words(described, items=items)
    if other_size or (named is not None and named.code not in {None, item.code}):
        others = tuple(dict.fromkeys((item.code, *((named.code,) if named and named.code else ()))))
        why = f"code {item.code} is {item.name!r}, but {described.strip()!r} is written beside it"
        return Match(code=None, level=Level.LOW, why=why, candidates=others)
    other = (said & (_attributes(items) | _PARTS)) - of_item
    if other:
        why = f"code {item.code} is {item.name!r}, which does not say {', '.join(sorted(other))!r}"
        return Match(code=item.code, level=Level.REVIEW, why=why, candidates=(item.code,))
    return match


def _attributes(items: Sequence[KnownItem]) -> frozenset[str]:
    """The words that tell goods of a kind apart: those after the comma of names that never say what it is."""
    things = frozenset(word for item in items for word in _thing(item))
    return frozenset(word for item in items for word in words_of(item.name.partition(",")[2]) if len(word) > 1) - things


def match_words(text: str, *, items: Sequence[KnownItem]) -> Match | None:
    """The item whose name a description means, by the rule of this module; None when no word is known."""
    plain = plain_text(text).strip()
    named = [item for item in items if plain_text(item.name) == plain]
    if len(named) == 1:
        return Match(code=named[0].code, level=Level.HIGH, why="the item's name")
    said = words_of(text)
    having = [item for item in items if said and said <= words_of(item.name)]
    whole = [item for item in having if _thing(item) <= said]
    if len(whole) == 1:
        (only,) = whole
        return Match(code=only.code, level=Level.HIGH, why=f"only {only.name!r} is what these words name")
    if len(having) == 1:
        (only,) = having
        missing = ", ".join(sorted(_thing(only) - said))
        why = f"only {only.name!r} has these words, but {missing!r} is not written"
        return Match(code=only.code, level=Level.REVIEW, why=why, candidates=(only.code,))
    if having:
        choices = tuple(sorted(item.code for item in whole or having))[:MOST_CANDIDATES]
        return Match(
            code=None, level=Level.LOW, why=f"{len(whole or having)} items have these words", candidates=choices
        )
    return _nearly(said, items)


def _thing(item: KnownItem) -> frozenset[str]:
    """The words that say what an item is: those before the first comma of its name, and every measure."""
    return words_of(item.name.partition(",")[0]) | measures_of(words_of(item.name))


def _nearly(said: frozenset[str], items: Sequence[KnownItem]) -> Match | None:
    """Items that share words: with one that has all measures and most of the words, it is proposed for review."""
    shared = [(len(said & words_of(item.name)), item) for item in items]
    best = max((count for count, _ in shared), default=0)
    if best == 0:
        return None
    near = sorted((item for count, item in shared if count == best), key=lambda item: item.code)
    choices = tuple(item.code for item in near)[:MOST_CANDIDATES]
    (first, *others) = near
    if not others and best >= 2 and measures_of(said) == measures_of(words_of(first.name)):
        more = ", ".join(sorted(said - words_of(first.name)))
        why = f"nearest is {first.name!r}, which does not say {more!r}"
        return Match(code=first.code, level=Level.REVIEW, why=why, candidates=choices)
    return Match(code=None, level=Level.LOW, why="no item has all these words", candidates=choices)
