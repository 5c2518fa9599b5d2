"""Questions as reads: which tool answers a question, by what it mentions first and what it is about second."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from agents.ops_chat.mentions import NUMBERS
from agents.ops_chat.names import Kind, Mention
from agents.ops_chat.topics import Topic
from agents.ops_chat.understood import REMEMBERED, Question, Understood, Unread, given

_PERIOD = re.compile(r"\b(this|next) (week|month)\b")
_CASES_SAID = re.compile(r"\b(?:cases|exceptions|falle|casos|gevallen|excepciones|uitzonderingen)\b")
_SUPPLIERS = re.compile(r"\b(?:suppliers|vendors|lieferanten|proveedores|fournisseurs|leveranciers)\b")
_COMPARED = re.compile(
    r"\b(?:worst|best|better|worse|rank\w*|compare|list|schlecht\w*|beste[nr]?|vergleich\w*|peores|mejores|pires|meilleurs"
    r"|slechtste|beste)\b"
)
_POSSIBLE = re.compile(r"(?:can|could|is it possible|kann|konnen|puede|podria|peut|pourrait|kan|kunnen)\b")
_EVERYTHING = re.compile(r"\b(?:everything|all|alles|todo|tout)\b.{0,20}\b(?:about|on|uber|zu|sobre|sur|over)\b")
_CONFIGURE = re.compile(
    r"^\W*(?:please |bitte |por favor )?(?:configure[rz]?|konfigurier\w*|configura\w*|configureer) "
    r"(?:an? |einen? |una? |une |een )?"
    r"(\S.*)$"
)
_TYPE = re.compile(r"\be\d{2}\b")
_MOST = re.compile(r"\b(?:top|the|first) (\w+) (?:most|biggest|worst|largest|cases|exceptions|urgent)")

Rule = Callable[[Question], Understood | Unread | None]


def looked_up(question: Question) -> Understood | Unread | None:
    """What is asked about; None where no rule reads it."""
    for rule in _RULES:
        found = rule(question)
        if found is not None:
            return found
    return None


def _about(question: Question, *kinds: Kind) -> Mention | None:
    """The thing that is named, or that a pronoun stands for where nothing else is named: "is there enough SE-03?" is
    not about the order before."""
    named = question.mentions.first(*REMEMBERED)
    return question.mentions.first(*kinds) if named is not None else question.the(*kinds)


def _everything(question: Question) -> Understood | None:
    """ "Everything about MO-10" is the thing itself, not its orders."""
    if not _EVERYTHING.search(question.text):
        return None
    return _item_itself(question) or _supplier(question) or _customer(question)


def _item_itself(question: Question) -> Understood | None:
    item = question.mentions.first(Kind.ITEM)
    return Understood(tool="show_item", arguments={"item": item.value}) if item else None


def _approval(question: Question) -> Understood | None:
    approval = _about(question, Kind.APPROVAL)
    return Understood(tool="show_proposal", arguments={"approval": approval.value}) if approval else None


def _option(question: Question) -> Understood | None:
    option = question.mentions.first(Kind.OPTION)
    return Understood(tool="show_option", arguments={"option": option.value}) if option else None


def _case(question: Question) -> Understood | None:
    case = question.mentions.first(Kind.CASE)
    if case is None and question.about(Topic.OPTIONS, Topic.PLAN, Topic.QUOTES, Topic.ELSEWHERE, Topic.WHY, Topic.WHO):
        case = question.the(Kind.CASE) if not question.mentions.found else None
    if case is None:
        return None
    named: dict[str, object] = {"case": case.value}
    if question.about(Topic.QUOTES, Topic.EXPEDITE) and (asked := _asking(question, named)):
        return asked
    if question.about(Topic.ELSEWHERE) or (question.about(Topic.STOCK) and not question.about(Topic.OPTIONS)):
        return Understood(tool="find_stock_elsewhere", arguments=named)
    if question.about(Topic.OPTIONS) and not question.about(Topic.PLAN):
        return Understood(tool="list_options", arguments=named)
    if question.about(Topic.PLAN):
        return Understood(tool="plan_options", arguments=named)
    return Understood(tool="show_case", arguments=named)


def _asking(question: Question, named: dict[str, object]) -> Understood | None:
    suppliers = [supplier.value for supplier in question.mentions.all(Kind.SUPPLIER)]
    whom = {"suppliers": suppliers} if suppliers else {}
    if question.about(Topic.EXPEDITE):
        return Understood(tool="request_expedite_quotes", arguments=named | whom)
    return Understood(tool="request_supplier_quotes", arguments=named | whom)


def _order(question: Question) -> Understood | None:
    order = _about(question, Kind.ORDER)
    if order is None:
        return None
    explains = question.about(Topic.WHY) or (question.about(Topic.IMPACT) and order.line is not None)
    if explains or (order.line is not None and question.about(Topic.LATE, Topic.WHEN, Topic.RISK, Topic.PROMISE)):
        return Understood(tool="explain_order_line", arguments={"order": order.value, "line": order.line or 1})
    if order.line is not None:
        return Understood(tool="explain_order_line", arguments={"order": order.value, "line": order.line})
    return Understood(tool="show_order", arguments={"order": order.value})


def _supply_order(question: Question) -> Understood | None:
    order = _about(question, Kind.PURCHASE, Kind.WORK, Kind.TRANSFER)
    if order is None:
        return None
    reference = order.value if order.line is None else f"{order.value}/{order.line}"
    days = question.number(Kind.DAYS)
    return Understood(tool="show_supply_impact", arguments=given(reference=reference, days_later=days))


def _waiting(question: Question) -> Understood | None:
    if question.about(Topic.TASKS):
        overdue = question.about(Topic.LATE)
        return Understood(tool="list_tasks", arguments={"overdue_only": True} if overdue else {})
    if question.about(Topic.PROPOSALS):
        return Understood(tool="list_proposals", arguments={})
    if question.about(Topic.LAST_SCAN):
        return Understood(tool="show_scan", arguments={})
    return None


def _promised(question: Question) -> Understood | Unread | None:
    item = question.the(Kind.ITEM)
    quantity = question.number(Kind.QUANTITY)
    for_whom = question.mentions.first(Kind.CUSTOMER, Kind.DATE) and _POSSIBLE.match(question.text)
    asks = question.about(Topic.PROMISE) or (quantity and (question.about(Topic.WHEN) or for_whom))
    if item is None or not asks or question.about(Topic.SUPPLY, Topic.STOCK):
        return None
    if quantity is None:
        if question.about(Topic.LATE, Topic.ORDERS, Topic.RISK):
            return None
        return Unread(help=f"How many? Say for example: when can we deliver 40 {item.value}?")
    found = given(
        item=item.value,
        quantity=quantity,
        customer=question.mentions.value(Kind.CUSTOMER),
        requested=question.mentions.value(Kind.DATE),
        location=question.mentions.value(Kind.LOCATION, Kind.SITE),
    )
    return Understood(tool="promise_date", arguments=found)


def _available(question: Question) -> Understood | None:
    item = question.the(Kind.ITEM)
    if item is None or not question.about(Topic.AVAILABLE):
        return None
    where, until = question.mentions.value(Kind.LOCATION, Kind.SITE), question.mentions.value(Kind.DATE)
    return Understood(tool="show_availability", arguments=given(item=item.value, location=where, until=until))


def _stock(question: Question) -> Understood | None:
    item = question.the(Kind.ITEM)
    if item is None or not question.about(Topic.STOCK) or question.about(Topic.SUPPLY, Topic.PURCHASES):
        return None
    where = question.mentions.value(Kind.LOCATION, Kind.SITE)
    return Understood(tool="show_stock", arguments=given(item=item.value, location=where))


_SUPPLY_KINDS = {Topic.PURCHASES: "purchase", Topic.WORKS: "work", Topic.TRANSFERS: "transfer"}


def _supply(question: Question) -> Understood | None:
    supplier, item = question.the(Kind.SUPPLIER), question.the(Kind.ITEM)
    kind = next((kind for topic, kind in _SUPPLY_KINDS.items() if question.about(topic)), None)
    wanted = question.about(Topic.SUPPLY, *_SUPPLY_KINDS)
    of_supplier = supplier is not None and question.about(Topic.ORDERS, Topic.LATE) and not question.about(Topic.RECORD)
    if not (wanted or of_supplier) or question.mentions.first(Kind.CUSTOMER):
        return None
    found = given(
        item=item.value if item else None,
        supplier=supplier.value if supplier else None,
        kind=kind,
        late_only=True if question.about(Topic.LATE) else None,
    )
    return Understood(tool="list_supply", arguments=found)


def _supplier(question: Question) -> Understood | None:
    supplier = question.the(Kind.SUPPLIER)
    return Understood(tool="show_supplier", arguments={"supplier": supplier.value}) if supplier else None


def _orders(question: Question) -> Understood | None:
    customer, item = question.mentions.first(Kind.CUSTOMER), question.mentions.first(Kind.ITEM)
    asked = question.about(Topic.ORDERS, Topic.LATE, Topic.RISK) or (question.about(Topic.PROMISE) and customer)
    if not asked or (question.about(Topic.CASES) and not (customer or item or question.about(Topic.ORDERS))):
        return None
    return Understood(tool="list_orders", arguments=_order_filter(question))


def _order_filter(question: Question) -> dict[str, object]:
    item, customer = question.mentions.value(Kind.ITEM), question.the(Kind.CUSTOMER)
    day = question.mentions.value(Kind.DATE)
    after = day is not None and any(
        word in question.text for word in ("after ", "since ", "from ", "nach ", "despues ")
    )
    status = "at_risk" if question.about(Topic.RISK) else "late" if question.about(Topic.LATE) else None
    everything = any(word in question.text for word in (" all ", "closed", "shipped", "every order"))
    if status is None and everything and "open" not in question.text:
        status = "all"
    if day is None and (period := _PERIOD.search(question.text)):
        whose = given(customer=customer.value if customer else None, item=item, status=status)
        return _period(question.context.today, *period.groups()) | dict(whose)
    found = given(
        customer=customer.value if customer else None,
        item=item,
        status=status,
        due_after=day if after else None,
        due_before=None if after else day,
    )
    return dict(found)


def _period(today: date, which: str, what: str) -> dict[str, object]:
    """The week or month meant, by its first and last day; what is left of this one begins today."""
    if what == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(days=7 * (which == "next"))
        last = first + timedelta(days=6)
    else:
        year, month = divmod(today.year * 12 + today.month - 1 + (which == "next"), 12)
        first = date(year, month + 1, 1)
        last = date(year, month + 1, monthrange(year, month + 1)[1])
    ends: dict[str, object] = {"due_before": last.isoformat()}
    return {"due_after": first.isoformat(), **ends} if which == "next" else ends


def _named_cases(question: Question) -> Understood | None:
    """Where cases are asked for by that name, what they are about is only a filter."""
    return _cases(question) if _CASES_SAID.search(question.text) else None


def _configured(question: Question) -> Understood | None:
    """ "Configure a process pump 15 kW, stainless": the rest of the sentence describes the product."""
    found = _CONFIGURE.search(question.text)
    return Understood(tool="configure_item", arguments={"product": found[1]}) if found else None


def _late_suppliers(question: Question) -> Understood | None:
    if question.mentions.first(Kind.SUPPLIER) or not question.about(Topic.LATE) or not _SUPPLIERS.search(question.text):
        return None
    return Understood(tool="list_supply", arguments={"kind": "purchase", "late_only": True})


def _suppliers_beside(question: Question) -> Understood | None:
    """ "Who are our worst suppliers?", as long as none is named."""
    asked = _SUPPLIERS.search(question.text) and (question.about(Topic.RECORD) or _COMPARED.search(question.text))
    if not asked or question.mentions.first(Kind.SUPPLIER, Kind.ITEM, Kind.CASE):
        return None
    return Understood(tool="list_suppliers", arguments=given(limit=_limit(question)))


def _cases(question: Question) -> Understood | None:
    if not question.about(Topic.CASES):
        return None
    closed = any(word in question.text for word in ("closed", "resolved", "old ", "all cases", "geschlossen"))
    found = given(
        customer=question.mentions.value(Kind.CUSTOMER),
        item=question.mentions.value(Kind.ITEM),
        closed_too=True if closed else None,
        type=kind.group().upper() if (kind := _TYPE.search(question.text)) else None,
        limit=_limit(question),
    )
    return Understood(tool="list_cases", arguments=found)


def _facts(question: Question) -> Understood | None:
    names = [fact.value for fact in question.mentions.all(Kind.FACT)]
    about_us = not question.mentions.first(Kind.SUPPLIER, Kind.CUSTOMER, Kind.ITEM)
    if not names and not (question.about(Topic.KPI) and about_us):
        return None
    return Understood(tool="show_kpis", arguments={"names": names} if names else {})


def _customer(question: Question) -> Understood | None:
    customer = question.the(Kind.CUSTOMER)
    return Understood(tool="show_customer", arguments={"customer": customer.value}) if customer else None


def _item(question: Question) -> Understood | None:
    item = question.the(Kind.ITEM)
    if item is None:
        return None
    if question.about(Topic.LATE, Topic.RISK, Topic.ORDERS):
        return Understood(tool="list_orders", arguments=_order_filter(question))
    return Understood(tool="show_item", arguments={"item": item.value})


def _limit(question: Question) -> int | None:
    """ "The five most urgent", "top 3"."""
    worded = _MOST.search(question.text)
    if worded and worded.group(1) in NUMBERS:
        return NUMBERS[worded.group(1)]
    return question.number(Kind.QUANTITY)


def _stock_there(question: Question) -> Understood | None:
    item, place = question.mentions.first(Kind.ITEM), question.mentions.first(Kind.LOCATION, Kind.SITE)
    if item is None or place is None:
        return None
    return Understood(tool="show_stock", arguments={"item": item.value, "location": place.value})


_RULES: tuple[Rule, ...] = (
    _configured, _approval, _option, _case, _named_cases, _late_suppliers, _suppliers_beside, _everything, _order,
    _supply_order,
    _waiting, _facts, _available, _promised, _stock, _supply, _orders, _cases, _supplier, _stock_there, _customer,
    _item,
)  # fmt: skip
