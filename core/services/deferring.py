"""What is to be done soon, by any worker, after what just happened; asked for in the transaction in which it did."""

from datetime import timedelta

from core.domain.ids import ApprovalId, CaseId, NegotiationId
from core.domain.jobs import Deferral, JobName
from core.ports.storage import UnitOfWork

# News comes in swarms: a delivery note, a count and a signal are one scan.
SETTLES_IN = timedelta(seconds=5)
DECIDED, FOUND = 10, 0


def scan_soon(uow: UnitOfWork) -> None:
    """Look at the books again: something was learned that may put a promise at risk, or save one."""
    wanted = Deferral(name=JobName.SCAN_INCREMENTAL, lock="scan", once=JobName.SCAN_INCREMENTAL, after=SETTLES_IN)
    uow.jobs.defer(wanted)


def tell_soon(uow: UnitOfWork, shipment: str) -> None:
    """Tell the customer that a shipment left."""
    uow.jobs.defer(Deferral(name=JobName.SHIPMENT_TELL, args={"shipment": shipment}, once=f"tell {shipment}"))


def send_soon(uow: UnitOfWork, approval: ApprovalId) -> None:
    """Send the letter to a supplier that people approved."""
    wanted = Deferral(name=JobName.LETTER_SEND, args={"approval": approval}, once=f"send {approval}", priority=DECIDED)
    uow.jobs.defer(wanted)


def negotiate_soon(uow: UnitOfWork, negotiation: NegotiationId) -> None:
    """Go on with a negotiation: what came back is answered, one round at a time."""
    wanted = Deferral(
        name=JobName.NEGOTIATE,
        args={"negotiation": negotiation},
        lock=f"negotiation:{negotiation}",
        once=f"negotiate {negotiation}",
        priority=DECIDED,
    )
    uow.jobs.defer(wanted)


def deliver_webhooks_soon(uow: UnitOfWork) -> None:
    """Tell other programs what happened."""
    wanted = Deferral(name=JobName.WEBHOOKS_DELIVER, lock="webhooks", once=JobName.WEBHOOKS_DELIVER)
    uow.jobs.defer(wanted)


def take_hooks_soon(uow: UnitOfWork) -> None:
    """Work on what partners' programs told us."""
    uow.jobs.defer(Deferral(name=JobName.HOOKS_TAKE, lock="hooks", once=JobName.HOOKS_TAKE))


def advance_soon(
    uow: UnitOfWork, case: CaseId, *, begin: bool, after: timedelta | None = None, attempt: int = 0
) -> None:
    """Take a case as far as it gets without a person; without `begin` only what is under way is gone on with. What
    people decided goes before what a scan found. `attempt` counts the tries before this one."""
    uow.jobs.defer(
        Deferral(
            name=JobName.CASE_ADVANCE,
            args={"case": case, "begin": begin, "attempt": attempt},
            lock=f"case:{case}",
            once=f"advance {case}{' anew' if begin else ''}",
            after=after,
            priority=FOUND if begin else DECIDED,
        )
    )
