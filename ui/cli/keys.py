"""`expediter keys`: API keys for machines."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from core.bootstrap.application import fresh_key
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.identity import ApiKey, KeyId
from core.domain.ids import UserName
from core.domain.permissions import FOR_PEOPLE_ONLY, MAY, Permission
from core.domain.scopes import Scope
from core.services.identity import MakeKey, key_text, make_key, revoke_key
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, print_json, say, table
from ui.cli.users import Customers, Sites
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer(help="API keys for machines.", no_args_is_help=True)
_COLUMNS = (("key", "left"), ("acts as", "left"), ("what for", "left"), ("may", "left"), ("sees", "left"), ("", "left"))


@app.command("make")
@options.takes_pack
def make_command(
    owner: Annotated[str, typer.Argument(metavar="OWNER", help="The user it acts as, such as webshop.")],
    choice: PackChoice,
    name: Annotated[str, typer.Option("--name", help="What it is for.")] = "a machine",
    may: Annotated[
        list[str] | None, typer.Option("--may", metavar="PERMISSION", help="Such as orders:read; all it can, if none.")
    ] = None,
    site: Sites = None,
    customer: Customers = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days until it ends.")] = 90,
    per_minute: Annotated[int, typer.Option(min=1, max=100_000, help="Calls in a minute.")] = 120,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Make a key that acts as OWNER; its secret is shown this once. An administrator does, and proves it."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        _check_manager(who.name, MAY[who.role])
        public, secret = fresh_key()
        with place.application.open_uow(who.name) as uow:
            every = MAY[uow.users.get(UserName(owner)).role] - FOR_PEOPLE_ONLY
            wanted = MakeKey(
                owner=UserName(owner),
                name=name,
                permissions=frozenset(map(_permission, may)) if may else every,
                scope=Scope.of(site or None, customer or None),
                life=timedelta(days=days),
                per_minute=per_minute,
            )
            made = make_key(uow, wanted, id=KeyId(public), secret=secret)
        say(f"Key {made.id} acts as {made.owner} until {made.expires_at:%Y-%m-%d} and sees {made.scope.words}.")
        say("Its secret, shown this once, is sent as `Authorization: Bearer`:")
        say(key_text(made.id, secret))


@app.command("list")
@options.takes_pack
def list_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List the keys, without their secrets."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found, now = uow.identity.all_keys(), uow.now
        if as_json:
            print_json([_told(key) for key in found])
        elif not found:
            say("No key yet. `expediter keys make OWNER` makes one.")
        else:
            rows = [
                (key.id, key.owner, key.name, ", ".join(sorted(key.permissions)), key.scope.words, _standing(key, now))
                for key in found
            ]
            console.print(table("API keys", _COLUMNS, rows))


@app.command("revoke")
@options.takes_pack
def revoke_command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its public part, such as k7f2a09c1e.")],
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Make a key count no more, at once."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        _check_manager(who.name, MAY[who.role])
        with place.application.open_uow(who.name) as uow:
            revoked = revoke_key(uow, KeyId(key))
        say(f"Key {revoked.id} of {revoked.owner} counts no more.")


def _check_manager(name: str, permissions: frozenset[Permission]) -> None:
    if Permission.KEYS_MANAGE not in permissions:
        raise NotAuthorisedError(f"{name!r} may not make or revoke keys; an administrator may")


def _permission(text: str) -> Permission:
    try:
        return Permission(text)
    except ValueError as error:
        accepted = ", ".join(sorted({*Permission} - FOR_PEOPLE_ONLY))
        raise InvalidValueError(f"permission {text[:80]!r} is none; accepted are {accepted}") from error


def _standing(key: ApiKey, now: datetime) -> str:
    if key.revoked_at is None and key.ended(now):
        return f"ended {key.expires_at:%Y-%m-%d}"
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    return f"until {key.expires_at:%Y-%m-%d}"


def _told(key: ApiKey) -> dict[str, object]:
    return {
        "id": key.id,
        "owner": key.owner,
        "name": key.name,
        "permissions": sorted(key.permissions),
        "sees": key.scope.words,
        "expires_at": key.expires_at.isoformat(),
        "revoked": key.revoked_at is not None,
    }
