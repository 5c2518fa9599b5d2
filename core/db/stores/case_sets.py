"""The cases of a whole scan at once: what is new is inserted, what changed is updated, in one statement a table."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select, text

from core.db.codec import to_text
from core.db.rows import CaseRow
from core.db.stores.case_numbers import case_id, case_number
from core.db.transaction import Link, Transaction
from core.domain.cases import CaseHead, CaseState, DetectedCase
from core.domain.ids import CaseId

_COLUMNS = (
    CaseRow.id,
    CaseRow.key,
    CaseRow.state,
    CaseRow.exposure,
    CaseRow.digest,
    CaseRow.deadline,
    CaseRow.planning_round,
    CaseRow.opened_on,
    CaseRow.owner,
    CaseRow.snoozed_until,
)
_OPEN = text("""
INSERT INTO cases (key, state, exposure, planning_round, opened_on, digest, detected)
SELECT x.key, 'open', x.exposure, 0, :opened_on, x.digest, CAST(x.detected AS jsonb)
FROM unnest(CAST(:key AS text[]), CAST(:exposure AS numeric[]), CAST(:digest AS text[]), CAST(:detected AS text[]))
    WITH ORDINALITY AS x(key, exposure, digest, detected, n)
ORDER BY x.n RETURNING id""")
_LOCK = text("SELECT id FROM cases WHERE id = ANY(CAST(:id AS bigint[])) ORDER BY id FOR UPDATE")
_REFRESH = text("""
UPDATE cases c SET exposure = x.exposure, digest = x.digest, detected = CAST(x.detected AS jsonb)
FROM unnest(CAST(:id AS bigint[]), CAST(:exposure AS numeric[]), CAST(:digest AS text[]), CAST(:detected AS text[]))
    AS x(id, exposure, digest, detected)
WHERE c.id = x.id""")


def digest_of(detected: str) -> str:
    """What tells one detection (as JSON text) from another."""
    return hashlib.sha256(detected.encode()).hexdigest()


def read_heads(transaction: Transaction) -> Mapping[str, CaseHead]:
    """All cases by key, in order of number."""
    rows = transaction.session.execute(select(*_COLUMNS).order_by(CaseRow.id))
    return {
        key: CaseHead(
            id=case_id(number),
            key=key,
            state=CaseState(state),
            exposure=exposure,
            digest=digest,
            deadline=deadline,
            planning_round=planning_round,
            opened_on=opened_on,
            owner=owner,
            snoozed_until=snoozed_until,
        )
        for number, key, state, exposure, digest, deadline, planning_round, opened_on, owner, snoozed_until in rows
    }


def open_cases(transaction: Transaction, detected: Sequence[DetectedCase], *, on: date) -> tuple[CaseId, ...]:
    """New cases, numbered in this order."""
    if not detected:
        return ()
    transaction.session.flush()
    values = {**_stored(detected), "key": [found.key for found in detected], "opened_on": on}
    opened = tuple(case_id(number) for number in transaction.session.scalars(_OPEN, values))
    facts = ({"key": found.key, "exposure": found.exposure} for found in detected)
    transaction.note_all([_link(case, "case_opened", said) for case, said in zip(opened, facts, strict=True)])
    return opened


def refresh_cases(transaction: Transaction, detected: Sequence[tuple[CaseHead, DetectedCase]]) -> tuple[CaseId, ...]:
    """Store what is new; where a scan says the same as before nothing is written."""
    changed = [(head, found) for head, found in detected if digest_of(to_text(DetectedCase, found)) != head.digest]
    if not changed:
        return ()
    numbers = [case_number(head.id) for head, _ in changed]
    transaction.session.flush()
    transaction.session.execute(_LOCK, {"id": numbers})
    transaction.session.execute(_REFRESH, {**_stored([found for _, found in changed]), "id": numbers})
    facts = [(head.id, {"exposure": found.exposure, "lines": len(found.impacts)}) for head, found in changed]
    transaction.note_all([_link(case, "case_refreshed", said) for case, said in facts])
    return tuple(head.id for head, _ in changed)


def _stored(detected: Sequence[DetectedCase]) -> dict[str, object]:
    texts = [to_text(DetectedCase, found) for found in detected]
    exposures = [found.exposure for found in detected]
    return {"exposure": exposures, "digest": [digest_of(one) for one in texts], "detected": texts}


def _link(case: CaseId, event: str, facts: Mapping[str, object]) -> Link:
    return Link(scope=f"case:{case}", event=event, subject=case, facts=facts)
