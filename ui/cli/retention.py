"""`expediter retention`: forget now what its time is over for, or see what that would be."""

from typing import Annotated

import typer

from agents.worker.checkpoints import open_saver
from agents.worker.forgetting import all_over, forget_all
from core.bootstrap.retention import configured_terms
from core.domain.retention import Passing
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

_WORDS = {
    Passing.MAILS: "mails, byte for byte",
    Passing.LETTERS: "letters that orders were read from",
    Passing.INBOUND_EVENTS: "messages of partners' programs",
    Passing.CHECKPOINTS: "checkpoints of closed cases and drafts",
    Passing.SPANS: "steps of runs",
    Passing.CHAT_EVENTS: "answers of the chat as they came",
    Passing.SESSIONS: "sessions that ended",
    Passing.STATUS_LINKS: "status links that ended",
    Passing.API_REPLIES: "answers kept under a key",
}


@options.takes_pack
def retention_command(
    choice: PackChoice,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would go; nothing does.")] = False,
    as_json: options.Json = False,
) -> None:
    """Forget what is kept for a time only and is over: messages, traces, sessions, answers, checkpoints."""
    with failures_said(), workplace(choice) as place, open_saver(place.application.urls) as saver:
        terms, open_uow = configured_terms(place.config.environment), place.application.open_uow
        if dry_run:
            with open_uow(CLI) as uow:
                done = all_over(uow, saver, terms)
        else:
            done = forget_all(open_uow, saver, terms, lock_url=place.application.urls.app)
        if as_json:
            print_json({"dry_run": dry_run, "rows": {kind.value: count for kind, count in done.items()}})
            return
        columns = (("what", "left"), ("would go" if dry_run else "gone", "right"))
        console.print(table("Retention", columns, [(_WORDS[kind], f"{done[kind]:,}") for kind in Passing]))
        if dry_run:
            say(f"Nothing is gone yet: `expediter retention{choice.words}` does it, and so does a worker each night.")
