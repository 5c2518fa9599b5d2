"""What every store works with: the session, who acts, the time of the transaction, and the audit chain."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy import Sequence as NumberSequence
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.db.rows import AuditHeadRow, AuditRow, MasterDataOriginRow, Row
from core.domain.errors import NotFoundError
from core.domain.ids import UserName
from core.domain.master_data import MasterDataKind

GENESIS = "0" * 64
R = TypeVar("R", bound=Row)
_HEADS = text("""
INSERT INTO audit_heads (scope, sequence, hash) SELECT x, 0, :genesis FROM unnest(CAST(:scope AS text[])) x
ON CONFLICT DO NOTHING""")
_LAST = text("""
SELECT scope, sequence, hash FROM audit_heads WHERE scope = ANY(CAST(:scope AS text[])) ORDER BY scope COLLATE "C"
FOR UPDATE""")
_LINKED = ("scope", "sequence", "event", "subject", "facts", "previous", "hash")
_LINKS = text("""
WITH link AS (
    SELECT * FROM unnest(
        CAST(:scope AS text[]), CAST(:sequence AS integer[]), CAST(:event AS text[]), CAST(:subject AS text[]),
        CAST(:facts AS text[]), CAST(:previous AS text[]), CAST(:hash AS text[])
    ) AS x(scope, sequence, event, subject, facts, previous, hash)
), kept AS (
    INSERT INTO audit_log (scope, sequence, actor, event, subject, facts, recorded_at, previous, hash)
    SELECT scope, sequence, :actor, event, subject, facts, :at, previous, hash FROM link
)
UPDATE audit_heads h SET sequence = l.sequence, hash = l.hash FROM link l WHERE h.scope = l.scope""")
_ORIGINS = NumberSequence("master_data_origins_id_seq")
_facts_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode


def link_hash(
    *, previous: str, scope: str, sequence: int, actor: str, event: str, subject: str, facts: str, at: datetime
) -> str:
    """The hash of one link of the audit chain: SHA-256 over all its fields and the link before."""
    fields = [previous, scope, sequence, actor, event, subject, facts, at.astimezone(UTC).isoformat()]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def facts_text(facts: Mapping[str, object]) -> str:
    """Facts as the audit log keeps them: the same facts are always the same text."""
    return _facts_text(facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What is to become a link of the audit chain of a scope."""

    scope: str
    event: str
    subject: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One transaction under one actor; `now` was read once when it began."""

    session: Session
    actor: UserName
    now: datetime

    def note(self, *, scope: str, event: str, subject: str, facts: Mapping[str, object]) -> int:
        """Add a link to the audit chain of a scope, under a lock on the chain's last link; its place in the chain."""
        self.session.execute(
            insert(AuditHeadRow).values(scope=scope, sequence=0, hash=GENESIS).on_conflict_do_nothing()
        )
        head = self.session.scalars(select(AuditHeadRow).where(AuditHeadRow.scope == scope).with_for_update()).one()
        said = facts_text(facts)
        sequence = head.sequence + 1
        hashed = link_hash(
            previous=head.hash,
            scope=scope,
            sequence=sequence,
            actor=self.actor,
            event=event,
            subject=subject,
            facts=said,
            at=self.now,
        )
        self.session.add(
            AuditRow(
                scope=scope,
                sequence=sequence,
                actor=self.actor,
                event=event,
                subject=subject,
                facts=said,
                recorded_at=self.now,
                previous=head.hash,
                hash=hashed,
            )
        )
        head.sequence, head.hash = sequence, hashed
        self.session.flush()
        return sequence

    def note_all(self, links: Sequence[Link]) -> None:
        """Add one link to each of these scopes, none of which may come twice, in few statements; locks are taken in the
        order of the scopes."""
        self.session.flush()
        texts = {one.scope: facts_text(one.facts) for one in links}
        scopes = sorted(texts)
        assert len(scopes) == len(links), "each scope gets one link"
        self.session.execute(_HEADS, {"scope": scopes, "genesis": GENESIS})
        heads = {scope: (sequence, last) for scope, sequence, last in self.session.execute(_LAST, {"scope": scopes})}
        rows = [self._linked(one, texts[one.scope], *heads[one.scope]) for one in links]
        columns = {name: [row[name] for row in rows] for name in _LINKED}
        self.session.execute(_LINKS, {**columns, "actor": self.actor, "at": self.now})
        for known in self.session.identity_map.values():
            if isinstance(known, AuditHeadRow):
                self.session.expire(known)

    def _linked(self, link: Link, facts: str, sequence: int, previous: str) -> dict[str, str | int]:
        hashed = link_hash(
            previous=previous,
            scope=link.scope,
            sequence=sequence + 1,
            actor=self.actor,
            event=link.event,
            subject=link.subject,
            facts=facts,
            at=self.now,
        )
        values = (link.scope, sequence + 1, link.event, link.subject, facts, previous, hashed)
        return dict(zip(_LINKED, values, strict=True))

    def declare(
        self,
        kind: MasterDataKind,
        *,
        scope: str,
        event: str,
        subject: str,
        facts: Mapping[str, object],
        request: str | None = None,
    ) -> None:
        """Say, in the audit log too, which change of master data comes now and by whose agreement.

        The database refuses a change of master data in a transaction that has not said so before.
        """
        origin = self.session.scalars(select(func.next_value(_ORIGINS))).one()
        place = self.note(scope=scope, event=event, subject=subject, facts={**facts, "origin": origin})
        values = {"id": origin, "kind": kind.value, "actor": self.actor, "scope": scope, "sequence": place}
        told = {"request": request, "recorded_at": self.now, "began": self.now, "transaction": 0}  # stamped there
        self.session.execute(insert(MasterDataOriginRow).values({**values, **told}))

    def one(self, row: type[R], condition: ColumnElement[bool], *, what: str, lock: bool = False) -> R:
        """The row that meets the condition; NotFoundError naming `what` when there is none."""
        query = select(row).where(condition).execution_options(populate_existing=True)
        found = self.session.scalars(query.with_for_update() if lock else query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no {what}", what=what)
        return found
