"""`expediter approve`, `reject` and `undo`: a person's word on exactly what is shown."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from agents.worker.worker import Standing, Worker
from core.bootstrap.application import Application
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.errors import DomainError, NotFoundError, UsageError
from core.domain.ids import ApprovalId, CaseId, InquiryId, NegotiationId
from core.domain.learning import ReasonCode
from core.domain.negotiating.bounds import MOST_ROUNDS
from core.domain.negotiating.rounds import Negotiation, NegotiationState, is_waiting
from core.domain.users import WORKER_NAME, User
from core.services.approvals import DecideCommand, decide_together
from core.services.negotiating.rounds import advance_negotiation
from core.services.undoing import undo
from core.services.waiting import together
from ui.cli import options
from ui.cli.asking import agreed
from ui.cli.cases import show_approval
from ui.cli.decided import Came, approval_json, decided_json
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.outcome import say_ending, tell_outcome, write_change_list
from ui.cli.printing import count, print_json, quiet, say
from ui.cli.shifts import open_worker
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace

Target = Annotated[
    str, typer.Argument(metavar="ID", help="A case, an approval or a letter, such as CASE-3, AP-3-1B or INQ-4.")
]
Executed = Annotated[str, typer.Argument(metavar="APPROVAL", help="Such as AP-3-1B.")]
_CODES = ", ".join(code.value for code in ReasonCode)
_HASH = "The hash of the plan you read; without it you are asked."


@options.takes_pack
def approve_command(
    target: Target,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
    plan_hash: Annotated[list[str] | None, typer.Option("--hash", help=_HASH)] = None,
    comment: Annotated[str, typer.Option(help="Kept with the decision.")] = "",
    all_of_them: Annotated[bool, typer.Option("--together", help="All that wait for the same cause.")] = False,
    out: options.Out = None,
    as_json: options.Json = False,
) -> None:
    """Approve the plan that waits; when enough people have, it is executed and verified."""
    with failures_said(), workplace(choice) as place:
        if as_json and not plan_hash:
            raise UsageError("with --json nothing is asked; give the hash of the plan you read with --hash")
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        approval = waiting(place, target)
        with place.application.open_uow(CLI) as uow:
            meant = tuple(one.approval for one in together(uow, approval.id)) if all_of_them else (approval,)
        shown = _shown(meant, plan_hash) if plan_hash else _read_and_confirm(place.application, meant)
        commands = tuple(
            DecideCommand(approval=one, plan_hash=seen, kind=DecisionKind.APPROVE, comment=comment, channel="cli")
            for one, seen in shown.items()
        )
        after_decisions(place, commands, who, out=out, as_json=as_json)


def _shown(approvals: tuple[Approval, ...], hashes: list[str]) -> dict[ApprovalId, str]:
    """The hash that was read of each plan; of several plans each hash is that of one of them."""
    if len(approvals) == 1 and len(hashes) == 1:
        return {approvals[0].id: hashes[0]}
    known = {one.plan_hash: one.id for one in approvals}
    if sorted(hashes) != sorted(known):
        names = ", ".join(one.id for one in approvals)
        raise UsageError(f"{count(len(approvals), 'plan')} would be decided on ({names}); give --hash for each of them")
    return {known[one]: one for one in hashes}


@options.takes_pack
def reject_command(
    target: Target,
    reason: Annotated[str, typer.Option(help="Why; kept with the decision.")],
    choice: PackChoice,
    code: Annotated[ReasonCode | None, typer.Option(metavar="WORD", help=f"Why in a word: {_CODES}.")] = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
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
            reason_code=code,
        )
        after_decisions(place, (command,), who, as_json=as_json)


@options.takes_pack
def undo_command(
    target: Executed,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Take an executed plan back, as far as the world still allows."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            done = undo(uow, ApprovalId(target), who)
        with quiet(as_json):
            for sentence in done:
                say(f"  {sentence}")
            with open_worker(place) as worker:
                worker.deliver()
            say(f"{target}: undone")
        if as_json:
            with place.application.open_uow(CLI) as uow:
                now = approval_json(uow, uow.approvals.get(ApprovalId(target)))
            print_json(now | {"undone": list(done)})


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
        if target.startswith("INQ-"):
            letters = uow.approvals.of_inquiry(InquiryId(target))
            found = [a for a in letters if a.state is ApprovalState.PENDING]
        else:
            found = [a for a in uow.approvals.of_case(CaseId(target)) if a.state is ApprovalState.PENDING]
    if not found and target.startswith("INQ-"):
        raise NotFoundError(f"nothing of {target} waits for a decision; `expediter inquiry {target}` shows it")
    if not found:
        again = f"`expediter resolve {target}{place.choice.words}` works on it"
        raise NotFoundError(f"nothing of {target} waits for a decision; {again}")
    return found[-1]


def after_decisions(
    place: Workplace,
    commands: tuple[DecideCommand, ...],
    who: User,
    *,
    out: Path | None = None,
    as_json: bool = False,
) -> None:
    """Record decisions of one word, all or none of them, then let the worker carry the cases on and say how they ended.
    One that is not done, because another took what it needs, does not keep the others from being told."""
    came, folder = Came(), out or place.change_lists
    with place.application.open_uow(who.name) as uow:
        before = {one.id for one in uow.approvals.listed(ApprovalState.PENDING)}
        approvals = decide_together(uow, commands, who)
    with quiet(as_json):
        for approval, command in zip(approvals, sorted(commands, key=lambda one: one.approval), strict=True):
            try:
                _carry_on(place, approval, command, who, came, folder)
            except DomainError as error:
                if len(approvals) == 1:
                    raise
                say(f"{approval.id}: {error.message}", style="yellow")
                came.failed[approval.id] = error
        decided = [one.id for one in approvals]
        came.stale += _tell_overtaken(place, before - set(decided))
    if as_json:
        with place.application.open_uow(CLI) as uow:
            print_json(decided_json(uow, decided, came))
    for error in came.failed.values():
        raise error


def _carry_on(
    place: Workplace, approval: Approval, command: DecideCommand, who: User, came: Came, folder: Path
) -> None:
    say(f"{approval.id}: {command.kind} by {who.name} recorded")
    if command.kind is DecisionKind.APPROVE and not approval.enough:
        missing = approval.approvals_needed - len(approval.approvers)
        say(f"{count(missing, 'more approval')} needed, by somebody else")
        return
    if approval.negotiation is not None:
        _negotiate(place, approval)
        return
    if approval.inquiry is not None:
        _post(place, approval)
        return
    with open_worker(place) as worker:
        now = worker.advance(approval.case, begin=False)
    if now.standing is Standing.HALTED:
        say(f"{approval.id}: {now.message}. What was decided is carried out after `expediter resume`.")
        return
    ending = tell_outcome(place.application, approval)
    if ending.done:
        came.lists[approval.id], _ = write_change_list(place.application, approval.id, folder)
    if ending.done and not ending.verified:
        say(f"Next: `expediter resolve {approval.case}{place.choice.words}` works out what to do instead.")
    say_ending(ending)


def _negotiate(place: Workplace, approval: Approval) -> None:
    """Begin the negotiation people approved, and go on with it for as long as answers come at once."""
    assert approval.negotiation is not None, "it is of a mandate"
    if approval.state is not ApprovalState.APPROVED:
        say(f"{approval.negotiation} is not begun")
        return
    with open_worker(place) as worker:
        came = worker.execute(approval.id)
        after = _bargained(place, worker, approval.negotiation)
    for sentence in (*came.result, *came.differences):
        say(f"  {sentence}")
    say(f"{after.id}: {after.state.value}; `expediter negotiations {after.id}{place.choice.words}` shows every round")


def _bargained(place: Workplace, worker: Worker, negotiation: NegotiationId) -> Negotiation:
    """As many rounds as a negotiation can have; what no answer came to is for the worker's jobs."""
    for _ in range(MOST_ROUNDS):
        worker.deliver()
        with place.application.open_uow(WORKER_NAME) as uow:
            after = advance_negotiation(uow, negotiation)
        if after.state is not NegotiationState.RUNNING or is_waiting(after):
            break
    with place.application.open_uow(CLI) as uow:
        return uow.negotiations.get(negotiation)


def _post(place: Workplace, approval: Approval) -> None:
    """Send the letter people approved, or say that it is not sent; its case goes on meanwhile."""
    if approval.state is not ApprovalState.APPROVED:
        say(f"{approval.inquiry} is not sent")
        return
    with open_worker(place) as worker:
        came = worker.execute(approval.id)
        worker.deliver()
    for sentence in (*came.result, *came.differences):
        say(f"  {sentence}")
    say(f"{approval.inquiry}: {came.state}")


def _tell_overtaken(place: Workplace, waiting: Collection[ApprovalId]) -> list[ApprovalId]:
    """What waited and can no longer be done is planned again at once."""
    with place.application.open_uow(CLI) as uow:
        stale = [one for one in map(uow.approvals.get, sorted(waiting)) if one.state is ApprovalState.STALE]
    for approval in stale:
        with open_worker(place) as worker:
            came = worker.advance(approval.case, begin=False)
        now = f"{came.approval} waits now" if came.approval and came.approval != approval.id else "look at it again"
        say(f"{approval.id} of {approval.case} wanted the same and is stale; {now}")
    return [approval.id for approval in stale]


def _read_and_confirm(application: Application, approvals: tuple[Approval, ...]) -> dict[ApprovalId, str]:
    with application.open_uow(CLI) as uow:
        for approval in approvals:
            show_approval(uow, approval)
    question = "Do exactly this?" if len(approvals) == 1 else f"Do exactly these {len(approvals)} plans?"
    if not agreed(question, otherwise="read the plan above and give its hash with --hash"):
        say("Nothing was decided.")
        raise SystemExit(0)
    return {one.id: one.plan_hash for one in approvals}
