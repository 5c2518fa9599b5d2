"""Doing and undoing a correction of the ledger: a count that waits is posted, and taken back by the opposite one."""

from core.domain.counting import CountState
from core.domain.errors import ConflictError
from core.domain.plans import CorrectLedger
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.counted_stock import waiting_words
from core.services.doing.deed import Change, Deed, Doing, change
from core.services.stocking.adjusting import AdjustReason, AdjustStock, adjust_stock
from core.services.stocking.counting import APPROVERS, PostCount, post_count


def _post(deed: Deed, action: CorrectLedger) -> str:
    """In the name of an approver other than who counted."""
    uow = deed.uow
    sheet = uow.counts.get(action.reference, lock=True)
    if sheet.state is not CountState.COUNTED:
        raise ConflictError(f"count {action.reference} is {waiting_words(uow, action.reference)}")
    people = [uow.users.get(name) for name in sorted(deed.approval.approvers)]
    able = [person for person in people if _may_post(person) and person.name != sheet.counted_by]
    if not able:
        may = ", ".join(sorted(role.value for role in APPROVERS))
        raise ConflictError(
            f"nobody who approved may post count {action.reference}: accepted is somebody other than"
            f" {sheet.counted_by!r}, as {may}"
        )
    command = PostCount(key=f"{deed.approval.id}:{action.reference}", code=action.reference, version=sheet.version)
    post_count(uow, command, able[0])
    return (
        f"{action.item} at {action.location} corrected by {action.change:+d} as counted on {action.reference}, in the"
        f" name of {able[0].name}"
    )


def _may_post(person: User) -> bool:
    return person.is_person and person.active and person.role in APPROVERS


def _opposite(deed: Deed, action: CorrectLedger) -> str:
    command = AdjustStock(
        key=f"{deed.approval.id}:{action.reference} back",
        document=action.reference,
        item=action.item,
        location=action.location,
        by=-action.change,
        reason=AdjustReason.COUNT,
        note=f"plan of {deed.proposal.case} undone",
    )
    adjust_stock(deed.uow, command)
    return f"{action.item} at {action.location} corrected by {-action.change:+d} again"


def _reserved_by_now(uow: UnitOfWork, action: CorrectLedger) -> str | None:
    if action.change < 0:
        return None
    free = uow.stock.available(action.item, action.location)
    lacking = min(action.change, max(0, action.free + action.change)) - free
    if lacking <= 0:
        return None
    return f"{lacking} of the units found of {action.item} at {action.location} are reserved by now"


def _correction_change(action: CorrectLedger) -> Change:
    return change(
        "stock correction",
        action.reference,
        item=action.item,
        quantity=f"{action.change:+d}",
        destination=action.location,
    )


CORRECT: Doing[CorrectLedger] = Doing(do=_post, undo=_opposite, obstacle=_reserved_by_now, change=_correction_change)
