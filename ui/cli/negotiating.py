"""`expediter negotiate` and `negotiations`: a mandate to bargain put before people, and how negotiations stand."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from core.domain.approval import Approval
from core.domain.errors import UsageError
from core.domain.ids import CaseId, NegotiationId
from core.domain.negotiating.mandates import Channel
from core.domain.negotiating.rounds import Negotiation
from core.services.looking.naming import supplier_of
from core.services.negotiating.proposing import ProposeNegotiation, propose_negotiation
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

_COLUMNS = (
    ("id", "code"),
    ("case", "code"),
    ("supplier", "code"),
    ("state", "left"),
    ("rounds", "right"),
    ("price", "right"),
)
_ROUNDS = (("round", "right"), ("our offer", "right"), ("their answer", "right"), ("state", "left"))


@options.takes_pack
def negotiate_command(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Such as CASE-3.")],
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help="The code or the whole name.")],
    choice: PackChoice,
    ceiling: Annotated[str | None, typer.Option(metavar="PRICE", help="Offer no more than this for a unit.")] = None,
    by: Annotated[Channel, typer.Option("--by", help="Over the supplier's interface, or as letters.")] = Channel.API,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Ask for a mandate to bargain over a supplier's quote; nothing is offered before a person approves it."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            command = ProposeNegotiation(
                case=CaseId(case),
                supplier=supplier_of(uow, supplier),
                proposed_by=who.name,
                ceiling=None if ceiling is None else _price(ceiling),
                channel=by,
            )
            approval = propose_negotiation(uow, command)
            assert approval.negotiation is not None, "it is of a mandate"
            made = uow.negotiations.get(approval.negotiation)
        if as_json:
            waits = {"approval": approval.id, "plan_hash": approval.plan_hash}
            print_json({**waits, **negotiation_json(made)})
            return
        say_mandate(made, approval)
        say(f"Next: somebody else says `expediter approve {approval.id} --hash {approval.plan_hash}{choice.words}`")


@options.takes_pack
def negotiations_command(
    choice: PackChoice,
    negotiation: Annotated[str | None, typer.Argument(metavar="ID", help="One of them, such as NEG-2.")] = None,
    as_json: options.Json = False,
) -> None:
    """List the negotiations with suppliers, the newest first, or show every round of one."""
    with failures_said(), workplace(choice) as place, place.application.open_uow(CLI) as uow:
        if negotiation is not None:
            one = uow.negotiations.get(NegotiationId(negotiation))
            print_json(negotiation_json(one)) if as_json else _show(one)
            return
        found = uow.negotiations.listed()
        if as_json:
            print_json({"negotiations": [negotiation_json(one) for one in found]})
        elif not found:
            say("Nobody negotiates. `expediter negotiate CASE SUPPLIER` asks for a mandate.")
        else:
            console.print(table("Negotiations, the newest first", _COLUMNS, map(_row, found)))


def say_mandate(negotiation: Negotiation, approval: Approval) -> None:
    """Exactly what would be allowed, before the quote and after the best that can come of it."""
    mandate = negotiation.mandate
    say(f"Mandate {negotiation.id}: bargain with {mandate.supplier} for {mandate.case}  ({approval.id})", style="bold")
    say(f"  {mandate.quantity:,} of {mandate.item}, needed by {mandate.needed_by}, by {mandate.channel.value}")
    say(f"  before: quote {mandate.quote} at {mandate.quoted} {mandate.currency} a unit")
    say(f"  first offer {mandate.opening}, taken at once at {mandate.target}, never above {mandate.ceiling}")
    say(f"  at most {mandate.most_rounds} offers, each at most {mandate.largest_step} higher, until {mandate.until}")
    say(f"  hash {approval.plan_hash}", style="dim")


def negotiation_json(one: Negotiation) -> dict[str, object]:
    """A negotiation as JSON values."""
    mandate = one.mandate
    return {
        "id": one.id,
        "case": mandate.case,
        "supplier": mandate.supplier,
        "item": mandate.item,
        "quantity": mandate.quantity,
        "currency": mandate.currency,
        "state": one.state.value,
        "by": mandate.channel.value,
        "before": mandate.quoted,
        "after": one.price,
        "opening": mandate.opening,
        "target": mandate.target,
        "ceiling": mandate.ceiling,
        "until": mandate.until,
        "rounds": [
            {"round": n.number, "offer": n.offer, "answer": n.answer, "state": n.state.value, "letter": n.inquiry}
            for n in one.rounds
        ],
        "note": one.note,
    }


def _row(one: Negotiation) -> tuple[object, ...]:
    mandate = one.mandate
    price = "-" if one.price is None else f"{one.price} {mandate.currency}"
    return (one.id, mandate.case, mandate.supplier, one.state.value, len(one.rounds), price)


def _show(one: Negotiation) -> None:
    mandate = one.mandate
    say(f"{one.id} with {mandate.supplier} for {mandate.case}: {one.state.value}", style="bold")
    rows = [(n.number, n.offer, "-" if n.answer is None else n.answer, n.state.value) for n in one.rounds]
    console.print(table(f"{mandate.quantity:,} of {mandate.item}, quoted at {mandate.quoted}", _ROUNDS, rows))
    after = "no price agreed" if one.price is None else f"after: {one.price} {mandate.currency}"
    say(f"before: {mandate.quoted} {mandate.currency}; {after}")
    if one.note:
        say(one.note)


def _price(said: str) -> Decimal:
    try:
        price = Decimal(said)
    except InvalidOperation as error:
        raise UsageError(f"{said!r} is no price; accepted is one such as 12.50", field="ceiling") from error
    if not price.is_finite() or price <= 0:
        raise UsageError(f"{said!r} is no price; accepted is one such as 12.50", field="ceiling")
    return price
