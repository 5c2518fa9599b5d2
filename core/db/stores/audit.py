"""The audit trail: its links, read as they are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Function, Select, Subquery, collate, func, select

from core.db.laws.audit import link_of
from core.db.rows import AuditHeadRow, AuditRow
from core.db.transaction import Transaction
from core.domain.audit_chain import AuditHead, AuditLink, AuditSpan

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SqlAuditStore:
    """The audit chain of this transaction."""

    transaction: Transaction

    def note(self, *, scope: str, event: str, subject: str, facts: Mapping[str, object]) -> None:
        """Add a link to the chain of a scope."""
        self.transaction.note(scope=scope, event=event, subject=subject, facts=facts)

    def trail(self, scope: str) -> tuple[tuple[datetime, str, str, str, str], ...]:
        """When, who, what, about what and the facts, oldest first."""
        self.transaction.write_notes()
        query = select(AuditRow).where(AuditRow.scope == scope).order_by(AuditRow.sequence)
        return tuple(
            (r.recorded_at, r.actor, r.event, r.subject, r.facts) for r in self.transaction.session.scalars(query)
        )

    def links(self, wanted: AuditSpan) -> Iterator[tuple[AuditLink | None, AuditHead | None]]:
        """Links with the heads of their chains, a thousand at a time, all as one statement sees them."""
        self.transaction.write_notes()
        rows = self.transaction.session.execute(_spanned(wanted).execution_options(yield_per=_AT_ONCE))
        for row in rows:
            link: AuditRow | None = row[0]  # either is missing where the join finds nothing
            head: AuditHeadRow | None = row[1]
            yield (
                link_of(link) if link else None,
                AuditHead(scope=head.scope, sequence=head.sequence, hash=head.hash) if head else None,
            )

    def kept(self, scope: str, sequence: int) -> AuditLink | None:
        """One link, None when there is none at this place of the chain."""
        query = select(AuditRow).where(AuditRow.scope == scope, AuditRow.sequence == sequence)
        row = self.transaction.session.scalars(query).one_or_none()
        return link_of(row) if row else None

    def begun_before(self, at: datetime) -> Iterator[str]:
        """The scopes of chains whose first link is older than this."""
        query = select(AuditRow.scope).where(AuditRow.sequence == 1, AuditRow.recorded_at < at)
        ordered = query.order_by(collate(AuditRow.scope, "C")).execution_options(yield_per=_AT_ONCE)
        return iter(self.transaction.session.scalars(ordered))


def _spanned(wanted: AuditSpan) -> Select[AuditRow, AuditHeadRow]:
    scope = func.coalesce(AuditRow.scope, AuditHeadRow.scope)
    joined = select(AuditRow, AuditHeadRow).join_from(
        AuditRow, AuditHeadRow, AuditRow.scope == AuditHeadRow.scope, full=True
    )
    query = joined.order_by(collate(scope, "C"), AuditRow.sequence)
    if wanted.scope is not None:
        query = query.where(scope == wanted.scope)
    if wanted.since is not None:
        first = _ends(func.min(AuditRow.sequence), AuditRow.recorded_at >= wanted.since)
        query = query.join(first, first.c.scope == AuditRow.scope).where(AuditRow.sequence >= first.c.place)
    if wanted.until is not None:
        last = _ends(func.max(AuditRow.sequence), AuditRow.recorded_at < wanted.until)
        query = query.join(last, last.c.scope == AuditRow.scope).where(AuditRow.sequence <= last.c.place)
    return query


def _ends(place: Function[int], when: ColumnElement[bool]) -> Subquery:
    """The first or last link of each chain in a time; times of neighbouring links may lie the other way round."""
    query = select(AuditRow.scope, place.label("place")).where(when).group_by(AuditRow.scope)
    return query.subquery()
