"""Reading a described configuration by the product's own words: every choice with the words it came from, and what is
ambiguous, contradictory or not understood said so. Nothing is guessed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from core.domain.configuring.products import ConfigurableProduct, Feature, Words
from core.domain.configuring.word_lists import AFTER_NEGATION, MILLIMETRES, NEGATIONS, UNSURE, WANTING

_TOKEN = re.compile(r"\d+(?:[.,']\d{3})*(?:[.,]\d+)?|[^\W\d_]+(?:['/-][^\W\d_]+)*|[^\W_]+")
_BREAK = re.compile(r"[,;:()\n|]|\.(?!\d)|\band\b|\bund\b|\by\b|\bet\b|\ben\b")
_GROUPS = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_DECIMAL = re.compile(r"^(\d+),(\d{1,2})$")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOption:
    """A choice as it is written: `quote == text[start:end]`. A negated one says that the feature has its `none`."""

    feature: str
    value: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearOption:
    """Words that mean more than one choice, or none that can be had; `choices` are what they may mean, by feature."""

    feature: str
    quote: str
    start: int
    end: int
    choices: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a text says about a product. `spans` are the places of all words that were understood."""

    said: tuple[SaidOption, ...] = ()
    unclear: tuple[UnclearOption, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def chosen(self) -> dict[str, str]:
        """The choices by feature."""
        return {one.feature: one.value for one in self.said}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A place where the product's words stand: choices they may mean, or the feature they name; a number has both."""

    first: int
    last: int
    choices: tuple[tuple[str, str], ...] = ()
    features: tuple[str, ...] = ()
    negated: bool = False
    wanted: bool = False


def fold(text: str) -> str:
    """Small letters without accents, each in the place of its own."""
    return "".join((unicodedata.normalize("NFD", char)[0].lower() or char)[0] for char in text)


def read_options(text: str, product: ConfigurableProduct) -> ReadOptions:
    """The choices that words of a text make, each feature at most once."""
    tokens = _tokens(text)
    found = _with_negations(text, tokens, _narrowed(text, tokens, product, [*_places(tokens, product)]))
    found = [one for one in found if one.choices or one.features]
    taken: dict[str, list[tuple[str, _Found]]] = {}
    unclear: list[UnclearOption] = []
    shut: dict[str, list[_Found]] = {}
    for one in found:
        meant = _meaning(one, product)
        if isinstance(meant, str):
            unclear.append(_unclear(text, tokens, one, why=meant))
        elif meant is not None and meant[1] is None:
            shut.setdefault(meant[0], []).append(one)
        elif meant is not None:
            taken.setdefault(meant[0], []).append((meant[1] or "", one))
    said: list[SaidOption] = []
    for feature, values in taken.items():
        one = values[0][1]
        if len({value for value, _ in values}) > 1:
            every = tuple((feature, value) for value, _ in values)
            whole = _Found(first=values[0][1].first, last=values[-1][1].last, choices=every)
            unclear.append(_unclear(text, tokens, whole, why="more than one choice is written"))
        elif _is_open(tokens, one):
            unclear.append(_unclear(text, tokens, one, why="the choice is left open"))
        else:
            start, end = tokens[one.first].start, tokens[one.last].end
            option = SaidOption(feature=feature, value=values[0][0], quote=text[start:end], start=start, end=end)
            said.append(option)
    for feature, refused in shut.items():
        if feature not in taken:
            unclear.append(_unclear(text, tokens, refused[0], why="it says only what is not wanted"))
    unclear += _named_only(text, tokens, found, product, told={*taken, *shut, *(one.feature for one in unclear)})
    place = {one.code: number for number, one in enumerate(product.features)}
    return ReadOptions(
        said=tuple(sorted(said, key=lambda one: place[one.feature])),
        unclear=tuple(sorted(unclear, key=lambda one: one.start)),
        spans=tuple((tokens[one.first].start, tokens[one.last].end) for one in found),
    )


def _tokens(text: str) -> list[_Token]:
    """The words of a text, small and without accents; a decimal comma reads as a decimal point."""
    return [
        _Token(start=m.start(), end=m.end(), word=_DECIMAL.sub(r"\1.\2", fold(m[0]))) for m in _TOKEN.finditer(text)
    ]


def _named_only(
    text: str, tokens: Sequence[_Token], found: Sequence[_Found], product: ConfigurableProduct, *, told: set[str]
) -> list[UnclearOption]:
    """Features that are named, and of which nothing is said that can be chosen."""
    unclear: list[UnclearOption] = []
    for one in found:
        feature = product.feature(one.features[0]) if one.features and not one.choices else None
        if feature is None or feature.code in told:
            continue
        told.add(feature.code)
        choices = tuple((feature.code, value) for value in feature.accepted)
        whole = _Found(first=one.first, last=one.last, choices=choices)
        unclear.append(_unclear(text, tokens, whole, why="it is named, but not what it should be"))
    return unclear


def _is_open(tokens: Sequence[_Token], one: _Found) -> bool:
    near = [tokens[at].word for at in (one.first - 1, one.last + 1) if 0 <= at < len(tokens)]
    return any(word in UNSURE for word in near)


def _meaning(one: _Found, product: ConfigurableProduct) -> tuple[str, str | None] | str | None:
    """The feature and its value (None: only refused), why there is none, or None for the bare name of a feature."""
    if one.negated:
        return _without(one, product)
    if not one.choices and one.features:
        return _bare(one, product)
    if len(one.choices) == 1:
        return one.choices[0]
    if not one.choices:
        return "the words fit nothing that can be chosen"
    names = {feature for feature, _ in one.choices}
    return "the words fit more than one choice" if len(names) == 1 else "the words fit more than one feature"


def _bare(one: _Found, product: ConfigurableProduct) -> tuple[str, str | None] | None:
    """ "With castors": what is there or not, where there is one way only to have it."""
    feature = product.feature(one.features[0]) if len(one.features) == 1 else None
    if feature is None or feature.none is None or not one.wanted:
        return None
    others = [choice.code for choice in feature.choices if choice.code != feature.none]
    return (feature.code, others[0]) if len(others) == 1 else None


def _without(one: _Found, product: ConfigurableProduct) -> tuple[str, str | None] | str:
    names = tuple(dict.fromkeys([*one.features, *(feature for feature, _ in one.choices)]))
    if len(names) != 1:
        return "the words fit more than one feature"
    feature = product.feature(names[0])
    assert feature is not None
    named = {value for _, value in one.choices}
    others = {choice.code for choice in feature.choices} - {feature.none} - named
    if feature.none is not None and (not named or not others):
        return feature.code, feature.none
    return feature.code, None


def _unclear(text: str, tokens: Sequence[_Token], one: _Found, *, why: str) -> UnclearOption:
    start, end = tokens[one.first].start, tokens[one.last].end
    names = tuple(dict.fromkeys([*(feature for feature, _ in one.choices), *one.features]))
    several = len(names) > 1
    choices = tuple(dict.fromkeys(f"{name}={value}" if several else value for name, value in one.choices))
    return UnclearOption(
        feature=names[0], quote=text[start:end], start=start, end=end, choices=choices or names, why=why
    )


def _places(tokens: Sequence[_Token], product: ConfigurableProduct) -> Iterator[_Found]:
    """The longest words of the product at each place, and the numbers with a unit."""
    phrases = _phrases(product)
    longest = max((len(words) for words in phrases), default=0)
    at = 0
    while at < len(tokens):
        number = _number(tokens, at, product)
        if number is not None:
            yield number
            at = number.last + 1
            continue
        for size in range(min(longest, len(tokens) - at), 0, -1):
            meant = phrases.get(tuple(one.word for one in tokens[at : at + size]))
            if meant is not None:
                choices = tuple(pair for pair in meant if pair[1] is not None)
                features = tuple(feature for feature, value in meant if value is None)
                yield _Found(
                    first=at,
                    last=at + size - 1,
                    choices=tuple((feature, value or "") for feature, value in choices),
                    features=features,
                )
                at += size
                break
        else:
            at += 1


def _phrases(product: ConfigurableProduct) -> dict[tuple[str, ...], list[tuple[str, str | None]]]:
    found: dict[tuple[str, ...], list[tuple[str, str | None]]] = {}

    def add(text: str, meant: tuple[str, str | None]) -> None:
        words = tuple(one.word for one in _tokens(text))
        if words and meant not in found.setdefault(words, []):
            found[words].append(meant)

    for feature in product.features:
        for text in (feature.code, feature.name, *_every(feature.words)):
            add(text, (feature.code, None))
        for choice in feature.choices:
            for text in (choice.code, choice.name, *_every(choice.words)):
                if any(char.isalpha() for char in text):  # a bare number may be anything
                    add(text, (feature.code, choice.code))
    return found


def _every(words: Sequence[Words]) -> Iterator[str]:
    for one in words:
        yield from one.words


def _number(tokens: Sequence[_Token], at: int, product: ConfigurableProduct) -> _Found | None:
    """A number with a unit that a numeric feature has, or right beside the name of one."""
    if not tokens[at].word[0].isdecimal() or (at and tokens[at - 1].end == tokens[at].start):
        return None  # the digits of a code such as T300 are no number
    unit = tokens[at + 1].word if at + 1 < len(tokens) else ""
    fitting: list[tuple[str, str]] = []
    with_unit = False
    for feature in product.features:
        factor = None if feature.range is None else _factor(unit, feature.range.unit)
        if factor is not None:
            with_unit = True
            fitting += [(feature.code, value) for value in _readings(tokens[at].word, factor, feature)]
    if with_unit:
        return _Found(first=at, last=at + 1, choices=tuple(fitting))
    named = _named_beside(tokens, at, product)
    if named is None:
        return None
    return _Found(
        first=at,
        last=at,
        choices=tuple((named.code, value) for value in _readings(tokens[at].word, Fraction(1), named)),
    )


def _named_beside(tokens: Sequence[_Token], at: int, product: ConfigurableProduct) -> Feature | None:
    """The numeric feature whose name ends right before the number."""
    for feature in product.features:
        if feature.range is None:
            continue
        for text in (feature.code, feature.name, *_every(feature.words)):
            words = [one.word for one in _tokens(text)]
            if words and [one.word for one in tokens[max(0, at - len(words)) : at]] == words:
                return feature
    return None


def _factor(written: str, unit: str) -> Fraction | None:
    """How many of the feature's unit one of the written unit is."""
    if not written or not unit:
        return None
    if written == fold(unit):
        return Fraction(1)
    if written in MILLIMETRES and unit in MILLIMETRES:
        return Fraction(MILLIMETRES[written], MILLIMETRES[unit])
    return None


def _readings(text: str, factor: Fraction, feature: Feature) -> tuple[str, ...]:
    """What a number may mean: with a group mark and with a decimal mark, those that the feature can have; where it can
    have none of them, the plain reading, which the rules refuse."""
    numbers: list[Fraction] = []
    if _GROUPS.fullmatch(text):
        numbers.append(Fraction(re.sub(r"\D", "", text)))
    if _PLAIN.fullmatch(text):
        numbers.append(Fraction(text.replace(",", ".")))
    whole = dict.fromkeys(str(int(one * factor)) for one in numbers if (one * factor).denominator == 1)
    accepted = tuple(value for value in whole if feature.accepts(value))
    return accepted or tuple(whole)[:1]


def _narrowed(text: str, tokens: Sequence[_Token], product: ConfigurableProduct, found: list[_Found]) -> list[_Found]:
    """Each place with only those choices whose feature is named beside it, where one is."""
    part = [len(_BREAK.findall(fold(text[: tokens[one.first].start]))) for one in found]
    kept: list[_Found] = []
    for number, one in enumerate(found):
        beside = {
            name for other, where in zip(found, part, strict=True) if where == part[number] for name in other.features
        }
        beside &= {feature for feature, _ in one.choices}
        choices = one.choices
        if len(choices) > 1 and beside:
            choices = tuple(pair for pair in choices if pair[0] in beside)
        kept.append(replace(one, choices=choices, features=() if choices else one.features))
    return kept


def _with_negations(text: str, tokens: Sequence[_Token], found: list[_Found]) -> list[_Found]:
    """Each place that a negation stands before, or behind its colon, with the negation."""
    return [_with_negation(text, tokens, one) for one in found]


def _with_negation(text: str, tokens: Sequence[_Token], one: _Found) -> _Found:
    after = one.last + 1
    named = one.features and not one.choices and after < len(tokens) and tokens[after].word in NEGATIONS
    if named and text[tokens[one.last].end : tokens[after].start].strip() in {":", "="}:
        return replace(one, last=after, negated=True)
    at = one.first - 1
    while at >= 0 and tokens[at].word in AFTER_NEGATION and tokens[at].word not in NEGATIONS:
        at -= 1
    if at >= 0 and tokens[at].word in NEGATIONS:
        return replace(one, first=at, negated=True)
    return replace(one, wanted=at >= 0 and tokens[at].word in WANTING)
