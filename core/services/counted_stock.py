"""Counts that wait to be posted, as plans would post them: only what was counted corrects the ledger."""

from core.domain.counting import CountLine, CountSheet
from core.domain.ids import ItemCode, LocationCode
from core.domain.money import rounded
from core.domain.plans import CorrectLedger, count_words
from core.planning.repair.terms import CountedStock
from core.ports.storage import UnitOfWork

MOST_COUNTS = 3


def counted_stock(uow: UnitOfWork, item: ItemCode, location: LocationCode) -> tuple[CountedStock, ...]:
    """The counts of an item at a place that found more or fewer, the first ones."""
    return tuple(
        _counted(uow, sheet, line)
        for sheet in uow.counts.waiting(item, location)[:MOST_COUNTS]
        for line in sheet.lines
        if line.item == item and line.difference
    )


def waiting_words(uow: UnitOfWork, code: str) -> str:
    """What posting a count would change; how far it is where it does not wait to be posted."""
    sheet = uow.counts.get(code)
    changed = [line for line in sheet.lines if line.difference]
    if sheet.state.value != "counted":
        return sheet.state.value
    return ", ".join(count_words(line.item, sheet.location, line.difference) for line in changed) or "nothing"


def _counted(uow: UnitOfWork, sheet: CountSheet, line: CountLine) -> CountedStock:
    level = uow.stock.balance(line.item, sheet.location)
    free = level.on_hand - level.reserved - level.blocked
    action = CorrectLedger(
        reference=sheet.code,
        item=line.item,
        location=sheet.location,
        on_hand=level.on_hand,
        free=free,
        change=line.difference,
        reason="count",
        value=rounded(-line.difference * uow.company.item(line.item).standard_cost),
    )
    return CountedStock(action=action, why_not=_why_not(sheet, line, free=free))


def _why_not(sheet: CountSheet, line: CountLine, *, free: int) -> str:
    if sum(1 for one in sheet.lines if one.difference) > 1:
        return f"count {sheet.code} differs on other lines, too: it is posted where counts are posted"
    if line.lot is not None:
        return f"count {sheet.code} is of lot {line.lot}: it is posted where counts are posted"
    if -line.difference > max(0, free):
        return f"{-line.difference - max(0, free):,} of the units that go are reserved: they are given back first"
    return ""
