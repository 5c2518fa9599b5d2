"""Commands as proposals: what somebody wants done becomes something that waits for a person's decision."""

import re

from agents.ops_chat.names import Kind
from agents.ops_chat.topics import Topic
from agents.ops_chat.understood import Question, Understood, Unread, given
from agents.ops_chat.words import WORDS, any_of

_POLITE = rf"(?:{any_of(WORDS['commands']['polite'])}[ ,:]+)*"
_COMMAND = re.compile(rf"^{_POLITE}{any_of(WORDS['commands']['verbs'])}\b")
_BARGAINS = re.compile(
    rf"^{_POLITE}(?:{any_of(WORDS['commands']['bargains'])}|(?:propose|suggest) (?:to negotiate|an? negotiation))\b"
)
_LIMITED = re.compile(rf"\d|\b{any_of(WORDS['commands']['limits'])}\b")
_DECIDES = re.compile(rf"^{_POLITE}(?:go ahead and |just )?{any_of(WORDS['commands']['decides'])}\b")
_ASKED = re.compile(
    r"(?:what|why|when|who|which|how|was|wann|warum|wer|welche|que|por que|quand|pourquoi|wat|waarom|wanneer)\b"
)
_LATER = re.compile(
    r"promise|push|postpone|delay|reschedule|move|shift|verschieb|verleg|mueve|deplace|verplaats|new date"
)
_CUSTOMER_WANTS = re.compile(
    r"\b(?:customer|kunde|cliente|client|klant|they|he|she)\b.*\b(?:wants?|asks?|needs?|changed|cut|reduced|raised|mochte|will|quiere|veut|wil)\b|\bwants?\b"
)
_BY_LETTER = re.compile(
    r"\b(?:write|mail|e-?mail|letter|schreib\w*|brief|anfragen|escrib\w*|carta|ecri\w*|lettre|schrijf\w*)\b"
)
_WHOLE_ORDER = "Name the order line, such as SO-1042/1: the lines of an order are changed one by one."


def decides(question: Question) -> bool:
    """Whether it tells to approve, reject or execute, which only people do, and not here."""
    return _DECIDES.match(question.text) is not None


def is_command(question: Question) -> bool:
    """Whether it tells to do something, or says what a customer wants, rather than asks."""
    if _COMMAND.match(question.text) or _BARGAINS.match(question.text):
        return True
    wanted = _CUSTOMER_WANTS.search(question.text) and question.mentions.first(Kind.ORDER)
    return bool(wanted) and "?" not in question.text and not _ASKED.match(question.text)


def commanded(question: Question) -> Understood | Unread | None:
    """The proposal a command asks for; Unread says what is missing, None that this is no command known here."""
    for read in (_bargained, _option, _by_letter, _new_order, _expedited, _transferred, _bought, _changed, _new_date):
        found = read(question)
        if found is not None:
            return found
    return None


def _bargained(question: Question) -> Understood | Unread | None:
    """A supplier is to be bargained with. Prices are not taken: the policy and the plan bound every offer. What
    else is said is not left out in silence."""
    if not _BARGAINS.match(question.text):
        return None
    supplier, case = question.the(Kind.SUPPLIER), question.the(Kind.CASE)
    if supplier is None or case is None:
        asked = "With which supplier" if supplier is None else "About which case"
        return Unread(help=f"{asked}? Say for example: negotiate with GULF for CASE-3")
    more = {one.value for one in question.mentions.found} - {supplier.value, case.value}
    if more or _LIMITED.search(question.mentions.rest):
        return Unread(
            help="Only the supplier and the case are taken: negotiate with GULF for CASE-3. The policy bounds what may"
            " be offered; `expediter negotiate CASE-3 GULF --ceiling PRICE` narrows it."
        )
    by = "letter" if _BY_LETTER.search(question.text) else None
    return Understood(tool="propose_negotiation", arguments=given(case=case.value, supplier=supplier.value, by=by))


def _option(question: Question) -> Understood | None:
    option = question.mentions.first(Kind.OPTION)
    if option is None:
        return _lettered(question)
    return Understood(
        tool="propose_option", arguments={"case": option.value.rpartition("-")[0], "option": option.value}
    )


def _lettered(question: Question) -> Understood | None:
    """ "Option B of CASE-3": the letter of the newest planning round."""
    letter = re.search(r"\boption ([a-e])\b", question.text)
    case = question.the(Kind.CASE) or question.context.memory.last.get(Kind.CASE)
    if letter is None or case is None:
        return None
    return Understood(tool="propose_option", arguments={"case": case.value, "option": letter.group(1).upper()})


def _by_letter(question: Question) -> Understood | Unread | None:
    """A supplier is to be asked in writing."""
    supplier, case = question.the(Kind.SUPPLIER), question.the(Kind.CASE)
    if supplier is None or not _BY_LETTER.search(question.text):
        return None
    if case is None:
        return Unread(help="About which case? Say for example: write to GULF for a quote for CASE-3")
    found = given(
        case=case.value,
        supplier=supplier.value,
        quantity=question.number(Kind.QUANTITY),
        needed_by=question.mentions.value(Kind.DATE),
    )
    return Understood(tool="propose_supplier_letter", arguments=found)


def _new_order(question: Question) -> Understood | None:
    if not question.about(Topic.NEW_ORDER) or question.mentions.first(Kind.ORDER):
        return None
    return Understood(tool="draft_order", arguments={"text": question.original})


def _expedited(question: Question) -> Understood | Unread | None:
    order = question.the(Kind.PURCHASE)
    if not question.about(Topic.EXPEDITE) or order is None:
        return None
    return Understood(tool="propose_expedite", arguments={"purchase_order": order.value, "line": order.line or 1})


def _transferred(question: Question) -> Understood | Unread | None:
    order, quantity = question.the(Kind.ORDER), question.number(Kind.QUANTITY)
    place = question.mentions.first(Kind.LOCATION, Kind.SITE)
    if not question.about(Topic.MOVE) or place is None:
        return None
    if order is None:
        return Unread(help="For which order line? Say for example: move 200 from RNO-SHIP to cover SO-1042/1")
    if quantity is None:
        return Unread(help="How many? Say for example: move 200 from RNO-SHIP to cover SO-1042/1")
    arguments = {"order": order.value, "line": order.line or 1, "from_location": place.value, "quantity": quantity}
    return Understood(tool="propose_transfer", arguments=arguments)


def _bought(question: Question) -> Understood | Unread | None:
    supplier, order = question.the(Kind.SUPPLIER), question.the(Kind.ORDER)
    if not question.about(Topic.BUY) or supplier is None:
        return None
    if order is None:
        return Unread(help="For which order line? Say for example: buy 40 from GULF for SO-1042/1")
    found = given(
        order=order.value, line=order.line or 1, supplier=supplier.value, quantity=question.number(Kind.QUANTITY)
    )
    return Understood(tool="propose_purchase", arguments=found)


def _changed(question: Question) -> Understood | Unread | None:
    """A change the customer wants: another quantity, or another requested date."""
    order = question.the(Kind.ORDER)
    if order is None or not (question.about(Topic.CHANGE) or _CUSTOMER_WANTS.search(question.text)):
        return None
    quantity, day = question.number(Kind.QUANTITY), question.mentions.value(Kind.DATE)
    if quantity is None and day is None:
        return Unread(help=f"What should change? Say a quantity or a date. {_WHOLE_ORDER}")
    if quantity is None and not _CUSTOMER_WANTS.search(question.text) and "request" not in question.text:
        return None
    found = given(order=order.value, line=order.line or 1, quantity=quantity, date=day)
    return Understood(tool="propose_order_change", arguments=found)


def _new_date(question: Question) -> Understood | Unread | None:
    order, day = question.the(Kind.ORDER), question.mentions.value(Kind.DATE)
    if order is None or not (_LATER.search(question.text) or question.about(Topic.CHANGE, Topic.PROMISE)):
        return None
    if day is None:
        return Unread(help="To which day? Say for example: move the promise of SO-1042/1 to 2026-12-14")
    arguments = {"order": order.value, "line": order.line or 1, "date": day}
    return Understood(tool="propose_new_date", arguments=arguments)
