"""How a decided case ended: what was done, whether the world came out as predicted, and what to key in elsewhere."""

from pathlib import Path

from core.bootstrap.application import Application
from core.domain.approval import Approval, ApprovalState
from core.domain.ids import ApprovalId
from core.domain.options import Verification
from core.services.change_list import change_list
from ui.cli.printing import money, say
from ui.cli.workplace import CLI

_ENDINGS = {
    ApprovalState.REJECTED: "rejected; the case is open again",
    ApprovalState.STALE: "approved, not executed: the world had moved (stale); look at the case again",
    ApprovalState.EXPIRED: "approved, not executed: it had expired",
    ApprovalState.APPROVED: "approved, not yet executed",
    ApprovalState.PENDING: "waiting for a decision",
}


def finish(application: Application, approval: Approval) -> tuple[bool, str]:
    """Say how it ended; whether it was executed and verified, and the last line said."""
    with application.open_uow(CLI) as uow:
        state = uow.approvals.get(approval.id).state
        effect = uow.effects.get(approval.id)
        currency = uow.company.settings().currency
        messages = uow.outbox.of_approval(approval.id)
    if effect is None or effect.verification is None:
        unfinished = "approved, executed, not yet verified" if effect else _ENDINGS.get(state, state.value)
        return _ended(False, f"case {approval.case}: {unfinished}")
    for sentence in effect.result:
        say(f"  done: {sentence}")
    for message in messages:
        say(f"  {message.kind.value.replace('_', ' ')} to {message.partner}: {message.state}")
    _say_comparison(effect.verification, currency)
    verified = effect.verification.verified
    return _ended(
        verified, f"case {approval.case}: approved, executed, {'verified' if verified else 'not as predicted'}"
    )


def _ended(verified: bool, line: str) -> tuple[bool, str]:
    say(line, style="bold green" if verified else "bold yellow")
    return verified, line


def _say_comparison(verification: Verification, currency: str) -> None:
    for name, found in (("predicted", verification.predicted), ("found", verification.realised)):
        say(
            f"  {name}: {money(found.exposure, currency)} at risk, {found.lines_late} lines late,"
            f" {found.lines_uncovered} uncovered"
        )
    for difference in verification.differences:
        say(f"  not as predicted: {difference}")


def write_change_list(application: Application, approval: ApprovalId, folder: Path) -> tuple[Path, Path]:
    """Write what a buyer keys in, as CSV and as a page; gives both files."""
    with application.open_uow(CLI) as uow:
        changes = change_list(uow, approval)
    folder.mkdir(parents=True, exist_ok=True)
    rows, page = folder / f"{approval}.csv", folder / f"{approval}.html"
    rows.write_text(changes.csv(), encoding="utf-8")
    page.write_text(changes.page(), encoding="utf-8")
    say(f"  change list for any ERP: {rows} and {page.name}")
    return rows, page
