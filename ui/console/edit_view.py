"""Editing a plan before it is decided: one of its parts otherwise, simulated at once, then put before people."""

from datetime import date

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas import CaseDetail, OptionCard
from ui.schemas.desk import EditRequest, EditTried


def show(detail: CaseDetail) -> None:
    """The form, for the plan that waits; what the edit would do stands beside what the plan does."""
    approval = detail.approval
    option = next((one for one in detail.options if approval is not None and one.id == approval.option), None)
    if approval is None or option is None or not approval.open or detail.next != "decide":
        return
    key = f"edit-{option.id}"
    st.button("Edit", key=f"open-{key}", shortcut="E", on_click=_open, args=(key,))
    with st.expander("Edit the plan", key=key, on_change="rerun"):
        wanted = _form(option, approval.id, approval.plan_hash)
        if wanted is not None:
            _try(detail.card.id, wanted, currency=detail.currency)


def _open(key: str) -> None:
    """Open the form, or close it again."""
    st.session_state[key] = not st.session_state.get(key, False)


def _form(option: OptionCard, approval: str, plan_hash: str) -> EditRequest | None:
    key = option.id
    with st.form(f"edit-form-{key}", border=False):
        numbered = dict(enumerate(option.actions, 1))
        part = st.selectbox("Part", list(numbered), key=f"part-{key}", format_func=lambda at: f"{at}. {numbered[at]}")
        units, on = st.columns(2)
        quantity = units.number_input("Units", min_value=1, value=None, step=1, key=f"quantity-{key}")
        day = on.date_input("Day", value=None, key=f"day-{key}")
        buy, take = st.columns(2)
        supplier = buy.text_input("Supplier", key=f"supplier-{key}", max_chars=100)
        origin = take.text_input("From place", key=f"origin-{key}", max_chars=100)
        reason = st.text_input("Why", key=f"edit-why-{key}", max_chars=2000)
        st.caption("Leave empty what stays as it is.")
        if not st.form_submit_button("See what it would do"):
            return None
    given = {
        "quantity": quantity,
        "day": day.isoformat() if isinstance(day, date) else None,
        "supplier": supplier.strip() or None,
        "origin": origin.strip() or None,
    }
    if not any(value is not None for value in given.values()):
        telling.trouble("Nothing was changed.", "Give other units, another day, supplier or place.")
        return None
    shown = {
        "option": option.id,
        "part": part,
        "instead_of": approval,
        "plan_hash": plan_hash,
        "reason": reason.strip(),
    }
    try:
        return EditRequest.model_validate({**shown, **given})
    except ValidationError as error:
        telling.trouble("That cannot be a plan.", str(error.errors()[0]["msg"]))
        return None


def _try(case: str, wanted: EditRequest, *, currency: str) -> None:
    try:
        with st.spinner("Simulating"):
            found = session.client().try_edited(case, wanted)
    except ClientError as error:
        if error.status == 401:
            raise
        telling.trouble("It cannot be done so.", error.message)
        return
    _compare(found, currency=currency)
    telling.lines("It would do:", *(f"{at}. {text}" for at, text in enumerate(found.after.actions, 1)))
    st.button(
        "Put it before people instead", key=f"put-{wanted.option}", type="primary", on_click=_put, args=(case, wanted)
    )
    st.caption("Who edits a plan is not the one who approves it.")


def _compare(found: EditTried, *, currency: str) -> None:
    rows = list(zip(_figures(found.before, currency), _figures(found.after, currency), strict=True))
    st.dataframe(
        {
            "": [name for (name, _), _ in rows],
            "As proposed": [value for (_, value), _ in rows],
            "Edited": [value for _, (_, value) in rows],
        },
        key=f"edited-{found.before.id}",
        hide_index=True,
        alt="The plan as it was proposed and as it was edited",
    )


def _figures(option: OptionCard, currency: str) -> list[tuple[str, str]]:
    return [
        ("Cost", telling.money(option.total_cost, currency)),
        ("Still at risk", telling.money(option.exposure_after, currency)),
        ("Lines helped, hurt", f"{option.lines_helped:,}, {option.lines_hurt:,}"),
        ("On time again", f"{option.lines_recovered:,}"),
        ("Days sooner, later", f"{option.days_sooner:,}, {option.days_later:,}"),
        ("Promises moved", f"{option.promises_moved:,}"),
        ("Decide by", telling.day(option.deadline)),
    ]


def _put(case: str, wanted: EditRequest) -> None:
    try:
        made = session.client().put_forward_edited(case, wanted)
    except ClientError as error:
        session.failed(error, title="It was not put forward.")
        return
    session.remember("good", "The edited plan waits for another person's decision.", telling.short(made.plan_hash))
