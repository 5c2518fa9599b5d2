"""`expediter webhooks`: other programs that are told what happens here."""

from typing import Annotated

import typer

from core.bootstrap.webhooks import fresh_hook_secret, fresh_ping, fresh_webhook
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.permissions import MAY, Permission
from core.domain.scopes import Scope
from core.domain.users import User
from core.domain.webhook_catalogue import CATALOGUE
from core.domain.webhooks import Delivery, DeliveryId, DeliveryState, Topic, Webhook, WebhookId
from core.services.webhooks.subscribing import (
    MakeWebhook,
    NewSecret,
    disable_webhook,
    make_webhook,
    ping,
    rotate_webhook,
    send_again,
)
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, print_json, say, table
from ui.cli.users import Customers, Sites
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace

app = typer.Typer(help="Other programs that are told what happens here.", no_args_is_help=True)
_COLUMNS = (("webhook", "left"), ("told at", "left"), ("of", "left"), ("sees", "left"), ("", "left"))
_DELIVERIES = (("delivery", "right"), ("event", "left"), ("about", "left"), ("state", "left"), ("answer", "left"))
_SHOWN = 50
Hook = Annotated[str, typer.Argument(metavar="WEBHOOK", help="Its id, such as w2f61c09ab4.")]


@app.command("add")
@options.takes_pack
def add_command(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where it is told, such as https://shop.example/hooks.")],
    choice: PackChoice,
    event: Annotated[
        list[str], typer.Option("--event", metavar="EVENT", help="Such as order.placed; may be repeated.")
    ],
    site: Sites = None,
    customer: Customers = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Have an address told of events; the secret they are signed with is shown this once. An administrator does."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        new = fresh_webhook()
        wanted = MakeWebhook(
            url=url,
            topics=frozenset(map(_topic, event)),
            scope=Scope.of(site or None, customer or None),
            plain=place.config.environment.expediter_webhooks_to_loopback,
        )
        with place.application.open_uow(who.name) as uow:
            made = make_webhook(uow, wanted, new)
        say(f"Webhook {made.id} is told of {', '.join(sorted(made.topics))} and sees {made.scope.words}.")
        _show_secret(new.secret)
        say(f"Next: `expediter webhooks ping {made.id}{choice.words}` tries it.")


@app.command("list")
@options.takes_pack
def list_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List the webhooks, without their secrets."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = uow.webhooks.all()
        if as_json:
            print_json([_values(one) for one in found])
        elif not found:
            say("No webhook yet. `expediter webhooks add URL --event EVENT` makes one.")
        else:
            console.print(table("Webhooks", _COLUMNS, [_row(one) for one in found]))


@app.command("events")
def events_command(as_json: options.Json = False) -> None:
    """List what can be told, and what each kind of event carries."""
    if as_json:
        print_json([{"event": one.topic.value, "says": one.says, "fields": dict(one.fields)} for one in CATALOGUE])
        return
    rows = [(one.topic.value, one.says, ", ".join(one.fields)) for one in CATALOGUE]
    console.print(table("Events", (("event", "left"), ("when", "left"), ("carries", "left")), rows))


@app.command("deliveries")
@options.takes_pack
def deliveries_command(
    choice: PackChoice,
    webhook: Annotated[str | None, typer.Option("--webhook", metavar="WEBHOOK", help="Only of this one.")] = None,
    state: Annotated[DeliveryState | None, typer.Option("--state", help="Only those in this state.")] = None,
    as_json: options.Json = False,
) -> None:
    """List what was told, waits to be told, or was given up, the newest first."""
    with failures_said(), workplace(choice) as place:
        of = None if webhook is None else WebhookId(webhook)
        with place.application.open_uow(CLI) as uow:
            found = uow.webhooks.deliveries(webhook=of, state=state, before=None, limit=_SHOWN)
        if as_json:
            print_json([_told(one) for one in found])
        elif not found:
            say("No delivery.")
        else:
            rows = [(str(one.id), one.topic.value, one.webhook, one.state.value, _answer(one)) for one in found]
            console.print(table("Deliveries", _DELIVERIES, rows))


@app.command("ping")
@options.takes_pack
def ping_command(
    webhook: Hook, choice: PackChoice, user: options.User = None, token_file: options.TokenFile = None
) -> None:
    """Send a webhook a test event with the next round of a worker."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        with place.application.open_uow(who.name) as uow:
            ping(uow, WebhookId(webhook), name=fresh_ping())
        say(f"Webhook {webhook} is pinged with the next round of a worker; `expediter webhooks deliveries` shows it.")


@app.command("resend")
@options.takes_pack
def resend_command(
    delivery: Annotated[int, typer.Argument(metavar="DELIVERY", help="Its number, as listed.", min=1)],
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Send what was delivered or given up once more, under its number."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        with place.application.open_uow(who.name) as uow:
            again = send_again(uow, DeliveryId(delivery))
        say(f"Delivery {again.id} to {again.webhook} is sent again with the next round of a worker.")


@app.command("rotate")
@options.takes_pack
def rotate_command(
    webhook: Hook, choice: PackChoice, user: options.User = None, token_file: options.TokenFile = None
) -> None:
    """Give a webhook another secret; for a day the one before signs as well."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        new = NewSecret(id=WebhookId(webhook), secret=fresh_hook_secret())
        with place.application.open_uow(who.name) as uow:
            rotate_webhook(uow, new)
        say(f"Webhook {webhook} signs with another secret, and for a day with the one before as well.")
        _show_secret(new.secret)


@app.command("disable")
@options.takes_pack
def disable_command(
    webhook: Hook, choice: PackChoice, user: options.User = None, token_file: options.TokenFile = None
) -> None:
    """Send a webhook nothing any more, at once."""
    with failures_said(), workplace(choice) as place:
        who = manager(place, user=user, token_file=token_file)
        with place.application.open_uow(who.name) as uow:
            disabled = disable_webhook(uow, WebhookId(webhook), because=f"disabled by {who.name}")
        say(f"Webhook {disabled.id} is told nothing any more.")


def manager(place: Workplace, *, user: options.User, token_file: options.TokenFile) -> User:
    """The person at the terminal, who may manage webhooks."""
    who = person(place.application, user=user, token_file=token_file or place.config.token_file)
    if Permission.WEBHOOKS_MANAGE not in MAY[who.role]:
        raise NotAuthorisedError(f"{who.name!r} may not manage webhooks; an administrator or operations manager may")
    if not who.scope.whole:
        raise NotAuthorisedError(f"{who.name!r} sees {who.scope.words}; webhooks are for who sees all")
    return who


def _show_secret(secret: str) -> None:
    say("The secret it signs with, shown this once:")
    say(secret)


def _topic(text: str) -> Topic:
    try:
        return Topic(text)
    except ValueError as error:
        accepted = ", ".join(kind.topic for kind in CATALOGUE)
        raise InvalidValueError(f"event {text[:80]!r} is none; accepted are {accepted}", field="event") from error


def _row(one: Webhook) -> tuple[str, str, str, str, str]:
    standing = "" if one.active else f"disabled: {one.disabled_because}"
    return one.id, one.url, ", ".join(sorted(one.topics)), one.scope.words, standing


def _answer(one: Delivery) -> str:
    if one.state is DeliveryState.WAITING and not one.attempts:
        return "not sent yet"
    said = f"{one.status or ''} {one.said}".strip()[:80]
    return f"{said} (try {one.attempts})".strip()


def _values(one: Webhook) -> dict[str, object]:
    return {
        "id": one.id,
        "url": one.url,
        "events": sorted(one.topics),
        "owner": one.owner,
        "sees": one.scope.words,
        "active": one.active,
        "disabled_because": one.disabled_because,
    }


def _told(one: Delivery) -> dict[str, object]:
    return {
        "id": one.id,
        "number": one.number,
        "webhook": one.webhook,
        "event": one.topic.value,
        "state": one.state.value,
        "attempts": one.attempts,
        "status": one.status,
        "said": one.said,
        "next_at": one.next_at.isoformat() if one.next_at else None,
    }
