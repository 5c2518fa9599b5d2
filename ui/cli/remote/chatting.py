"""The chat through a server: words as they come, then the answer with what it rests on."""

from typing import Annotated, Any

import typer

from core.domain.errors import UsageError
from ui.cli.asking import at_terminal
from ui.cli.printing import print_json, say
from ui.cli.remote.session import asks
from ui.client import Client, ClientError
from ui.schemas.chat import MessageRequest

PROMPT = "> "
ANSWER_SECONDS = 300
Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="Such as: which orders are late?")]


@asks
def chat_command(
    client: Client,
    as_json: bool,
    question: Question = None,
    plan: Annotated[bool, typer.Option("--plan", help="Propose nothing: look and think only.")] = False,
    conversation: Annotated[str | None, typer.Option(metavar="ID", help="Go on with CHAT-n, one of yours.")] = None,
) -> None:
    """Ask about orders, stock, supply and cases, or have something proposed; without a question, talk."""
    if question is None and (as_json or not at_terminal()):
        raise UsageError("without a terminal it needs a question, such as: chat 'late orders'")
    talk = conversation or client.begin_conversation().id
    if question is not None:
        answer = asked(client, talk, question, plan=plan)
        print_json({"conversation": talk, **answer}) if as_json else say(str(answer.get("text", "")))
        return
    say(f"{talk}. Ask in plain words; the end of input (Ctrl-D) leaves.")
    while (line := _line()) is not None:
        if line:
            say(str(asked(client, talk, line, plan=plan).get("text", "")))


def asked(client: Client, talk: str, question: str, *, plan: bool) -> dict[str, Any]:
    """The answer to a question; ClientError where there is none."""
    taken = client.ask(talk, MessageRequest(text=question, plan=plan))
    for heard in client.follow_conversation(talk, after=taken.after, wait=ANSWER_SECONDS):
        if heard.kind == "answered":
            return dict(heard.data)
        if heard.kind == "failed":
            said = dict(heard.data)
            raise ClientError(str(said.get("code", "internal_error")), str(said.get("message", "no answer came")))
    raise ClientError("server_timeout", f"no answer to it came; `--conversation {talk}` goes on with it")


def _line() -> str | None:
    try:
        return input(PROMPT).strip()
    except EOFError:
        return None
