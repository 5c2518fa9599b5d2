"""The keys of programs: made with an end and with no more than they need, revoked at once."""

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.identity import FOR_KEYS, ApiKeyReply, KeyRequest


def show() -> None:
    """Every key, one to revoke, and a new one."""
    session.show_once("key", "This is the new key. Copy it; it is not shown again.")
    found = session.client().list_keys().items
    if found:
        _table(found)
        _revoking([one.id for one in found if one.revoked_at is None])
    else:
        st.info("There are none. A key lets a program act as one of the accounts, and no more.")
    _new()


def _table(found: tuple[ApiKeyReply, ...]) -> None:
    st.dataframe(
        {
            "Key": [one.id for one in found],
            "Of": [one.owner for one in found],
            "For": [one.name for one in found],
            "May": [", ".join(one.permissions) for one in found],
            "Ends": [telling.moment(one.expires_at) for one in found],
            "Last used": ["never" if one.last_used_at is None else telling.moment(one.last_used_at) for one in found],
            "Revoked": ["" if one.revoked_at is None else telling.moment(one.revoked_at) for one in found],
        },
        key="keys",
        hide_index=True,
        alt="API keys",
    )


def _revoking(live: list[str]) -> None:
    with st.popover("Revoke a key", disabled=not live):
        st.selectbox("Key", live, key="key-to-revoke")
        st.button("Revoke it now", key="revoke-key", on_click=_revoke)


def _revoke() -> None:
    key = st.session_state.get("key-to-revoke")
    if key is None:
        return
    try:
        session.client().revoke_key(key)
    except ClientError as error:
        session.failed(error, title="The key was not revoked.")
        return
    session.remember("good", "The key opens nothing any more.", key)


def _new() -> None:
    with st.expander("A new key"), st.form("key-new", border=False, clear_on_submit=True):
        owner, what, days = st.columns([2, 3, 1])
        owner.text_input("Account it acts as", key="key-owner", max_chars=100, placeholder="webshop")
        what.text_input("What it is for", key="key-name", max_chars=100)
        days.number_input("Days", min_value=1, max_value=366, value=90, step=1, key="key-days")
        st.multiselect("It may", FOR_KEYS, key="key-may")
        sites, customers, calls = st.columns([2, 2, 1])
        sites.text_input("Sites, empty: all", key="key-sites", max_chars=2000)
        customers.text_input("Customers, empty: all", key="key-customers", max_chars=2000)
        calls.number_input("Calls a minute", min_value=1, value=120, step=10, key="key-calls")
        st.form_submit_button("Make it", type="primary", on_click=_make)
        st.caption("Deciding, the policy, people and keys are never a key's.")


def _make() -> None:
    state = st.session_state
    said = {
        "owner": state["key-owner"].strip(),
        "name": state["key-name"].strip(),
        "permissions": state["key-may"],
        "days": int(state["key-days"]),
        "per_minute": int(state["key-calls"]),
        "sites": [one.strip() for one in state["key-sites"].split(",") if one.strip()] or None,
        "customers": [one.strip() for one in state["key-customers"].split(",") if one.strip()] or None,
    }
    try:
        made = session.client().make_key(KeyRequest.model_validate(said))
    except ValidationError as error:
        session.remember("bad", "No key was made.", f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}")
        return
    except ClientError as error:
        session.failed(error, title="No key was made.")
        return
    session.shown_once("key", made.secret)
    session.remember("good", "The key was made.", made.id)
