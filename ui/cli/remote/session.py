"""A client for one command: who asks, over what connection, and how refusals are said."""

import inspect
import ipaddress
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from getpass import getpass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import typer

from core.config import read_config
from core.domain.errors import UsageError
from ui.cli import options
from ui.cli.failing import UNAVAILABLE, WRONG, failures_said, say_failure
from ui.cli.identity import read_token
from ui.client import Client, ClientError

PARAMETER = "server"
_AWAY = frozenset(
    {
        "server_unreachable",
        "server_timeout",
        "server_overloaded",
        "database_unavailable",
        "login_unavailable",
        "stopping",
    }
)
LOOK_SECONDS = 0.5
Found = TypeVar("Found")


@contextmanager
def through(context: typer.Context, *, user: str | None = None, token_file: Path | None = None) -> Generator[Client]:
    """A client of the server the command was given, as the person of the token file, or of a name and password."""
    with failures_said():
        server = str(context.find_root().params[PARAMETER])
        _check_private(server)
        token = None if user is not None else read_token(token_file or read_config().token_file)
        try:
            with Client(server, token=token, channel="cli") as client:
                if user is None:
                    yield client
                    return
                client.login(user, getpass(f"Password of {user}: "))
                try:
                    yield client
                finally:
                    client.logout()
        except ClientError as error:
            say_failure(error.code, error.message)
            raise SystemExit(UNAVAILABLE if error.code in _AWAY else WRONG) from error


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say who asks; it gets a `client`, and `as_json` where it takes that."""
    own = [one for one in inspect.signature(command).parameters.values() if one.name != "client"]

    @wraps(command)
    def chosen(
        context: typer.Context, *given: object, user: str | None, token_file: Path | None, **others: object
    ) -> None:
        with through(context, user=user, token_file=token_file) as client:
            command(*given, client=client, **others)

    offered: dict[str, tuple[object, object]] = {"user": (options.User, None), "token_file": (options.TokenFile, None)}
    if any(one.name == "as_json" for one in own):
        offered["as_json"] = (options.Json, False)
    named = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in offered.items()
    ]
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    parameters = [context, *(one for one in own if one.name not in offered), *named]
    chosen.__dict__["__signature__"] = inspect.Signature(parameters)
    chosen.__annotations__ = {one.name: one.annotation for one in parameters}
    return chosen


def waited(client: Client, look: Callable[[], Found], *, until: Callable[[Found], bool], looks: int) -> Found:
    """What is found once it is so, or after so many looks."""
    found = look()
    for _ in range(looks):
        if until(found):
            break
        client.wait(LOOK_SECONDS)
        found = look()
    return found


def _check_private(server: str) -> None:
    """A token is not sent in the clear, but for this machine."""
    parts = urlsplit(server)
    if parts.scheme == "http" and not _is_here(parts.hostname or ""):
        raise UsageError(f"{server!r} would carry your token in the clear; use its https:// address")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
