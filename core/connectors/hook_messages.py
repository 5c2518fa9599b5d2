"""What partners' programs send: one envelope around four kinds of message, read strictly."""

from datetime import UTC, datetime
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, Field, ValidationError

from core.connectors.strict import (
    Code,
    Day,
    Inbound,
    LineNo,
    Price,
    Reference,
    Text,
    Units,
    UnreadableError,
    fault_of,
    parse_json,
)
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, LotCode, PurchaseOrderNo
from core.domain.inbound import (
    Acknowledged,
    Content,
    Counted,
    CountedItem,
    Delayed,
    Message,
    MessageType,
    Tracked,
)
from core.domain.purchasing import Answer, AnsweredLine
from core.domain.shipments import TrackingEvent, TrackingKind

DEEPEST = 16
MOST_LINES = 1000
_FORM = "2026-03-31T14:00:00+01:00"


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or len(value) > 40 or "T" not in value:
        raise ValueError(f"a time with its zone, such as '{_FORM}'")
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo is not None else _without_zone()
    except (ValueError, OverflowError):
        raise ValueError(f"a time with its zone, such as '{_FORM}'") from None


def _without_zone() -> datetime:
    raise ValueError("no zone")


Moment = Annotated[datetime, BeforeValidator(_moment)]


class AnswerBody(Inbound):
    """A line of an acknowledgement; what is not given is as it was asked."""

    line: LineNo
    answer: Answer
    quantity: Units | None = None
    due: Day | None = None
    unit_price: Price | None = None
    note: Text = ""


class AcknowledgedBody(Inbound):
    """purchase_order.acknowledged"""

    purchase_order: Code
    reference: Reference
    lines: tuple[AnswerBody, ...] = Field(min_length=1, max_length=MOST_LINES)

    def content(self) -> Acknowledged:
        """In the domain's words."""
        lines = tuple(AnsweredLine(**line.model_dump()) for line in self.lines)
        return Acknowledged(number=PurchaseOrderNo(self.purchase_order), reference=self.reference, lines=lines)


class DelayedBody(Inbound):
    """supply.delayed"""

    text: Text = Field(min_length=1)
    destination: Code | None = None
    first: Day | None = None
    last: Day | None = None

    def content(self) -> Delayed:
        """In the domain's words."""
        where = None if self.destination is None else LocationCode(self.destination)
        return Delayed(text=self.text, destination=where, first=self.first, last=self.last)


class TrackedBody(Inbound):
    """shipment.tracked"""

    shipment: Code
    event: Reference
    kind: TrackingKind
    happened_at: Moment
    expected_on: Day | None = None
    text: Text = ""

    def content(self) -> Tracked:
        """In the domain's words."""
        event = TrackingEvent(
            event=self.event,
            kind=self.kind,
            happened_at=self.happened_at,
            expected_on=self.expected_on,
            text=self.text,
        )
        return Tracked(shipment=self.shipment, event=event)


class CountedItemBody(Inbound):
    """An item of a count."""

    item: Code
    units: Units
    lot: Code | None = None


class CountedBody(Inbound):
    """stock.counted"""

    items: tuple[CountedItemBody, ...] = Field(min_length=1, max_length=MOST_LINES)

    def content(self) -> Counted:
        """In the domain's words."""
        return Counted(
            items=tuple(
                CountedItem(item=ItemCode(one.item), units=one.units, lot=None if one.lot is None else LotCode(one.lot))
                for one in self.items
            )
        )


class Envelope(Inbound):
    """What every message has around it."""

    id: Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    type: MessageType
    version: Annotated[int, Field(strict=True, ge=0, le=2**53)] | None = None
    data: dict[str, Any]


BODIES: dict[MessageType, type[AcknowledgedBody | DelayedBody | TrackedBody | CountedBody]] = {
    MessageType.ACKNOWLEDGED: AcknowledgedBody,
    MessageType.DELAYED: DelayedBody,
    MessageType.TRACKED: TrackedBody,
    MessageType.COUNTED: CountedBody,
}


def read_message(raw: bytes, /) -> Message:
    """The message in the bytes; InvalidValueError names the field that is none of ours."""
    try:
        value = parse_json(raw)
        _check_depth(value)
        envelope = Envelope.model_validate(value)
        content: Content = BODIES[envelope.type].model_validate(envelope.data).content()
    except ValidationError as error:
        raise _refused(fault_of(error)) from error
    except UnreadableError as error:
        raise _refused(error) from error
    return Message(id=envelope.id, type=envelope.type, content=content, version=envelope.version)


def _refused(fault: UnreadableError) -> InvalidValueError:
    return InvalidValueError(str(fault), field=fault.field)


def _check_depth(value: object) -> None:
    level, deepest = [value], 0
    while level:
        deepest += 1
        if deepest > DEEPEST:
            raise UnreadableError(field="body", value="something deep", accepted=f"JSON at most {DEEPEST} deep")
        level = [inner for one in level for inner in _inside(one)]


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(cast("dict[str, object]", value).values())
    return cast("list[object]", value) if isinstance(value, list) else []
