"""Other agents over the Model Context Protocol, with a real client: as the owner of a key, and never more than that."""

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import anyio
import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextContent, TextResourceContents

from agents.worker.houses import McpHouse, bearer
from agents.worker.machines import Machines
from core.bootstrap.application import Application
from core.domain.errors import AuthenticationError
from core.domain.identity import KeyId
from core.domain.permissions import Permission
from core.domain.scopes import Scope
from core.services.identity import revoke_key
from tests.agents.worker.keys import a_key
from tests.agents.worker.world import CASE, MARY, OTTO, World
from tools.mcp_server.server import build_server
from tools.registry import TOOLS

Given = TypeVar("Given")
WRITES = frozenset({Permission.PROPOSALS_WRITE, Permission.CASES_WORK})


@pytest.fixture
def app(desk_world: World) -> Iterator[Application]:
    with desk_world.application() as opened:
        yield opened


def with_client(app: Application, key: str, use: Callable[[Client], Awaitable[Given]]) -> Given:
    async def connected() -> Given:
        server = build_server(McpHouse(machines=Machines(app=app), token=key), version="1")
        async with Client(server) as client:
            return await use(client)

    return anyio.run(connected)


def call(app: Application, key: str, tool: str, **arguments: Any) -> CallToolResult:
    async def used(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    return with_client(app, key, used)


def given(result: CallToolResult) -> dict[str, Any]:
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert result.structured_content == json.loads(content.text)
    return result.structured_content


def code(result: CallToolResult) -> str:
    assert result.is_error
    return given(result)["code"]


def planned(app: Application, key: str) -> str:
    """The first option of the case, worked out by the client itself."""
    return given(call(app, key, "plan_options", case=CASE))["options"][0]["id"]


def test_every_tool_is_offered_with_what_it_takes_and_gives(app: Application) -> None:
    async def used(client: Client) -> dict[str, Any]:
        return {tool.name: tool for tool in (await client.list_tools()).tools}

    found = with_client(app, a_key(app), used)

    assert list(found) == [tool.name for tool in TOOLS]
    for tool in TOOLS:
        assert found[tool.name].input_schema == tool.takes.model_json_schema()
        assert found[tool.name].output_schema["properties"].keys() == tool.gives.model_fields.keys()
    assert found["show_case"].annotations.read_only_hint is True
    assert found["propose_option"].annotations.read_only_hint is False


def test_a_case_is_read_and_a_way_out_proposed_as_the_owner_who_may_not_approve_it(app: Application) -> None:
    key = a_key(app)
    option = planned(app, key)

    shown = given(call(app, key, "show_case", case=CASE))
    proposed = call(app, key, "propose_option", case=CASE, option=option)

    assert (shown["case"]["id"], proposed.is_error) == (CASE, False)
    with app.open_uow(OTTO) as uow:
        approval = uow.approvals.get(given(proposed)["approval"])
        notes = [(by, event, json.loads(facts)) for _, by, event, _, facts in uow.audit.trail(f"case:{CASE}")]
    assert (approval.proposed_by, approval.state) == (MARY, "pending")
    assert (MARY, "came_through", {"by": MARY, "channel": "mcp"}) in notes
    assert given(call(app, key, "propose_option", case=CASE, option=option))["approval"] == approval.id


def test_there_is_nothing_to_approve_with(app: Application) -> None:
    found = call(app, a_key(app), "approve", approval="AP-1-1A")

    assert found.is_error
    assert "Unknown tool: approve" in str(found.content)


def test_refusals_have_a_code_and_say_what_to_do_next(app: Application) -> None:
    key = a_key(app)

    unknown, misfit = call(app, key, "show_case", case="CASE-999"), call(app, key, "list_cases", limit=0)
    hostile = call(app, key, "show_case", case="CASE-1", extra="\x00")

    assert [code(one) for one in (unknown, misfit, hostile)] == ["not_found", "invalid_value", "invalid_value"]
    assert given(misfit)["next"] == "fixable"
    assert given(misfit)["field"] == "limit"


def test_a_key_does_no_more_than_it_may(app: Application) -> None:
    reading = a_key(app, without=WRITES)

    assert not call(app, reading, "show_case", case=CASE).is_error
    for tool, arguments in (("plan_options", {"case": CASE}), ("propose_option", {"case": CASE, "option": "A"})):
        assert code(call(app, reading, tool, **arguments)) == "not_authorised"
    elsewhere = a_key(app, without=frozenset({Permission.MCP_USE}))
    assert code(call(app, elsewhere, "list_cases")) == "not_authorised"


def test_no_key_a_wrong_one_and_a_revoked_one_open_nothing(app: Application) -> None:
    key = a_key(app)

    assert [code(call(app, one, "list_cases")) for one in ("", "nonsense", key + "x")] == ["authentication_failed"] * 3
    with app.open_uow(MARY) as uow:
        revoke_key(uow, KeyId(key.split("_")[1]))
    assert code(call(app, key, "list_cases")) == "authentication_failed"


def test_a_key_of_one_customer_sees_its_rows_and_is_refused_the_whole(app: Application) -> None:
    harbor = a_key(app, scope=Scope.of(None, ["HARBOR"]))
    nobody = a_key(app, scope=Scope.of(None, ["MESA"]))

    assert [case["id"] for case in given(call(app, harbor, "list_cases"))["cases"]] == [CASE]
    assert given(call(app, nobody, "list_cases"))["cases"] == []
    assert not call(app, harbor, "show_order", order="SO-1042").is_error
    assert code(call(app, nobody, "show_order", order="SO-1042")) == "not_found"
    assert given(call(app, nobody, "list_orders"))["lines"] == []
    for tool, arguments in (
        ("show_stock", {"item": "V-300"}),
        ("promise_date", {"item": "V-300", "quantity": 1}),
        ("show_kpis", {}),
        ("plan_options", {"case": CASE}),
    ):
        refused = call(app, harbor, tool, **arguments)
        assert code(refused) == "not_authorised", tool
        assert "more of the books than you see" in given(refused)["message"]


def test_a_key_is_limited_by_the_minute_and_by_the_day(app: Application) -> None:
    quick, small = a_key(app, per_minute=2), a_key(app, per_day=6)

    assert [call(app, quick, "list_cases").is_error for _ in range(3)] == [False, False, True]
    assert not call(app, small, "list_orders").is_error
    assert not call(app, small, "list_cases").is_error
    spent = call(app, small, "list_cases")

    assert code(spent) == "limit_reached"
    assert "come back in" in given(spent)["message"]


def test_cases_and_orders_are_resources(app: Application) -> None:
    async def used(client: Client) -> list[Any]:
        found = [(await client.list_resources()).resources, (await client.list_resource_templates()).resource_templates]
        for address in ("expediter://cases", f"expediter://cases/{CASE}", "expediter://orders/SO-1042"):
            (content,) = (await client.read_resource(address)).contents
            assert isinstance(content, TextResourceContents)
            found.append(json.loads(content.text))
        return found

    listed, templates, cases, case, order = with_client(app, a_key(app), used)

    assert [str(one.uri) for one in listed] == ["expediter://cases"]
    assert {one.uri_template for one in templates} == {"expediter://cases/{id}", "expediter://orders/{number}"}
    assert (cases["cases"][0]["id"], case["case"]["id"], order["order"]) == (CASE, CASE, "SO-1042")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("expediter://cases/CASE-999", "[not_found]"),
        ("expediter://cases/..%2F..", "Unknown resource"),
        ("expediter://nothing", "Unknown resource"),
    ],
)
def test_a_resource_that_is_not_there_is_refused(app: Application, address: str, words: str) -> None:
    async def used(client: Client) -> str:
        with pytest.raises(MCPError) as refused:
            await client.read_resource(address)
        return str(refused.value)

    assert words in with_client(app, a_key(app), used)


def test_prompts_carry_what_was_given(app: Application) -> None:
    async def used(client: Client) -> list[str]:
        named = [prompt.name for prompt in (await client.list_prompts()).prompts]
        told = await client.get_prompt("explain_late_order", {"order": "SO-1042"})
        return [*named, str(told.messages[0].content)]

    *named, told = with_client(app, a_key(app), used)

    assert named == ["triage_inbox", "explain_late_order", "compare_ways_out", "draft_customer_update"]
    assert "SO-1042" in told
    assert "{{" not in told


class _Request:
    def __init__(self, said: str) -> None:
        self.headers = {"authorization": said}


def test_the_key_of_a_request_is_its_bearer_token() -> None:
    assert bearer(_Request("Bearer exk_1_x")) == "exk_1_x"
    for said in ("", "Basic abc", "Bearer", "Bearer "):
        with pytest.raises(AuthenticationError):
            bearer(_Request(said))
