"""Cases and orders as resources: what show_case and show_order give, under addresses of their own."""

from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from core.domain.errors import InvalidValueError, NotFoundError
from tools.mcp_server.callers import Caller
from tools.spec import Cost, Refusal

MEDIA_TYPE = "application/json"
_UNKNOWN = frozenset({NotFoundError.code, InvalidValueError.code})


def add_resources(server: MCPServer[Any], caller: Caller) -> None:
    """Make them readable."""

    async def cases() -> str:
        return await _read(caller, "list_cases", {"limit": 50})

    async def case(id: str) -> str:
        return await _read(caller, "show_case", {"case": id})

    async def order(number: str) -> str:
        return await _read(caller, "show_order", {"order": number})

    for address, name, what, function in (
        ("expediter://cases", "cases", "The open exception cases, the greatest exposure first.", cases),
        ("expediter://cases/{id}", "case", "One case: whom it hurts, why, and what would fix it.", case),
        ("expediter://orders/{number}", "order", "One sales order with its lines and what holds it.", order),
    ):
        server.resource(address, name=name, description=what, mime_type=MEDIA_TYPE)(function)


async def _read(caller: Caller, tool: str, arguments: dict[str, Any]) -> str:
    given = await caller.call(tool, arguments, Cost.CHEAP)
    if isinstance(given, Refusal):
        said = f"[{given.code}] {given.message} (next: {given.next.value})"
        raise ResourceNotFoundError(said) if given.code in _UNKNOWN else ResourceError(said)
    return given.model_dump_json()
