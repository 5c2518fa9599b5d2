"""The OpenAI adapter against a scripted server: what it sends, what it reads, and every way a server fails."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest
import respx
from pydantic import BaseModel, Field

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.port import Answer, Message, TextPiece, ToolOffer, Usage
from tests.agents.llm.servers import COMPLETIONS, Clock, answer, body, events, model

QUESTION = (Message(role="system", content="Choose."), Message(role="user", content="A or B?"))


class Pick(BaseModel):
    """The shape asked for."""

    option: str = Field(max_length=3, description="the letter")
    risks: list[str] = Field(max_length=2)


class Move(BaseModel):
    """Arguments of a tool."""

    item: str
    quantity: int = Field(ge=1)


MOVE = ToolOffer(name="move_stock", description="Moves stock.", arguments=Move)
GOOD = '{"option": "A", "risks": []}'


@pytest.fixture
def server(httpx2_mock: respx.Router) -> respx.Route:
    return httpx2_mock.post(COMPLETIONS)


def test_an_object_of_the_schema_is_read_and_the_usage_kept(server: respx.Route) -> None:
    server.return_value = answer(GOOD)

    found = model().complete(QUESTION, Pick, "advise")

    assert found.value == Pick(option="A", risks=[])
    assert found.text == GOOD
    assert found.usage == Usage(calls=1, prompt_tokens=120, cached_tokens=100, completion_tokens=30, reasoning_tokens=5)
    assert found.model == "small-1"
    assert len(found.prompt_hash) == 64


def test_what_is_sent_has_a_limit_and_a_schema_in_the_common_subset(server: respx.Route) -> None:
    server.return_value = answer(GOOD)

    model().complete(QUESTION, Pick, "advise")

    sent = json.loads(server.calls.last.request.content)
    assert sent == {
        "model": "small",
        "max_tokens": 4000,
        "messages": [{"role": "system", "content": "Choose."}, {"role": "user", "content": "A or B?"}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "advise",
                "strict": True,
                "schema": {
                    "type": "object",
                    "description": "The shape asked for.",
                    "properties": {
                        "option": {"type": "string", "description": "the letter"},
                        "risks": {"type": "array", "items": {"type": "string"}},
                    },
                    "required": ["option", "risks"],
                    "additionalProperties": False,
                },
            },
        },
    }


def test_the_same_question_has_the_same_hash(server: respx.Route) -> None:
    server.return_value = answer(GOOD)

    first = model().complete(QUESTION, Pick, "advise").prompt_hash
    second = model().complete(QUESTION, Pick, "advise").prompt_hash
    other = model().complete(QUESTION[:1], Pick, "advise").prompt_hash

    assert first == second != other


def test_rate_limits_are_waited_out_as_the_server_asks(server: respx.Route) -> None:
    clock = Clock()
    server.side_effect = [httpx.Response(429, headers={"retry-after": "7"}, json={}), answer(GOOD)]

    found = model(clock).complete(QUESTION, Pick, "advise")

    assert found.value.option == "A"
    assert clock.slept == [7.0]


def test_a_date_in_retry_after_counts_from_the_servers_own_date(server: respx.Route) -> None:
    clock = Clock()
    dates = {"retry-after": "Wed, 21 Oct 2015 07:28:09 GMT", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}
    server.side_effect = [httpx.Response(503, headers=dates), answer(GOOD)]

    model(clock).complete(QUESTION, Pick, "advise")

    assert clock.slept == [9.0]


def test_an_hour_of_retry_after_is_not_waited_for(server: respx.Route) -> None:
    clock = Clock()
    server.return_value = httpx.Response(429, headers={"retry-after": "3600"}, json={})

    with pytest.raises(ModelUnavailableError) as caught:
        model(clock).complete(QUESTION, Pick, "advise")

    assert caught.value.failure is ModelFailure.RATE_LIMITED
    assert (clock.slept, server.call_count) == ([], 1)


UNAVAILABLE: list[tuple[httpx.Response | Exception, ModelFailure, int]] = [
    (httpx.Response(500, text="oops"), ModelFailure.SERVER_ERROR, 3),
    (httpx.Response(503, json={"error": {"message": "busy"}}), ModelFailure.SERVER_ERROR, 3),
    (httpx.Response(429, json={"error": {"message": "slow down"}}), ModelFailure.RATE_LIMITED, 3),
    (httpx.ReadTimeout("slow"), ModelFailure.TIMEOUT, 3),
    (httpx.ConnectTimeout("slow"), ModelFailure.TIMEOUT, 3),
    (httpx.ConnectError("nobody there"), ModelFailure.CONNECTION, 3),
    (httpx.RemoteProtocolError("half a line"), ModelFailure.CONNECTION, 3),
    (httpx.Response(401, json={"error": {"message": "bad key sk-123"}}), ModelFailure.ACCESS_REFUSED, 1),
    (httpx.Response(403, json={}), ModelFailure.ACCESS_REFUSED, 1),
    (httpx.Response(400, json={"error": {"message": "no"}}), ModelFailure.REQUEST_REFUSED, 1),
    (httpx.Response(404, text="<html>"), ModelFailure.REQUEST_REFUSED, 1),
    (httpx.Response(307, headers={"location": "http://127.0.0.1:10/"}), ModelFailure.REQUEST_REFUSED, 1),
]


@pytest.mark.parametrize(("reply", "failure", "tries"), UNAVAILABLE, ids=str)
def test_a_server_that_does_not_answer(
    server: respx.Route, reply: httpx.Response | Exception, failure: ModelFailure, tries: int
) -> None:
    clock = Clock()
    server.side_effect = [reply] * tries

    with pytest.raises(ModelUnavailableError) as caught:
        model(clock).complete(QUESTION, Pick, "advise")

    assert caught.value.failure is failure
    assert "sk-123" not in caught.value.message
    assert (server.call_count, clock.slept) == (tries, [0.5, 1.0][: tries - 1])


UNUSABLE: list[tuple[httpx.Response, ModelFailure]] = [
    (httpx.Response(200, text="<html>gateway</html>"), ModelFailure.NOT_JSON),
    (httpx.Response(200, content=b"\xff\xfe"), ModelFailure.NOT_JSON),
    (httpx.Response(200, text=json.dumps(body(GOOD))[:60]), ModelFailure.NOT_JSON),
    (httpx.Response(200, text="[" * 100_000), ModelFailure.NOT_JSON),
    (httpx.Response(200, text='{"choices": [], "choices": []}'), ModelFailure.NOT_JSON),
    (httpx.Response(200, json=[1]), ModelFailure.WRONG_SHAPE),
    (httpx.Response(200, json={"choices": "none"}), ModelFailure.WRONG_SHAPE),
    (httpx.Response(200, json={"choices": []}), ModelFailure.NO_CHOICES),
    (httpx.Response(200, json={}), ModelFailure.NO_CHOICES),
    (httpx.Response(200, text=" " * 2_000_001), ModelFailure.TOO_LONG),
    (answer('{"option": "A"', finish="length"), ModelFailure.TRUNCATED),
    (answer("", finish="content_filter"), ModelFailure.CONTENT_FILTERED),
    (answer(None, refusal="I cannot do that."), ModelFailure.REFUSED),
    (answer(None), ModelFailure.EMPTY),
    (answer("  "), ModelFailure.EMPTY),
    (answer("Option A looks best."), ModelFailure.NOT_JSON),
    (answer('{"option": "A", "option": "B", "risks": []}'), ModelFailure.NOT_JSON),
    (answer('{"option": "A"}'), ModelFailure.WRONG_SHAPE),
    (answer('{"option": "ABCD", "risks": []}'), ModelFailure.WRONG_SHAPE),
    (
        answer(None, tool_calls=[{"id": "1", "type": "function", "function": {"name": "x", "arguments": "{}"}}]),
        ModelFailure.UNEXPECTED_CALL,
    ),
]


@pytest.mark.parametrize(("reply", "failure"), UNUSABLE, ids=str)
def test_an_answer_that_cannot_be_used(server: respx.Route, reply: httpx.Response, failure: ModelFailure) -> None:
    server.return_value = reply

    with pytest.raises(ModelInvalidError) as caught:
        model().complete(QUESTION, Pick, "advise")

    assert caught.value.failure is failure
    assert caught.value.usage.calls == 1
    assert server.call_count == 1


def test_what_an_unusable_answer_cost_is_counted(server: respx.Route) -> None:
    server.return_value = answer("Option A looks best.")

    with pytest.raises(ModelInvalidError) as caught:
        model().complete(QUESTION, Pick, "advise")

    assert caught.value.usage.tokens == 150
    assert caught.value.said == "Option A looks best."


def test_a_body_that_drips_ends_at_the_deadline(server: respx.Route) -> None:
    clock = Clock(step=4.0)
    server.side_effect = lambda request: httpx.Response(200, stream=_Drip())

    with pytest.raises(ModelUnavailableError) as caught:
        model(clock).complete(QUESTION, Pick, "advise")

    assert caught.value.failure is ModelFailure.TIMEOUT
    assert clock.time < 120


def test_calls_of_tools_are_read_with_their_arguments(server: respx.Route) -> None:
    server.return_value = answer(
        None, finish="tool_calls", tool_calls=[_call("move_stock", '{"item":"X","quantity":3}')]
    )

    found = model().choose(QUESTION, [MOVE], "chat")

    (call,) = found.value
    assert (call.name, call.arguments) == ("move_stock", Move(item="X", quantity=3))
    sent = json.loads(server.calls.last.request.content)["tools"]
    assert sent[0]["function"]["name"] == "move_stock"
    assert sent[0]["function"]["parameters"]["required"] == ["item", "quantity"]


def test_words_instead_of_calls_are_no_calls(server: respx.Route) -> None:
    server.return_value = answer("Nothing to do.")

    found = model().choose(QUESTION, [MOVE], "chat")

    assert (found.value, found.text) == ((), "Nothing to do.")


@pytest.mark.parametrize(
    ("call", "failure"),
    [
        (("execute", "{}"), ModelFailure.UNKNOWN_TOOL),
        (("move_stock", '{"item":"X","quantity":0}'), ModelFailure.WRONG_SHAPE),
        (("move_stock", '{"item":"X","quantity":1,"quantity":9}'), ModelFailure.NOT_JSON),
        (("move_stock", '{"item":"X"'), ModelFailure.NOT_JSON),
        (("move_stock", ""), ModelFailure.EMPTY),
    ],
)
def test_a_call_that_was_not_offered_or_does_not_fit(
    server: respx.Route, call: tuple[str, str], failure: ModelFailure
) -> None:
    server.return_value = answer(None, finish="tool_calls", tool_calls=[_call(*call)])

    with pytest.raises(ModelInvalidError) as caught:
        model().choose(QUESTION, [MOVE], "chat")

    assert caught.value.failure is failure


def test_a_conversation_with_calls_is_sent_as_the_protocol_has_it(server: respx.Route) -> None:
    server.side_effect = [
        answer(None, finish="tool_calls", tool_calls=[_call("move_stock", '{"item":"X","quantity":3}')]),
        answer("Done."),
    ]
    chat = model()
    (call,) = chat.choose(QUESTION, [MOVE], "chat").value

    talk = (
        *QUESTION,
        Message(role="assistant", content="", calls=(call,)),
        Message(role="tool", content="ok", answers="1"),
    )
    chat.choose(talk, [MOVE], "chat")

    sent = json.loads(server.calls.last.request.content)["messages"][2:]
    function = {"name": "move_stock", "arguments": '{"item":"X","quantity":3}'}
    assert sent == [
        {"role": "assistant", "content": "", "tool_calls": [{"id": "1", "type": "function", "function": function}]},
        {"role": "tool", "content": "ok", "tool_call_id": "1"},
    ]


def test_words_are_streamed_and_the_answer_comes_last(server: respx.Route) -> None:
    usage = {"model": "small-1", "choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}
    server.return_value = events(_delta("Two "), _delta("lines."), _delta(None, finish="stop"), usage, "[DONE]")

    *pieces, last = model().stream(QUESTION, "chat")

    assert pieces == [TextPiece(text="Two "), TextPiece(text="lines.")]
    assert isinstance(last, Answer)
    assert (last.text, last.usage.tokens, last.model) == ("Two lines.", 11, "small-1")


def test_a_stream_is_tried_again_before_its_first_word(server: respx.Route) -> None:
    clock = Clock()
    server.side_effect = [httpx.Response(500), events(_delta("Yes.", finish="stop"))]

    pieces = list(model(clock).stream(QUESTION, "chat"))

    assert pieces[0] == TextPiece(text="Yes.")
    assert clock.slept == [0.5]


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (lambda: events(_delta("Half a ")), ModelFailure.TRUNCATED),
        (lambda: events(_delta("Half a ", finish="length")), ModelFailure.TRUNCATED),
        (lambda: events('{"choices": [{"delta"'), ModelFailure.NOT_JSON),
        (lambda: events("[1]"), ModelFailure.WRONG_SHAPE),
        (lambda: httpx.Response(200, text="<html></html>"), ModelFailure.NOT_JSON),
        (events, ModelFailure.TRUNCATED),
    ],
)
def test_a_stream_that_breaks(server: respx.Route, reply: Callable[[], httpx.Response], failure: ModelFailure) -> None:
    server.return_value = reply()

    with pytest.raises(ModelInvalidError) as caught:
        list(model().stream(QUESTION, "chat"))

    assert caught.value.failure is failure


@pytest.mark.usefixtures("httpx2_mock")
def test_a_call_nobody_scripted_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="not mocked"):
        model().complete(QUESTION, Pick, "advise")


class _Drip(httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        for _ in range(10_000):
            yield b" "


def _call(name: str, arguments: str) -> dict[str, object]:
    return {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}


def _delta(content: str | None, *, finish: str | None = None) -> dict[str, object]:
    return {"model": "small-1", "choices": [{"index": 0, "delta": {"content": content}, "finish_reason": finish}]}
