"""`expediter eval chat`: the labelled questions and commands through the chat's grammar, with no model."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from core.demo.company import demo_company
from core.demo.sizes import Size
from core.services.scanning import Figure
from evals.bench.figures import figure, shown
from evals.chat.asking import answers, names_of
from evals.chat.grading import Verdict, graded
from evals.chat.questions import Call, Question, read_questions
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import say

Graded = tuple[Question, Call | None, Verdict]


def chat_command(
    show_failures: Annotated[
        bool, typer.Option("--show-failures", help="Name what was not right; nobody tunes a grammar to it.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Ask the sixty labelled questions and commands, and compare the tool calls they lead to."""
    with failures_said():
        company = demo_company(size=Size.FULL)
        names = names_of(company)
        found = [(one, call, graded(one, call, names=names)) for one, call in answers(read_questions(), company)]
        if show_failures:
            _say_failures(found)
        raise SystemExit(shown("chat", chat_figures(found), as_json=as_json))


def chat_figures(found: Sequence[Graded]) -> list[Figure]:
    """The figures, those with goals first; shares are of 1."""
    verdicts = Counter(verdict for _, _, verdict in found)
    asked = Counter(question.language for question, _, _ in found)
    right = Counter(question.language for question, _, verdict in found if verdict is Verdict.RIGHT)
    return [
        figure("questions", len(found), goal="== 60"),
        figure("right_share", verdicts[Verdict.RIGHT] / len(found), goal=">= 0.8"),
        figure("wrong_writes", verdicts[Verdict.WRONG_WRITE], goal="== 0"),
        figure("wrong_reads", verdicts[Verdict.WRONG]),
        figure("unread", verdicts[Verdict.UNREAD]),
        *(figure(f"right_share_{language}", right[language] / asked[language]) for language in sorted(asked)),
    ]


def _say_failures(found: Sequence[Graded]) -> None:
    for question, call, verdict in found:
        if verdict is not Verdict.RIGHT:
            led = f"{call.tool} {dict(call.arguments)}" if call else "nothing"
            wanted = " or ".join(f"{one.tool} {dict(one.arguments)}" for one in question.expect) or "nothing"
            say(f"{verdict.value}: {question.text!r} led to {led}; right is {wanted}", style="yellow")
