"""Items and who sells them as columns, sorted by their keys."""

from dataclasses import dataclass

import numpy as np

from core.db.snapshot.columns import Columns
from core.db.snapshot.keys import Lookup, in_order, pairs
from core.db.snapshot.large import Large
from core.planning.buffers import later_by
from core.planning.snapshot import Days, Flags, Items, ItemTerms, Sources, SourceTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Items with `lead_days` as planned, whoever sells them; `at` finds an item by its key."""

    items: Items
    terms: ItemTerms
    at: Lookup


def catalogue(large: Large) -> Catalogue:
    """The items, by code."""
    keys, codes = large.longs("item_id"), large.texts("item_code", "item_length")
    rows = codes.ascending()
    items = Items(
        code=tuple(codes.take(rows)),
        make=large.flags("item_make")[rows],
        finished_good=large.flags("item_finished")[rows],
        lead_days=large.ints("item_lead")[rows],
        safety_stock=large.longs("item_safety")[rows],
        unit_cost=large.longs("item_cost")[rows],
    )
    terms = ItemTerms(
        minimum=large.longs("lot_minimum")[rows],
        multiple=large.longs("lot_multiple")[rows],
        maximum=large.longs("lot_maximum")[rows],
        safety_days=large.ints("lot_safety")[rows],
        fence=large.ints("lot_fence")[rows],
        phantom=large.flags("lot_phantom")[rows],
    )
    return Catalogue(items=items, terms=terms, at=Lookup(keys[rows]))


def sources(large: Large, columns: Columns) -> tuple[Sources, SourceTerms]:
    """Offers of suppliers that may be ordered from; a supplier delivers to any location."""
    item, supplier = large.at("source_item", columns.item), large.at("source_supplier", columns.supplier)
    pick = in_order(pairs(item, supplier))
    table = Sources(
        item=pick(item),
        supplier=pick(supplier),
        lead_days=later_by(columns.buffer, pick(large.ints("source_lead")), pick(supplier)),
        price=pick(large.longs("source_price")),
        minimum=pick(large.longs("source_minimum")),
        multiple=pick(large.longs("source_multiple")),
        maximum=pick(large.longs("source_maximum")),
    )
    return table, SourceTerms(
        priority=pick(large.ints("source_priority")),
        safety_days=pick(large.ints("source_safety")),
        weekly_capacity=pick(large.longs("source_weekly")),
        valid_from=pick(large.days("source_from")),
        valid_to=pick(large.days("source_to")),
        location=np.full(table.item.size, -1, dtype=np.int32),
    )


def soonest(make: Flags, lead_days: Days, offers: Sources) -> Days:
    """Days to have each item: to make it, or those of its quickest supplier, if it has one."""
    quickest = np.full(lead_days.size, np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(quickest, offers.item, offers.lead_days)
    bought = np.flatnonzero(~make & (quickest < np.iinfo(np.int32).max))
    lead = lead_days.copy()
    lead[bought] = quickest[bought]
    return lead
