"""Halting and resuming through a server."""

from typing import Annotated

import typer

from ui.cli import options
from ui.cli.printing import print_json, say
from ui.cli.remote.session import through
from ui.desk_schemas import CommentRequest, ReasonRequest


def halt_command(
    context: typer.Context,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; shown wherever something stands still.")],
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Stop all execution, sending and agent runs at once."""
    with through(context, user=user, token_file=token_file) as client:
        found = client.halt(ReasonRequest(reason=reason))
        if as_json:
            print_json(found.model_dump(mode="json"))
        else:
            say(f"Everything is halted by {found.by}: {found.reason}")


def resume_command(
    context: typer.Context,
    comment: Annotated[str, typer.Option(help="What was found out; kept with the halt.")] = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Let everything that was halted go on where it stood."""
    with through(context, user=user, token_file=token_file) as client:
        found = client.resume(CommentRequest(comment=comment))
        if as_json:
            print_json(found.model_dump(mode="json"))
        else:
            say("Resumed; what waited goes on with the next round of a worker.")
