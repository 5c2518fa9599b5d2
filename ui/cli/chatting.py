"""`expediter chat`: questions and commands in plain words; one at a time, or a conversation at the terminal."""

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.markup import escape

from agents.ops_chat.state import Reply
from agents.worker.chat import Chat, Talk, open_chat
from agents.worker.models import model_settings
from core.domain.conversations import ConversationId, Speaker
from core.domain.errors import DomainError, UsageError
from ui.cli import options
from ui.cli.asking import at_terminal
from ui.cli.demo_books import Demo, books, scan_once, somebody
from ui.cli.failing import failures_said
from ui.cli.printing import console, print_json, say, table
from ui.cli.workplace import PackChoice

PROMPT = "> "
MOST_HISTORY = 40
HELP = (
    "Ask in plain words, in English, German, Spanish, French or Dutch; “help” shows what can be read.",
    "What you want changed is put before people who decide; nothing is done from here.",
    "  /plan      propose nothing from now on, or again",
    "  /history   what was said so far",
    "  /help      this",
    "  /quit      leave; so does the end of input (Ctrl-D). Ctrl-C stops an answer",
)

Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="Such as: which orders are late?")]
Planning = Annotated[bool, typer.Option("--plan", help="Propose nothing: look and think only.")]
Known = Annotated[str | None, typer.Option("--conversation", metavar="ID", help="Go on with CHAT-n, one of yours.")]


@options.takes_pack
def chat_command(
    choice: PackChoice,
    question: Question = None,
    plan: Planning = False,
    conversation: Known = None,
    demo: Demo = False,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Ask about orders, stock, supply and cases, or have something proposed; without a question, talk."""
    with failures_said():
        if question is None and as_json:
            raise UsageError("--json gives one answer; it needs a question, such as: chat 'late orders' --json")
        with books(choice, demo=demo) as (place, is_demo):
            if is_demo:
                scan_once(place)
            who = somebody(place, is_demo=is_demo, user=user, token_file=token_file)
            if who is None and conversation is not None:
                raise UsageError("a conversation is one person's: prove who you are with --user NAME or a token file")
            chat = open_chat(place.application, who, models=model_settings(place.config.environment))
            talk = chat.begin() if conversation is None else chat.resume(ConversationId(conversation))
            if question is None:
                Talking(chat, talk, plan=plan).go_on()
            elif as_json:
                print_json(reply_json(talk, chat.ask(talk, question, plan=plan)))
            else:
                show(chat.ask(talk, question, plan=plan, hear=words))


class Talking:
    """A conversation at the terminal."""

    def __init__(self, chat: Chat, talk: Talk, *, plan: bool) -> None:
        self._chat, self._talk, self._plan = chat, talk, plan

    def go_on(self) -> None:
        """Answer until there is no more to read."""
        self._greet()
        while (line := self._line()) is not None:
            if line in {"/quit", "/exit"}:
                return
            if line:
                self._answer(line)

    def _greet(self) -> None:
        named = f"Conversation {self._talk.id}." if self._talk.id else "Nothing is kept: nobody is known here."
        say(f"{named} /help says what there is, /quit leaves.", style="dim")

    def _line(self) -> str | None:
        """The next line; None at the end of input. Ctrl-C at the prompt begins a new line."""
        while True:
            try:
                if at_terminal():
                    return input(PROMPT).strip()
                line = sys.stdin.readline()
                return line.strip() if line else None
            except EOFError:
                return None
            except KeyboardInterrupt:
                console.print()

    def _answer(self, line: str) -> None:
        commands: dict[str, Callable[[], None]] = {
            "/help": self._help,
            "/plan": self._switch,
            "/history": self._history,
        }
        if line.startswith("/"):
            commands.get(line, lambda: say(f"There is no {line}; /help says what there is."))()
            return
        try:
            show(self._chat.ask(self._talk, line, plan=self._plan, hear=words))
        except KeyboardInterrupt:
            say()
            say("Stopped; nothing was proposed that is not listed by “what waits for my decision?”.", style="dim")
        except DomainError as error:
            say()
            say(f"error [{error.code}] {error.message}")

    def _help(self) -> None:
        for sentence in HELP:
            say(sentence)

    def _switch(self) -> None:
        self._plan = not self._plan
        say("Nothing is proposed from now on." if self._plan else "Proposals can be made again.", style="dim")

    def _history(self) -> None:
        turns = self._chat.turns(self._talk, limit=MOST_HISTORY)
        earlier = [(turn.saying.speaker, turn.saying.text) for turn in turns]
        for speaker, text in earlier or [(Speaker(one["speaker"]), one["text"]) for one in self._talk.earlier]:
            say(f"{PROMPT}{text}" if speaker is Speaker.PERSON else text)


def words(text: str) -> None:
    """Words as they come."""
    console.print(escape(text), end="", soft_wrap=True)


def show(reply: Reply) -> None:
    """What stands beside the words: tables, charts, what is cited and who said it."""
    say()
    for one in reply["tables"]:
        console.print(_table(one))
    for one in reply["charts"]:
        points = [
            (series["name"], point["on"], point["value"]) for series in one["series"] for point in series["points"]
        ]
        console.print(
            table(f"{one['title']}, {one['unit']}", (("where", "code"), ("from", "code"), ("", "right")), points)
        )
    if reply["cites"]:
        say("See " + ", ".join(cite.partition(":")[2] for cite in reply["cites"]), style="dim")
    if reply["proposal"]:
        say(f"Waits for people: {reply['proposal']}", style="dim")
    say(f"by {reply['source']}", style="dim")


def _table(one: dict[str, Any]) -> Any:
    rows = one["rows"]
    sides = [_side([row[at] for row in rows]) for at in range(len(one["columns"]))]
    money = [name in one.get("amounts", ()) for name in one["columns"]]
    shown = [[_shown(cell, amount=amount) for cell, amount in zip(row, money, strict=True)] for row in rows]
    more = f" ({one['left_out']:,} more)" if one["left_out"] else ""
    return table(one["title"] + more, tuple(zip(one["columns"], sides, strict=True)), shown)


def _shown(cell: str | int | None, *, amount: bool) -> str:
    """A cell as people write it: thousands of units, and of money in columns that hold it."""
    if cell is None:
        return "-"
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{Decimal(cell):,}" if amount and _is_number(cell) else cell


def _side(cells: list[Any]) -> str:
    """Numbers to the right, codes on one line, and words that may wrap."""
    if all(_is_number(cell) for cell in cells):
        return "right"
    return "left" if any(" " in str(cell) for cell in cells) else "code"


def _is_number(cell: object) -> bool:
    return cell is None or isinstance(cell, int) or str(cell).replace(".", "", 1).replace("-", "", 1).isdigit()


def reply_json(talk: Talk, reply: Reply) -> dict[str, object]:
    """An answer as JSON values."""
    return {
        "conversation": talk.id,
        "answer": reply["text"],
        "source": reply["source"],
        "tool": reply["tool"] or None,
        "arguments": reply["arguments"],
        "cites": reply["cites"],
        "tables": reply["tables"],
        "charts": reply["charts"],
        "proposal": reply["proposal"] or None,
        "code": reply["code"] or None,
    }
