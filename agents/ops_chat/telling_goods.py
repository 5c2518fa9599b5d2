"""Answers about items, stock, what comes, customers and suppliers."""

from collections.abc import Sequence
from decimal import Decimal

from agents.ops_chat.telling_orders import line_table
from agents.ops_chat.told import Table, Told, count, line_of, money, supply_cites, table, told
from tools.goods import (
    AvailabilityShown,
    ItemShown,
    OfferRow,
    OpenSupplyRow,
    StockRow,
    StockShown,
    SupplyList,
)
from tools.impact import ImpactShown
from tools.parties import CustomerShown, SupplierShown
from tools.scorecards import SupplierList


def tell_item(found: ItemShown) -> Told:
    """One item."""
    made = "made" if found.make else "bought"
    components = [(one.component, one.quantity_per) for one in found.components]
    return told(
        f"{found.item} is {found.name}, {made}, with {found.free:,} {found.unit} free of {found.on_hand:,} on hand.",
        f"{count(found.owed_units, 'unit')} on {count(found.owed_lines, 'order line')} are owed, "
        f"{found.owed_late_lines} of them late.",
        f"Lead time {count(found.lead_time_days, 'day')}, safety stock {found.safety_stock:,}, "
        f"list price {money(found.list_price, found.currency)}.",
        tables=(
            _stock_table(found.stock, left_out=found.stock_left_out),
            _supply_table("What comes", found.supply, left_out=found.supply_left_out),
            _offers(found.sources, left_out=found.sources_left_out),
            table("Made of", "component|for each", components, left_out=found.components_left_out),
        ),
        cites=(f"item:{found.item}", *(f"supply:{one.number}" for one in found.supply)),
    )


def tell_stock(found: StockShown, asked: dict[str, object]) -> Told:
    """Where an item lies."""
    where = f" at {asked['location']}" if asked.get("location") else ""
    if not found.rows:
        return told(f"{found.item} is not kept{where or ' anywhere'}.", cites=(f"item:{found.item}",))
    return told(
        f"{found.on_hand:,} {found.item}{where} on hand, {found.free:,} of them free.",
        tables=(_stock_table(found.rows, left_out=found.left_out),),
        cites=(f"item:{found.item}", *(f"location:{row.location}" for row in found.rows)),
    )


def tell_availability(found: AvailabilityShown, asked: dict[str, object]) -> Told:
    """What can be promised of an item."""
    where = f" from {asked['location']}" if asked.get("location") else ""
    rows = [(one.location, one.on, one.units, one.projected) for one in found.rows]
    later = next((one for one in found.rows if one.on > found.as_of and one.units > found.today), None)
    more = f"From {later.on.isoformat()} on it is {later.units:,} at {later.location}." if later else ""
    places = f"{count(found.places_left_out, 'more place')} left out." if found.places_left_out else ""
    return told(
        f"{found.today:,} {found.item} can be promised today{where}.",
        more,
        places,
        tables=(table("To promise", "place|from|units|balance", rows, left_out=found.rows_left_out),),
        charts=(found.chart,) if found.chart.series else (),
        cites=(f"item:{found.item}",),
    )


def tell_supply(found: SupplyList, asked: dict[str, object]) -> Told:
    """Open supply by the day it is due."""
    number = len(found.supply) + found.left_out
    kind = f"{asked['kind']} order line" if asked.get("kind") else "line of open supply"
    many = f"{asked['kind']} order lines" if asked.get("kind") else "lines of open supply"
    of = "".join(f" {word} {asked[name]}" for name, word in (("item", "of"), ("supplier", "from")) if asked.get(name))
    late = asked.get("late_only")
    if not number:
        return told(f"No {kind}{of} is {'late' if late else 'open'}.")
    first = found.supply[0]
    said = f", {count(first.days_overdue, 'day')} overdue" if first.days_overdue else ""
    return told(
        f"{count(number, kind, many)}{of} {'is' if number == 1 else 'are'} {'late' if late else 'open'}.",
        f"The first is {line_of(first.number, first.line)}: {first.open:,} {first.item}, "
        f"due {first.due.isoformat()}{said}.",
        tables=(_supply_table("Open supply", found.supply, left_out=found.left_out),),
        cites=[f"supply:{one.number}" for one in found.supply],
        listed=[line_of(one.number, one.line) for one in found.supply],
    )


def tell_impact(found: ImpactShown, asked: dict[str, object]) -> Told:
    """What hangs on a supply, or what an order line rests on."""
    about = ", ".join(found.about)
    pegged = [
        (line_of(one.order, one.line), one.customer, one.item, one.units, one.due, one.projected)
        for one in found.pegged
    ]
    worse = [
        (line_of(one.order, one.line), one.customer, one.more_short, one.before, one.after) for one in found.worsened
    ]
    rests = [(one.level, one.supply, one.item, one.location, one.units, one.on) for one in found.rests_on]
    return told(
        *_impact_words(found, asked, about),
        f"{count(found.left_out, 'more row')} left out." if found.left_out else "",
        tables=(
            table("Worse off", "line|customer|more short|there now|there then", worse),
            table("Resting on it", "line|customer|item|units|due|there", pegged),
            table("What it rests on", "level|supply|item|at|units|on", rests),
        ),
        cites=[
            *(f"order:{one.order}" for one in (*found.worsened, *found.pegged)),
            *supply_cites([one.supply for one in found.rests_on]),
        ],
        listed=[line_of(one.order, one.line) for one in (*found.worsened, *found.pegged)],
    )


def _impact_words(found: ImpactShown, asked: dict[str, object], about: str) -> tuple[str, ...]:
    if found.rests_on:
        return (f"{about} rests on {count(len(found.rests_on), 'piece')} of supply or stock.",)
    days = asked.get("days_later")
    change = f"came {count(int(str(days)), 'day')} later" if days else "never came"
    if not found.pegged and not found.worsened:
        return (f"No order line rests on {about}.",)
    hit = count(len(found.worsened), "order line") if found.worsened else "No order line"
    verb = "would be worse off"
    return (
        f"{hit} {verb} if {about} {change}.",
        f"{count(len(found.pegged), 'order line')} {'rests' if len(found.pegged) == 1 else 'rest'} on it now.",
    )


def tell_customer(found: CustomerShown) -> Told:
    """One customer."""
    terms = [
        f"tier {found.tier}",
        "only whole orders"
        if found.ship_complete
        else "part deliveries"
        if found.allow_partial
        else "whole lines only",
        "substitutes allowed" if found.allow_substitution else "no substitutes",
        f"{found.late_penalty_percent:f} % penalty a day late",
        f"payment in {count(found.payment_days, 'day')}",
    ]
    return told(
        f"{found.name} ({found.customer}) is owed {count(found.open_lines, 'order line')} worth "
        f"{money(found.open_value)}; {found.late_lines} {'is' if found.late_lines == 1 else 'are'} late.",
        f"Terms: {', '.join(terms)}.",
        tables=(line_table("Due first", found.lines, left_out=found.lines_left_out),),
        cites=(f"customer:{found.customer}", *(f"order:{one.order}" for one in found.lines)),
        listed=[line_of(one.order, one.line) for one in found.lines],
    )


def tell_supplier(found: SupplierShown) -> Told:
    """One supplier."""
    record = found.track_record
    name = f"{found.name} ({found.supplier})"
    if record.on_time_percent is None:
        first = f"{name} has delivered nothing since {record.since.isoformat()}."
    else:
        late = f", the others {record.average_days_late} days late on average" if record.average_days_late else ""
        first = (
            f"{name} was on time with {record.on_time_percent} % of "
            f"{count(record.deliveries, 'delivery', 'deliveries')}"
            f" since {record.since.isoformat()}{late}."
        )
    buffered = f"Plans count on it {count(found.buffer_days, 'day')} after its word." if found.buffer_days else ""
    barred = "" if found.approved and found.active else "It may not be bought from now."
    number = len(found.open_supply) + found.open_supply_left_out
    return told(
        first,
        barred,
        f"{count(number, 'line')} {'is' if number == 1 else 'are'} open with it, {found.overdue_lines} overdue.",
        buffered,
        tables=(
            _offers(found.offers, left_out=found.offers_left_out),
            _supply_table("Open with it", found.open_supply, left_out=found.open_supply_left_out),
        ),
        cites=(f"supplier:{found.supplier}", *(f"supply:{one.number}" for one in found.open_supply)),
        listed=[line_of(one.number, one.line) for one in found.open_supply],
    )


def tell_suppliers(found: SupplierList) -> Told:
    """Suppliers, the worst on time first."""
    if not found.suppliers or found.since is None:
        return told("No line of a supplier was due in the last year, so nothing is known of how they deliver.")
    worst = found.suppliers[0]
    rows = [
        (
            one.supplier,
            one.lines,
            f"{_percent(one.on_time_percent)}{' (few)' if one.few_cases else ''}",
            _percent(one.units_percent),
            _percent(one.prices_kept_percent),
            one.trend,
            one.days_to_add,
        )
        for one in found.suppliers
    ]
    number = len(found.suppliers) + found.left_out
    return told(
        f"{count(number, 'supplier')} had lines due since {found.since.isoformat()}; the worst on time is {worst.name} "
        f"({worst.supplier}) with {_percent(worst.on_time_percent)} of its deliveries.",
        tables=(
            table("Suppliers", "supplier|lines|on time|units|price kept|trend|add days", rows, left_out=found.left_out),
        ),
        cites=tuple(f"supplier:{one.supplier}" for one in found.suppliers),
        listed=[one.supplier for one in found.suppliers],
    )


def _percent(share: Decimal | None) -> str:
    return "-" if share is None else f"{share} %"


def _offers(offers: Sequence[OfferRow], *, left_out: int) -> Table:
    rows = [(one.supplier, one.item, one.unit_price, one.lead_time_days, one.minimum_order) for one in offers]
    return table("Bought from", "supplier|item|price|days|at least", rows, left_out=left_out)


def _stock_table(stock: Sequence[StockRow], *, left_out: int) -> Table:
    rows = [(one.location, one.on_hand, one.reserved, one.blocked, one.free) for one in stock]
    return table("Stock", "location|on hand|reserved|blocked|free", rows, left_out=left_out)


def _supply_table(title: str, supply: Sequence[OpenSupplyRow], *, left_out: int) -> Table:
    rows = [
        (
            line_of(one.number, one.line),
            one.kind,
            one.item,
            one.location,
            one.open,
            one.due,
            one.days_overdue,
            one.supplier or one.origin,
        )
        for one in supply
    ]
    return table(title, "order|kind|item|to|open|due|days overdue|from", rows, left_out=left_out)
