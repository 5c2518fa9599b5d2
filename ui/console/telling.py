"""Putting words on the screen: text that others wrote goes through st.text only, which renders nothing."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import streamlit as st

from ui.client import ClientError
from ui.console import session

_MARKED = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~$:&^=\"']")


def notice() -> None:
    """What the last act came to."""
    found = session.take_notice()
    if found is None:
        return
    tone, title, text = found
    (st.success if tone == "good" else st.error)(title)
    if text:
        st.text(text)


def label(text: str) -> str:
    """Somebody's words as the label of a button or a field, which would else be rendered as markdown."""
    return _MARKED.sub(r"\\\g<0>", " ".join(text.split()))


def trouble(title: str, text: str) -> None:
    """Something is wrong; `title` is our own words."""
    st.error(title)
    st.text(text)


def lines(*texts: str) -> None:
    """Several lines of text as one block."""
    if texts:
        st.text("\n".join(texts))


def day(when: date | None, *, none: str = "no date known") -> str:
    """A date as people write it."""
    return none if when is None else f"{when.day} {when:%b %Y}"


def moment(when: datetime) -> str:
    """A time as the company's clocks show it."""
    there = when.astimezone(ZoneInfo(session.zone()))
    return f"{day(there.date())} {there:%H:%M %Z}"


def span(length: timedelta) -> str:
    """How long, in the largest unit that says it well."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return count(minutes, "minute", "minutes")
    if minutes < 48 * 60:
        return count(minutes // 60, "hour", "hours")
    return count(minutes // (24 * 60), "day", "days")


def part(title: str, draw: Callable[[], None]) -> None:
    """A part of a page that stands alone: when it cannot be read, the rest of the page still can."""
    if title:
        st.subheader(title, anchor=False)
    try:
        draw()
    except ClientError as error:
        if error.status == 401:
            raise
        st.caption("Not shown to your role." if error.status == 403 else "This part cannot be read now.")
        if error.status != 403:
            st.text(error.message)


def money(amount: Decimal, currency: str = "") -> str:
    """An amount, with its currency if given."""
    return f"{amount:,.2f} {currency}".strip()


def price(amount: Decimal, currency: str) -> str:
    """The price of one unit: two decimals, more where it has them."""
    exponent = amount.normalize().as_tuple().exponent
    digits = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{amount:,.{digits}f} {currency}".strip()


def amount(text: str) -> str:
    """An amount that came as text, with thousands."""
    return f"{Decimal(text):,.2f}"


def short(plan_hash: str) -> str:
    """The first of a hash, to compare by eye."""
    return f"Plan {plan_hash[:12]}..."


def days_left(days: int | None) -> str:
    """How long a way out remains."""
    match days:
        case None:
            return "no deadline"
        case 0:
            return "today"
        case 1:
            return "1 day left"
        case _ if days < 0:
            return "passed"
        case _:
            return f"{days} days left"


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"
