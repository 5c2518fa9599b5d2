"""What every store works with: the session, who acts, the time of the transaction, and the audit chain."""

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy import Sequence as NumberSequence
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.event import listen
from sqlalchemy.orm import InstrumentedAttribute, Session, SessionTransaction

from core.db.rows import AuditHeadRow, MasterDataOriginRow, Row
from core.domain.audit_chain import GENESIS, link_hash
from core.domain.errors import NotFoundError
from core.domain.ids import UserName
from core.domain.master_data import MasterDataKind

_GATHERING, _NOTES, _KEYS = "gathering", "notes", "keys"
R = TypeVar("R", bound=Row)
Noted: TypeAlias = tuple[str, str, str, str]
"""Scope, event, subject and facts, as JSON, of a link not written yet."""
_HEADS = text("""
INSERT INTO audit_heads (scope, sequence, hash)
SELECT x, 0, :genesis FROM unnest(CAST(:scope AS text[])) x ORDER BY x COLLATE "C"
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
UPDATE audit_heads h SET sequence = l.sequence, hash = l.hash
FROM (SELECT DISTINCT ON (scope) scope, sequence, hash FROM link ORDER BY scope, sequence DESC) l
WHERE h.scope = l.scope""")
_ORIGINS = NumberSequence("master_data_origins_id_seq")
_facts_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode


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

    def note(self, *, scope: str, event: str, subject: str, facts: Mapping[str, object]) -> None:
        """Add a link to the audit chain of a scope."""
        self.note_all([Link(scope=scope, event=event, subject=subject, facts=facts)])

    def note_all(self, links: Sequence[Link]) -> None:
        """Add links in this order, now or, while notes are gathered, with all others."""
        _pending(self.session).extend((one.scope, one.event, one.subject, facts_text(one.facts)) for one in links)
        if not self.session.info.get(_GATHERING):
            self.write_notes()

    @contextmanager
    def gathered(self) -> Generator[None]:
        """Write what is noted inside together at its end, or when somebody looks at the chains; a command has a dozen
        notes, and each on its own takes as many statements as all of them."""
        info = self.session.info
        info[_GATHERING] = info.get(_GATHERING, 0) + 1
        try:
            yield
        finally:
            info[_GATHERING] -= 1
        if not info[_GATHERING]:
            self.write_notes()

    def write_notes(self) -> None:
        """Write what was noted, in few statements; the last links of the chains are locked in the order of scopes."""
        notes = _pending(self.session)
        if not notes:
            return
        heads = self._heads(sorted({scope for scope, *_ in notes}))
        rows = [self._linked(heads, note) for note in notes]
        columns = {name: list(column) for name, column in zip(_LINKED, zip(*rows, strict=True), strict=True)}
        self.session.execute(_LINKS, {**columns, "actor": self.actor, "at": self.now})
        notes.clear()

    def _heads(self, scopes: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Place and hash of the last link of each chain, locked; a chain that is new begins now."""
        found = self.session.execute(_LAST, {"scope": scopes}).all()
        if len(found) < len(scopes):
            self.session.execute(_HEADS, {"scope": scopes, "genesis": GENESIS})
            found = self.session.execute(_LAST, {"scope": scopes}).all()
        return {scope: (sequence, last) for scope, sequence, last in found}

    def _linked(self, heads: dict[str, tuple[int, str]], note: Noted) -> tuple[str, int, str, str, str, str, str]:
        """A note as the next link of its chain, of which it becomes the last."""
        scope, event, subject, facts = note
        sequence, previous = heads[scope]
        hashed = link_hash(
            previous=previous,
            scope=scope,
            sequence=sequence + 1,
            actor=self.actor,
            event=event,
            subject=subject,
            facts=facts,
            at=self.now,
        )
        heads[scope] = sequence + 1, hashed
        return scope, sequence + 1, event, subject, facts, previous, hashed

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
        self.note(scope=scope, event=event, subject=subject, facts={**facts, "origin": origin})
        self.write_notes()
        last = select(AuditHeadRow.sequence).where(AuditHeadRow.scope == scope)
        place = self.session.scalars(last).one()
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

    def key(self, key: InstrumentedAttribute[int], name: InstrumentedAttribute[str], value: str, *, what: str) -> int:
        """The key of the row of this name, looked up once a transaction: names of master data and orders stay. As above
        where there is none."""
        known: dict[tuple[str, str], int] = self.session.info.setdefault(_KEYS, {})
        at = str(name), value
        if at not in known:
            found = self.session.scalars(select(key).where(name == value)).one_or_none()
            if found is None:
                raise NotFoundError(f"there is no {what}", what=what)
            known[at] = found
        return known[at]


def forget_taken_back(session: Session) -> None:
    """Have a session forget what was noted in a savepoint that is taken back, and write what was noted before it."""
    begun = WeakKeyDictionary[SessionTransaction, list[Noted]]()

    def remember(session: Session, transaction: SessionTransaction) -> None:
        begun[transaction] = list(_pending(session))

    def forget(session: Session, previous: SessionTransaction) -> None:
        _pending(session)[:] = begun.get(previous, [])
        session.info.pop(_KEYS, None)

    listen(session, "after_transaction_create", remember)
    listen(session, "after_soft_rollback", forget)


def _pending(session: Session) -> list[Noted]:
    """What was noted and is not written yet."""
    return session.info.setdefault(_NOTES, [])
