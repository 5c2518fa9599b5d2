"""Many links of the audit log in three statements, whatever the number of chains."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from core.db.transaction import GENESIS, Transaction, link_hash
from core.domain.ids import UserName

_HEADS = text("""
INSERT INTO audit_heads (scope, sequence, hash)
SELECT scope, 0, :genesis FROM unnest(CAST(:scopes AS text[])) scope ORDER BY scope COLLATE "C"
ON CONFLICT DO NOTHING""")
_LOCKED = text("""
SELECT scope, sequence, hash FROM audit_heads WHERE scope = ANY (:scopes) ORDER BY scope COLLATE "C" FOR UPDATE""")
_WRITTEN = text("""
WITH link AS (
    SELECT * FROM jsonb_to_recordset(CAST(:links AS jsonb)) AS l(scope text, sequence bigint, actor text, event text,
        subject text, facts text, previous text, hash text)),
logged AS (
    INSERT INTO audit_log (scope, sequence, actor, event, subject, facts, recorded_at, previous, hash)
    SELECT scope, sequence, actor, event, subject, facts, :now, previous, hash FROM link)
UPDATE audit_heads h SET sequence = l.sequence, hash = l.hash
FROM (SELECT DISTINCT ON (scope) * FROM link ORDER BY scope, sequence DESC) l WHERE h.scope = l.scope""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What happened to a thing, as `Transaction.note` takes it, and who did it."""

    scope: str
    event: str
    subject: str
    facts: Mapping[str, object]
    actor: UserName


def note_many(transaction: Transaction, notes: Sequence[Note]) -> None:
    """Add each note to the chain of its scope, in order; the chains' last links are locked, sorted by scope."""
    if not notes:
        return
    session, now = transaction.session, transaction.now
    scopes = sorted({note.scope for note in notes})
    session.execute(_HEADS, {"scopes": scopes, "genesis": GENESIS})
    ends = {scope: (sequence, hashed) for scope, sequence, hashed in session.execute(_LOCKED, {"scopes": scopes})}
    links = list[dict[str, object]]()
    for note in notes:
        sequence, previous = ends[note.scope]
        facts = json.dumps(note.facts, sort_keys=True, ensure_ascii=False, default=str)
        told = {"scope": note.scope, "event": note.event, "subject": note.subject, "facts": facts, "actor": note.actor}
        hashed = link_hash(
            previous=previous,
            scope=note.scope,
            sequence=sequence + 1,
            actor=note.actor,
            event=note.event,
            subject=note.subject,
            facts=facts,
            at=now,
        )
        links.append({**told, "sequence": sequence + 1, "previous": previous, "hash": hashed})
        ends[note.scope] = (sequence + 1, hashed)
    session.execute(_WRITTEN, {"links": json.dumps(links), "now": now})
