"""Orders in micro-batches: everything that placing one writes, in one statement for many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from core.db.batching.arrays import texts, wholes
from core.db.batching.outcomes import Key
from core.db.batching.prepared import Value
from core.db.batching.queueing import LARGEST_BATCH
from core.db.batching.statements import Statement, StatementBatcher
from core.db.codec import to_json_text
from core.db.stores import order_facts
from core.db.stores.commands import hash_of
from core.db.stores.stock_records import notes_of
from core.db.transaction import facts_text
from core.db.unit_of_work import SqlOpener
from core.domain.ids import ItemCode, LocationCode, UserName
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.placing import OrderPlaced, PlaceOrder
from core.domain.promises import PromiseReason
from core.domain.schedules import ScheduleLine

_DAY_0 = date(1970, 1, 1).toordinal()
Alone = Callable[[UserName, PlaceOrder], OrderPlaced]
Note = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who placed what, with what is to be kept of it; made for the caller, not by the writer for all."""

    actor: UserName
    command: PlaceOrder
    hashed: str
    result: str
    message: tuple[str, str] | tuple[None, None]
    notes: Sequence[Note]


class PlacingBatcher:
    """Places orders for many callers of this process; what a batch cannot decide goes `alone`."""

    def __init__(self, open_uow: SqlOpener, alone: Alone, *, largest: int = LARGEST_BATCH) -> None:
        self._batcher = StatementBatcher[_Asked, OrderPlaced](
            open_uow, PLACING, lambda asked: alone(asked.actor, asked.command), largest=largest
        )

    async def place(self, actor: UserName, command: PlaceOrder) -> OrderPlaced:
        """Place an order, or raise why not; it is committed when this returns."""
        return await self._batcher.submit(_asked(actor, command))

    def close(self) -> None:
        """End the connection; nobody may be placing any more."""
        self._batcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def values_of(actor: UserName, command: PlaceOrder) -> list[Value]:
    """What the statement takes for one order, without the time: for whoever measures the statement by itself."""
    values, _ = _values([_asked(actor, command)])
    return values


def _name(asked: _Asked) -> str:
    return asked.command.key


def _answer(asked: _Asked) -> OrderPlaced:
    return asked.command.placed()


def _values(batch: Sequence[_Asked]) -> tuple[list[Value], Sequence[Key]]:
    keys = _keys([asked.command for asked in batch])
    return _columns(batch, keys), [(*key, None) for key in keys]


def _asked(actor: UserName, command: PlaceOrder) -> _Asked:
    message = command.message()
    return _Asked(
        actor=actor,
        command=command,
        hashed=hash_of(command),
        result=to_json_text(OrderPlaced, command.placed()),
        message=(None, None) if message is None else (message.key, facts_text(message.payload)),
        notes=_notes(command),
    )


def _notes(command: PlaceOrder) -> list[Note]:
    """Scope, event, subject and facts of all that the audit log keeps of an order, in the order in which it happens."""
    number, lines, message = command.number, command.lines, command.message()
    added = order_facts.added(
        customer=command.customer, kind=OrderKind.ORDER, lines=len(lines), state=OrderState.CONFIRMED
    )
    promised = [(n, None, line.day, PromiseReason.AS_ASKED) for n, line in enumerate(lines, start=1)]
    parts = [ScheduleLine(day=line.day, quantity=line.quantity, location=command.ship_from) for line in lines]
    said: list[tuple[str, str, dict[str, object]]] = [
        ("order_added", number, added),
        *(("stock_reserved", subject, facts) for _, subject, facts in notes_of(command.claims())),
        ("promised", number, order_facts.promised(promised)),
        *(("line_scheduled", f"{number}/{n}", order_facts.scheduled([part])) for n, part in enumerate(parts, start=1)),
        ("order_told", number, order_facts.told(command.contact())),
    ]
    notes = [(f"order:{number}", event, subject, facts_text(facts)) for event, subject, facts in said]
    if message is not None:
        notes.append((f"outbox:{message.key}", "message_queued", message.key, facts_text(order_facts.queued(message))))
    return notes


def _keys(commands: Sequence[PlaceOrder]) -> list[tuple[ItemCode, LocationCode]]:
    return sorted({(line.item, command.ship_from) for command in commands for line in command.lines})


def _columns(batch: Sequence[_Asked], keys: Sequence[tuple[ItemCode, LocationCode]]) -> list[Value]:
    """What `place_batch` takes, in its order; commands and keys are known by their places, from 1."""
    place = {key: number for number, key in enumerate(keys, start=1)}
    commands = [asked.command for asked in batch]
    lines = [
        (number, at, line, place[line.item, command.ship_from], f"{command.number}/{at}")
        for number, command in enumerate(commands, start=1)
        for at, line in enumerate(command.lines, start=1)
    ]
    notes = [
        (number, scope, asked.actor, *said)
        for number, asked in enumerate(batch, start=1)
        for scope, *said in asked.notes
    ]
    return [
        texts([item for item, _ in keys]),
        texts([where for _, where in keys]),
        texts([command.key for command in commands]),
        texts([asked.hashed for asked in batch]),
        texts([asked.result for asked in batch]),
        texts([asked.actor for asked in batch]),
        texts([command.number for command in commands]),
        texts([command.customer for command in commands]),
        texts([command.channel.value for command in commands]),
        texts([command.ship_from for command in commands]),
        texts([command.address for command in commands]),
        texts([command.contact().text for command in commands]),
        wholes([number for number, *_ in lines]),
        wholes([at for _, at, *_ in lines]),
        wholes([key for *_, key, _ in lines]),
        wholes([line.quantity for _, _, line, *_ in lines]),
        texts([str(line.unit_price) for _, _, line, *_ in lines]),
        wholes([line.day.toordinal() - _DAY_0 for _, _, line, *_ in lines]),
        texts([reference for *_, reference in lines]),
        texts([asked.message[0] for asked in batch]),
        texts([asked.message[1] for asked in batch]),
        wholes([number for number, *_ in notes]),
        *(texts(column) for column in list(zip(*notes, strict=True))[1:]),
    ]


PLACING = Statement(function="place_batch", parameters=27, values=_values, name=_name, answer=_answer)
