"""Webhooks in: sources, and messages as they came."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from core.db.locks import lock_key
from core.db.rows import HookSourceRow, InboundEventRow
from core.db.stores.hook_secrets import add_secret, read_secrets, rotate_secret
from core.db.stores.retention import refuse_forgotten
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, IdempotencyConflictError
from core.domain.ids import UserName
from core.domain.inbound import HookSource, InboundEvent, InboundId, InboundState, SourceKind, SourceName
from core.domain.signing import SignatureStyle

_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_NEWER = text("""
INSERT INTO inbound_versions AS v (source, subject, version) VALUES (:source, :subject, :version)
ON CONFLICT (source, subject) DO UPDATE SET version = EXCLUDED.version WHERE v.version < EXCLUDED.version
RETURNING version""")


@dataclass(frozen=True, slots=True)
class SqlInboundStore:
    """Sources and messages of this transaction."""

    transaction: Transaction

    def add_source(self, source: HookSource, *, secret: str) -> None:
        """A new source; ConflictError where there is one of that name, whatever became of it."""
        values = {
            "name": source.name,
            "kind": source.kind.value,
            "party": source.party,
            "style": source.style.value,
            "acts_as": source.acts_as,
            "created_by": source.created_by,
            "created_at": source.created_at,
        }
        added = self.transaction.session.execute(
            insert(HookSourceRow).values(values).on_conflict_do_nothing().returning(HookSourceRow.name)
        ).one_or_none()
        if added is None:
            raise ConflictError(f"there is a source {source.name!r} already; accepted is another name", field="name")
        add_secret(self.transaction, f"in:{source.name}", secret)
        self._note(source.name, "hook_source_made", {**values, "created_at": source.created_at.isoformat()})

    def source(self, name: SourceName) -> HookSource:
        """One of them."""
        return _source(self.transaction.one(HookSourceRow, HookSourceRow.name == name, what=f"source {name!r}"))

    def sources(self) -> tuple[HookSource, ...]:
        """All there ever were, by name."""
        query = select(HookSourceRow).order_by(HookSourceRow.name.collate("C"))
        return tuple(_source(row) for row in self.transaction.session.scalars(query))

    def disable_source(self, name: SourceName) -> bool:
        """Whether anything was taken from it until now."""
        disabled = self.transaction.session.execute(
            update(HookSourceRow)
            .where(HookSourceRow.name == name, HookSourceRow.disabled_at.is_(None))
            .values(disabled_at=self.transaction.now)
            .returning(HookSourceRow.name)
        ).one_or_none()
        if disabled is not None:
            self._note(name, "hook_source_disabled", {})
        return disabled is not None

    def secrets(self, name: SourceName) -> tuple[str, ...]:
        """Those that count."""
        return read_secrets(self.transaction, f"in:{name}")

    def rotate(self, name: SourceName, secret: str, *, until: datetime) -> None:
        """Another secret."""
        rotate_secret(self.transaction, f"in:{name}", secret, until=until)
        self._note(name, "hook_secret_rotated", {"before_until": until})

    def keep(self, source: SourceName, event: str, raw: bytes, *, headers: Mapping[str, str]) -> bool:
        """Keep a message; the same bytes are the same message, whatever number they come under."""
        digest = hashlib.sha256(raw).hexdigest()
        self.transaction.session.execute(_LOCK, {"key": lock_key(f"inbound:{source}")})
        same = or_(InboundEventRow.event == event, InboundEventRow.digest == digest)
        query = select(InboundEventRow.digest).where(InboundEventRow.source == source, same)
        known = set(self.transaction.session.scalars(query))
        if digest in known:
            return False
        if known:
            raise IdempotencyConflictError(
                f"{source} sent event {event[:80]!r} before, with another body; accepted is a new number", event=event
            )
        kept = InboundEventRow(
            source=source,
            event=event,
            digest=digest,
            raw=raw,
            headers=dict(headers),
            state=InboundState.STORED.value,
            attempts=0,
            next_at=self.transaction.now,
            code="",
            said="",
            received_at=self.transaction.now,
        )
        self.transaction.session.add(kept)
        self.transaction.session.flush()
        self._note(source, "message_stored", {"event": event, "digest": digest, "bytes": len(raw)})
        return True

    def due(self, *, limit: int) -> tuple[tuple[InboundId, UserName], ...]:
        """Those to work on, held by nobody yet."""
        query = (
            select(InboundEventRow.id, HookSourceRow.acts_as)
            .join(HookSourceRow, HookSourceRow.name == InboundEventRow.source)
            .where(*self._is_due())
            .order_by(InboundEventRow.id)
            .limit(limit)
        )
        return tuple((InboundId(number), UserName(name)) for number, name in self.transaction.session.execute(query))

    def take(self, event: InboundId) -> tuple[InboundEvent, bytes] | None:
        """One of them, if nobody else is at it."""
        query = select(InboundEventRow).where(InboundEventRow.id == event, *self._is_due())
        held = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        row = self.transaction.session.scalars(held).one_or_none()
        return None if row is None else (_event(row), bytes(row.raw))

    def _is_due(self) -> tuple[ColumnElement[bool], ...]:
        waits = InboundEventRow.state == InboundState.STORED.value
        return waits, InboundEventRow.next_at <= self.transaction.now

    def settle(self, event: InboundId, state: InboundState, *, code: str, said: str) -> None:
        """What became of it."""
        row = self._row(event)
        row.state, row.code, row.said = state.value, code, said
        row.attempts, row.next_at, row.done_at = row.attempts + 1, None, self.transaction.now
        self._note(row.source, f"message_{state.value}", {"event": row.event, "code": code})

    def put_off(self, event: InboundId, *, until: datetime) -> None:
        """Another try then."""
        row = self._row(event)
        row.attempts, row.next_at = row.attempts + 1, until

    def newer_than(self, source: SourceName, subject: str, version: int) -> bool:
        """Whether it is newer than all before it."""
        values = {"source": source, "subject": subject, "version": version}
        return self.transaction.session.execute(_NEWER, values).one_or_none() is not None

    def get(self, event: InboundId) -> InboundEvent:
        """One of them."""
        return _event(self._row(event))

    def raw(self, event: InboundId) -> bytes:
        """The bytes that came."""
        row = self._row(event)
        refuse_forgotten(row.forgotten_at, what=f"message {event}")
        return bytes(row.raw)

    def listed(
        self, *, source: SourceName | None, state: InboundState | None, before: InboundId | None, limit: int
    ) -> tuple[InboundEvent, ...]:
        """The newest first."""
        query = select(InboundEventRow).order_by(InboundEventRow.id.desc()).limit(limit)
        if source is not None:
            query = query.where(InboundEventRow.source == source)
        if state is not None:
            query = query.where(InboundEventRow.state == state.value)
        if before is not None:
            query = query.where(InboundEventRow.id < before)
        return tuple(_event(row) for row in self.transaction.session.scalars(query))

    def again(self, event: InboundId) -> None:
        """It waits again, and all its tries are before it."""
        row = self._row(event)
        if row.state != InboundState.QUARANTINED.value:
            raise ConflictError(f"message {event} is {row.state}; accepted is one that is quarantined")
        refuse_forgotten(row.forgotten_at, what=f"message {event}")
        row.state, row.attempts, row.next_at = InboundState.STORED.value, 0, self.transaction.now
        row.code, row.said, row.done_at = "", "", None
        self._note(row.source, "message_retried", {"event": row.event})

    def _row(self, event: InboundId) -> InboundEventRow:
        return self.transaction.one(InboundEventRow, InboundEventRow.id == event, what=f"message {event}", lock=True)

    def _note(self, source: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"hook:{source}", event=event, subject=source, facts=facts)


def _source(row: HookSourceRow) -> HookSource:
    return HookSource(
        name=SourceName(row.name),
        kind=SourceKind(row.kind),
        party=row.party,
        style=SignatureStyle(row.style),
        acts_as=UserName(row.acts_as),
        created_by=UserName(row.created_by),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def _event(row: InboundEventRow) -> InboundEvent:
    return InboundEvent(
        id=InboundId(row.id),
        source=SourceName(row.source),
        event=row.event,
        received_at=row.received_at,
        state=InboundState(row.state),
        attempts=row.attempts,
        code=row.code,
        said=row.said,
        done_at=row.done_at,
    )
