"""Cases through a server: the queue, one case, and working its ways out."""

from typing import Annotated

import typer

from ui.cli.printing import console, count, day, heading, money, print_json, say, table
from ui.cli.remote.session import asks, waited
from ui.client import Client
from ui.schemas import Approval, CaseCard, CaseDetail, OptionCard

CaseId = Annotated[str, typer.Argument(metavar="ID", help="Such as CASE-3.")]
LOOKS = 240
_DAYS = (("needed", "code"), ("decide by", "code"))
_COLUMNS = (("case", "code"), ("what", "left"), ("state", "left"), ("at stake", "right"), *_DAYS)


@asks
def cases_command(client: Client, as_json: bool) -> None:
    """List the open cases, most urgent first."""
    say_halted(client, quiet=as_json)
    inbox = client.inbox()
    if as_json:
        print_json(inbox.model_dump(mode="json"))
        return
    if not inbox.cases:
        say("No open cases.")
        return
    title = f"{inbox.company}, {inbox.as_of}: {count(inbox.matching, 'open case')}"
    console.print(table(title, _COLUMNS, [_row(card, inbox.currency) for card in inbox.cases]))
    if inbox.left_out:
        say(f"{inbox.left_out} more are not listed.")


@asks
def case_command(
    client: Client,
    as_json: bool,
    case: CaseId,
) -> None:
    """Show one case: what happened, whom it hurts, the options and what waits for a decision."""
    say_halted(client, quiet=as_json)
    show(client.case(case), as_json=as_json)


@asks
def resolve_command(
    client: Client,
    as_json: bool,
    case: CaseId,
) -> None:
    """Have the ways out of a case worked out and one put before people. This never answers for a person."""
    with console.status(f"{case}: asking suppliers, planning, simulating"):
        client.resolve(case)
        found = waited(client, lambda: client.case(case), until=lambda one: one.next != "wait", looks=LOOKS)
    show(found, as_json=as_json)


def show(found: CaseDetail, *, as_json: bool) -> None:
    """A case as a person reads it, or as the server says it."""
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    card = found.card
    heading(f"{card.id}  {card.title}")
    customers = ", ".join(card.customers)
    at_stake = money(card.exposure, found.currency)
    say(f"{card.type_words}; {card.state_words}. {at_stake} at stake, {count(card.lines, 'line')} of {customers}.")
    rows = [(f"{one.order}/{one.line}", one.customer_name, one.quantity, one.short, one.due, day(one.projected))
            for one in found.impacts]  # fmt: skip
    columns = (("line", "code"), ("customer", "left"), ("units", "right"), ("short", "right"), ("due", "code"),
               ("expected", "code"))  # fmt: skip
    if rows:
        console.print(table("Whom it hurts", columns, rows))
    if found.options:
        console.print(_options(found))
    if found.failure is not None:
        say(f"The last work on it ended: {found.failure.message}", style="yellow")
    if found.approval is not None:
        show_approval(found.approval)


def show_approval(approval: Approval) -> None:
    """A plan as it waits, or as it ended."""
    heading(f"{approval.id}  option {approval.letter}, {approval.state_words}")
    for action in approval.actions:
        say(f"  {action}")
    for condition in approval.conditions:
        say(f"  only if {condition}")
    say(f"  costs {money(approval.cost, approval.currency)}, commits {money(approval.money, approval.currency)}")
    say(f"  advice of {approval.advice.source}: {approval.advice.text}")
    for decision in approval.decisions:
        say(f"  {decision.kind} by {decision.user} ({decision.role}) {decision.comment}".rstrip())
    if approval.effect is not None:
        for done in approval.effect.result:
            say(f"  done: {done}")
        for difference in approval.effect.differences:
            say(f"  otherwise than predicted: {difference}", style="yellow")
    if approval.open:
        needed = f"{approval.approvals_given} of {approval.approvals_needed} approvals"
        say(f"  {needed}; runs out {approval.expires_at:%Y-%m-%d %H:%M} UTC; hash {approval.plan_hash}")
        if approval.why_not:
            say(f"  you may not decide: {approval.why_not}")


def say_halted(client: Client, *, quiet: bool = False) -> None:
    """Say so where cases and plans are shown, when nothing will happen to them."""
    if not quiet and client.health().halted:
        say("HALTED: nothing is executed or sent until `expediter resume`.")


def _row(card: CaseCard, currency: str) -> tuple[object, ...]:
    at_stake = money(card.exposure, currency)
    return card.id, card.title, card.state_words, at_stake, card.needed_by, day(card.deadline)


def _options(found: CaseDetail) -> object:
    def row(one: OptionCard) -> tuple[object, ...]:
        mark = "advised" if one.advised else ""
        helped = f"{one.lines_recovered} saved, {one.lines_helped} sooner, {one.lines_hurt} hurt"
        return one.letter, one.title, money(one.total_cost, found.currency), helped, one.deadline, mark

    columns = (
        ("", "code"),
        ("way out", "left"),
        ("costs", "right"),
        ("lines", "left"),
        ("until", "code"),
        ("", "code"),
    )
    return table("Ways out", columns, [row(one) for one in found.options])
