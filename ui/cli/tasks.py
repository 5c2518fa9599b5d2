"""`expediter tasks`: what only a person can settle, such as a message of unknown fate."""

from typing import Annotated
from uuid import uuid4

import typer

from core.domain.errors import UsageError
from core.domain.tasks import Task
from core.services.tasks import AnswerTask, answer_task, open_tasks
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
            found = open_tasks(uow)
        if as_json:
            print_json([_values(task) for task in found])
        elif not found:
            say("No open tasks.")
        else:
            rows = [(task.subject, _asked(task), f"{task.created_at:%Y-%m-%d %H:%M} UTC") for task in found]
            columns = (("subject", "left"), ("what", "left"), ("since", "code"))
            console.print(table("Open tasks", columns, rows))
            say(f"Next: `expediter tasks done SUBJECT{choice.words}` when one is settled.")


def _asked(task: Task) -> str:
    """The question, of whom and by when where that was said."""
    whom = task.role.value.replace("_", " ") if task.role else ""
    said = ", ".join(part for part in (whom, f"by {task.due}" if task.due else "") if part)
    return f"{task.text} ({said})" if said else task.text


def _values(task: Task) -> dict[str, object]:
    return {
        "subject": task.subject,
        "text": task.text,
        "kind": task.kind.value,
        "role": task.role.value if task.role else None,
        "due": task.due,
        "answers": list(task.answers),
        "since": task.created_at,
    }


@app.command("done")
@options.takes_pack
def done_command(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="As listed, such as 'message PO-1.1A-1'.")],
    choice: PackChoice,
    answer: Annotated[str, typer.Option("--answer", help="One of the answers listed with --json.")] = "",
    note: Annotated[str, typer.Option("--note", help="What else there is to say.")] = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Say that a task is settled, and how where it asks for an answer; who said so is kept."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        said = AnswerTask(key=f"task {uuid4()}", subject=subject, answer=answer, note=note)
        with place.application.open_uow(who.name) as uow:
            answer_task(uow, said, who)
        say(f"{subject}: settled by {who.name}")
