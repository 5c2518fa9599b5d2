"""What a server honours is what its answers show: it may accept a field and ignore it."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import respx

from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.patience import Patience
from agents.llm.probing import probe
from core.domain.capabilities import Capabilities
from tests.agents.llm.servers import BASE_URL, COMPLETIONS, Clock, answer, body, events, model

GOOD = '{"word": "quay-731"}'
Server = Callable[[dict[str, Any]], httpx.Response]


@pytest.fixture
def asked(httpx2_mock: respx.Router) -> Callable[[Server, object], Capabilities]:
    def run(server: Server, listed: object) -> Capabilities:
        httpx2_mock.get(f"{BASE_URL}/models").respond(json={"object": "list", "data": listed})
        httpx2_mock.post(COMPLETIONS).side_effect = lambda request: server(json.loads(request.content))
        clock = Clock()
        patience = Patience(sleep=clock.sleep, monotonic=clock.monotonic)
        return probe(model(clock).transport, "small", patience=patience)

    return run


def short(text: str | None, **message: Any) -> httpx.Response:
    told = body(text, **message)
    told["usage"] = {"prompt_tokens": 9, "completion_tokens": 3}
    return httpx.Response(200, json=told)


def honest(request: dict[str, Any]) -> httpx.Response:
    """Honours everything, and knows only the newer name of the limit."""
    if "max_tokens" in request:
        return httpx.Response(400, json={"error": {"message": "use max_completion_tokens"}})
    if request.get("stream"):
        usage = {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}
        return events({"choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]}, usage, "[DONE]")
    if "tools" in request:
        call = {"id": "1", "type": "function", "function": {"name": "report", "arguments": GOOD}}
        return short(None, finish="tool_calls", tool_calls=[call])
    return short(GOOD if "response_format" in request else "Hello.")


def deaf(request: dict[str, Any]) -> httpx.Response:
    """Accepts everything, honours nothing."""
    if request.get("stream"):
        return events({"choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]}, "[DONE]")
    return answer("Sure: {}. How can I help you?")


def test_a_server_that_honours_everything(asked: Callable[[Server, object], Capabilities]) -> None:
    listed = [{"id": "other", "max_model_len": 1}, {"id": "small", "meta": {"n_ctx": 8192, "n_ctx_train": 32768}}]

    assert asked(honest, listed) == Capabilities(answer_limit="max_completion_tokens", context=8192)


def test_a_server_that_accepts_and_ignores(asked: Callable[[Server, object], Capabilities]) -> None:
    assert asked(deaf, [{"id": "small"}]) == Capabilities(
        json_schema=False,
        json_object=False,
        tools=False,
        required=False,
        streaming_usage=False,
        answer_limit="max_tokens",
        context=None,
    )


def test_a_server_that_refuses_what_it_does_not_know(asked: Callable[[Server, object], Capabilities]) -> None:
    def plain(request: dict[str, Any]) -> httpx.Response:
        unknown = request.keys() - {"model", "messages", "max_tokens"}
        return httpx.Response(400, json={}) if unknown else short("Hello.")

    found = asked(plain, [])

    assert (found.json_schema, found.tools, found.streaming_usage, found.answer_limit) == (
        False,
        False,
        False,
        "max_tokens",
    )


@pytest.mark.parametrize(("status", "failure"), [(401, ModelFailure.ACCESS_REFUSED), (503, ModelFailure.SERVER_ERROR)])
def test_a_server_that_does_not_answer_shows_nothing(
    httpx2_mock: respx.Router, status: int, failure: ModelFailure
) -> None:
    httpx2_mock.get(f"{BASE_URL}/models").respond(status)

    with pytest.raises(ModelUnavailableError) as caught:
        probe(model().transport, "small", patience=Patience())

    assert caught.value.failure is failure
