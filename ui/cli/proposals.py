"""`expediter proposals`: what waits for people, what belongs together, and what cannot all be done."""

from datetime import datetime

from core.domain.approval import ApprovalState
from core.ports.storage import UnitOfWork
from core.services.waiting import Board, CauseGroup, WaitingPlan, board
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.halting import say_halted
from ui.cli.printing import console, count, day, heading, money, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

_COLUMNS = (
    ("approval", "code"),
    ("what", "left"),
    ("commits", "right"),
    ("at risk", "right"),
    ("decide by", "code"),
    ("people", "right"),
    ("runs out", "code"),
)


@options.takes_pack
def proposals_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List the proposals that wait for a decision, most urgent first, and those that compete."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = board(uow)
            now = uow.now
            if not as_json:
                say_halted(uow)
                _tell_letters(uow, choice)
        if as_json:
            print_json(board_json(found))
            return
        if not found.plans:
            say(f"Nothing waits for a decision. `expediter resolve --all{choice.words}` works ways out.")
            return
        console.print(
            table(f"Waiting for a decision ({len(found.plans)})", _COLUMNS, [_row(one) for one in found.plans])
        )
        say("`--json` says who may decide on each.", style="dim")
        for group in found.groups:
            _tell_group(group, found, choice)
        _tell_rivals(found)
        _tell_overdue(found, now)


def _tell_letters(uow: UnitOfWork, choice: PackChoice) -> None:
    waiting = uow.approvals.letters(ApprovalState.PENDING)
    if waiting:
        names = ", ".join(one.id for one in waiting)
        say(f"{count(len(waiting), 'letter')} to suppliers: {names}; `expediter inquiries{choice.words}` shows them.")


def _row(plan: WaitingPlan) -> tuple[object, ...]:
    approval, option = plan.approval, plan.option
    return (
        approval.id,
        f"{plan.case.detected.title}: {option.title}",
        money(approval.money),
        money(plan.case.detected.exposure),
        day(option.deadline),
        approval.approvals_needed - len(approval.approvers),
        f"{approval.expires_at:%m-%d %H:%M}",
    )


def _tell_group(group: CauseGroup, found: Board, choice: PackChoice) -> None:
    heading(f"One cause: {group.cause}")
    say(
        f"{count(len(group.approvals), 'proposal')}: {', '.join(group.approvals)}; in all they commit"
        f" {money(group.money, found.currency)}, cost {money(group.cost, found.currency)} beyond the usual, and"
        f" {money(group.exposure, found.currency)} is at risk."
    )
    say(f"Next: `expediter approve {group.approvals[0]} --together{choice.words}` decides on all of them at once.")


def _tell_rivals(found: Board) -> None:
    competing = [one for one in found.plans if one.rivals]
    if not competing:
        return
    heading("Competing: not all of these can be done")
    for plan in competing:
        for rival in plan.rivals:
            say(f"  {plan.approval.id} and {rival.approval}: {rival.over}")
            say(f"    if {plan.approval.id} is done, {rival.loses}", style="dim")


def _tell_overdue(found: Board, now: datetime) -> None:
    late = [one.approval.id for one in found.plans if one.overdue]
    if late:
        say(f"Run out by {now:%Y-%m-%d %H:%M} UTC, to be planned again: {', '.join(late)}", style="yellow")


def board_json(found: Board) -> dict[str, object]:
    """The same as JSON values."""
    return {
        "currency": found.currency,
        "proposals": [_plan_json(plan) for plan in found.plans],
        "groups": [
            {
                "cause": group.cause,
                "approvals": list(group.approvals),
                "commits": group.money,
                "cost": group.cost,
                "exposure": group.exposure,
            }
            for group in found.groups
        ],
    }


def _plan_json(plan: WaitingPlan) -> dict[str, object]:
    approval, option = plan.approval, plan.option
    return {
        "approval": approval.id,
        "case": plan.case.id,
        "option": option.id,
        "title": option.title,
        "cause": plan.cause,
        "plan_hash": approval.plan_hash,
        "proposed_by": approval.proposed_by,
        "tier": approval.tier,
        "commits": approval.money,
        "cost": option.total_cost,
        "exposure": plan.case.detected.exposure,
        "decide_by": option.deadline,
        "expires_at": f"{approval.expires_at:%Y-%m-%dT%H:%M:%SZ}",
        "overdue": plan.overdue,
        "approvals_given": len(approval.approvers),
        "approvals_needed": approval.approvals_needed,
        "roles": [role.value for role in approval.roles],
        "competes": [{"approval": one.approval, "over": one.over, "loses": one.loses} for one in plan.rivals],
    }
