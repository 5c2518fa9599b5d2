"""`expediter halt` and `resume`: stop all execution, sending and agent runs at once, and let them go on."""

from typing import Annotated

import typer

from core.ports.storage import UnitOfWork
from core.services.halting import HaltCommand, ResumeCommand, halt, is_halted, resume
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import count, print_json, say
from ui.cli.workplace import PackChoice, workplace

Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; shown wherever something stands still.")]


@options.takes_pack
def halt_command(
    reason: Reason,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Stop all execution, sending and agent runs at once. Anybody who may act here may."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            done = halt(uow, HaltCommand(reason=reason))
        if as_json:
            print_json({"halted": True, "said": done.halt.words, "may_still_leave": list(done.on_their_way)})
            return
        say(f"Everything is {done.halt.words}")
        if done.on_their_way:
            taken = count(len(done.on_their_way), "message")
            say(f"{taken} had been taken to be sent before and may still leave: {', '.join(done.on_their_way)}")
        say(f"An operations manager or administrator lets it go on: `expediter resume{choice.words}`")


@options.takes_pack
def resume_command(
    choice: PackChoice,
    comment: Annotated[str, typer.Option(help="What was found out; kept with the halt.")] = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Let everything that was halted go on where it stood; an operations manager or administrator does."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            ended = resume(uow, ResumeCommand(comment=comment))
        if as_json:
            print_json({"halted": False, "resumed_by": ended.resumed_by})
            return
        say(f"Resumed by {ended.resumed_by}; what waited goes on with the next round of a worker.")


def say_halted(uow: UnitOfWork) -> None:
    """Say so where cases and plans are shown, when nothing will happen to them."""
    found = is_halted(uow)
    if found is not None:
        say(f"HALTED: everything is {found.words}. Nothing is executed or sent until `expediter resume`.")
