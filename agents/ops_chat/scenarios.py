"""What-if questions as parts of a scenario: outages, delays, cuts, demand, prices, tariffs and idle work centres."""

import re
from collections.abc import Iterator, Sequence

from agents.ops_chat.names import Kind, Mention, plain, words_of
from agents.ops_chat.topics import Topic
from agents.ops_chat.understood import Question, Understood, Unread, given

_MOST_NAMED = 6
_IMPOSES = re.compile(r"\b(?:impos|put|levy|levie|introduc|rais|slap|verhang|erheb|erhoh|impon|heff)")
_UPON = re.compile(
    r"\b(?:on|from|against|and|auf|aus|gegen|und|sobre|de|contra|y|sur|contre|des?|et|op|uit|en)\s+"
    r"(?:(?:la|le|los|las|les|die|the)\s+)?$"
)
_ORDERS = (Kind.PURCHASE, Kind.WORK, Kind.TRANSFER)


def what_if(question: Question, clauses: Sequence[Question]) -> Understood | Unread | None:
    """The scenario a question describes; None when it describes none, Unread when a part lacks a number. `clauses` are
    the parts of the sentence: where each of them is a part of the scenario, they happen together."""
    if not question.about(Topic.WHAT_IF):
        return None
    parts: dict[str, list[object]] = {}
    for name, part in _all_parts(question, clauses):
        if isinstance(part, Unread):
            return part
        parts.setdefault(name, []).extend(part)
    if not parts:
        return None
    options = [option.value for option in question.mentions.all(Kind.OPTION)]
    return Understood(tool="simulate_scenario", arguments={**parts, **({"options": options} if options else {})})


def _all_parts(question: Question, clauses: Sequence[Question]) -> list[tuple[str, list[object] | Unread]]:
    each = [_told(clause) for clause in clauses]
    if len(each) > 1 and all(each) and not any(isinstance(part, Unread) for found in each for _, part in found):
        return [part for found in each for part in found]
    return _told(question)


def _told(question: Question) -> list[tuple[str, list[object] | Unread]]:
    return [(name, part) for name, part in _parts(question) if part is not None]


def _parts(question: Question) -> Iterator[tuple[str, list[object] | Unread | None]]:
    if question.about(Topic.TARIFF):
        yield "tariffs", _tariffs(question)
        return
    if question.about(Topic.PRICE) and question.mentions.first(Kind.PERCENT):
        yield "price_rises", _rises(question)
        return
    orders = question.mentions.all(*_ORDERS) or ((question.the(*_ORDERS),) if question.the(*_ORDERS) else ())
    if orders and question.about(Topic.CUT) and question.mentions.first(Kind.QUANTITY):
        yield "cuts", _cuts(question)
        return
    if orders:
        yield "delays", _delays(question)
        return
    if question.mentions.first(Kind.CENTER):
        yield "stops", _stops(question)
        return
    if question.mentions.first(Kind.SUPPLIER):
        yield "outages", _outages(question)
        return
    if question.mentions.first(Kind.ORDER):
        yield "demand_changes", _changes(question)
        return
    if question.mentions.first(Kind.ITEM):
        yield "demand", _demand(question)
        return
    if question.about(Topic.OUT, Topic.STOP):
        yield "stops", _stops_by_name(question)
        yield "outages", _outages_of_countries(question)


def _outages(question: Question) -> list[object] | Unread:
    days = question.number(Kind.DAYS)
    if days is None:
        return Unread(help="For how long is the supplier out? Say for example: what if GULF is out for two weeks?")
    return [{"supplier": supplier.value, "days": days} for supplier in question.mentions.all(Kind.SUPPLIER)]


def _delays(question: Question) -> list[object] | Unread | None:
    days = question.number(Kind.DAYS)
    if days is None:
        return None
    days = -days if question.about(Topic.EXPEDITE) and not question.about(Topic.LATE) else days
    found = question.mentions.all(*_ORDERS) or (question.the(*_ORDERS),)
    return [given(order=one.value, line=one.line, days=days) for one in found if one is not None]


def _cuts(question: Question) -> list[object] | None:
    order, quantity = question.the(*_ORDERS), question.number(Kind.QUANTITY)
    if order is None or quantity is None:
        return None
    return [given(order=order.value, line=order.line, quantity=quantity)]


def _rises(question: Question) -> list[object] | Unread:
    suppliers = question.mentions.all(Kind.SUPPLIER)
    if not suppliers:
        return Unread(help="Whose prices? Say for example: what if prices of GULF rise by 8 %?")
    percent = question.mentions.value(Kind.PERCENT)
    return [{"supplier": supplier.value, "percent": _signed(question, percent)} for supplier in suppliers]


def _tariffs(question: Question) -> list[object] | Unread:
    percent = question.mentions.value(Kind.PERCENT)
    where = [given(country=one.value, percent=percent) for one in _hit(question)]
    whose = [given(supplier=one.value, percent=percent) for one in question.mentions.all(Kind.SUPPLIER)]
    if percent is None or not (where or whose):
        return Unread(help="Which tariff? Say for example: what if there is a tariff of 25 % on goods of SIERRA?")
    return [*where, *whose]


def _hit(question: Question) -> Sequence[Mention]:
    """The countries whose goods are meant: who imposes duty on others is not hit by it."""
    found, text = question.mentions.all(Kind.COUNTRY), plain(question.original)
    upon = [one for one in found if _UPON.search(text[: one.start])]
    return upon if upon and _IMPOSES.search(text) else found


def _signed(question: Question, percent: str | None) -> str | None:
    falls = any(word in question.text for word in ("fall", "drop", "cheaper", "decrease", "go down", "gunstiger"))
    return f"-{percent}" if falls and percent else percent


def _stops(question: Question) -> list[object] | Unread:
    days = question.number(Kind.DAYS)
    if days is None:
        return Unread(help="For how long does it stand still? Say for example: what if HOU-ASSY stops for three days?")
    return [{"center": center.value, "days": days} for center in question.mentions.all(Kind.CENTER)]


def _stops_by_name(question: Question) -> list[object] | Unread | None:
    """A work centre whose name is said in other words than it has: "assembly in Houston" is "Houston, assembly"."""
    meant = question.context.book.centers_of(words_of(question.text.replace("\u00df", "ss")))
    if not meant:
        return None
    days, codes = question.number(Kind.DAYS), sorted(one.code for one in meant)
    if len(codes) > 1 or days is None:
        which = f"Which work centre of {', '.join(codes[:_MOST_NAMED])}, and for how long?"
        return Unread(help=f"{which} Say for example: what if {codes[0]} stops for three days?")
    return [{"center": codes[0], "days": days}]


def _outages_of_countries(question: Question) -> list[object] | Unread | None:
    countries = question.mentions.all(Kind.COUNTRY)
    if not countries:
        return None
    days = question.number(Kind.DAYS)
    if days is None:
        return Unread(help="For how long does nothing come? Say for example: what if China is out for two weeks?")
    return [{"country": country.value, "days": days} for country in countries]


def _changes(question: Question) -> list[object] | Unread:
    order = question.mentions.first(Kind.ORDER)
    assert order is not None, "asked only where an order is mentioned"
    quantity, day = question.number(Kind.QUANTITY), question.mentions.value(Kind.DATE)
    if "cancel" in question.text or "storn" in question.text:
        quantity = 0
    if quantity is None and day is None:
        return Unread(help="What changes? Say for example: what if SO-1042/1 is for 30 units, or wanted by 2026-12-14?")
    return [given(order=order.value, line=order.line or 1, quantity=quantity, due=day)]


def _demand(question: Question) -> list[object] | Unread:
    item, quantity = question.mentions.value(Kind.ITEM), question.number(Kind.QUANTITY)
    day = question.mentions.value(Kind.DATE)
    if quantity is None or day is None:
        return Unread(help="How many, and by when? Say for example: what if somebody orders 200 GV-03 by 2026-12-14?")
    where = question.mentions.value(Kind.LOCATION)
    return [given(item=item, quantity=quantity, due=day, location=where)]
