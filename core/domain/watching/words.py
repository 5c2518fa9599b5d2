"""How findings name things and counts, in plain words."""

from decimal import Decimal

from core.domain.watching.facts import LineKey


def counted(count: int, noun: str) -> str:
    """`1 order line`, `2 order lines`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def line_name(line: LineKey) -> str:
    """`order line SO-7/2`."""
    return f"order line {line[0]}/{line[1]}"


def waited(hours: int) -> str:
    """Hours as days where there are three or more of them: of fewer, hours say more."""
    return counted(hours, "hour") if hours < 72 else counted(hours // 24, "day")


def percent(share: Decimal) -> str:
    """`12.5 %`, without zeros at the end."""
    text = f"{share:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def begun(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
