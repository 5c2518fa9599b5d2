"""The catalogue of events: what each is made from, what it carries, and what it is about.

An event carries ids, states, dates and quantities: no words of partners or people, nothing about a person but the name
they act under. What one carries stays; what it is to carry besides is added, and anything else is a new version.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from core.domain.cases import CaseState, ExceptionType
from core.domain.order_life import OrderState
from core.domain.supply_life import PurchaseStage
from core.domain.webhook_events import About, Data, Event, Kind, Noted
from core.domain.webhooks import Topic

_CLOSED = frozenset({CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.AUTO_CLOSED})
_SHORT = frozenset(
    {
        ExceptionType.DEMAND_SHORTAGE,
        ExceptionType.COMPONENT_SHORTAGE,
        ExceptionType.OVERSELL,
        ExceptionType.SAFETY_STOCK_BREACHED,
    }
)


def events_of(link: Noted) -> tuple[Event, ...]:
    """What a link of the audit log tells programs: nothing, an event, or more than one."""
    made = [(kind, kind.make(link)) for kind in CATALOGUE if link.event in kind.noted]
    return tuple(
        Event(
            id=f"{link.hash[:32]}:{kind.topic}",
            topic=kind.topic,
            at=link.at,
            about=kind.about,
            subject=_subject(link),
            data=data,
        )
        for kind, data in made
        if data is not None
    )


def described() -> str:
    """The catalogue as a table for people."""
    rows = [
        f"| `{kind.topic}` | {kind.says} | {', '.join(f'`{name}` ({what})' for name, what in kind.fields.items())} |"
        for kind in CATALOGUE
    ]
    head = ["| event | when | carries in `data` |", "|---|---|---|"]
    ping = f"| `{Topic.PING}` | Somebody tries the address out. | `webhook` (its id) |"
    return "\n".join([*head, *rows, ping]) + "\n"


def noted_for(topics: Collection[Topic]) -> frozenset[str]:
    """The events of the audit log that any of these topics is made from."""
    return frozenset(event for kind in CATALOGUE if kind.topic in topics for event in kind.noted)


def _order_placed(link: Noted) -> Data | None:
    facts = link.facts
    return {
        "order": link.of,
        "customer": link.text("customer"),
        "kind": link.text("kind"),
        "lines": _whole(facts.get("lines")),
        "state": link.text("state"),
    }


def _order_changed(link: Noted) -> Data | None:
    return {"order": link.of, "version": _whole(link.facts.get("version"))}


def _order_cancelled(link: Noted) -> Data | None:
    before, _, after = (link.text("order") or "").partition(" -> ")
    if after != OrderState.CANCELLED or before == after:
        return None
    return {"order": link.of, "state_before": before}


def _promise_made(link: Noted) -> Data | None:
    said = [(int(number), _facts(one)) for number, one in link.facts.items() if number.isdigit()]
    lines = [
        {"line": line, "requested": _text(one.get("old")), "promised": _text(one.get("new"))}
        for line, one in sorted(said, key=lambda pair: pair[0])
    ]
    return {"order": link.of, "lines": lines} if lines else None


def _promise_moved(link: Noted) -> Data | None:
    order, _, line = link.subject.rpartition("/")
    return {
        "order": order,
        "line": int(line) if line.isdigit() else None,
        "before": link.text("old"),
        "promised": link.text("new"),
        "proposal": link.text("proposal"),
    }


def _case_opened(link: Noted) -> Data | None:
    return {"case": link.of, "type": (link.text("key") or "").partition("|")[0], "exposure": link.text("exposure")}


def _case_closed(link: Noted) -> Data | None:
    state = link.text("to")
    return {"case": link.of, "state": state} if state in _CLOSED else None


def _stock_short(link: Noted) -> Data | None:
    kind, root, *_ = [*(link.text("key") or "").split("|"), "", ""]
    item, at, location = root.removeprefix("item ").rpartition("@")
    if kind not in _SHORT or not root.startswith("item ") or not at:
        return None
    return {"case": link.of, "type": kind, "item": item, "location": location}


def _approval_requested(link: Noted) -> Data | None:
    return {"approval": link.subject, "about": link.of, "expires_at": link.text("expires_at")}


def _approval_decided(link: Noted) -> Data | None:
    return {
        "approval": link.subject,
        "about": link.of,
        "decision": link.event.removeprefix("decision_"),
        "by": link.text("by"),
        "role": link.text("role"),
        "plan_hash": link.text("plan_hash"),
    }


def _plan_executed(link: Noted) -> Data | None:
    return {"approval": link.of, "plan_hash": link.text("hash")}


def _plan_undone(link: Noted) -> Data | None:
    return {"approval": link.of, "by": link.text("by")}


def _shipment(link: Noted) -> Data | None:
    return {"shipment": link.of}


def _purchase_sent(link: Noted) -> Data | None:
    if link.event == "purchase_order_advanced":
        return {"purchase_order": link.of} if link.text("to") == PurchaseStage.SENT else None
    return {"purchase_order": link.of} if link.facts.get("proposal") else None


def _purchase_answered(link: Noted) -> Data | None:
    lines = [_facts(one) for one in _list(link.facts.get("lines"))]
    return {
        "purchase_order": link.of,
        "lines": [
            {
                "line": _whole(one.get("line")),
                "answer": _text(one.get("answer")),
                "differs": [str(where) for where in _list(one.get("differs"))],
            }
            for one in lines
        ],
    }


def _purchase_received(link: Noted) -> Data | None:
    facts = link.facts
    return {
        "purchase_order": link.of,
        "line": _whole(facts.get("line")),
        "accepted": _whole(facts.get("accepted")),
        "rejected": _whole(facts.get("rejected")),
    }


def _scan_finished(link: Noted) -> Data | None:
    return {"scan": link.subject.removeprefix("scan "), "as_of": link.text("as_of")}


def _halt_changed(link: Noted) -> Data | None:
    return {"halt": link.subject.removeprefix("halt "), "halted": link.event == "halted"}


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _list(value: object) -> Sequence[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _facts(value: object) -> Mapping[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _subject(link: Noted) -> str:
    """What it is about, for a receiver that sorts events by it."""
    return link.of or link.subject


_ORDER, _LINE = {"order": "the order"}, {"line": "its line"}
CATALOGUE: tuple[Kind, ...] = (
    Kind(
        topic=Topic.ORDER_PLACED,
        says="A sales order came into the books.",
        about=About.ORDER,
        noted=("order_added",),
        fields=_ORDER
        | {"customer": "its customer", "kind": "order or quote", "lines": "how many", "state": "where it begins"},
        make=_order_placed,
    ),
    Kind(
        topic=Topic.ORDER_CHANGED,
        says="A customer's change of an order was carried out.",
        about=About.ORDER,
        noted=("order_amended",),
        fields=_ORDER | {"version": "its version now"},
        make=_order_changed,
    ),
    Kind(
        topic=Topic.ORDER_CANCELLED,
        says="A whole order was cancelled.",
        about=About.ORDER,
        noted=("order_advanced",),
        fields=_ORDER | {"state_before": "where it was"},
        make=_order_cancelled,
    ),
    Kind(
        topic=Topic.PROMISE_MADE,
        says="Lines of an order were promised for the first time.",
        about=About.ORDER,
        noted=("promised",),
        fields=_ORDER | {"lines": "each `line` with the days `requested` and `promised`"},
        make=_promise_made,
    ),
    Kind(
        topic=Topic.PROMISE_MOVED,
        says="The promise of a line became another day.",
        about=About.ORDER,
        noted=("promise_moved",),
        fields=_ORDER
        | _LINE
        | {"before": "the day before", "promised": "the day now", "proposal": "the plan that moved it, if one did"},
        make=_promise_moved,
    ),
    Kind(
        topic=Topic.CASE_OPENED,
        says="A scan found something that people should see to.",
        about=About.CASE,
        noted=("case_opened",),
        fields={"case": "the case", "type": "a code such as E01", "exposure": "money at risk"},
        make=_case_opened,
    ),
    Kind(
        topic=Topic.CASE_CLOSED,
        says="A case ended.",
        about=About.CASE,
        noted=("case_moved",),
        fields={"case": "the case", "state": "resolved, accepted or auto-closed"},
        make=_case_closed,
    ),
    Kind(
        topic=Topic.STOCK_SHORT,
        says="Stock and supply of an item at a location do not cover what is owed, or its safety stock.",
        about=About.CASE,
        noted=("case_opened",),
        fields={"case": "the case", "type": "E01, E07, E14 or E34", "item": "the item", "location": "the location"},
        make=_stock_short,
    ),
    Kind(
        topic=Topic.APPROVAL_REQUESTED,
        says="A plan, a letter or a mandate waits for people.",
        about=About.APPROVAL,
        noted=("approval_requested",),
        fields={"approval": "the approval", "about": "the case, letter or negotiation", "expires_at": "until when"},
        make=_approval_requested,
    ),
    Kind(
        topic=Topic.APPROVAL_DECIDED,
        says="Somebody said yes or no to it.",
        about=About.APPROVAL,
        noted=("decision_approve", "decision_reject"),
        fields={
            "approval": "the approval",
            "about": "as above",
            "decision": "approve or reject",
            "by": "the account",
            "role": "its role",
            "plan_hash": "of what was decided on",
        },
        make=_approval_decided,
    ),
    Kind(
        topic=Topic.PLAN_EXECUTED,
        says="An approved plan was carried out.",
        about=About.APPROVAL,
        noted=("executed",),
        fields={"approval": "the approval", "plan_hash": "of what was done"},
        make=_plan_executed,
    ),
    Kind(
        topic=Topic.PLAN_UNDONE,
        says="An executed plan was taken back.",
        about=About.APPROVAL,
        noted=("undone",),
        fields={"approval": "the approval", "by": "the account"},
        make=_plan_undone,
    ),
    Kind(
        topic=Topic.SHIPMENT_SHIPPED,
        says="A shipment left.",
        about=About.SHIPMENT,
        noted=("shipment_shipped",),
        fields={"shipment": "the shipment"},
        make=_shipment,
    ),
    Kind(
        topic=Topic.SHIPMENT_DELIVERED,
        says="A shipment is with its customer.",
        about=About.SHIPMENT,
        noted=("shipment_delivered",),
        fields={"shipment": "the shipment"},
        make=_shipment,
    ),
    Kind(
        topic=Topic.PURCHASE_ORDER_SENT,
        says="A purchase order goes to its supplier, sent by a person or with a plan.",
        about=About.PURCHASE_ORDER,
        noted=("purchase_order_advanced", "purchase_order_added"),
        fields={"purchase_order": "the order"},
        make=_purchase_sent,
    ),
    Kind(
        topic=Topic.PURCHASE_ORDER_ANSWERED,
        says="A supplier answered a purchase order.",
        about=About.PURCHASE_ORDER,
        noted=("purchase_order_answered",),
        fields={"purchase_order": "the order", "lines": "each `line` with its `answer` and where it `differs`"},
        make=_purchase_answered,
    ),
    Kind(
        topic=Topic.PURCHASE_ORDER_RECEIVED,
        says="Goods of a purchase order came in.",
        about=About.PURCHASE_ORDER,
        noted=("purchase_received",),
        fields={"purchase_order": "the order", "line": "its line", "accepted": "units", "rejected": "units"},
        make=_purchase_received,
    ),
    Kind(
        topic=Topic.SCAN_FINISHED,
        says="A scan of the books opened, changed or closed cases.",
        about=About.COMPANY,
        noted=("scan_finished",),
        fields={"scan": "its number", "as_of": "the business date"},
        make=_scan_finished,
    ),
    Kind(
        topic=Topic.HALT_CHANGED,
        says="Everything was halted, or goes on; sent also while everything is halted.",
        about=About.COMPANY,
        noted=("halted", "resumed"),
        fields={"halt": "its number", "halted": "true, or false when it goes on"},
        make=_halt_changed,
    ),
)
