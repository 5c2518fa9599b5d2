"""What was said with a customer about an order, kept on its timeline."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import OrderNo
from core.domain.order_terms import Channel
from core.domain.timeline import Direction, TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork

LONGEST_TEXT = 4000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact:
    """Somebody spoke with the customer. `who` is the person on the customer's side."""

    key: str
    order: OrderNo
    who: str
    channel: Channel
    direction: Direction
    text: str
    line: int | None = None


def record_contact(uow: UnitOfWork, command: RecordContact) -> TimelineEntry:
    """One more contact on the timeline of an order, or of one line of it."""

    def act() -> TimelineEntry:
        if command.line is not None:
            uow.orders.line(command.order, command.line)
        entry = TimelineEntry(
            kind=TimelineKind.CONTACT,
            text=command.text,
            line=command.line,
            who=command.who,
            channel=command.channel,
            direction=command.direction,
            at=uow.now,
        )
        uow.orders.tell(command.order, entry)
        return entry

    checked(command)
    _check("who", command.who, LONGEST_NAME)
    _check("text", command.text.replace("\n", " "), LONGEST_TEXT)
    return uow.commands.once(command.key, command, TimelineEntry, act)


def _check(field: str, text: str, longest: int) -> None:
    if not text.strip() or len(text) > longest or not text.isprintable():
        raise InvalidValueError(
            f"{field} {text[:60]!r} is not accepted; accepted are 1 to {longest} printable characters", field=field
        )
