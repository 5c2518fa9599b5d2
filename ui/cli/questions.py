"""`expediter ask`: a question about a case, answered in place; what waits for a decision waits on."""

from pathlib import Path
from typing import Annotated

import typer

from agents.worker.answering import answer_question
from agents.worker.models import model_settings
from core.domain.ids import ApprovalId, CaseId, UserName
from core.domain.questions import KeptAnswer
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import print_json, say
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace


@options.takes_pack
def ask_command(
    target: Annotated[str, typer.Argument(metavar="ID", help="A case or an approval, such as CASE-3 or AP-3-1B.")],
    question: Annotated[list[str], typer.Argument(help="Such as: why not Reno?")],
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Ask about a case: why not something, what waiting costs, whom it hurts. Nothing is changed by asking."""
    with failures_said(), workplace(choice) as place:
        asker = _asker(place, user, token_file)
        with place.application.open_uow(CLI) as uow:
            case = uow.approvals.get(ApprovalId(target)).case if target.startswith("AP-") else CaseId(target)
        kept = answer_question(
            place.application,
            case,
            " ".join(question),
            by=asker,
            models=model_settings(place.config.environment),
        )
        if as_json:
            print_json(answer_json(kept))
            return
        say(kept.answer.text)
        cites = f" on {', '.join(kept.answer.cites)}" if kept.answer.cites else ""
        note = f" ({kept.answer.note})" if kept.answer.note else ""
        say(f"answer by {kept.answer.source}{cites}{note}", style="dim")


def _asker(place: Workplace, user: str | None, token_file: Path | None) -> UserName:
    """The person where there is proof of one; anybody may ask."""
    file = token_file or place.config.token_file
    if user is None and token_file is None and not file.exists():
        return CLI
    return person(place.application, user=user, token_file=file).name


def answer_json(kept: KeptAnswer) -> dict[str, object]:
    """A question with its answer as JSON values."""
    return {
        "case": kept.case,
        "question": kept.question,
        "answer": kept.answer.text,
        "read": kept.answer.read,
        "source": kept.answer.source.value,
        "cites": list(kept.answer.cites),
        "model": kept.answer.model,
        "note": kept.answer.note,
        "asked_by": kept.asked_by,
    }
