"""`expediter users erase` and `agree-erasure`: a person is erased, as one asks and another agrees."""

import secrets
from collections.abc import Mapping
from typing import Annotated

import typer

from core.bootstrap.application import fresh_text
from core.domain.ids import UserName
from core.services.erasing import ErasePerson, ask_erasure, decide_erasure
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, print_json, say, table
from ui.cli.workplace import PackChoice, workplace

Marks = Annotated[
    list[str] | None,
    typer.Option(
        "--mark", metavar="TEXT", help="Tells who it is: full name, e-mail address, telephone number; may be repeated."
    ),
]


@options.takes_pack
def erase_command(
    choice: PackChoice,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The account, of somebody who signs in.")] = None,
    mark: Marks = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Ask that a person be erased, and count where they stand in the books; another person has to agree."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        account = None if name is None else UserName(name)
        wanted = ErasePerson(marks=tuple(mark or ()), user=account, salt=fresh_text())
        with place.application.open_uow(who.name) as uow:
            asked = ask_erasure(uow, wanted, code=f"E-{secrets.token_hex(6)}")
        if as_json:
            print_json({"request": asked.request.code, "rows": dict(asked.found)})
            return
        _show("Stand in", asked.found)
        words = f"expediter users agree-erasure {asked.request.code}{choice.words}"
        say(f"Nothing is erased yet. Another person agrees: `{words}`")


@options.takes_pack
def agree_erasure_command(
    code: Annotated[str, typer.Argument(metavar="CODE", help="What `expediter users erase` said.")],
    choice: PackChoice,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse it instead.")] = False,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Agree that a person is erased, which is done at once and cannot be taken back."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            done = decide_erasure(uow, code, agree=not refuse, unknown_token=fresh_text())
        if as_json:
            print_json({"stand_in": done.stand_in, "rows": dict(done.rows)})
            return
        if refuse:
            say(f"{code} is refused; nothing was erased")
            return
        _show("Erased from", done.rows)
        say(f"Where the person stood it says {done.stand_in!r} now. Note it: a backup that is older brings them back.")


def _show(title: str, rows: Mapping[str, int]) -> None:
    columns = (("table", "code"), ("rows", "right"))
    console.print(table(title, columns, [(place, f"{count:,}") for place, count in rows.items()]))
