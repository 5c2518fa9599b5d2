"""The faults of a model's server, each by each verb: a typed failure within the tries and time allowed, and counted."""

import json
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import httpx
import pytest
import respx
from pydantic import BaseModel, Field

from agents.llm.errors import ModelError, ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.port import Message, ModelPort, ToolOffer
from tests.agents.llm.ledgers import Ledger, metered
from tests.agents.llm.servers import COMPLETIONS, Clock, answer, body, events, model

QUESTION = (Message(role="user", content="Which item, and how many?"),)


class Move(BaseModel):
    """A shape, and the arguments of a tool."""

    item: str
    quantity: int = Field(ge=1, le=1_000)


MOVE = ToolOffer(name="move_stock", description="Moves stock.", arguments=Move)
VERBS: dict[str, Callable[[ModelPort], object]] = {
    "complete": lambda port: port.complete(QUESTION, Move, "chat"),
    "choose": lambda port: port.choose(QUESTION, [MOVE], "chat"),
    "stream": lambda port: list(port.stream(QUESTION, "chat")),
}
HOUR = httpx.Response(429, headers={"retry-after": "3600"}, json={})
NO_ANSWER: dict[str, tuple[httpx.Response | Exception, ModelFailure, int]] = {
    "429": (httpx.Response(429, json={}), ModelFailure.RATE_LIMITED, 3),
    "429 for an hour": (HOUR, ModelFailure.RATE_LIMITED, 1),
    "timeout": (httpx.ReadTimeout("slow"), ModelFailure.TIMEOUT, 3),
    "connection": (httpx.ConnectError("nobody"), ModelFailure.CONNECTION, 3),
    "500": (httpx.Response(500, text="oops"), ModelFailure.SERVER_ERROR, 3),
    "401": (httpx.Response(401, json={}), ModelFailure.ACCESS_REFUSED, 1),
    "400": (httpx.Response(400, json={}), ModelFailure.REQUEST_REFUSED, 1),
}


@pytest.fixture
def server(httpx2_mock: respx.Router) -> respx.Route:
    return httpx2_mock.post(COMPLETIONS)


@pytest.mark.parametrize(("verb", "fault"), [*product(VERBS, NO_ANSWER)])
def test_no_answer_is_tried_again_within_the_deadline_and_counted_once(
    server: respx.Route, verb: str, fault: str
) -> None:
    clock, ledger = Clock(), Ledger()
    reply, failure, tries = NO_ANSWER[fault]
    server.side_effect = [reply] * tries

    with pytest.raises(ModelUnavailableError) as caught:
        VERBS[verb](metered(model(clock), ledger))

    assert caught.value.failure is failure
    assert (server.call_count, [call.failure for call in ledger.calls]) == (tries, [failure.value])
    assert clock.time < 45


def call(name: str, arguments: str) -> dict[str, Any]:
    return {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}


def whole(content: str | None, *, finish: str = "stop", **message: Any) -> Callable[[bool], httpx.Response]:
    """The same answer at once or as a stream."""

    def reply(streamed: bool) -> httpx.Response:
        if not streamed:
            return answer(content, finish=finish, **message)
        delta = {"content": content, **message}
        return events({"choices": [{"delta": delta, "finish_reason": finish}]}, "[DONE]")

    return reply


def raw(response: Callable[[], httpx.Response]) -> Callable[[bool], httpx.Response]:
    return lambda streamed: response()


USELESS: dict[str, tuple[Callable[[bool], httpx.Response], dict[str, ModelFailure]]] = {
    "HTML": (raw(lambda: httpx.Response(200, text="<html>gateway</html>")), {"*": ModelFailure.NOT_JSON}),
    "no body": (raw(lambda: httpx.Response(200)), {"*": ModelFailure.NOT_JSON, "stream": ModelFailure.TRUNCATED}),
    "too long": (raw(lambda: httpx.Response(200, text=" " * 2_000_001)), {"*": ModelFailure.TOO_LONG}),
    "no choices": (
        lambda streamed: events({"choices": []}, "[DONE]") if streamed else httpx.Response(200, json={"choices": []}),
        {"*": ModelFailure.NO_CHOICES, "stream": ModelFailure.TRUNCATED},
    ),
    "half an answer": (
        lambda streamed: (
            events({"choices": [{"delta": {"content": "Half"}}]})
            if streamed
            else httpx.Response(200, text=json.dumps(body("x"))[:50])
        ),
        {"*": ModelFailure.NOT_JSON, "stream": ModelFailure.TRUNCATED},
    ),
    "length": (whole('{"item": "X', finish="length"), {"*": ModelFailure.TRUNCATED}),
    "content_filter": (whole("", finish="content_filter"), {"*": ModelFailure.CONTENT_FILTERED}),
    "refusal": (whole(None, refusal="I cannot."), {"*": ModelFailure.REFUSED}),
    "an unknown tool": (
        whole(None, finish="tool_calls", tool_calls=[call("execute", "{}")]),
        {"*": ModelFailure.UNEXPECTED_CALL, "choose": ModelFailure.UNKNOWN_TOOL},
    ),
    "arguments with a key twice": (
        whole(None, finish="tool_calls", tool_calls=[call("move_stock", '{"item":"X","quantity":1,"quantity":9}')]),
        {"*": ModelFailure.UNEXPECTED_CALL, "choose": ModelFailure.NOT_JSON},
    ),
    "a huge quantity": (
        whole(None, finish="tool_calls", tool_calls=[call("move_stock", '{"item":"X","quantity":999999}')]),
        {"*": ModelFailure.UNEXPECTED_CALL, "choose": ModelFailure.WRONG_SHAPE},
    ),
}


@pytest.mark.parametrize(("verb", "fault"), [*product(VERBS, USELESS)])
def test_a_useless_answer_is_named_not_tried_again_and_counted(server: respx.Route, verb: str, fault: str) -> None:
    ledger = Ledger()
    reply, failures = USELESS[fault]
    server.side_effect = lambda request: reply(bool(json.loads(request.content).get("stream")))

    with pytest.raises(ModelInvalidError) as caught:
        VERBS[verb](metered(model(), ledger))

    failure = failures.get(verb, failures["*"])
    assert caught.value.failure is failure
    assert (server.call_count, [kept.failure for kept in ledger.calls]) == (1, [failure.value])


@pytest.mark.parametrize("verb", VERBS)
def test_a_model_asked_in_a_loop_is_asked_as_often_as_a_run_may(server: respx.Route, verb: str) -> None:
    def replies() -> Iterator[httpx.Response]:
        while True:
            yield httpx.Response(500)

    server.side_effect = replies()
    ledger = Ledger(most_calls=4)
    port = metered(model(), ledger)

    failures = [_failure(VERBS[verb], port) for _ in range(1_000)]

    assert failures[:5] == [ModelFailure.SERVER_ERROR] * 4 + [ModelFailure.BUDGET_SPENT]
    assert set(failures[4:]) == {ModelFailure.BUDGET_SPENT}
    assert (server.call_count, len(ledger.calls)) == (12, 4)


def _failure(verb: Callable[[ModelPort], object], port: ModelPort) -> ModelFailure:
    with pytest.raises(ModelError) as caught:
        verb(port)
    return caught.value.failure
