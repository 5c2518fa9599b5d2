"""What makes a sentence with goods mean something else: a "not", an "or", a demand beside the goods, a condition."""

from collections.abc import Iterator

from agents.order_intake.reading import words
from agents.order_intake.reading.counts import Count
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.pairing import Named

_ADJECTIVES = 24


def doubts_of(page: Page, start: int, end: int, named: list[Named], counts: list[Count]) -> Iterator[tuple[str, str]]:
    """What a person has to look at in a sentence with goods: the field it is about, and why."""
    if not named:
        return
    yield from _conditions(page, start, end)
    yield from _negations(page, start, end, named)
    for more in words.MORE.finditer(page.text, start, end):
        named_on = any(0 <= one.start - more.end() <= _ADJECTIVES for one in named)
        if not named_on and page.is_free(*more.span("what")):
            yield "line", f"{more['what']!r} is asked for as well, and it is not known what it is"
            break
    choice = words.OR.get(page.language, words.OR["en"])
    low = max(start, min(one.start for one in named) - 20)
    if any(page.is_free(*found.span()) and found.start() > start for found in choice.finditer(page.text, low, end)):
        yield "line", "one or the other is left open"
    for one in named:
        beside = words.BESIDE.match(page.text, one.end, end)
        counted = beside is not None and any(count.start == beside.start("what") for count in counts)
        if beside and not counted and page.is_free(*beside.span("what")):
            yield "item", "asks for something beside the item itself"


def _negations(page: Page, start: int, end: int, named: list[Named]) -> Iterator[tuple[str, str]]:
    for pattern in (words.NOT, *([words.NOT_SPANISH] if page.language == "es" else [])):
        for found in pattern.finditer(page.text, start, end):
            if page.is_free(*found.span()) and not _is_aside(page, found.start(), end, named):
                yield "line", f"{found[0]!r} stands beside goods"
                break


def _is_aside(page: Page, at: int, end: int, named: list[Named]) -> bool:
    """Whether a word stands in brackets that hold no goods and no number."""
    opens, closes = page.text.rfind("(", 0, at), page.text.find(")", at, end)
    if opens < 0 or closes < 0 or ")" in page.text[opens:at]:
        return False
    inside = page.text[opens:closes]
    return not any(opens <= one.start < closes for one in named) and not any(map(str.isdigit, inside))


def _conditions(page: Page, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Words that make an order depend on something, or that only tell about goods."""
    condition = words.CONDITION.search(page.text, start, end)
    if condition:
        yield "line", f"{condition[0]!r} makes it depend on something"
    variant = words.VARIANT.search(page.text, start, end)
    if variant and page.is_free(*variant.span()):
        yield "item", f"{variant[0]!r} asks for something beside the item itself"
    tells = words.TELLS.search(page.text, start, end)
    if tells and page.is_free(*tells.span()):
        yield "line", f"{tells[0]!r} tells about goods as much as it orders them"
