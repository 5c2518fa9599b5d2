"""`expediter delegate`: somebody decides in another's stead while that person is away."""

from datetime import date, datetime
from typing import Annotated

import typer

from core.domain.delegating import Delegation
from core.domain.ids import UserName
from core.services.business_day import business_day
from core.services.delegating import DelegateCommand, delegate, end_delegation
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace

DAY = ["%Y-%m-%d"]
First = Annotated[
    datetime | None, typer.Option("--from", formats=DAY, metavar="DATE", help="The first day; today if not said.")
]
Last = Annotated[datetime | None, typer.Option("--until", formats=DAY, metavar="DATE", help="The last day.")]
Away = Annotated[str | None, typer.Option("--for", metavar="NAME", help="Of somebody else, who is away.")]


@options.takes_pack
def delegate_command(
    choice: PackChoice,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="Who decides; left out: list them.")] = None,
    first: First = None,
    last: Last = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "away",
    stead_of: Away = None,
    end: Annotated[int | None, typer.Option(metavar="NUMBER", help="End this one now.")] = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Let somebody decide in your stead, in the own name, with your role and limit; or list, or end, what holds."""
    with failures_said(), workplace(choice) as place:
        if to is None and end is None:
            _list(place, choice, as_json=as_json)
            return
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            if end is not None:
                ended = end_delegation(uow, end)
                if as_json:
                    print_json(_data(ended))
                    return
                say(f"{ended.delegate} no longer decides in the stead of {ended.delegator}")
                return
            begins = _day(first) or business_day(uow)
            command = DelegateCommand(
                delegator=UserName(stead_of or who.name),
                delegate=UserName(str(to)),
                first=begins,
                last=_day(last) or begins,
                reason=reason,
            )
            given = delegate(uow, command)
        if as_json:
            print_json(_data(given))
            return
        say(f"{given.delegate} decides in the stead of {given.delegator} from {given.first} until {given.last}")
        say(f"`expediter delegate --end {given.number}{choice.words}` ends it before")


def _list(place: Workplace, choice: PackChoice, *, as_json: bool) -> None:
    with place.application.open_uow(CLI) as uow:
        found = uow.delegations.listed()
    if as_json:
        print_json([_data(one) for one in found])
    elif found:
        columns = ("number", "decides", "in the stead of", "from", "until", "why", "")
        console.print(table("Delegations", [(name, "left") for name in columns], [_row(one) for one in found]))
    else:
        say(
            "Nobody decides in another's stead."
            f" `expediter delegate --to NAME --until DATE{choice.words}` lets somebody, while you are away."
        )


def _data(one: Delegation) -> dict[str, object]:
    return {
        "number": one.number,
        "delegate": one.delegate,
        "delegator": one.delegator,
        "from": one.first,
        "until": one.last,
        "reason": one.reason,
        "given_by": one.given_by,
        "ended_by": one.ended_by,
    }


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _row(one: Delegation) -> tuple[str, ...]:
    ended = f"ended by {one.ended_by}" if one.ended_by else ""
    return str(one.number), one.delegate, one.delegator, str(one.first), str(one.last), one.reason, ended
