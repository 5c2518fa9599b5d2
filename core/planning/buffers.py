"""Buffers: a purchase is counted on some days after its supplier's word, by supplier.

In a snapshot `supply.due` of purchase orders, the lead times of suppliers and all that is netted are days counted on;
what is agreed with a supplier, and written into orders, is its word. These functions go from one to the other.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.planning.snapshot import PLANNED_PURCHASE, PURCHASE_ORDER, Days, Positions, Snapshot, Sources, Supply


def buffer_days(snapshot: Snapshot, supplier: int) -> int:
    """The days added to the word of a supplier (position, -1: none)."""
    days = snapshot.parties.supplier_buffer
    return int(days[supplier]) if days.size and supplier >= 0 else 0


def buffer_of(snapshot: Snapshot, code: str) -> int:
    """The days added to the word of a supplier by code; one that the books do not know has none."""
    known = snapshot.parties.supplier
    return buffer_days(snapshot, known.index(code)) if snapshot.parties.supplier_buffer.size and code in known else 0


def row_buffer(snapshot: Snapshot, row: int) -> int:
    """The days added to the word behind a supply (position)."""
    bought = int(snapshot.supply.kind[row]) in (PURCHASE_ORDER, PLANNED_PURCHASE)
    return buffer_days(snapshot, int(snapshot.supply.supplier[row])) if bought else 0


def word_day(snapshot: Snapshot, row: int) -> int:
    """The day of a supply (position) by its supplier's word; for what is not bought the day it is due."""
    return int(snapshot.supply.due[row]) - row_buffer(snapshot, row)


def word_days(snapshot: Snapshot) -> Days:
    """The same of every supply."""
    supply, buffer = snapshot.supply, snapshot.parties.supplier_buffer
    if not buffer.size:
        return supply.due
    bought = ((supply.kind == PURCHASE_ORDER) | (supply.kind == PLANNED_PURCHASE)) & (supply.supplier >= 0)
    return np.where(bought, supply.due - buffer[supply.supplier], supply.due).astype(np.int32)


def later_by(buffer: Days, days: Days, supplier: Positions) -> Days:
    """Days by the word of these suppliers as the days counted on; the same array where there are no buffers."""
    if not buffer.size:
        return days
    return (days + np.where(supplier >= 0, buffer[supplier], 0)).astype(np.int32)


def with_buffers(snapshot: Snapshot, days: Mapping[str, int]) -> Snapshot:
    """A snapshot that has no buffers, with these, by supplier; as the books give it once they are stored."""
    buffer = np.array([days.get(code, 0) for code in snapshot.parties.supplier], dtype=np.int32)
    if not buffer.any():
        return snapshot
    supply, offers = snapshot.supply, snapshot.sources
    bought = supply.kind == PURCHASE_ORDER
    due = np.where(bought, later_by(buffer, supply.due, supply.supplier), supply.due)
    start = np.where(bought, later_by(buffer, supply.start, supply.supplier), supply.start)
    sources = replace(offers, lead_days=later_by(buffer, offers.lead_days, offers.supplier))
    return replace(
        snapshot,
        parties=replace(snapshot.parties, supplier_buffer=buffer),
        supply=replace(supply, due=due.astype(np.int32), start=start.astype(np.int32)),
        sources=sources,
        items=replace(snapshot.items, lead_days=_soonest(snapshot, sources)),
    )


def buffered(supply: Supply, buffer: Days) -> Supply:
    """Purchase order lines read by word, counted on."""
    if not buffer.size:
        return supply
    due = later_by(buffer, supply.due, supply.supplier)
    return replace(supply, due=due, start=due)


def _soonest(snapshot: Snapshot, sources: Sources) -> Days:
    items = snapshot.items
    quickest = np.full(items.lead_days.size, np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(quickest, sources.item, sources.lead_days)
    bought = ~items.make & (quickest < np.iinfo(np.int32).max)
    return np.where(bought, quickest, items.lead_days).astype(np.int32)
