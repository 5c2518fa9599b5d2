"""`expediter approve`, `reject` and `undo`: a person's word on exactly what is shown."""

from pathlib import Path
from typing import Annotated

import typer

from agents.worker.worker import Standing
from core.bootstrap.application import Application
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.errors import NotFoundError
from core.domain.ids import ApprovalId, CaseId
from core.domain.users import User
from core.services.approvals import DecideCommand, decide
from core.services.undoing import undo
from ui.cli import options
from ui.cli.asking import agreed
from ui.cli.cases import show_approval
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.outcome import say_ending, tell_outcome, write_change_list
from ui.cli.printing import count, say
from ui.cli.workplace import CLI, PackChoice, Workplace, open_worker, workplace

Target = Annotated[str, typer.Argument(metavar="ID", help="A case or an approval, such as CASE-3 or AP-3-1B.")]
Executed = Annotated[str, typer.Argument(metavar="APPROVAL", help="Such as AP-3-1B.")]
_HASH = "The hash of the plan you read; without it you are asked."


@options.takes_pack
def approve_command(
    target: Target,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
    plan_hash: Annotated[str | None, typer.Option("--hash", help=_HASH)] = None,
    comment: Annotated[str, typer.Option(help="Kept with the decision.")] = "",
    out: options.Out = None,
) -> None:
    """Approve the plan that waits; when enough people have, it is executed and verified."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        approval = waiting(place, target)
        shown = plan_hash or _read_and_confirm(place.application, approval)
        command = DecideCommand(
            approval=approval.id, plan_hash=shown, kind=DecisionKind.APPROVE, comment=comment, channel="cli"
        )
        after_decision(place, command, who, out=out)


@options.takes_pack
def reject_command(
    target: Target,
    reason: Annotated[str, typer.Option(help="Why; kept with the decision.")],
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Reject the plan that waits; the case is open again."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        approval = waiting(place, target)
        command = DecideCommand(
            approval=approval.id,
            plan_hash=approval.plan_hash,
            kind=DecisionKind.REJECT,
            comment=reason,
            channel="cli",
        )
        after_decision(place, command, who)


@options.takes_pack
def undo_command(
    target: Executed,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Take an executed plan back, as far as the world still allows."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            done = undo(uow, ApprovalId(target), who)
        for sentence in done:
            say(f"  {sentence}")
        with open_worker(place) as worker:
            worker.deliver()
        say(f"{target}: undone")


@options.takes_pack
def changes_command(target: Executed, choice: PackChoice, out: options.Out = None) -> None:
    """Write the change list of an executed plan, what somebody keys into any ERP, once more."""
    with failures_said(), workplace(choice) as place:
        write_change_list(place.application, ApprovalId(target), out or place.change_lists)


def waiting(place: Workplace, target: str) -> Approval:
    """The approval meant: named itself, or the one its case waits for."""
    with place.application.open_uow(CLI) as uow:
        if target.startswith("AP-"):
            return uow.approvals.get(ApprovalId(target))
        found = [a for a in uow.approvals.of_case(CaseId(target)) if a.state is ApprovalState.PENDING]
    if not found:
        again = f"`expediter resolve {target}{place.choice.words}` works on it"
        raise NotFoundError(f"nothing of {target} waits for a decision; {again}")
    return found[-1]


def after_decision(place: Workplace, command: DecideCommand, who: User, *, out: Path | None = None) -> None:
    """Record the decision, then let the worker carry the case on and say how it ended."""
    with place.application.open_uow(who.name) as uow:
        approval = decide(uow, command, who)
    say(f"{approval.id}: {command.kind} by {who.name} recorded")
    if command.kind is DecisionKind.APPROVE and not approval.enough:
        missing = approval.approvals_needed - len(approval.approvers)
        say(f"{count(missing, 'more approval')} needed, by somebody else")
        return
    with open_worker(place) as worker:
        came = worker.advance(approval.case, begin=False)
    if came.standing is Standing.HALTED:
        say(f"{approval.id}: {came.message}. What was decided is carried out after `expediter resume`.")
        return
    ending = tell_outcome(place.application, approval)
    if ending.done:
        write_change_list(place.application, approval.id, out or place.change_lists)
    if ending.done and not ending.verified:
        say(f"Next: `expediter resolve {approval.case}{place.choice.words}` works out what to do instead.")
    say_ending(ending)


def _read_and_confirm(application: Application, approval: Approval) -> str:
    with application.open_uow(CLI) as uow:
        show_approval(uow, approval)
    if not agreed("Do exactly this?", otherwise="read the plan above and give its hash with --hash"):
        say("Nothing was decided.")
        raise SystemExit(0)
    return approval.plan_hash
