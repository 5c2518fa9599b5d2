"""Who may act here: added by one person and agreed to by another, with limits, a scope, and an end."""

from typing import Final

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.people import ROLES, ActiveRequest, PersonReply, PersonRequest, PersonWord, ScopeRequest

PAGE: Final = 200


def show() -> None:
    """Everybody, what can be done about one of them, and somebody new."""
    session.show_once("person", "This proves the new person at the terminal. Hand it over; it is not shown again.")
    page = session.client().list_people(limit=PAGE)
    _table(page.items)
    if page.next:
        st.caption(f"Only {PAGE} are listed.")
    by_name = {one.name: one for one in page.items}
    name = st.selectbox("Somebody", list(by_name), key="person", index=None, placeholder="Choose a name")
    if name in by_name:
        _one(by_name[name])
    _new()


def _table(found: tuple[PersonReply, ...]) -> None:
    st.dataframe(
        {
            "Name": [one.name for one in found],
            "Role": [one.role.replace("_", " ") for one in found],
            "May commit": [_limit(one) for one in found],
            "Sites": ["all" if one.sites is None else ", ".join(one.sites) or "none" for one in found],
            "Customers": ["all" if one.customers is None else ", ".join(one.customers) or "none" for one in found],
            "State": [_state(one) for one in found],
        },
        key="people",
        hide_index=True,
        alt="Everybody who may act here",
    )


def _limit(one: PersonReply) -> str:
    return "no limit" if one.limit is None else telling.money(one.limit, session.currency())


def _state(one: PersonReply) -> str:
    return "waits for another person" if one.waiting else "active" if one.active else "not active"


def _one(one: PersonReply) -> None:
    with st.container(border=True, key=f"person-{one.name}"):
        st.text(f"{one.name}, {one.role.replace('_', ' ')}, {_state(one)}")
        if one.waiting and one.digest is not None:
            st.text("Agree to exactly the role, limit and scope above:")
            shown = (one.name, one.digest)
            with st.container(horizontal=True):
                st.button("Agree", key="person-agree", type="primary", on_click=_word, args=(*shown, True))
                st.button("Refuse", key="person-refuse", on_click=_word, args=(*shown, False))
        sites, customers, act = st.columns([3, 3, 2], vertical_alignment="bottom")
        sites.text_input("Sites, empty: all", value=", ".join(one.sites or ()), key=f"sites-{one.name}")
        customers.text_input("Customers, empty: all", value=", ".join(one.customers or ()), key=f"customers-{one.name}")
        act.button("Set what they see", key="person-scope", on_click=_scope, args=(one.name,), width="stretch")
        if one.active:
            with st.popover("Let them act no longer"):
                st.text("Sessions end at once. To let them act again another person has to agree.")
                st.button("End it now", key="person-end", on_click=_active, args=(one.name, False))
        elif not one.waiting:
            st.button("Let them act again", key="person-again", on_click=_active, args=(one.name, True))


def _new() -> None:
    with st.expander("Somebody new"), st.form("person-new", border=False, clear_on_submit=True):
        name, role, limit = st.columns([2, 2, 2])
        name.text_input("Name to sign in with", key="new-name", max_chars=64, placeholder="maria.lopez")
        role.selectbox("Role", ROLES, key="new-role", format_func=lambda one: one.replace("_", " "))
        limit.text_input(f"May commit, {session.currency()}, empty: no limit", key="new-limit", max_chars=20)
        sites, customers = st.columns(2)
        sites.text_input("Sites, empty: all", key="new-sites", max_chars=2000)
        customers.text_input("Customers, empty: all", key="new-customers", max_chars=2000)
        st.form_submit_button("Add", type="primary", on_click=_add)
        st.caption("A person acts once another person agrees.")


def _codes(text: str) -> list[str] | None:
    return [one.strip() for one in text.split(",") if one.strip()] or None


def _add() -> None:
    state = st.session_state
    said = {
        "name": state["new-name"].strip(),
        "role": state["new-role"],
        "limit": state["new-limit"].strip() or None,
        "sites": _codes(state["new-sites"]),
        "customers": _codes(state["new-customers"]),
    }
    try:
        made = session.client().add_person(PersonRequest.model_validate(said))
    except ValidationError as error:
        session.remember("bad", "Nobody was added.", f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}")
        return
    except ClientError as error:
        session.failed(error, title="Nobody was added.")
        return
    if made.token is not None:
        session.shown_once("person", made.token)
    session.remember("good", "Added; another person has to agree." if made.waiting else "Added.", made.name)


def _word(name: str, digest: str, agree: bool) -> None:
    try:
        session.client().agree_to_person(name, PersonWord(digest=digest, agree=agree))
    except ClientError as error:
        session.failed(error, title="Your word was not taken.")
        return
    session.remember("good", "Acts from now on." if agree else "Refused; nothing changes.", name)


def _scope(name: str) -> None:
    state = st.session_state
    sites, customers = _codes(state[f"sites-{name}"]), _codes(state[f"customers-{name}"])
    try:
        wanted = ScopeRequest.model_validate({"sites": sites, "customers": customers})
        session.client().set_scope(name, wanted)
    except ValidationError as error:
        session.remember("bad", "Nothing was set.", str(error.errors()[0]["msg"]))
        return
    except ClientError as error:
        session.failed(error, title="Nothing was set.")
        return
    session.remember("good", "Set. They act again once another person agrees.", name)


def _active(name: str, active: bool) -> None:
    try:
        session.client().set_active(name, ActiveRequest(active=active))
    except ClientError as error:
        session.failed(error, title="Nothing was changed.")
        return
    session.remember("good", "Asked for; another person has to agree." if active else "They act no longer.", name)
