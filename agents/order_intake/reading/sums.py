"""Totals that a letter gives: they have to agree with its lines."""

import re
from decimal import Decimal

from agents.order_intake.reading.page import Page
from agents.order_intake.values.numbers import Habits, read_number
from core.domain.intake.transcripts import TranscribedLine, Unclear

_MONEY = re.compile(r"[$€£]|EUR|USD|GBP|[.,]\d\d(?!\d)", re.IGNORECASE)


def check_totals(page: Page, lines: tuple[TranscribedLine, ...], habits: Habits) -> list[Unclear]:
    """What is wrong with every total: a number of pieces that the lines do not come to. Money is compared by prices."""
    counted = [_number(line.quantity.text, habits) if line.quantity else None for line in lines]
    priced = [_number(line.unit_price.text, habits) if line.unit_price else None for line in lines]
    pieces = sum((one for one in counted if one is not None), Decimal(0))
    unclear: list[Unclear] = []
    for mark in page.between(0, len(page.text), "total"):
        value = _number(page.text[mark.first : mark.last], habits)
        if page.explained[mark.first]:
            continue
        page.explain(mark.start, mark.end)
        quote = page.quote(mark.start, mark.end)
        if value is None:
            unclear.append(Unclear(field="lines", why="a total that cannot be read", quote=quote))
        elif _MONEY.search(page.text[mark.first : mark.last]) or value != value.to_integral_value():
            if lines and all(one is not None for one in (*counted, *priced)):
                money = sum(
                    (c * p for c, p in zip(counted, priced, strict=True) if c is not None and p is not None), Decimal(0)
                )
                if abs(money - value) > 1:
                    unclear.append(
                        Unclear(field="lines", why=f"the lines come to {money:f}, not to this total", quote=quote)
                    )
        elif value not in {pieces, Decimal(len(lines))}:
            unclear.append(Unclear(field="lines", why=f"the lines come to {pieces:f}, not to this total", quote=quote))
    return unclear


def _number(text: str, habits: Habits) -> Decimal | None:
    found = re.search(r"\d[\d.,']*(?:[ ]\d{3})*(?<![.,])", text)
    value = read_number(found[0].rstrip(".,"), "", habits) if found else None
    return value if isinstance(value, Decimal) else None
