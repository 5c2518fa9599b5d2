"""The channels people are told things on, as the environment names them: an address each, and which events it wants."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from core.config import Environment
from core.connectors.notices import apprise_notices
from core.domain.errors import UsageError
from core.domain.notices import Event, Subscriptions
from core.ports.notices import NoticePort


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The channels, and what each is told of."""

    notices: NoticePort
    subscriptions: Subscriptions


@contextmanager
def configured_channels(environment: Environment) -> Generator[Channels | None]:
    """The channels while the block lasts, None where none is named; UsageError for what cannot be understood."""
    addresses = _pairs(environment.expediter_notify_channels, "EXPEDITER_NOTIFY_CHANNELS", "NAME=ADDRESS")
    if not addresses:
        yield None
        return
    wanted = _pairs(environment.expediter_notify_events, "EXPEDITER_NOTIFY_EVENTS", "NAME=EVENT,EVENT")
    for name in wanted.keys() - addresses.keys():
        raise UsageError(f"EXPEDITER_NOTIFY_EVENTS names {name!r}, EXPEDITER_NOTIFY_CHANNELS does not")
    with apprise_notices(addresses) as notices:
        yield Channels(
            notices=notices,
            subscriptions={name: _events(wanted[name]) if name in wanted else frozenset(Event) for name in addresses},
        )


def _pairs(text: str, setting: str, form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split():
        name, equals, value = part.partition("=")
        if not (name and equals and value) or name in found:  # not shown: it may hold a secret
            raise UsageError(f"{setting} is not understood; accepted is {form} once a name, separated by spaces")
        found[name] = value
    return found


def _events(text: str) -> frozenset[Event]:
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in {*Event}:
            accepted = ", ".join(map(repr, Event))
            raise UsageError(f"EXPEDITER_NOTIFY_EVENTS knows no event {name!r}; accepted are {accepted}")
    return frozenset(Event(name) for name in names)
