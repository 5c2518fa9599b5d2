"""Deciding through a server: a person's word on exactly what is shown."""

from typing import Annotated

import typer

from core.domain.errors import NotFoundError, UsageError
from ui.cli.asking import agreed
from ui.cli.printing import console, money, print_json, say, table
from ui.cli.remote.cases import LOOKS, show_approval
from ui.cli.remote.session import asks, waited
from ui.client import Client
from ui.schemas import Approval
from ui.schemas.case import ApprovalQuery

Target = Annotated[str, typer.Argument(metavar="ID", help="A case or an approval, such as CASE-3 or AP-3-1B.")]
Hash = Annotated[str | None, typer.Option("--hash", help="The hash of the plan you read; without it you are asked.")]
_LAST = (("commits", "right"), ("by", "left"), ("runs out", "code"))
_COLUMNS = (("approval", "code"), ("case", "code"), ("state", "left"), *_LAST)


@asks
def proposals_command(client: Client, as_json: bool) -> None:
    """List the plans that wait for a decision, the first to run out first."""
    wanted = ApprovalQuery.model_validate({"state": "pending"})
    found = client.list_approvals(wanted=wanted, sort="expires", limit=200)
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif not found.items:
        say("Nothing waits for a decision.")
    else:
        rows = [
            (one.id, one.case, one.state, money(one.money), one.proposed_by, f"{one.expires_at:%Y-%m-%d %H:%M}")
            for one in found.items
        ]
        console.print(table("Waiting for a decision (times in UTC)", _COLUMNS, rows))


@asks
def approve_command(
    client: Client,
    as_json: bool,
    target: Target,
    plan_hash: Hash = None,
    comment: Annotated[str, typer.Option(help="Kept with the decision.")] = "",
) -> None:
    """Approve the plan that waits, as it is shown; when enough people have, the server executes and verifies it."""
    _decide(client, target, "approve", plan_hash=plan_hash, comment=comment, as_json=as_json)


@asks
def reject_command(
    client: Client,
    as_json: bool,
    target: Target,
    comment: Annotated[str, typer.Option(help="Why; kept with the decision.")],
    plan_hash: Hash = None,
) -> None:
    """Reject the plan that waits; the case is open again."""
    _decide(client, target, "reject", plan_hash=plan_hash, comment=comment, as_json=as_json)


@asks
def undo_command(
    client: Client,
    as_json: bool,
    approval: Annotated[str, typer.Argument(metavar="APPROVAL", help="Such as AP-3-1B.")],
) -> None:
    """Take an executed plan back, as far as the world still allows."""
    done = client.undo(approval)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    for sentence in done.result:
        say(f"taken back: {sentence}")


def _decide(client: Client, target: str, decision: str, *, plan_hash: str | None, comment: str, as_json: bool) -> None:
    approval = _waiting(client, target)
    if plan_hash is None:
        if as_json:
            raise UsageError("with --json nothing is asked; give the hash of the plan you read with --hash")
        show_approval(approval)
        if not agreed(f"{decision.capitalize()} this plan?", otherwise="--hash HASH decides without asking"):
            say("Nothing was decided.")
            return
    done = client.decide(approval.id, decision=decision, plan_hash=plan_hash or approval.plan_hash, comment=comment)
    if done.executing:
        with console.status("executing and verifying"):
            approval = waited(client, lambda: client.get_approval(approval.id), until=_is_over, looks=LOOKS)
    if as_json:
        print_json({"decision": done.model_dump(mode="json"), "approval": approval.model_dump(mode="json")})
        return
    say(f"{approval.id}: {done.state}, {done.approvals_given} of {done.approvals_needed} approvals")
    if done.executing:
        show_approval(approval)


def _waiting(client: Client, target: str) -> Approval:
    if not target.startswith("CASE-"):
        return client.get_approval(target)
    found = client.case(target).approval
    if found is None or not found.open:
        raise NotFoundError(
            f"no plan of {target} waits for a decision; `expediter --server URL case {target}` shows it"
        )
    return found


def _is_over(approval: Approval) -> bool:
    return not approval.open and (approval.state != "approved" or (approval.effect is not None
                                  and approval.effect.verified is not None))  # fmt: skip
