"""Who did what, who may act here, and the keys of programs, as tables."""

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.people import AuditQuery

PAGE = 200


def trail() -> None:
    """The newest links of the audit chains, narrowed by whom and what."""
    who, what, thing = st.columns(3)
    wanted = {
        "actor": who.text_input("Who", key="audit-actor", max_chars=200),
        "event": what.text_input("What", key="audit-event", max_chars=200, placeholder="decision_approve"),
        "scope": thing.text_input("Of", key="audit-scope", max_chars=200, placeholder="order:SO-1042"),
    }
    asked = AuditQuery.model_validate({name: text.strip() for name, text in wanted.items() if text.strip()})
    st.button("Prove that nothing was altered", key="verify-audit", on_click=_verify)
    page = session.client().audit_trail(wanted=asked, sort="-recorded", limit=PAGE)
    if not page.items:
        st.info("Nothing was recorded of that.")
        return
    st.dataframe(
        {
            "At": [telling.moment(one.at) for one in page.items],
            "Who": [one.actor for one in page.items],
            "Did": [one.event.replace("_", " ") for one in page.items],
            "To": [one.subject for one in page.items],
            "Chain": [f"{one.scope} #{one.sequence}" for one in page.items],
            "What was told": [one.facts for one in page.items],
            "Hash": [one.hash[:12] for one in page.items],
        },
        key="audit",
        hide_index=True,
        height=420,
        alt="Links of the audit chains",
    )
    if page.next:
        st.caption(f"Only {PAGE} are listed; narrow the list.")


def _verify() -> None:
    try:
        found = session.client().verify_audit()
    except ClientError as error:
        session.failed(error, title="The chains could not be proven.")
        return
    if found.whole:
        session.remember("good", "Every chain of the audit log is whole: each link hashes to what is kept.")
    else:
        session.remember("bad", "The audit log is not whole.", "\n".join(found.broken))


def people() -> None:
    """Accounts with their limits and what they see."""
    page = session.client().list_people(limit=PAGE)
    found = page.items
    st.dataframe(
        {
            "Name": [one.name for one in found],
            "Role": [one.role.replace("_", " ") for one in found],
            "May commit": [
                "no limit" if one.limit is None else telling.money(one.limit, session.currency()) for one in found
            ],
            "Sites": ["all" if one.sites is None else ", ".join(one.sites) or "none" for one in found],
            "Customers": ["all" if one.customers is None else ", ".join(one.customers) or "none" for one in found],
            "State": [_state(active=one.active, waiting=one.waiting) for one in found],
        },
        key="people",
        hide_index=True,
        alt="Everybody who may act here",
    )
    if page.next:
        st.caption(f"Only {PAGE} are listed.")


def _state(*, active: bool, waiting: bool) -> str:
    return "waits for another person" if waiting else "active" if active else "not active"


def keys() -> None:
    """The keys of programs; one can be revoked."""
    found = session.client().list_keys().items
    if not found:
        st.info("There are none. `expediter keys` makes one; its secret is shown once.")
        return
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
    live = [one.id for one in found if one.revoked_at is None]
    with st.popover("Revoke a key", disabled=not live):
        chosen = st.selectbox("Key", live, key="key-to-revoke")
        st.button("Revoke it now", key="revoke-key", on_click=_revoke, args=(chosen,))


def _revoke(key: str | None) -> None:
    if key is None:
        return
    try:
        session.client().revoke_key(key)
    except ClientError as error:
        session.failed(error, title="The key was not revoked.")
        return
    session.remember("good", "The key opens nothing any more.")
