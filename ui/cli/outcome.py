"""How a decided case ended: what was done, whether the world came out as predicted, and what to key in elsewhere."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.bootstrap.application import Application
from core.domain.approval import Approval, ApprovalState
from core.domain.errors import ProposalExpiredError, ProposalStaleError
from core.domain.ids import ApprovalId
from core.domain.options import Verification
from core.domain.proposals import Effect, MessageState, OutboxMessage
from core.ports.storage import UnitOfWork
from core.services.change_list import change_list
from ui.cli.printing import count, money, say
from ui.cli.workplace import CLI

_ENDINGS = {
    ApprovalState.REJECTED: "rejected; the case is open again",
    ApprovalState.APPROVED: "approved, not yet executed",
    ApprovalState.PENDING: "waiting for a decision",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How it ended, as the last line to say. `done`: the plan was executed; `verified`: all came as predicted."""

    line: str
    done: bool = False
    verified: bool = False


def tell_outcome(application: Application, approval: Approval) -> Ending:
    """Say what was done and what came of it; the ending is left to be said last.

    ProposalStaleError or ProposalExpiredError when it was approved and then not done.
    """
    with application.open_uow(CLI) as uow:
        state = uow.approvals.get(approval.id).state
        _check_done(uow, approval, state)
        effect = uow.effects.get(approval.id)
        currency = uow.company.settings().currency
        messages = uow.outbox.of_approval(approval.id)
    if effect is None or effect.verification is None:
        unfinished = "approved, executed, not yet verified" if effect else _ENDINGS.get(state, state.value)
        return Ending(line=f"case {approval.case}: {unfinished}", done=effect is not None)
    say_done(effect, messages, currency)
    verified = effect.verification.verified
    found = "verified" if verified else "not as predicted"
    return Ending(line=f"case {approval.case}: approved, executed, {found}", done=True, verified=verified)


def say_done(effect: Effect, messages: Iterable[OutboxMessage], currency: str) -> None:
    """What was done and sent, and what was found beside what had been predicted."""
    for sentence in effect.result:
        say(f"  done: {sentence}")
    sent = Counter(_sent(message) for message in messages)
    for sentence, times in sent.items():
        say(f"  {sentence}{f' ({times})' if times > 1 else ''}")
    if effect.verification is not None:
        _say_comparison(effect.verification, currency)


def _sent(message: OutboxMessage) -> str:
    answer = message.answer or {}
    reason = str(answer.get("refused") or answer.get("error") or "")
    why = f" ({reason})" if reason and message.state is not MessageState.SENT else ""
    return f"{message.kind} to {message.partner}: {message.state}{why}".replace("_", " ")


def _check_done(uow: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
    again = f"nothing was done; `expediter case {approval.case}` shows what is proposed now"
    if state is ApprovalState.EXPIRED:
        raise ProposalExpiredError(f"{approval.id} had expired; {again}", approval=approval.id)
    if state is ApprovalState.STALE:
        trail = uow.audit.trail(f"case:{approval.case}")
        facts = [facts for _, _, event, subject, facts in trail if (event, subject) == ("stale", approval.id)]
        differences = [difference for kept in facts for difference in json.loads(kept)["differences"]]
        moved = "; ".join(differences)
        raise ProposalStaleError(f"{approval.id} is stale: {moved}; {again}", differences=tuple(differences))


def say_ending(ending: Ending) -> None:
    """The last line."""
    say(ending.line, style="bold green" if ending.verified else "bold yellow")


def _say_comparison(verification: Verification, currency: str) -> None:
    for name, found in (("predicted", verification.predicted), ("found", verification.realised)):
        say(
            f"  {name}: {money(found.exposure, currency)} at risk, {count(found.lines_late, 'line')} late,"
            f" {found.lines_uncovered:,} uncovered"
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
    say(f"  change list for any ERP: {rows} and, to read, {page.name}")
    return rows, page
