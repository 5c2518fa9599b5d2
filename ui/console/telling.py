"""Putting words on the screen: text that others wrote goes through st.text only, which renders nothing."""

from datetime import date, datetime
from decimal import Decimal

import streamlit as st

from ui.console import session


def notice() -> None:
    """What the last act came to."""
    found = session.take_notice()
    if found is None:
        return
    tone, title, text = found
    (st.success if tone == "good" else st.error)(title)
    if text:
        st.text(text)


def trouble(title: str, text: str) -> None:
    """Something is wrong; `title` is our own words."""
    st.error(title)
    st.text(text)


def lines(*texts: str) -> None:
    """Several lines of text as one block."""
    st.text("\n".join(texts))


def day(when: date | None, *, none: str = "no date known") -> str:
    """A date as people write it."""
    return none if when is None else f"{when.day} {when:%b %Y}"


def moment(when: datetime) -> str:
    """A time, in UTC."""
    return f"{day(when.date())} {when:%H:%M} UTC"


def money(amount: Decimal, currency: str = "") -> str:
    """An amount, with its currency if given."""
    return f"{amount:,.2f} {currency}".strip()


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
