"""`expediter feeds`: what the ERP last said, how old that may be, what it contradicts and what it has yet to show."""

from typing import Annotated
from uuid import uuid4

import typer

from core.domain.errors import NotFoundError, UsageError
from core.domain.feeds import AwaitedEffect, EffectState, Feed, FeedConflict
from core.domain.watching.facts import FeedWatch
from core.ports.storage import UnitOfWork
from core.services.signalling import LimitFeed, limit_feed
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import count, print_json, say
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer()


@app.callback(invoke_without_command=True)
@options.takes_pack
def feeds_command(context: typer.Context, choice: PackChoice, as_json: options.Json = False) -> None:
    """Show the feed of the ERP: its last pack, its limit, what it contradicts, what it has yet to show."""
    if context.invoked_subcommand is None:
        _show(choice, as_json=as_json)
        return
    with failures_said():
        if choice.words or as_json:
            raise UsageError(f"options come after the command: `expediter feeds {context.invoked_subcommand} ...`")


@app.command("limit")
@options.takes_pack
def limit_command(
    hours: Annotated[int, typer.Argument(metavar="HOURS", help="How old the last pack may be, from 1 on.")],
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Say how many hours old the last pack may be; when it is older the next scan opens an E37."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            feed = _last(uow).name
            kept = limit_feed(uow, LimitFeed(key=f"limit {uuid4()}", feed=feed, hours=hours), who)
        say(f"{kept.feed}: may be {count(kept.hours, 'hour')} old, says {who.name}")


def _show(choice: PackChoice, *, as_json: bool) -> None:
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            feed, conflicts = _last(uow), uow.feeds.conflicts()
            awaited = [one for one in uow.feeds.effects() if one.state is EffectState.AWAITING]
            watched = [one for one in uow.watch.facts(as_of=feed.as_of).feeds if one.feed == feed.name]
            limit = uow.signals.feed_limit(feed.name)
        if as_json:
            print_json(_values(feed, limit, conflicts, awaited))
            return
        say(f"{feed.name}: the last pack is of {feed.as_of}.")
        say(f"  {_limit(limit, watched)}")
        for conflict in conflicts:
            say(f"  conflict: {conflict.subject}: {conflict.kind}; the pack says {conflict.said}, here {conflict.held}")
        for effect in awaited:
            say(f"  awaiting ERP: {effect.reference} {effect.expected}, since {effect.since}", style="dim")
        said = f"{count(len(conflicts), 'conflict')}, {count(len(awaited), 'thing')} done here awaited"
        say(f"{said}. Next: `expediter load DIR` reads the next pack.")


def _last(uow: UnitOfWork) -> Feed:
    last = uow.feeds.last()
    if last is None:
        raise NotFoundError("no pack was loaded yet; `expediter load DIR` loads one")
    return last


def _limit(limit: int | None, watched: list[FeedWatch]) -> str:
    if limit is None:
        return "It is never too old: no limit is set (`expediter feeds limit HOURS` sets one)."
    age = f"; it came {count(watched[0].age_hours, 'hour')} ago" if watched else ""
    return f"It may be {count(limit, 'hour')} old{age}."


def _values(
    feed: Feed, limit: int | None, conflicts: tuple[FeedConflict, ...], awaited: list[AwaitedEffect]
) -> dict[str, object]:
    return {
        "feed": feed.name,
        "as_of": feed.as_of,
        "limit_hours": limit,
        "conflicts": [
            {"kind": one.kind.value, "subject": one.subject, "said": one.said, "held": one.held} for one in conflicts
        ],
        "awaiting": [{"reference": one.reference, "expected": one.expected, "since": one.since} for one in awaited],
    }
