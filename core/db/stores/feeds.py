"""Packs that were loaded, kept whole and compressed; their conflicts, and what was done here and awaits the ERP."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from core.db import rows
from core.db.loading.changing import change_row, close_row, insert_lines, insert_rows
from core.db.loading.inserting import settings_values
from core.db.loading.keeping import keep_pack, kept_pack
from core.db.loading.lives import ship_lines
from core.db.loading.reading import numbers_of, read_company
from core.db.loading.tables import TABLES
from core.db.stores.company import SqlCompanyStore
from core.db.transaction import Transaction
from core.domain.company import Company, Settings
from core.domain.feeds import (
    AwaitedEffect,
    ConflictKind,
    EffectKind,
    EffectState,
    Feed,
    FeedConflict,
    FeedReport,
)
from core.domain.master_data import MasterDataKind
from core.domain.orders import SalesOrderLine

_HELD = (
    "sales_orders, sales_order_lines, purchase_orders, purchase_order_lines, work_orders, transfer_orders,"
    " supplier_items, items, lanes, settings"
)
_SCOPES = {
    "purchase_orders": "purchase",
    "purchase_order_lines": "purchase",
    "work_orders": "work",
    "transfer_orders": "transfer",
    "sales_orders": "order",
    "sales_order_lines": "order",
}


@dataclass(frozen=True, slots=True)
class SqlFeedStore:
    """The feeds of this transaction."""

    transaction: Transaction

    def begin(self) -> None:
        """Nobody else changes the documents and the masters planning reads until the transaction ends."""
        self.transaction.session.execute(text(f"LOCK TABLE {_HELD} IN SHARE ROW EXCLUSIVE MODE"))

    def last(self) -> Feed | None:
        """The pack loaded last."""
        query = select(rows.SettingsRow.name, rows.SettingsRow.as_of, rows.SettingsRow.content_hash)
        found = self.transaction.session.execute(query).one_or_none()
        return None if found is None else Feed(name=found.name, as_of=found.as_of, content_hash=found.content_hash)

    def remembered(self) -> Company | None:
        """What the ERP said last of everything it ever said."""
        return kept_pack(self.transaction.session)

    def books(self) -> Company:
        """Our books in the shape of a pack."""
        self.transaction.session.flush()
        return read_company(self.transaction.session, SqlCompanyStore(self.transaction).settings())

    def keep(self, remembered: Company, report: FeedReport, *, conflicts: Sequence[FeedConflict]) -> None:
        """The pack and its report; what it no longer contradicts is settled by it."""
        feed = keep_pack(self.transaction.session, remembered, report, now=self.transaction.now)
        session = self.transaction.session
        now = {(conflict.kind.value, conflict.subject): conflict for conflict in conflicts}
        open_rows = session.scalars(select(rows.FeedConflictRow).where(rows.FeedConflictRow.state == "open")).all()
        for row in open_rows:
            conflict = now.pop((row.kind, row.subject), None)
            if conflict is None:
                row.state, row.settled_by = "settled", feed
            else:
                row.said, row.held = conflict.said, conflict.held
        for conflict in now.values():
            said = {"kind": conflict.kind.value, "subject": conflict.subject, "said": conflict.said}
            opened = {"held": conflict.held, "state": "open", "opened_by": feed, "opened_on": conflict.opened_on}
            session.add(rows.FeedConflictRow(**said, **opened))
        session.flush()
        counted = Counter[str]()
        for table in report.tables:
            counted.update(new=table.new, changed=table.changed, closed=table.closed, matched=table.matched)
        self.transaction.note(
            scope="company",
            event="pack_reconciled",
            subject=report.name,
            facts={"content_hash": report.content_hash, "as_of": report.as_of, **counted, "conflicts": len(conflicts)},
        )

    def set_settings(self, settings: Settings, *, content_hash: str) -> None:
        """The company's settings from now on; the master data of the pack follow them."""
        facts = {"content_hash": content_hash, "as_of": settings.as_of}
        self.transaction.declare(
            MasterDataKind.PACK, scope="company", event="pack_taken_over", subject=settings.name, facts=facts
        )
        self.transaction.session.execute(update(rows.SettingsRow).values(settings_values(settings, content_hash)))

    def insert(self, table: str, values: Sequence[Any]) -> None:
        """New rows of a table of a Company."""
        if not values:
            return
        session = self.transaction.session
        keys = numbers_of(session)
        if table == "sales_order_lines":
            insert_lines(session, values, keys, self.transaction.now)
        else:
            insert_rows(session, TABLES[table], values, keys, now=self.transaction.now)
        for scope in sorted({scope for value in values if (scope := _scope(table, value)) is not None}):
            facts = {"rows": sum(_scope(table, value) == scope for value in values)}
            self.transaction.note(scope=scope, event=f"{table}_loaded", subject=scope.partition(":")[2], facts=facts)

    def change(self, table: str, changes: Sequence[tuple[Any, Any]]) -> None:
        """Rows as they are from now on, each with what it was."""
        session = self.transaction.session
        keys = numbers_of(session) if changes else {}
        for old, new in changes:
            change_row(session, TABLES[table], old, new, keys)
            self._note(table, old, "reconciled", {"was": str(old), "now": str(new)})

    def close(self, table: str, values: Sequence[Any], *, reason: str) -> None:
        """Rows that are over."""
        session = self.transaction.session
        keys = numbers_of(session) if values else {}
        for value in values:
            close_row(session, TABLES[table], value, keys, reason=reason)
            self._note(table, value, "closed", {"reason": reason})

    def ship(self, lines: Sequence[SalesOrderLine], *, reason: str) -> None:
        """Lines that left whole there have taken every step to shipped."""
        if not lines:
            return
        session = self.transaction.session
        session.flush()
        for number, steps in ship_lines(session, lines, numbers_of(session)).items():
            facts = {"lines": steps, "why": reason}
            self.transaction.note(scope=f"order:{number}", event="order_advanced", subject=number, facts=facts)

    def effects(self) -> tuple[AwaitedEffect, ...]:
        """Everything done here that the ERP was to show."""
        found = self.transaction.session.scalars(select(rows.AwaitedEffectRow))
        effects = (
            AwaitedEffect(
                reference=row.reference,
                kind=EffectKind(row.kind),
                expected=row.expected,
                since=row.since,
                state=EffectState(row.state),
                theirs=row.theirs,
                proposal=row.proposal_id,
            )
            for row in found
        )
        return tuple(sorted(effects, key=lambda effect: effect.reference))

    def save_effects(self, effects: Sequence[AwaitedEffect]) -> None:
        """The effects as they stand after the pack that was just kept."""
        session = self.transaction.session
        feed = session.scalars(select(rows.FeedRow.id).order_by(rows.FeedRow.id.desc()).limit(1)).one()
        known = {effect.reference: effect for effect in self.effects()}
        for effect in effects:
            if effect == known.get(effect.reference):
                continue
            values = {
                "reference": effect.reference,
                "kind": effect.kind.value,
                "expected": effect.expected,
                "since": effect.since,
                "state": effect.state.value,
                "theirs": effect.theirs,
                "proposal_id": effect.proposal,
                "settled_by": None if effect.state is EffectState.AWAITING else feed,
            }
            statement = insert(rows.AwaitedEffectRow).values(values)
            session.execute(statement.on_conflict_do_update(index_elements=["reference"], set_=values))

    def proposals(self) -> Mapping[str, str]:
        """The proposal that made an order or a promise, by the reference of the effect."""
        session = self.transaction.session
        made: dict[str, str] = {}
        for scope, row in (("purchase", rows.PurchaseOrderRow), ("transfer", rows.TransferOrderRow)):
            query = select(row.number, row.proposal_id).where(row.proposal_id.is_not(None))
            made |= {f"{scope}:{number}": proposal for number, proposal in session.execute(query) if proposal}
        promises = (
            select(rows.SalesOrderRow.number, rows.PromiseRecordRow.line, rows.PromiseRecordRow.proposal_id)
            .join(rows.PromiseRecordRow, rows.PromiseRecordRow.order_id == rows.SalesOrderRow.id)
            .where(rows.PromiseRecordRow.proposal_id.is_not(None))
            .order_by(rows.PromiseRecordRow.id)
        )
        made |= {
            f"promise:{number}/{line}": proposal for number, line, proposal in session.execute(promises) if proposal
        }
        return made

    def conflicts(self) -> tuple[FeedConflict, ...]:
        """The open conflicts."""
        query = select(rows.FeedConflictRow).where(rows.FeedConflictRow.state == "open")
        found = (
            FeedConflict(
                kind=ConflictKind(row.kind),
                subject=row.subject,
                said=row.said,
                held=row.held,
                opened_on=row.opened_on,
            )
            for row in self.transaction.session.scalars(query)
        )
        return tuple(sorted(found, key=lambda conflict: (conflict.kind, conflict.subject)))

    def _note(self, table: str, value: Any, event: str, facts: Mapping[str, object]) -> None:
        scope = _scope(table, value)
        if scope is not None:
            self.transaction.note(scope=scope, event=f"{table}_{event}", subject=scope.partition(":")[2], facts=facts)


def _scope(table: str, value: Any) -> str | None:
    """The audit chain of a document; master data has the company's."""
    if table not in _SCOPES:
        return None
    number = value.order if hasattr(value, "order") else value.number
    return f"{_SCOPES[table]}:{number}"
