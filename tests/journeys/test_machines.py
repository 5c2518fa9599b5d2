"""Other people's clients at `expediter serve`: the MCP SDK's over HTTP and standard input, and openai's.

docs/machine-interfaces.md says how they are connected. Everything runs in processes of its own.
"""

import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx
import httpx2
import openai
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from core.domain.ids import ApprovalId
from core.domain.scopes import Scope
from evals.bench.serving import PROGRAM
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.keys import a_key
from tests.agents.worker.world import CASE, MARY, World
from tests.journeys.served import Served, environment_of, now, serving
from tools.registry import TOOLS
from ui.api.completions import MODEL

__all__ = ["desk_world", "filled_template", "fresh_world"]
Given = TypeVar("Given")


@pytest.fixture
def served(desk_world: World, tmp_path: Path) -> Iterator[Served]:
    with serving(desk_world, tmp_path) as found:
        yield found


def over_http(served: Served, key: str, use: Callable[[Client], Awaitable[Given]]) -> Given:
    async def connected() -> Given:
        headers = {"Authorization": f"Bearer {key}"}
        async with (
            httpx2.AsyncClient(headers=headers, trust_env=False) as http,
            Client(streamable_http_client(f"{served.address}/mcp", http_client=http)) as client,
        ):
            return await use(client)

    return anyio.run(connected)


def given(result: CallToolResult) -> dict[str, Any]:
    assert result.structured_content is not None
    return result.structured_content


async def at_work(client: Client) -> dict[str, Any]:
    """What another agent does: look what there is, read a case, have a way out proposed, try to approve it."""
    tools = [tool.name for tool in (await client.list_tools()).tools]
    case = await client.call_tool("show_case", {"case": CASE})
    options = await client.call_tool("plan_options", {"case": CASE})
    assert not options.is_error, given(options)
    option = given(options)["options"][0]["id"]
    proposed = await client.call_tool("propose_option", {"case": CASE, "option": option})
    approved = await client.call_tool("approve", {"approval": given(proposed)["approval"]})
    resource = await client.read_resource(f"expediter://cases/{CASE}")
    prompts = [prompt.name for prompt in (await client.list_prompts()).prompts]
    return {
        "tools": tools,
        "case": given(case)["case"]["id"],
        "proposed": given(proposed),
        "approved": approved,
        "resource": json.loads(getattr(resource.contents[0], "text", "")),
        "prompts": prompts,
    }


def check_work(found: dict[str, Any]) -> ApprovalId:
    """The approval that now waits."""
    assert found["tools"] == [tool.name for tool in TOOLS]
    assert (found["case"], found["resource"]["case"]["id"]) == (CASE, CASE)
    assert found["approved"].is_error
    assert len(found["prompts"]) == 4
    return ApprovalId(found["proposed"]["approval"])


def test_an_agent_works_over_http_and_can_not_approve(served: Served) -> None:
    key = a_key(served.app)

    approval = check_work(over_http(served, key, at_work))

    # Not with the same key at the API either, and not by its owner: what it proposed is hers.
    with served.app.open_uow(MARY) as uow:
        waiting = uow.approvals.get(approval)
    assert (waiting.proposed_by, waiting.state) == (MARY, "pending")
    decision = httpx.post(
        f"{served.address}/v1/approvals/{approval}/decision",
        json={"decision": "approve", "plan_hash": waiting.plan_hash},
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "once"},
        trust_env=False,
    )
    assert (decision.status_code, decision.json()["code"]) == (403, "not_authorised")


def test_an_agent_is_limited_by_its_key(served: Served) -> None:
    # A key of one customer is refused the whole; one for two calls' work is refused the third.
    async def limited(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(tool, {}) for tool in ("list_cases", "show_kpis", "list_cases")]

    scoped = over_http(served, a_key(served.app, scope=Scope.of(None, ["HARBOR"])), limited)
    spent = over_http(served, a_key(served.app, per_day=6), limited)

    assert [one.is_error for one in scoped] == [False, True, False]
    assert given(scoped[1])["code"] == "not_authorised"
    assert [one.is_error for one in spent] == [False, False, True]
    assert given(spent[2])["code"] == "limit_reached"
    assert "come back in" in given(spent[2])["message"]

    # No key, no host of ours, no page of somebody else's.
    good = {"Authorization": f"Bearer {a_key(served.app)}"}
    calls = {
        "no key": {},
        "no good key": {"Authorization": "Bearer exk_nobody_x"},
        "another host": {**good, "Host": "evil.example"},
        "another page": {**good, "Origin": "http://evil.example"},
    }
    answers = {
        name: httpx.post(f"{served.address}/mcp", json={}, headers=headers, trust_env=False).status_code
        for name, headers in calls.items()
    }
    assert answers == {"no key": 401, "no good key": 401, "another host": 400, "another page": 403}


@pytest.fixture
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(trust_env=False) as opened:
        yield opened


def test_a_chat_front_end_talks_to_the_desk(served: Served, http: httpx2.Client) -> None:
    def client(key: str) -> openai.OpenAI:
        return openai.OpenAI(api_key=key, base_url=f"{served.address}/v1", http_client=http, max_retries=0)

    api = client(a_key(served.app))
    question: Any = [{"role": "user", "content": "what is wrong today?"}]

    assert [one.id for one in api.models.list()] == [MODEL]
    whole = api.chat.completions.create(model=MODEL, messages=question).choices[0].message.content
    assert whole is not None
    assert CASE in whole
    stream = api.chat.completions.create(
        model=MODEL, messages=question, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    assert "".join(one.choices[0].delta.content or "" for one in chunks if one.choices) == whole
    assert chunks[-1].usage is not None
    with pytest.raises(openai.AuthenticationError):
        client("exk_nobody_x").models.list()
    small = client(a_key(served.app, per_day=1))
    assert small.models.list().data
    with pytest.raises(openai.RateLimitError) as spent:
        small.chat.completions.create(model=MODEL, messages=question)
    assert spent.value.code == "limit_reached"


def test_an_agent_works_over_standard_input_and_output(desk_world: World, tmp_path: Path) -> None:
    with now(desk_world) as app:
        key, environment = a_key(app), environment_of(desk_world, tmp_path)

        async def connected(
            use: Callable[[Client], Awaitable[dict[str, Any]]], secret: dict[str, str], *words: str
        ) -> dict[str, Any]:
            program, *arguments = PROGRAM
            server = StdioServerParameters(
                command=program, args=[*arguments, "mcp", *words], env=environment | secret, cwd=Path.cwd()
            )
            async with Client(stdio_client(server)) as client:
                return await use(client)

        async def shown(client: Client) -> dict[str, Any]:
            return given(await client.call_tool("show_case", {"case": CASE}))

        approval = check_work(anyio.run(connected, at_work, {"EXPEDITER_API_KEY": key}))
        kept = tmp_path / "token"
        kept.write_text(key)
        kept.chmod(0o600)
        seen = anyio.run(connected, shown, {}, "--token-file", str(kept))

        with app.open_uow(MARY) as uow:
            assert uow.approvals.get(approval).proposed_by == MARY
        assert seen["approvals"] == [f"{approval}: pending"]
