"""Every key figure with its meaning; core/db/facts has the queries, docs/facts.md the worked example."""

from core.domain.facts import FactDefinition, Measure

_P, _E, _H, _T, _M = Measure.PERCENT, Measure.EACH, Measure.EACH_HUNDRED, Measure.TOTAL, Measure.MIDDLE


def _fact(
    name: str, title: str, measure: Measure, unit: str, says: str, counts: str, goal: str | None = None
) -> FactDefinition:
    return FactDefinition(name=name, title=title, measure=measure, unit=unit, says=says, counts=counts, goal=goal)


_DUE = "order lines whose day lies in the period and is over"
_PROMISED = "order lines first promised in the period"
_DAYS = "days: the middle one, and the one that nine of ten lines do not exceed"
_HOURS = "hours: the middle one, and the one that nine of ten cases do not exceed"

_ORDERS = (
    _fact(
        "otif_promise",
        "On time in full, to the first promise",
        _P,
        "%",
        "lines of which all that is owed left by the day first promised, of all lines promised for such a day",
        f"{_DUE}; not lines cancelled by then, nor lines that left on a day nobody wrote down",
        ">= 95",
    ),
    _fact("promise_lines", "Lines by how the first promise was kept", _T, "lines", "the parts of the above", _DUE),
    _fact(
        "otif_request",
        "On time in full, to the request",
        _P,
        "%",
        "lines of which all that is owed left by the day the customer asked for, of all lines asked for by such a day",
        f"{_DUE}; not lines cancelled by then, nor lines that left on a day nobody wrote down",
        ">= 90",
    ),
    _fact(
        "customers_at_target",
        "Customers served as agreed",
        _P,
        "%",
        "customers of whose lines as many left on time and in full as their own target says, of those with such lines",
        f"customers with {_DUE}",
        ">= 90",
    ),
    _fact(
        "otif_below_target",
        "On time in full, of customers under their target",
        _P,
        "%",
        "the lines of a customer that left on time and in full by the first promise, where they are under its target",
        _DUE,
    ),
    _fact("request_lines", "Lines by how the request was met", _T, "lines", "the parts of the above", _DUE),
    _fact(
        "line_fill_rate",
        "Line fill rate",
        _P,
        "%",
        "lines that stock alone covered when they were first promised",
        _PROMISED,
        ">= 90",
    ),
    _fact(
        "unit_fill_rate",
        "Unit fill rate",
        _P,
        "%",
        "units that stock covered when they were first promised",
        f"units of {_PROMISED}",
        ">= 95",
    ),
    _fact(
        "order_fill_rate",
        "Order fill rate",
        _P,
        "%",
        "orders of which stock alone covered every line when it was first promised",
        f"orders with {_PROMISED}",
    ),
    _fact(
        "perfect_order",
        "Perfect orders",
        _P,
        "%",
        "orders with every line on time and in full, no shipment late, lost or damaged on its way, and nothing asked"
        " back for a reason of ours",
        "orders whose last promised day lies in the period and is over",
        ">= 90",
    ),
    _fact("cycle_entry_to_confirmed", "Entry to confirmation", _M, "days", _DAYS, "lines confirmed in the period"),
    _fact(
        "cycle_confirmed_to_released",
        "Confirmation to release",
        _M,
        "days",
        _DAYS,
        "lines first released to a warehouse in the period",
    ),
    _fact(
        "cycle_released_to_shipped",
        "Release to shipment",
        _M,
        "days",
        _DAYS,
        "lines whose last unit left in the period",
    ),
    _fact(
        "cycle_shipped_to_delivered",
        "Shipment to delivery",
        _M,
        "days",
        _DAYS,
        "lines whose last unit was delivered in the period",
    ),
    _fact(
        "cycle_entry_to_delivered",
        "Entry to delivery",
        _M,
        "days",
        _DAYS,
        "lines whose last unit was delivered in the period",
    ),
    _fact(
        "backorder_lines",
        "Backorders",
        _T,
        "lines",
        "lines of which something is owed after the day promised, or asked for where nothing is promised",
        "open order lines as of now",
    ),
    _fact(
        "backorder_value", "Value of backorders", _T, "money", "open units at their price", "backorders, by currency"
    ),
    _fact("backorder_age", "Age of backorders", _M, "days", f"days after that day; {_DAYS}", "backorders as of now"),
)
_PROMISES = (
    _fact(
        "promise_error",
        "Promise accuracy",
        _E,
        "days",
        "days between the day first promised and the day the last unit left, early or late alike, on average",
        "lines that left whole, first promised for a day of the period that is over",
    ),
    _fact(
        "promise_bias",
        "Promise bias",
        _E,
        "days",
        "the same with early days against late ones: above 0 we promise too early a day",
        "lines that left whole, first promised for a day of the period that is over",
    ),
    _fact(
        "promise_changes",
        "Promise changes a line",
        _E,
        "changes",
        "how often a promise was moved after it was first given",
        "lines first promised for a day of the period",
    ),
    _fact(
        "promises_unchanged",
        "Promises never moved",
        _P,
        "%",
        "lines whose first promise is their only one",
        "lines first promised for a day of the period",
    ),
)
_CASES = (
    _fact(
        "exception_rate",
        "Exceptions a hundred lines",
        _H,
        "cases",
        "cases opened in the period for each hundred order lines entered in it; in all and by type",
        "order lines entered in the period",
    ),
    _fact(
        "time_to_detect",
        "Time to detect",
        _M,
        "hours",
        f"from the last scan that did not find it to the one that did, so at most; {_HOURS}",
        "cases opened in the period, the first scan left out",
    ),
    _fact(
        "time_to_decide",
        "Time to decide",
        _M,
        "hours",
        f"from a case being opened to people's first yes or no to a plan for it; {_HOURS}",
        "cases first decided on in the period",
    ),
    _fact(
        "time_to_resolve",
        "Time to resolve",
        _M,
        "hours",
        f"from a case being opened to its plan done and proven; {_HOURS}",
        "resolved cases whose last proof lies in the period",
    ),
    _fact(
        "cost_per_exception",
        "Cost of an exception",
        _E,
        "money",
        "money that executed plans commit us to, and people's time as declared, for each case",
        "cases with a plan executed in the period and not undone",
    ),
    _fact(
        "override_rate",
        "Overridden proposals",
        _P,
        "%",
        "proposals that people rejected, or where they put another option forward than was advised",
        "proposals decided on in the period",
    ),
    _fact(
        "price_override_rate",
        "Overridden prices",
        _P,
        "%",
        "lines with a price that a person set instead of the one found",
        "order lines entered in the period",
    ),
)
_GOODS = (
    _fact(
        "return_rate",
        "Return rate",
        _P,
        "%",
        "units that came back of those delivered; in all, by item and by customer, and by reason of all delivered",
        "units delivered of orders entered in the period",
    ),
    _fact("best_seller_units", "Best sellers by units", _T, "units", "units that left for customers", "the period"),
    _fact(
        "best_seller_value",
        "Best sellers by value",
        _T,
        "money",
        "the same at the price of their lines, by currency",
        "the period",
    ),
    _fact(
        "inventory_value",
        "Inventory value",
        _T,
        "money",
        "units on hand at standard cost; in all and by location",
        "stock as of now",
    ),
    _fact(
        "stock_turns",
        "Stock turns",
        _E,
        "a year",
        "cost of what left our stock for customers, for a year, by the mean of the stock's value at both ends",
        "the period, from the day these books began",
    ),
    _fact(
        "days_of_supply",
        "Days of supply",
        _E,
        "days",
        "how long the stock at the end lasts at the pace of the period, both at standard cost",
        "the period, from the day these books began",
    ),
    _fact(
        "supplier_otif",
        "Suppliers on time in full",
        _P,
        "%",
        "purchase order lines of which all that was ordered was taken in by the day first asked for; in all and by"
        " supplier",
        "purchase order lines whose day lies in the period and is over",
        ">= 95",
    ),
    _fact(
        "schedule_adherence",
        "Schedule adherence",
        _P,
        "%",
        "work orders of which all that was ordered was finished well by their due day",
        "work orders due in the period on a day that is over",
        ">= 95",
    ),
    _fact(
        "quota_use",
        "Quota use",
        _P,
        "%",
        "units taken of the quotas; in all and by quota",
        "quotas whose days meet the period",
    ),
)
FACTS = (*_ORDERS, *_PROMISES, *_CASES, *_GOODS)
