"""Asking a model: what it is told, in a form whose beginning never changes, and what may be offered to it."""

from collections.abc import Iterator, Sequence

from agents.llm.port import Message, ToolCall, ToolOffer
from agents.llm.prompt_fields import PromptField
from agents.llm.purposes import purpose_of
from agents.ops_chat.preferring import LANGUAGE_NAMES
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import ChatState, Round, Step
from agents.prompts import prompt
from tools.spec import Effect

PURPOSE = "chat"
READY = "READY"
MOST_EARLIER = 12
LONGEST_EARLIER = 1_000


def offers(services: ChatServices, *, plan: bool) -> tuple[ToolOffer, ...]:
    """The tools, always in the same order; those that propose are hidden where nothing may be proposed."""
    reading_only = plan or bool(services.barred)
    return tuple(
        ToolOffer(name=tool.name, description=tool.doc, arguments=tool.takes)
        for tool in services.tools.tools.values()
        if tool.effect is Effect.READ or not reading_only
    )


def messages(state: ChatState, services: ChatServices, *, today: str) -> list[Message]:
    """The conversation as the model is told it: instructions, what was said before, the question, calls and results."""
    return [
        Message(role="system", content=prompt("chat")),
        *(_earlier(one["speaker"], one["text"]) for one in state.get("earlier", [])[-MOST_EARLIER:]),
        Message(
            role="user",
            told=(
                PromptField(name="context", value={"today": today, **_preferences(state)}),
                PromptField(name="question", value=state["question"]),
            ),
        ),
        *(message for number, one in enumerate(state.get("rounds", [])) for message in _round(number, one, services)),
        *(Message(role="user", content=fault) for fault in state.get("faults", [])),
    ]


def closing(state: ChatState) -> Message:
    """What asks for the words."""
    language = LANGUAGE_NAMES.get(state.get("preferences", {}).get("language", ""), "the language of the question")
    return Message(role="user", content=f"{prompt('chat_answer').rstrip()} {language}.")


def _preferences(state: ChatState) -> dict[str, str]:
    return {f"preferred_{name}": value for name, value in sorted(state.get("preferences", {}).items())}


def _earlier(speaker: str, text: str) -> Message:
    if speaker == "person":
        return Message(role="user", told=(PromptField(name="question", value=text[:LONGEST_EARLIER]),))
    return Message(role="assistant", content=text[:LONGEST_EARLIER])


def _round(number: int, one: Round, services: ChatServices) -> Iterator[Message]:
    """What the model asked for, and the answer to each: none is left without one. A call of a tool that is not there
    is told in words, as no server takes it back."""
    known = [(f"call-{number}-{place}", step) for place, step in enumerate(one["steps"]) if _is_known(step, services)]
    calls = tuple(_said(name, step, services) for name, step in known)
    if calls:
        yield Message(role="assistant", calls=calls)
    for name, step in known:
        yield Message(role="tool", answers=name, told=(_result(step),))
    for step in one["steps"]:
        if not _is_known(step, services):
            yield Message(role="user", content=str(step["output"].get("message", "there is no such tool")))


def _result(step: Step) -> PromptField:
    """What a call gave, as much of it as is declared; the answer in words by rules has all of it."""
    return purpose_of(PURPOSE).part_of(PromptField(name="result", value=step["output"]))


def _is_known(step: Step, services: ChatServices) -> bool:
    return step["call"]["tool"] in services.tools.tools


def _said(name: str, step: Step, services: ChatServices) -> ToolCall:
    takes = services.tools.tools[step["call"]["tool"]].takes
    return ToolCall(id=name, name=step["call"]["tool"], arguments=takes.model_validate(step["call"]["arguments"]))


def facts_of(steps: Sequence[Step], question: str, today: str) -> Iterator[str]:
    """What words about this may rest on: results, the question, and the day it is."""
    yield question
    yield today
    for step in steps:
        yield from _texts(step["output"])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        yield str(len(value))
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)
