"""Quotas: what a customer, channel or region may take of an item, how much is taken, set and released."""

from datetime import date

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.allocation import QuotaReply, QuotaRequest, ReleaseRequest


def show(item: str) -> None:
    """The quotas of an item, or all; and a new one for the item."""
    found = session.client().list_quotas(**({"item": item} if item else {})).items
    if found:
        _table(found)
        _release([one for one in found if one.released_on is None])
    else:
        st.info("No quota limits it." if item else "There are no quotas.")
    if item:
        _new(item)


def _table(found: tuple[QuotaReply, ...]) -> None:
    st.dataframe(
        {
            "Quota": [one.code for one in found],
            "Item": [one.item for one in found],
            "For": [_whom(one) for one in found],
            "From": [telling.day(one.first) for one in found],
            "To": [telling.day(one.last) for one in found],
            "Units": [one.quantity for one in found],
            "Taken": [one.consumed for one in found],
            "Left": [one.left for one in found],
            "Takes from other days": ["yes" if one.borrow else "no" for one in found],
            "For everybody from": [telling.day(one.released_on, none="") for one in found],
        },
        key="quotas",
        hide_index=True,
        height=min(360, 40 + 36 * len(found)),
        alt="Quotas with what was taken of them",
    )


def _whom(one: QuotaReply) -> str:
    named = [one.customer, one.channel and f"channel {one.channel}", one.region and f"region {one.region}"]
    return ", ".join(name for name in named if name) or "anybody"


def _release(found: list[QuotaReply]) -> None:
    if not found:
        return
    with st.popover("Let everybody have what is left"):
        st.selectbox("Quota", [one.code for one in found], key="release-code")
        st.date_input("From", value=None, key="release-on")
        st.button("Release it", key="release-quota", on_click=_let_go)


def _let_go() -> None:
    code, on = str(st.session_state["release-code"]), st.session_state["release-on"]
    if not isinstance(on, date):
        session.remember("bad", "Say from which day on; nothing was released.")
        return
    try:
        session.client().release_quota(code, ReleaseRequest.model_validate({"on": on.isoformat()}))
    except ClientError as error:
        session.failed(error, title="The quota was not released.")
        return
    session.remember("good", "From that day on it is for everybody.", code)


def _new(item: str) -> None:
    with st.expander("A new quota"), st.form("quota-new", border=False, clear_on_submit=True):
        first_row, second_row = st.columns([2, 1, 1, 1]), st.columns([1, 1, 1, 2])
        code = first_row[0].text_input("Code", key="quota-code", max_chars=100)
        first = first_row[1].date_input("From", value=None, key="quota-first")
        last = first_row[2].date_input("To", value=None, key="quota-last")
        units = first_row[3].number_input("Units", min_value=0, value=0, step=1, key="quota-units")
        whom = {
            name: place.text_input(f"{name.capitalize()}, empty: any", key=f"quota-{name}", max_chars=100).strip()
            for name, place in zip(("customer", "channel", "region"), second_row[:3], strict=True)
        }
        borrow = second_row[3].checkbox("May take from quotas of other days", value=True, key="quota-borrow")
        if not st.form_submit_button("Set it", type="primary"):
            return
    said = {
        "code": code.strip(),
        "item": item,
        "first": first.isoformat() if isinstance(first, date) else "",
        "last": last.isoformat() if isinstance(last, date) else "",
        "quantity": int(units),
        "borrow": borrow,
        **{name: value or None for name, value in whom.items()},
    }
    try:
        made = session.client().set_quota(QuotaRequest.model_validate(said))
    except ValidationError as error:
        telling.trouble("The quota was not set.", f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}")
        return
    except ClientError as error:
        telling.trouble("The quota was not set.", error.message)
        return
    session.remember("good", "The quota holds from now on.", made.code)
    st.rerun()
