"""`expediter edit`: another plan instead of the one proposed, shown before and after; people then decide on it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import Case
from core.domain.crafting import Changes, EditOption
from core.domain.errors import InvalidValueError, NotFoundError, UsageError
from core.domain.ids import ApprovalId, CaseId, LocationCode, OptionId, SupplierCode
from core.domain.options import Option
from core.domain.plan_words import plan_sentences
from core.ports.storage import UnitOfWork
from core.services.editing import Forwarded, PutForward, put_forward
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, count, day, money, print_json, say, table
from ui.cli.shifts import open_worker
from ui.cli.workplace import CLI, PackChoice, workplace

Target = Annotated[str, typer.Argument(metavar="ID", help="A case or an approval, such as CASE-3 or AP-3-1B.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The case, the approval that waits for it, if any, and the option that is edited."""

    case: Case
    waiting: Approval | None
    basis: Option


@options.takes_pack
def edit_command(
    target: Target,
    choice: PackChoice,
    part: Annotated[int | None, typer.Option(help="Which part of the plan, counted from 1.")] = None,
    quantity: Annotated[int | None, typer.Option(help="So many units.")] = None,
    on: Annotated[str | None, typer.Option("--date", metavar="DAY", help="Another day, such as 2026-03-31.")] = None,
    supplier: Annotated[str | None, typer.Option(help="Buy it from this supplier.")] = None,
    origin: Annotated[str | None, typer.Option("--from", metavar="PLACE", help="Have it from this place.")] = None,
    option: Annotated[str, typer.Option(metavar="LETTER", help="This option of the case instead.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept with the proposal.")] = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Put another plan in the place of the one proposed: the same with something changed, or another option."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(CLI) as uow:
            meant = _meant(uow, target, option)
        changes = _changes(meant.basis, part, quantity, on, supplier, origin)
        command = PutForward(
            case=meant.case.id,
            changes=changes,
            option=None if changes else meant.basis.id,
            instead_of=meant.waiting.id if meant.waiting else None,
            plan_hash=meant.waiting.plan_hash if meant.waiting else "",
            reason=reason,
        )
        with place.application.open_uow(who.name) as uow:
            done = put_forward(uow, command, who)
        with open_worker(place) as worker:
            worker.advance(meant.case.id, begin=False)
        if as_json:
            print_json(forwarded_json(done))
        else:
            _tell(done, choice)


def _changes(
    basis: Option,
    part: int | None,
    quantity: int | None,
    on: str | None,
    supplier: str | None,
    origin: str | None,
) -> Changes | None:
    """The edit that was asked for; None where nothing is to be changed."""
    if part is None and quantity is None and on is None and supplier is None and origin is None:
        return None
    return EditOption(
        option=basis.id,
        part=part,
        quantity=quantity,
        day=_day(on) if on is not None else None,
        supplier=SupplierCode(supplier) if supplier is not None else None,
        origin=LocationCode(origin) if origin is not None else None,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(f"--date {text!r} is not a date such as '2026-03-31'", field="date") from error


def _meant(uow: UnitOfWork, target: str, letter: str) -> Meant:
    """What is edited: the option of the letter, else the one that waits, else the best one of the case."""
    approval = uow.approvals.get(ApprovalId(target)) if target.startswith("AP-") else None
    case = uow.cases.get(approval.case if approval else CaseId(target))
    pending = [one for one in uow.approvals.of_case(case.id) if one.state is ApprovalState.PENDING]
    waiting = approval or (pending[-1] if pending else None)
    if letter:
        return Meant(case=case, waiting=waiting, basis=_of_letter(uow, case, letter))
    if waiting is not None:
        return Meant(case=case, waiting=waiting, basis=uow.cases.option(uow.proposals.get(waiting.proposal).option))
    ways = sorted(uow.cases.options(case.id), key=lambda one: (one.objective, one.letter))
    if not ways:
        raise UsageError(f"{case.id} has no options yet; `expediter resolve {case.id}` works them out")
    return Meant(case=case, waiting=None, basis=ways[0])


def _of_letter(uow: UnitOfWork, case: Case, letter: str) -> Option:
    ways = {one.letter: one for one in uow.cases.options(case.id)}
    found = ways.get(letter.upper()) or next((one for one in ways.values() if one.id == OptionId(letter)), None)
    if found is None:
        raise NotFoundError(f"{case.id} has no option {letter!r}; it has {', '.join(sorted(ways)) or 'none yet'}")
    return found


def _tell(done: Forwarded, choice: PackChoice) -> None:
    rows = comparison(done)
    if done.before is not None:
        console.print(table("Before and after", (("", "left"), ("before", "left"), ("after", "left")), rows))
    for sentence in plan_sentences(done.after.plan.actions):
        say(f"  will do: {sentence}")
    approval = done.approval
    roles = " or ".join(role.value for role in approval.roles)
    say(f"{approval.id} waits for {count(approval.approvals_needed, 'person', 'people')} ({roles}); {approval.rule}")
    if done.after.crafted_by == approval.proposed_by:
        say(f"{approval.proposed_by} proposed it and may not approve it: somebody else does.", style="dim")
    say(f"plan hash {approval.plan_hash}", style="dim")
    say(f"Next: `expediter approve {approval.id}{choice.words}` by somebody who may.")


def comparison(done: Forwarded) -> list[tuple[str, str, str]]:
    """The two plans side by side; what is equal is shown, too."""
    before, after = done.before, done.after
    return [
        (name, "-" if before is None else said, now)
        for (name, said), (_, now) in zip(_said(before or after), _said(after), strict=True)
    ]


def _said(option: Option) -> list[tuple[str, str]]:
    currency = option.plan.currency
    return [
        ("plan", f"{option.letter}: {option.title}"),
        ("cost beyond the usual", money(option.total_cost, currency)),
        ("at risk after it", money(option.exposure_after, currency)),
        ("order lines gained / hurt", f"{option.lines_helped} / {option.lines_hurt}"),
        ("on time again", str(option.lines_recovered)),
        ("promises moved", str(option.promises_moved)),
        ("decide by", day(option.deadline)),
    ]


def forwarded_json(done: Forwarded) -> dict[str, object]:
    """The same as JSON values."""
    approval = done.approval
    return {
        "approval": approval.id,
        "case": approval.case,
        "plan_hash": approval.plan_hash,
        "proposed_by": approval.proposed_by,
        "approvals_needed": approval.approvals_needed,
        "roles": [role.value for role in approval.roles],
        "before": _figures(done.before) if done.before else None,
        "after": _figures(done.after),
    }


def _figures(option: Option) -> dict[str, object]:
    return {
        "option": option.id,
        "title": option.title,
        "cost": option.total_cost,
        "exposure_after": option.exposure_after,
        "lines_helped": option.lines_helped,
        "lines_hurt": option.lines_hurt,
        "lines_recovered": option.lines_recovered,
        "promises_moved": option.promises_moved,
        "decide_by": option.deadline,
    }
