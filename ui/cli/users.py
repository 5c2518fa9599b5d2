"""`expediter users`: who may act here, and the secrets that prove it."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from core.bootstrap.application import fresh_password, fresh_salt, fresh_token
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import UserName
from core.domain.scopes import Scope
from core.domain.users import NOT_PEOPLE, Role, User
from core.services.accounts import (
    AgreeToPerson,
    add_user,
    agree_to_person,
    hash_password,
    replace_token,
    set_active,
    set_password,
    set_scope,
    waiting,
)
from core.services.identity import link_login, unlink_login
from ui.cli import options
from ui.cli.erasing import agree_erasure_command, erase_command
from ui.cli.failing import failures_said
from ui.cli.identity import person, write_token
from ui.cli.printing import console, money, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

OPERATOR = UserName("operator")

app = typer.Typer(help="People, their roles and limits.", no_args_is_help=True)
_ROLES = ", ".join(role.value for role in Role if role not in NOT_PEOPLE)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Such as maria.lopez.")]
Sites = Annotated[
    list[str] | None, typer.Option("--site", metavar="SITE", help="Sees this site only; may be repeated.")
]
Customers = Annotated[
    list[str] | None, typer.Option("--customer", metavar="CODE", help="Sees this customer only; may be repeated.")
]
Issuer = Annotated[str, typer.Option(metavar="ISSUER", help="The login, as it calls itself.")]
Subject = Annotated[str, typer.Option(metavar="SUBJECT", help="Who it is there; the page of a failed sign-in says it.")]
Out = Annotated[Path, typer.Option("--token-file", metavar="FILE", help="Where the token is written, mode 0600.")]


@app.command("list")
@options.takes_pack
def list_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List the users."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = uow.users.all()
        if as_json:
            print_json([{"name": u.name, "role": u.role.value, "limit": u.limit, "active": u.active} for u in found])
            return
        if not found:
            say("Nobody yet. `expediter users add NAME --role ROLE --token-file FILE` adds somebody.")
            return
        rows = [
            (u.name, u.role, "no limit" if u.limit is None else money(u.limit), "yes" if u.active else "no")
            for u in found
        ]
        columns = (("name", "left"), ("role", "left"), ("may commit", "right"), ("active", "left"))
        console.print(table("Users", columns, rows))


@app.command("add")
@options.takes_pack
def add_command(
    name: Name,
    choice: PackChoice,
    role: Annotated[Role, typer.Option(metavar="ROLE", help=f"What they are here for: {_ROLES}.")],
    token_file: Out,
    limit: Annotated[str | None, typer.Option(help="Money one approval may commit; none for no limit.")] = None,
    same_as: Annotated[str | None, typer.Option(metavar="NAME", help="Another account of this person.")] = None,
    site: Sites = None,
    customer: Customers = None,
) -> None:
    """Add a person; the token goes to a private file."""
    with failures_said(), workplace(choice) as place:
        if role in NOT_PEOPLE:
            raise InvalidValueError(f"role {role.value!r} is for programs; people have another role")
        if name == OPERATOR:
            raise InvalidValueError(f"{name!r} is the user that `expediter serve` signs in; choose another name")
        token = fresh_token()
        human = None if same_as is None else UserName(same_as)
        scope = Scope.of(site or None, customer or None)
        user = User(name=UserName(name), role=role, limit=_amount(limit), person=human, scope=scope)
        with place.application.open_uow(CLI) as uow:
            added = add_user(uow, user, token=token)
        write_token(token_file, token)
        may = "may act here" if added.active else f"may act here once {_agreed_by(name, choice)}"
        say(f"{name} ({role}) {may}; the token is in {token_file}")


@app.command("add-program")
@options.takes_pack
def add_program_command(
    name: Name,
    choice: PackChoice,
    role: Annotated[Role, typer.Option(metavar="ROLE", help="service or agent.")] = Role.SERVICE,
    site: Sites = None,
    customer: Customers = None,
) -> None:
    """Add a program; it proves itself by API keys alone and never decides: `expediter keys make` makes one."""
    with failures_said(), workplace(choice) as place:
        if role not in NOT_PEOPLE:
            raise InvalidValueError(f"role {role.value!r} is for people; a program is a service or an agent")
        scope = Scope.of(site or None, customer or None)
        program = User(name=UserName(name), role=role, limit=None, scope=scope)
        with place.application.open_uow(CLI) as uow:
            add_user(uow, program, token=fresh_token())
        say(f"{name} ({role}) sees {scope.words}; `expediter keys make {name}{choice.words}` makes its key")


@app.command("token")
@options.takes_pack
def token_command(name: Name, choice: PackChoice, token_file: Out) -> None:
    """Give a person another token; the one before stops working."""
    with failures_said(), workplace(choice) as place:
        token = fresh_token()
        with place.application.open_uow(CLI) as uow:
            replace_token(uow, UserName(name), token=token)
        write_token(token_file, token)
        say(f"the new token of {name} is in {token_file}")


@app.command("password")
@options.takes_pack
def password_command(name: Name, choice: PackChoice) -> None:
    """Give a person a new password, shown this once."""
    with failures_said(), workplace(choice) as place:
        password = fresh_password()
        with place.application.open_uow(CLI) as uow:
            set_password(uow, UserName(name), password_hash=hash_password(password, salt=fresh_salt()))
        say(f"the password of {name} is {password}")


@app.command("link")
@options.takes_pack
def link_command(name: Name, choice: PackChoice, issuer: Issuer, subject: Subject) -> None:
    """Say that somebody of the company's login is this person, who can then sign in by it."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            link_login(uow, UserName(name), issuer=issuer, subject=subject)
        say(f"{subject!r} of {issuer} is {name} here")


@app.command("unlink")
@options.takes_pack
def unlink_command(choice: PackChoice, issuer: Issuer, subject: Subject) -> None:
    """Take that back; whoever signed in by it is signed out."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            name = unlink_login(uow, issuer=issuer, subject=subject)
        say(f"{subject!r} of {issuer} is nobody here; {name} is signed out")


@app.command("deactivate")
@options.takes_pack
def deactivate_command(name: Name, choice: PackChoice) -> None:
    """Let a person act here no longer; what the person did stays."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            set_active(uow, UserName(name), active=False)
        say(f"{name} may no longer act here; `expediter users activate {name}{choice.words}` allows it again")


@app.command("activate")
@options.takes_pack
def activate_command(name: Name, choice: PackChoice) -> None:
    """Let a person act here again, with the token and password of before, once another person agrees."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            active = set_active(uow, UserName(name), active=True).active
        say(f"{name} may act here" if active else f"{name} may act here once {_agreed_by(name, choice)}")


@app.command("agree")
@options.takes_pack
def agree_command(
    name: Name,
    choice: PackChoice,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse it instead.")] = False,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Agree that a person who was added or activated may act here; an operations manager or administrator does."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            request = waiting(uow, UserName(name))
            if request is None:
                raise NotFoundError(f"nobody asks to let {name!r} act here; see `expediter users list`")
            command = AgreeToPerson(
                key=f"{request.code} by {who.name}",
                name=UserName(name),
                digest=request.digest,
                agree=not refuse,
                comment="at the terminal",
            )
            decided = agree_to_person(uow, command)
        say(f"{name} may {'act here' if decided.active else 'not act here'}")


@app.command("scope")
@options.takes_pack
def scope_command(name: Name, choice: PackChoice, site: Sites = None, customer: Customers = None) -> None:
    """Limit what somebody sees to some sites or customers; without either, everything is seen."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = set_scope(uow, UserName(name), Scope.of(site or None, customer or None))
        say(f"{name} sees {found.scope.words}.")
        if not found.active and found.is_person:
            say(f"{name} acts again once {_agreed_by(name, choice)}.")


app.command("erase")(erase_command)
app.command("agree-erasure")(agree_erasure_command)


def _agreed_by(name: str, choice: PackChoice) -> str:
    return f"another person agrees: `expediter users agree {name}{choice.words}`"


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise InvalidValueError(f"limit {text!r} is not an amount such as 25000") from error
    if not amount.is_finite() or not 0 <= amount <= Decimal(10) ** 12:
        raise InvalidValueError(f"limit {text!r} is not an amount between 0 and 10^12")
    return amount
