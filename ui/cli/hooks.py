"""`expediter hooks`: partners' programs that tell us things, and what they said."""

import os
from typing import Annotated

import typer

from core.bootstrap.webhooks import fresh_hook_secret
from core.domain.errors import UsageError
from core.domain.ids import UserName
from core.domain.inbound import HookSource, InboundEvent, InboundId, InboundState, SourceKind, SourceName
from core.domain.signing import SignatureStyle
from core.services.inbound.processing import retry
from core.services.inbound.sources import MakeSource, disable_source, make_source, rotate_source
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, print_json, say, table
from ui.cli.webhooks import manager
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer(help="Partners' programs that tell us things, and what they said.", no_args_is_help=True)
_SOURCES = (("source", "left"), ("speaks for", "left"), ("signs", "left"), ("acts as", "left"), ("", "left"))
_MESSAGES = (("message", "right"), ("source", "left"), ("event", "left"), ("state", "left"), ("what", "left"))
_SHOWN = 50
_BODY = 2000
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="Its name, such as gulf-edi.")]
Message = Annotated[int, typer.Argument(metavar="MESSAGE", help="Its number, as listed.", min=1)]
SecretFrom = Annotated[
    str | None,
    typer.Option("--secret-from", metavar="VARIABLE", help="The environment variable with the partner's own secret."),
]


@app.command("add")
@options.takes_pack
def add_command(
    name: Source,
    choice: PackChoice,
    kind: Annotated[SourceKind, typer.Option("--kind", help="Who speaks.")],
    party: Annotated[str, typer.Option("--party", metavar="CODE", help="The supplier, carrier or location.")],
    acts_as: Annotated[str, typer.Option("--acts-as", metavar="NAME", help="A program of `users add-program`.")],
    style: Annotated[SignatureStyle, typer.Option("--style", help="How it signs.")] = SignatureStyle.OURS,
    secret_from: SecretFrom = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Let a partner's program tell us things at /v1/hooks/SOURCE; a secret made here is shown this once."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        secret = _secret(secret_from)
        wanted = MakeSource(name=SourceName(name), kind=kind, party=party, style=style, acts_as=UserName(acts_as))
        with place.application.open_uow(who.name) as uow:
            made = make_source(uow, wanted, secret=secret)
        say(f"Source {made.name} speaks for {made.kind.value} {made.party}, acting as {made.acts_as}.")
        say(f"Its messages are taken at /v1/hooks/{made.name}.")
        _show_secret(secret, given=secret_from is not None)


@app.command("sources")
@options.takes_pack
def sources_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List the sources, without their secrets."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = uow.inbound.sources()
        if as_json:
            print_json([_values(one) for one in found])
        elif not found:
            say("No source yet. `expediter hooks add SOURCE --kind KIND --party CODE --acts-as NAME` makes one.")
        else:
            console.print(table("Sources", _SOURCES, [_row(one) for one in found]))


@app.command("list")
@options.takes_pack
def list_command(
    choice: PackChoice,
    source: Annotated[str | None, typer.Option("--source", metavar="SOURCE", help="Only of this one.")] = None,
    state: Annotated[InboundState | None, typer.Option("--state", help="Only those in this state.")] = None,
    as_json: options.Json = False,
) -> None:
    """List what came, the newest first; `quarantined` is what nothing could be made of."""
    with failures_said(), workplace(choice) as place:
        of = None if source is None else SourceName(source)
        with place.application.open_uow(CLI) as uow:
            found = uow.inbound.listed(source=of, state=state, before=None, limit=_SHOWN)
        if as_json:
            print_json([_told(one) for one in found])
        elif not found:
            say("No message.")
        else:
            rows = [(str(one.id), one.source, one.event[:40], one.state.value, _what(one)[:100]) for one in found]
            console.print(table("Messages", _MESSAGES, rows))


@app.command("show")
@options.takes_pack
def show_command(message: Message, choice: PackChoice) -> None:
    """Show a message as it came, and what became of it."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found, raw = uow.inbound.get(InboundId(message)), uow.inbound.raw(InboundId(message))
        say(f"Message {found.id} of {found.source}, {found.received_at:%Y-%m-%d %H:%M} UTC: {found.state.value}.")
        if _what(found):
            say(_what(found))
        shown = ascii(raw[:_BODY].decode("utf-8", "replace"))[1:-1]
        say(f"{len(raw):,} bytes: {shown}{'...' if len(raw) > _BODY else ''}")


@app.command("retry")
@options.takes_pack
def retry_command(
    message: Message, choice: PackChoice, user: options.User = None, token_file: options.TokenFile = None
) -> None:
    """Work on a message that was put aside once more."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        with place.application.open_uow(who.name) as uow:
            again = retry(uow, InboundId(message))
        say(f"Message {again.id} of {again.source} is worked on with the next round of a worker.")


@app.command("rotate")
@options.takes_pack
def rotate_command(
    name: Source,
    choice: PackChoice,
    secret_from: SecretFrom = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Give a source another secret; for a day what the one before signed counts as well."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        secret = _secret(secret_from)
        with place.application.open_uow(who.name) as uow:
            rotate_source(uow, SourceName(name), secret=secret)
        say(f"Source {name} signs with another secret; for a day what the one before signed counts as well.")
        _show_secret(secret, given=secret_from is not None)


@app.command("disable")
@options.takes_pack
def disable_command(
    name: Source, choice: PackChoice, user: options.User = None, token_file: options.TokenFile = None
) -> None:
    """Take nothing from a source any more, at once."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        with place.application.open_uow(who.name) as uow:
            disable_source(uow, SourceName(name))
        say(f"Nothing is taken from {name} any more.")


def _secret(variable: str | None) -> str:
    """The partner's own secret, which is not typed on a command line, or a fresh one."""
    if variable is None:
        return fresh_hook_secret()
    found = os.environ.get(variable)
    if not found:
        raise UsageError(f"the environment has no {variable}; accepted is the name of a variable with the secret")
    return found


def _show_secret(secret: str, *, given: bool) -> None:
    if not given:
        say("The secret it signs with, shown this once:")
        say(secret)


def _what(one: InboundEvent) -> str:
    return f"[{one.code}] {one.said}" if one.code else one.said


def _row(one: HookSource) -> tuple[str, str, str, str, str]:
    standing = "" if one.active else "disabled"
    return one.name, f"{one.kind.value} {one.party}", one.style.value, one.acts_as, standing


def _values(one: HookSource) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind.value,
        "party": one.party,
        "style": one.style.value,
        "acts_as": one.acts_as,
        "path": f"/v1/hooks/{one.name}",
        "active": one.active,
    }


def _told(one: InboundEvent) -> dict[str, object]:
    return {
        "id": one.id,
        "source": one.source,
        "event": one.event,
        "state": one.state.value,
        "attempts": one.attempts,
        "code": one.code,
        "said": one.said,
        "received_at": one.received_at.isoformat(),
    }
