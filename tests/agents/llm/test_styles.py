"""A server is asked in the style it honours, with the same bytes first each time; what it answers is checked alike."""

import json
from typing import Any, Literal

import pytest
import respx
from pydantic import BaseModel, Field

from agents.llm.errors import ModelFailure, ModelInvalidError
from agents.llm.port import Answer, Message, ToolCall, ToolOffer
from agents.llm.prompt_fields import PromptField
from core.domain.capabilities import Capabilities
from tests.agents.llm.servers import COMPLETIONS, answer, events, model

NO_SCHEMA = Capabilities(json_schema=False)
WORDS_ONLY = Capabilities(json_schema=False, json_object=False, tools=False, required=False, streaming_usage=False)
SYSTEM = Message(role="system", content="Choose.")
QUESTION = (SYSTEM, Message(role="user", content="A or B?"))


class Pick(BaseModel):
    """The shape asked for."""

    option: Literal["A", "B"]


class Move(BaseModel):
    """Arguments of a tool."""

    item: str
    quantity: int = Field(ge=1)


MOVE = ToolOffer(name="move_stock", description="Moves stock.", arguments=Move)
LOOK = ToolOffer(name="look", description="Looks at an item.", arguments=Pick)


@pytest.fixture
def server(httpx2_mock: respx.Router) -> respx.Route:
    return httpx2_mock.post(COMPLETIONS)


def sent(server: respx.Route) -> list[dict[str, Any]]:
    return [json.loads(call.request.content) for call in server.calls]


@pytest.mark.parametrize(
    ("honours", "format"),
    [(NO_SCHEMA, {"type": "json_object"}), (WORDS_ONLY, None)],
)
def test_a_shape_no_server_enforces_is_said_in_words_and_checked(
    server: respx.Route, honours: Capabilities, format: dict[str, str] | None
) -> None:
    server.return_value = answer('Sure! {"not": this} Here it is:\n```json\n{"option": "B"}\n```\nDone.')

    found = model().honouring({"small": honours}).complete(QUESTION, Pick, "advise")

    (request,) = sent(server)
    assert found.value == Pick(option="B")
    assert request.get("response_format") == format
    assert request["messages"][:2] == [{"role": "system", "content": "Choose."}, {"role": "user", "content": "A or B?"}]
    assert '"enum":["A","B"]' in request["messages"][2]["content"]


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("no object at all", ModelFailure.NOT_JSON),
        ('{"option": "C"}', ModelFailure.WRONG_SHAPE),
        ('{"option": "A", "option": "B"}', ModelFailure.NOT_JSON),
        ("{" * 5_000, ModelFailure.NOT_JSON),
    ],
)
def test_words_without_the_object_asked_for_cannot_be_used(
    server: respx.Route, text: str, failure: ModelFailure
) -> None:
    server.return_value = answer(text)

    with pytest.raises(ModelInvalidError) as caught:
        model().honouring({"small": WORDS_ONLY}).complete(QUESTION, Pick, "advise")

    assert caught.value.failure is failure


def test_a_tool_that_must_be_called_is_required(server: respx.Route) -> None:
    server.return_value = answer(None, finish="tool_calls", tool_calls=[_call("look", '{"option":"A"}')])

    found = model().choose(QUESTION, [MOVE, LOOK], "chat", must_call=True)

    (request,) = sent(server)
    assert request["tool_choice"] == "required"
    assert [tool["function"]["name"] for tool in request["tools"]] == ["look", "move_stock"]
    assert [call.name for call in found.value] == ["look"]


def test_words_where_a_call_must_come_are_asked_once_more_as_shapes(server: respx.Route) -> None:
    server.side_effect = [
        answer("I would look."),
        answer('{"tool": "move_stock"}'),
        answer('{"item": "X", "quantity": 3}'),
    ]

    found = (
        model()
        .honouring({"small": Capabilities(required=False)})
        .choose(QUESTION, [MOVE, LOOK], "chat", must_call=True)
    )

    first, second, third = sent(server)
    (call,) = found.value
    assert (call.name, call.arguments) == ("move_stock", Move(item="X", quantity=3))
    assert (found.usage.calls, found.usage.tokens, found.text) == (3, 450, "")
    assert "tool_choice" not in first
    assert second["response_format"]["json_schema"]["schema"]["properties"]["tool"]["enum"] == ["look", "move_stock"]
    assert third["response_format"]["json_schema"]["schema"]["required"] == ["item", "quantity"]


def test_a_single_tool_that_must_be_called_is_asked_for_its_arguments_alone(server: respx.Route) -> None:
    server.return_value = answer('{"item": "X", "quantity": 3}')

    found = model().honouring({"small": WORDS_ONLY}).choose(QUESTION, [MOVE], "chat", must_call=True)

    (request,) = sent(server)
    assert [call.arguments for call in found.value] == [Move(item="X", quantity=3)]
    assert "tools" not in request


def test_a_server_without_tools_may_answer_in_words(server: respx.Route) -> None:
    server.side_effect = [answer('{"tool": "answer_in_words"}'), answer("There are 12 left.")]
    call = ToolCall(id="1", name="look", arguments=Pick(option="A"))
    talk = (*QUESTION, Message(role="assistant", calls=(call,)), Message(role="tool", content="12", answers="1"))

    found = model().honouring({"small": WORDS_ONLY}).choose(talk, [LOOK], "chat")

    assert (found.value, found.text, found.usage.calls) == ((), "There are 12 left.", 2)
    roles = [(message["role"], message["content"]) for message in sent(server)[1]["messages"]]
    assert roles[2:] == [("assistant", 'I call look with {"option":"A"}'), ("user", "Result of the call:\n12")]


def test_a_call_a_shape_does_not_allow_is_refused(server: respx.Route) -> None:
    server.side_effect = [answer('{"tool": "execute"}')]

    with pytest.raises(ModelInvalidError) as caught:
        model().honouring({"small": WORDS_ONLY}).choose(QUESTION, [MOVE, LOOK], "chat")

    assert caught.value.failure is ModelFailure.WRONG_SHAPE


def test_usage_is_asked_for_only_where_it_is_known(server: respx.Route) -> None:
    parts = {"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}]}
    server.side_effect = [events(parts), events(parts)]

    for honours in (Capabilities(), WORDS_ONLY):
        *_, last = model().honouring({"small": honours}).stream(QUESTION, "chat")
        assert isinstance(last, Answer)

    assert ["stream_options" in request for request in sent(server)] == [True, False]


def test_the_field_that_limits_an_answer_is_the_one_the_server_knows(server: respx.Route) -> None:
    server.return_value = answer('{"option": "A"}')
    honours = Capabilities(answer_limit="max_completion_tokens")

    model().honouring({"small": honours}).complete(QUESTION, Pick, "answer")

    assert sent(server)[0]["max_completion_tokens"] == 1_500


@pytest.mark.parametrize("honours", [Capabilities(), NO_SCHEMA, WORDS_ONLY], ids=["all", "no schema", "words"])
def test_two_calls_of_a_purpose_begin_with_the_same_bytes(server: respx.Route, honours: Capabilities) -> None:
    server.return_value = answer('{"option": "A"}')
    asked = model().honouring({"small": honours})

    for case in ("CASE-1", "CASE-2"):
        facts = Message(role="user", told=(PromptField(name="facts", value={"case": {"id": case}}),))
        asked.complete((SYSTEM, facts), Pick, "advise")

    first, second = (call.request.content for call in server.calls)
    common = next(at for at, (one, other) in enumerate(zip(first, second, strict=True)) if one != other)
    assert b'"content":"Choose."' in first[:common]
    assert first[common - 5 : common] == b"CASE-"


def _call(name: str, arguments: str) -> dict[str, object]:
    return {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}
