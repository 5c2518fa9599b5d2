"""Who did what, link by link, and the proof that nothing of it was altered."""

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
