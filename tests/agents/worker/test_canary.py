"""Canaries in master data, evidence and secrets are in no request to a model, whichever purpose and verb it is for."""

import json
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import respx

from agents.llm.environment import from_environment
from agents.llm.errors import FieldNotDeclaredError
from agents.llm.port import Message, ModelPort, ToolOffer
from agents.llm.prompt_fields import PromptField
from agents.llm.purposes import PURPOSES
from agents.ops_chat.asking import PURPOSE, messages
from agents.ops_chat.state import Call, Round, Step
from agents.worker.models import ModelSettings, model_for
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork
from tests.agents.llm.servers import BASE_URL, COMPLETIONS, answer, events
from tests.agents.llm.test_metered import Pick
from tests.agents.ops_chat.chats import FakeChat
from tests.desk import Desk

KEY = "canary-key-of-the-model"
UNDECLARED = "canary-margin-0.42"
MAIL = "canary.person@private.example"


@dataclass(frozen=True, slots=True)
class _App:
    """As much of an application as the models of runs need."""

    open_uow: OpenUnitOfWork
    open_agent_uow: OpenUnitOfWork


@pytest.fixture
def bodies(httpx2_mock: respx.Router) -> list[str]:
    """The bodies of all requests."""
    seen: list[str] = []

    def reply(request: httpx.Request) -> httpx.Response:
        seen.append(request.content.decode())
        if json.loads(request.content).get("stream"):
            return events({"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}]})
        return answer('{"option": "A"}')

    httpx2_mock.post(COMPLETIONS).side_effect = reply
    return seen


def opened(desk: Desk) -> tuple[ModelPort, list[str]]:
    """A run's port over the real adapter, and every word the books have of customers, suppliers and people."""
    app: Any = _App(desk.open_uow, desk.open_agent_uow)
    settings = ModelSettings(model=from_environment(api_key=KEY, base_url=BASE_URL, model="small"))
    with desk.open_agent_uow(AGENT_NAME) as uow:
        run = uow.runs.begin(graph="canary", subject="CASE-1", most_calls=99)
    with desk.open() as uow:
        private = [word.text for word in uow.private_words.all() if len(word.text) >= 3]
    port = model_for(app, settings)(run)
    assert port is not None
    return port, private


def test_private_words_leave_for_no_purpose_by_no_verb(desk: Desk, bodies: list[str]) -> None:
    port, private = opened(desk)
    everything = " / ".join([*private, *(word.upper() for word in private), MAIL])
    tool = ToolOffer(name="look", description=f"Looks, for {private[0]}.", arguments=Pick)

    for purpose in PURPOSES.values():
        field = purpose.fields[0]
        outer, *inner = field.split(".")
        value: object = everything
        for key in reversed(inner):
            value = {key: value}
        told = [
            Message(role="system", content=f"You help {private[0]}."),
            Message(role="user", told=(PromptField(name=outer, value=value),)),
            Message(role="assistant", content=everything),
        ]
        port.complete(told, Pick, purpose.name)
        port.choose(told, [tool], purpose.name)
        list(port.stream(told, purpose.name))

    assert len(private) >= 8
    assert len(bodies) == 3 * len(PURPOSES)
    sent = "\n".join(json.dumps(json.loads(body), ensure_ascii=False) for body in bodies).casefold()
    assert [word for word in [*private, MAIL, KEY] if f" {word.casefold()} " in sent] == []
    assert MAIL not in sent
    assert "customer_1" in sent


def test_what_no_purpose_declares_leaves_for_none(desk: Desk, bodies: list[str]) -> None:
    port, _ = opened(desk)
    secret = (PromptField(name="margins", value={"share": UNDECLARED}),)

    for purpose in PURPOSES:
        with pytest.raises(FieldNotDeclaredError):
            port.complete([Message(role="user", told=secret)], Pick, purpose)
    port.complete([Message(role="user", content="Hello")], Pick, "chat")

    assert len(bodies) == 1
    assert UNDECLARED not in bodies[0]


def test_of_what_a_tool_gave_the_chat_only_declared_fields_leave(desk: Desk, bodies: list[str]) -> None:
    port, _ = opened(desk)
    actions = [{"kind": "answer_change", "order": "SO-1", "text": UNDECLARED}]
    output = {"case": "CASE-1", "margin": UNDECLARED, "plan_hash": UNDECLARED, "actions": actions}
    called = Call(id="1", tool="show_case", arguments={"case": "CASE-1"})
    so_far: Any = {"question": "what is it?", "rounds": [Round(steps=[Step(call=called, output=output, code="")])]}

    port.complete(messages(so_far, FakeChat().services(), today="2024-10-04"), Pick, PURPOSE)

    (body,) = bodies
    assert "SO-1" in body
    assert UNDECLARED not in body
    with desk.open() as uow:
        (run,) = uow.runs.listed(graph="canary")
        (call,) = uow.model_calls.of_run(run.id)
    assert [name for name in call.fields if name.startswith("result.")] == [
        "result.actions.kind", "result.actions.order", "result.case",
    ]  # fmt: skip


def test_what_left_is_recorded_by_name_and_never_by_value(desk: Desk, bodies: list[str]) -> None:
    port, private = opened(desk)

    port.complete([Message(role="user", told=(PromptField(name="question", value=private[0]),))], Pick, "answer")

    with desk.open() as uow:
        (run,) = uow.runs.listed(graph="canary")
        (call,) = uow.model_calls.of_run(run.id)
    assert call.fields == ("question",)
    assert private[0] not in repr(call)
    assert len(bodies) == 1
