"""Halting and resuming through a server."""

from typing import Annotated

import typer

from ui.cli.printing import print_json, say
from ui.cli.remote.session import asks
from ui.client import Client
from ui.schemas.desk import CommentRequest, ReasonRequest


@asks
def halt_command(
    client: Client,
    as_json: bool,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; shown wherever something stands still.")],
) -> None:
    """Stop all execution, sending and agent runs at once."""
    found = client.halt(ReasonRequest(reason=reason))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        say(f"Everything is halted by {found.by}: {found.reason}")


@asks
def resume_command(
    client: Client,
    as_json: bool,
    comment: Annotated[str, typer.Option(help="What was found out; kept with the halt.")] = "",
) -> None:
    """Let everything that was halted go on where it stood."""
    found = client.resume(CommentRequest(comment=comment))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        say("Resumed; what waited goes on with the next round of a worker.")
