"""Amending with everything shown first: what the change does, and when its lines could be promised anew.

It is tried for good in a transaction of which nothing is kept, so that what is shown is what the books would say.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from core.domain.amendments import COMMITTED, Amendment, AmendmentPreview
from core.domain.checking_values import checked
from core.domain.errors import ProposalStaleError
from core.domain.ids import ItemCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.ordering.amending import AmendOrder, OrderAmended, amend, carry_out_on_trial, may_agree
from core.services.ordering.previewing import preview_amendment
from core.services.promising.confirming import ConfirmOrder, confirm, could_be_promised


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForeseen:
    """A line that has to be promised again: what was promised, when all of it could be there (None: no day is known)
    and units without a day."""

    line: int
    item: ItemCode
    units: int
    promised: date | None
    day: date | None
    without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentForeseen:
    """Everything an amendment would do: where the order would be, why it would be on hold, and the days of its lines.
    `digest` stands for all of it."""

    preview: AmendmentPreview
    state: OrderState
    holds: tuple[str, ...]
    lines: tuple[LineForeseen, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendAsForeseen:
    """Carry out an amendment as it was foreseen: `version` and `digest` are those that were shown."""

    key: str
    amendment: Amendment
    version: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendedAndPromised:
    """The order after it; `promised` are the days its lines have now, empty where they are to be promised later."""

    amended: OrderAmended
    state: OrderState
    promised: tuple[tuple[int, date], ...]


def foresee_amendment(uow: UnitOfWork, amendment: Amendment) -> AmendmentForeseen:
    """Amend in a transaction that the caller takes back, and look when the lines could be promised.

    InvalidValueError for a change that means nothing, IllegalTransitionError for a line that is too far for it.
    """
    uow.promises.take_turn()
    preview = preview_amendment(uow, checked(amendment))
    before = _promised_before(uow, amendment.order)
    return _foreseen(uow, preview, before, carry_out_on_trial(uow, amendment))


def amend_as_foreseen(uow: UnitOfWork, command: AmendAsForeseen) -> AmendedAndPromised:
    """Amend and promise again in one transaction, exactly as it was shown.

    ProposalStaleError, and nothing done, when it would come out otherwise now; ConflictError at another version,
    NotAuthorisedError when it is frozen and the one who acts may not agree. Lines without a day stay to be promised.
    """

    def act() -> AmendedAndPromised:
        uow.orders.lock(command.amendment.order, version=command.version)
        preview = preview_amendment(uow, command.amendment)
        before = _promised_before(uow, command.amendment.order)
        change = AmendOrder(
            key=f"{command.key}:amend",
            amendment=command.amendment,
            version=command.version,
            preview_digest=preview.digest,
        )
        amended = amend(uow, change)
        now = _foreseen(uow, preview, before, amended)
        if now.digest != command.digest:
            raise ProposalStaleError(
                f"the amendment of order {preview.order} would now come out otherwise than was shown; look at it again",
                differences=tuple(one.words for one in preview.consequences),
            )
        return _promise(uow, command, amended, now)

    uow.promises.take_turn()
    return uow.commands.once(command.key, command, AmendedAndPromised, act)


def why_not_amend(foreseen: AmendmentForeseen, user: User) -> str | None:
    """Why somebody may not carry out what was foreseen, None when that person may."""
    if foreseen.preview.needs_person and not may_agree(user):
        return "It is inside the freeze fence: a planner or an operations manager has to carry it out."
    return None


def _promised_before(uow: UnitOfWork, order: OrderNo) -> dict[int, date | None] | None:
    """What is promised by line; None for an order that was never confirmed, which nobody promises by amending it."""
    if not any((line.held_from or line.state) in COMMITTED for line in uow.orders.lines(order)):
        return None
    return {line.line: line.promised for line in uow.orders.lines(order)}


def _foreseen(
    uow: UnitOfWork, preview: AmendmentPreview, before: dict[int, date | None] | None, amended: OrderAmended
) -> AmendmentForeseen:
    lines: tuple[LineForeseen, ...] = ()
    if before is not None:
        asked = {line.line: line for line in uow.orders.lines(preview.order)}
        lines = tuple(
            LineForeseen(
                line=number,
                item=asked[number].item,
                units=asked[number].open_quantity,
                promised=before.get(number),
                day=answer.complete,
                without=answer.unplannable,
            )
            for number, answer in sorted(could_be_promised(uow, preview.order).items())
        )
    holds = tuple(uow.holds.get(number).why for number in amended.holds)
    told = [preview.digest, amended.state, holds, [asdict(line) for line in lines]]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return AmendmentForeseen(preview=preview, state=amended.state, holds=holds, lines=lines, digest=digest)


def _promise(
    uow: UnitOfWork, command: AmendAsForeseen, amended: OrderAmended, now: AmendmentForeseen
) -> AmendedAndPromised:
    if not now.lines or any(line.day is None for line in now.lines):
        return AmendedAndPromised(amended=amended, state=amended.state, promised=())
    order = uow.orders.order(amended.order)
    done = confirm(uow, ConfirmOrder(key=f"{command.key}:promise", order=order.number, version=order.version))
    return AmendedAndPromised(
        amended=amended,
        state=uow.orders.order(order.number).state,
        promised=tuple((line.line, line.promised) for line in done.lines),
    )
