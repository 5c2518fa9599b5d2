"""The desk with a model behind HTTP: whatever the server does, a person gets advice that can be checked."""

import json

import httpx
import pytest
import respx

from core.domain.proposals import AdviceSource
from tests.agents.exception_desk.desks import FakeDesk, Run
from tests.agents.exception_desk.test_advice import reply
from tests.agents.llm.servers import COMPLETIONS, answer, model


def test_a_good_answer_becomes_the_advice_and_its_usage_is_kept(httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(COMPLETIONS)
    route.return_value = answer(reply("CASE-1-1B", text="Option B costs 60 EUR."))
    desk = FakeDesk()

    waiting = Run(desk, model()).start()

    (advice,) = desk.core.advised.values()
    assert (advice.source, advice.option, advice.model) == (AdviceSource.MODEL, "CASE-1-1B", "small-1")
    assert waiting["spent"] == {"calls": 1, "tokens": 150}
    schema = json.loads(route.calls.last.request.content)["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["option_id"]["enum"] == ["CASE-1-1A", "CASE-1-1B", "CASE-1-1C"]
    assert schema["properties"]["evidence_ids"]["items"]["enum"] == ["E1", "E2", "E3", "E4"]


@pytest.mark.parametrize(
    ("server", "calls", "reason"),
    [
        (httpx.Response(401, json={}), 1, "the model did not answer (access_refused)"),
        (httpx.Response(500, text="oops"), 3, "the model did not answer (server_error)"),
        (httpx.Response(429, headers={"retry-after": "3600"}), 1, "the model did not answer (rate_limited)"),
        (httpx.ReadTimeout("slow"), 3, "the model did not answer (timeout)"),
        (httpx.Response(200, text="<html>"), 2, "the model's answer could not be used (not_json)"),
        (httpx.Response(200, json={"choices": []}), 2, "the model's answer could not be used (no_choices)"),
        (answer('{"option_id": "CASE', finish="length"), 2, "the model's answer could not be used (truncated)"),
        (answer("", finish="content_filter"), 1, "the model's answer could not be used (content_filtered)"),
        (answer(None, refusal="No."), 1, "the model's answer could not be used (refused)"),
        (answer(reply("CASE-7-1A")), 2, "the model's answer could not be used (wrong_shape)"),
        (answer(reply(text="It costs 121.")), 2, "the model's text named numbers that are not in the facts"),
    ],
    ids=str,
)
def test_the_rules_speak_when_the_server_fails(
    httpx2_mock: respx.Router, server: httpx.Response | Exception, calls: int, reason: str
) -> None:
    route = httpx2_mock.post(COMPLETIONS)
    route.side_effect = [server] * calls
    desk = FakeDesk()

    waiting = Run(desk, model()).start()

    (advice,) = desk.core.advised.values()
    assert (advice.source, advice.option) == (AdviceSource.RULES, "CASE-1-1A")
    assert advice.note == f"By rules: {reason}."
    assert route.call_count == calls
    assert waiting["approval_id"] == "AP-1-1A"
