"""Tools as the protocol offers them: schemas from our models, hints of what they do, refusals as results."""

from typing import Any

from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.tools import Tool as OfferedTool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ConfigDict, Field

from tools.mcp_server.callers import Caller
from tools.spec import Effect, Refusal, Tool, ToolOutput

ASKS_PARTNERS = frozenset({"request_supplier_quotes", "request_expedite_quotes"})
KEEPS_SOMETHING = ASKS_PARTNERS | {"plan_options"}
"""READ tools that leave evidence or options on a case: they commit nobody, but they are not without trace."""


class CoreTool(OfferedTool):
    """One of our tools. The server hands it the arguments as they came: our model reads them."""

    tool: Tool = Field(exclude=True)
    caller: Caller = Field(exclude=True)

    model_config = ConfigDict(arbitrary_types_allowed=True)

    async def run(
        self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False
    ) -> CallToolResult:
        """What the tool gives, as structured content; a refusal is an error with its code and what to do next."""
        given = await self.caller.call(self.tool.name, arguments, self.tool.cost)
        return CallToolResult(
            content=[TextContent(type="text", text=given.model_dump_json())],
            structured_content=given.model_dump(mode="json"),
            is_error=isinstance(given, Refusal),
        )


def offered(tool: Tool, caller: Caller) -> CoreTool:
    """The tool as a client sees it."""
    return CoreTool(
        fn=_not_called,
        name=tool.name,
        title=tool.name.replace("_", " ").capitalize(),
        description=f"{tool.doc} A call costs: {tool.cost.value}.",
        parameters=tool.takes.model_json_schema(),
        fn_metadata=FuncMetadata(arg_model=ArgModelBase, output_schema=output_schema(tool.gives)),
        is_async=True,
        context_kwarg=None,
        annotations=hints(tool),
        tool=tool,
        caller=caller,
    )


def hints(tool: Tool) -> ToolAnnotations:
    """What a client may tell its person beforehand. A proposal put again is the same proposal."""
    reads = tool.effect is Effect.READ and tool.name not in KEEPS_SOMETHING
    return ToolAnnotations(
        title=tool.name.replace("_", " ").capitalize(),
        read_only_hint=reads,
        destructive_hint=False,
        idempotent_hint=reads or tool.effect is Effect.PROPOSE,
        open_world_hint=tool.name in ASKS_PARTNERS,
    )


def output_schema(gives: type[ToolOutput]) -> dict[str, Any]:
    """The schema of an answer as it is sent."""
    return gives.model_json_schema(mode="serialization")


def _not_called() -> None:
    raise AssertionError("CoreTool.run calls the tool itself")
