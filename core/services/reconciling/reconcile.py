"""The use case: a later pack of the same company is loaded over the one before, in one transaction."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.domain.company import Company
from core.domain.errors import ConflictError
from core.domain.feeds import AwaitedEffect, ConflictKind, EffectState, Feed, FeedConflict, FeedReport, TableReport
from core.domain.ids import ItemCode
from core.domain.items import StockBalance
from core.domain.loaded_orders import with_lives
from core.domain.lots import LotUnits
from core.domain.prices import PriceListLine
from core.ports.storage import UnitOfWork
from core.services.agreeing import check_may_load
from core.services.deferring import scan_soon
from core.services.reconciling.contradictions import contradictions, expected_later, subject_of
from core.services.reconciling.effects import effects_after
from core.services.reconciling.matching import Doubtful, found_numbers, known_numbers, renamed
from core.services.reconciling.merging import Merged, merge
from core.services.reconciling.shapes import (
    DISCOUNTS,
    DOCUMENTS,
    LOTS,
    PRICE_LIST_LINES,
    PRICE_LISTS,
    SHAPES,
    goes_back,
)
from core.services.reconciling.taking_over import Taking, take_over


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcilePack:
    """Load this pack over the one the database holds."""

    key: str
    company: Company
    content_hash: str


def reconcile(uow: UnitOfWork, command: ReconcilePack) -> FeedReport:
    """New rows are inserted, changed ones updated, those that are gone closed with a reason; what was done here stays.

    The same pack again changes nothing. ConflictError when it is of another company or older than what is held,
    NotAuthorisedError when who acts may not load packs.
    """
    uow.feeds.begin()
    last = uow.feeds.last()
    if last is not None and last.content_hash == command.content_hash:
        return _nothing(last)
    scan_soon(uow)
    return uow.commands.once(command.key, command, FeedReport, lambda: _reconcile(uow, command))


def _nothing(last: Feed) -> FeedReport:
    return FeedReport(
        name=last.name,
        as_of=last.as_of,
        content_hash=last.content_hash,
        applied=False,
        tables=(),
        conflicts=(),
        awaiting=(),
    )


def _reconcile(uow: UnitOfWork, command: ReconcilePack) -> FeedReport:
    said, ours = command.company, _without_variants(uow.feeds.books(), uow.configurations.variants())
    _must_follow(said, ours)
    check_may_load(uow)
    as_of = said.settings.as_of
    known = uow.feeds.effects()
    numbers = known_numbers(known)
    before = renamed(uow.feeds.remembered() or ours, numbers)
    theirs = renamed(with_lives(_entered_after(said, ours)), numbers)
    found, doubtful = found_numbers(before=before, ours=ours, theirs=theirs)
    theirs = _without(renamed(theirs, found), doubtful)
    disputes = {one.subject: one.kind for one in uow.feeds.conflicts()}
    tables = _merged(before, ours, theirs, disputes)
    expected = expected_later(ours, known, as_of)
    conflicts = contradictions(tables.values(), doubtful=doubtful, expected=expected, as_of=as_of)
    uow.feeds.set_settings(said.settings, content_hash=command.content_hash)
    conflicts += take_over(uow, Taking(theirs=theirs, lots=ours.lots, tables=tables, staying=expected))
    proposals = uow.feeds.proposals()
    effects = effects_after(tables.values(), known=known, numbers=found, proposals=proposals, as_of=as_of)
    report = _report(command, tables, conflicts=_with_days(uow, conflicts), effects=effects)
    uow.feeds.keep(_remembering(before, theirs), report, conflicts=report.conflicts)
    uow.feeds.save_effects(effects)
    return report


def _without_variants(ours: Company, variants: Container[ItemCode]) -> Company:
    """Our books without what was born here of configurations: no pack tells of it, and none takes it away."""
    return replace(
        ours,
        items=tuple(one for one in ours.items if one.code not in variants),
        bom=tuple(one for one in ours.bom if one.parent not in variants),
        operations=tuple(one for one in ours.operations if one.item not in variants),
    )


def _must_follow(said: Company, ours: Company) -> None:
    held, new = ours.settings, said.settings
    if (new.name, new.currency) != (held.name, held.currency):
        raise ConflictError(
            f"this database holds {held.name!r} in {held.currency}, the pack is of {new.name!r} in {new.currency};"
            " accepted is a pack of the same company, or an empty database"
        )
    if new.as_of < held.as_of:
        raise ConflictError(
            f"the pack is of {new.as_of}, this database of {held.as_of}; accepted is a pack of {held.as_of} or later"
        )


def _entered_after(said: Company, ours: Company) -> Company:
    """The pack with its new orders entered after ours, in the order in which the ERP took them."""
    known = {order.number: order.entry_sequence for order in ours.sales_orders}
    last = max(known.values(), default=0)
    ranked = sorted((o for o in said.sales_orders if o.number not in known), key=lambda o: (o.entry_sequence, o.number))
    place = {order.number: last + rank for rank, order in enumerate(ranked, start=1)}
    place |= known
    orders = (replace(order, entry_sequence=place[order.number]) for order in said.sales_orders)
    return replace(said, sales_orders=tuple(orders))


def _merged(before: Company, ours: Company, theirs: Company, disputes: Mapping[str, ConflictKind]) -> dict[str, Merged]:
    """What comes of every table; stock that somebody does not name is none."""
    before, ours, theirs = _with_all_stock(before, _without_history(ours, theirs), _numbered_on(theirs, ours))
    return {
        shape.table: merge(
            shape,
            base=getattr(before, shape.table),
            ours=getattr(ours, shape.table),
            theirs=getattr(theirs, shape.table),
            backward=goes_back,
            disputed=lambda shape, value, name: disputes.get(subject_of(shape, value, name)),
        )
        for shape in SHAPES
    }


def _without_history(ours: Company, theirs: Company) -> Company:
    """Our books without prices that are over and that nobody tells of any more."""
    as_of, kept = theirs.settings.as_of, dict[str, Any]()
    for shape in (PRICE_LISTS, PRICE_LIST_LINES, DISCOUNTS):
        told = {shape.key_of(value) for value in getattr(theirs, shape.table)}
        rows = getattr(ours, shape.table)
        kept[shape.table] = tuple(
            value for value in rows if shape.key_of(value) in told or value.valid_to is None or value.valid_to > as_of
        )
    return replace(ours, **kept)


def _numbered_on(theirs: Company, ours: Company) -> Company:
    """The pack with its new lines of price lists numbered after ours, which may have been published here."""
    known = {PRICE_LIST_LINES.key_of(line): line.line for line in ours.price_list_lines}
    last = Counter[str]()
    for line in ours.price_list_lines:
        last[line.list] = max(last[line.list], line.line)
    numbered: list[PriceListLine] = []
    for line in sorted(theirs.price_list_lines, key=lambda one: (one.list, one.line)):
        number = known.get(PRICE_LIST_LINES.key_of(line))
        if number is None:
            last[line.list] += 1
        numbered.append(replace(line, line=number or last[line.list]))
    return replace(theirs, price_list_lines=tuple(numbered))


def _with_all_stock(*companies: Company) -> tuple[Company, ...]:
    places = sorted({(row.item, row.location) for company in companies for row in company.stock})
    lots = sorted({(row.lot, row.location) for company in companies for row in company.lot_stock})
    padded: list[Company] = []
    for company in companies:
        units = {(row.item, row.location): row.on_hand for row in company.stock}
        rows = (StockBalance(item=item, location=place, on_hand=units.get((item, place), 0)) for item, place in places)
        in_lots = {(row.lot, row.location): row.on_hand for row in company.lot_stock}
        parts = (LotUnits(lot=lot, location=place, on_hand=in_lots.get((lot, place), 0)) for lot, place in lots)
        padded.append(replace(company, stock=tuple(rows), lot_stock=tuple(parts)))
    return tuple(padded)


def _without(company: Company, doubtful: tuple[Doubtful, ...]) -> Company:
    """The pack without orders that may be ours under another date: planning must not count their units twice."""
    numbers = {one.theirs for one in doubtful}
    if not numbers:
        return company
    return replace(
        company,
        purchase_orders=tuple(order for order in company.purchase_orders if order.number not in numbers),
        purchase_order_lines=tuple(line for line in company.purchase_order_lines if line.order not in numbers),
        transfer_orders=tuple(order for order in company.transfer_orders if order.number not in numbers),
    )


def _remembering(before: Company, theirs: Company) -> Company:
    """What the ERP said last of every document and lot it ever told of."""
    kept: dict[str, tuple[object, ...]] = {}
    for shape in (*DOCUMENTS, LOTS):
        said = getattr(theirs, shape.table)
        now = {shape.key_of(value) for value in said}
        kept[shape.table] = (*said, *(x for x in getattr(before, shape.table) if shape.key_of(x) not in now))
    return replace(theirs, **kept)


def _with_days(uow: UnitOfWork, conflicts: tuple[FeedConflict, ...]) -> tuple[FeedConflict, ...]:
    """The conflicts, each with the day it was first seen."""
    days: Mapping[tuple[str, str], date] = {(one.kind, one.subject): one.opened_on for one in uow.feeds.conflicts()}
    return tuple(replace(one, opened_on=days.get((one.kind, one.subject), one.opened_on)) for one in conflicts)


def _report(
    command: ReconcilePack,
    tables: Mapping[str, Merged],
    *,
    conflicts: tuple[FeedConflict, ...],
    effects: tuple[AwaitedEffect, ...],
) -> FeedReport:
    settings = command.company.settings
    subjects = Counter(one.subject for one in conflicts)
    return FeedReport(
        name=settings.name,
        as_of=settings.as_of,
        content_hash=command.content_hash,
        applied=True,
        tables=tuple(_table(merged, subjects) for merged in tables.values()),
        conflicts=conflicts,
        awaiting=tuple(effect for effect in effects if effect.state is EffectState.AWAITING),
    )


def _table(merged: Merged, subjects: Mapping[str, int]) -> TableReport:
    key = merged.shape.key_of
    clashing = {key(part.value) for part in (*merged.clashes, *merged.back)}
    kept = {key(value) for value in merged.gone if subject_of(merged.shape, value) in subjects}
    return TableReport(
        table=merged.shape.table,
        new=len(merged.new),
        changed=len(merged.changed),
        unchanged=merged.unchanged,
        closed=0 if merged.shape is LOTS else len(merged.gone) - len(kept),
        awaiting=len({key(part.value) for part in merged.awaiting}),
        matched=len({key(part.value) for part in merged.matched}),
        conflicts=len(clashing | kept),
    )
