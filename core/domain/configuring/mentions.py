"""Where a text describes a configurable product: its name with the options beside it, one stretch of one row each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.domain.configuring.describing import fold, read_options
from core.domain.configuring.products import ConfigurableProduct
from core.domain.configuring.word_lists import AFTER_NEGATION, LINKING, NEGATIONS, UNSURE, WANTING
from core.domain.ids import ItemCode

LONG_NAME = 10
"""A name of two words or of so many letters is enough by itself; a shorter one needs OPTIONS_BESIDE options."""
OPTIONS_BESIDE = 2
LONGEST_GAP = 30
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_ENDS = re.compile(r"[.!?](?:\s|$)|[|\t]")
_SMALL = LINKING | NEGATIONS | WANTING | AFTER_NEGATION | UNSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of a text, and the product whose name (at `named`) stands in it."""

    product: ItemCode
    start: int
    end: int
    named: tuple[int, int]


def mentions(text: str, products: Sequence[ConfigurableProduct]) -> tuple[Mention, ...]:
    """The descriptions of a text in their order. Where two products answer to one name, the one with more options
    beside it is meant, and the first by code where they are equal."""
    found: list[Mention] = []
    start = 0
    for row in text.split("\n"):
        heads = _heads(row, products)
        for number, (place, named) in enumerate(heads):
            first = found[-1].end - start if number and found and found[-1].start >= start else 0
            last = heads[number + 1][0][0] if number + 1 < len(heads) else len(row)
            best = _best(row, place, (first, last), named)
            if best is not None:
                product, left, right = best
                stretch = Mention(
                    product=product,
                    start=start + left,
                    end=start + right,
                    named=(start + place[0], start + place[1]),
                )
                found.append(stretch)
        start += len(row) + 1
    return tuple(found)


def strange(text: str, product: ConfigurableProduct) -> tuple[str, ...]:
    """The words of a description that say nothing we know about the product, in their order."""
    read = read_options(text, product)
    spans = [*read.spans, *(place for place, _ in _heads(text, (product,)))]
    return tuple(
        one[0]
        for one in _WORD.finditer(text)
        if fold(one[0]) not in _SMALL and not any(a <= one.start() and one.end() <= b for a, b in spans)
    )


def _best(
    row: str, place: tuple[int, int], room: tuple[int, int], named: Sequence[ConfigurableProduct]
) -> tuple[ItemCode, int, int] | None:
    best: tuple[int, ItemCode, int, int] | None = None
    for product in named:
        left, right = _stretch(row, place, room, product)
        read = read_options(row[left:right], product)
        count = len(read.said) + len(read.unclear)
        enough = count >= OPTIONS_BESIDE or _is_long(row[place[0] : place[1]], product)
        if enough and (best is None or count > best[0]):
            best = (count, product.item, left, right)
    return None if best is None else best[1:]


def _stretch(row: str, place: tuple[int, int], room: tuple[int, int], product: ConfigurableProduct) -> tuple[int, int]:
    """The name with the options before and behind it that nothing but small words and marks keep apart."""
    left, right = place
    for start, end in _spans(row, (right, room[1]), product):
        if start >= right and not _joins(row[right:start], marks=True):
            break
        right = max(right, end)
    for start, end in reversed(_spans(row, (room[0], left), product)):
        if not _joins(row[end:left], marks=False):
            break
        left = start
    return left, right


def _spans(row: str, room: tuple[int, int], product: ConfigurableProduct) -> list[tuple[int, int]]:
    """The places of options in a part of the row, in their order."""
    first, last = room
    return sorted((first + start, first + end) for start, end in read_options(row[first:last], product).spans)


def _joins(gap: str, *, marks: bool) -> bool:
    if len(gap) > LONGEST_GAP or _ENDS.search(gap) or (not marks and re.search(r"[,;:(]", gap)):
        return False
    return all(fold(one[0]) in _SMALL for one in _WORD.finditer(gap))


def _is_long(name: str, product: ConfigurableProduct) -> bool:
    return len(_WORD.findall(name)) > 1 or len(name) >= LONG_NAME or fold(name) == fold(product.item)


def _heads(
    row: str, products: Sequence[ConfigurableProduct]
) -> list[tuple[tuple[int, int], list[ConfigurableProduct]]]:
    """The places of names that do not overlap, the longest first, each with the products called so."""
    named: dict[tuple[int, int], list[ConfigurableProduct]] = {}
    for product in products:
        for place in _places(fold(row), product):
            named.setdefault(place, []).append(product)
    kept: list[tuple[int, int]] = []
    for place in sorted(named, key=lambda one: (one[0] - one[1], one[0])):
        if all(place[1] <= one[0] or one[1] <= place[0] for one in kept):
            kept.append(place)
    return [(place, named[place]) for place in sorted(kept)]


def _places(row: str, product: ConfigurableProduct) -> Iterator[tuple[int, int]]:
    for name in {fold(product.item), *(fold(word) for one in product.words for word in one.words)}:
        pattern = r"\s+".join(map(re.escape, name.split()))
        for found in re.finditer(rf"(?<![\w-]){pattern}(?![\w-])", row):
            yield found.start(), found.end()
