"""`expediter tasks`: what only a person can settle, such as a message of unknown fate."""

from typing import Annotated

import typer

from core.domain.errors import NotAuthorisedError, UsageError
from core.domain.users import Role
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer()


@app.callback(invoke_without_command=True)
@options.takes_pack
def tasks_command(context: typer.Context, choice: PackChoice, as_json: options.Json = False) -> None:
    """List what only a person can settle, oldest first; `done` settles one."""
    if context.invoked_subcommand is None:
        _list(choice, as_json=as_json)
        return
    with failures_said():
        if choice.words or as_json:
            raise UsageError(f"options come after the command: `expediter tasks {context.invoked_subcommand} ...`")


def _list(choice: PackChoice, *, as_json: bool) -> None:
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = uow.outbox.tasks()
        if as_json:
            print_json([{"subject": s, "text": text, "since": since} for s, text, since in found])
        elif not found:
            say("No open tasks.")
        else:
            rows = [(subject, text, f"{since:%Y-%m-%d %H:%M} UTC") for subject, text, since in found]
            columns = (("subject", "left"), ("what", "left"), ("since", "code"))
            console.print(table("Open tasks", columns, rows))
            say(f"Next: `expediter tasks done SUBJECT{choice.words}` when one is settled.")


@app.command("done")
@options.takes_pack
def done_command(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="As listed, such as 'message PO-1.1A-1'.")],
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Say that a task is settled; who said so is kept."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        if who.role is Role.VIEWER:
            raise NotAuthorisedError(f"{who.name!r} ({who.role}) only looks; another role settles tasks")
        with place.application.open_uow(who.name) as uow:
            uow.outbox.settle_task(subject)
        say(f"{subject}: settled by {who.name}")
