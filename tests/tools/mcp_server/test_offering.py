"""What a client is told of the tools before it calls them."""

from jsonschema import Draft202012Validator

from tools.mcp_server.offering import ASKS_PARTNERS, KEEPS_SOMETHING, hints, output_schema
from tools.registry import TOOLS
from tools.spec import Effect


def test_hints_say_what_a_tool_does() -> None:
    found = {tool.name: hints(tool) for tool in TOOLS}

    assert not any(hint.destructive_hint for hint in found.values())
    for tool in TOOLS:
        reads = tool.effect is Effect.READ and tool.name not in KEEPS_SOMETHING
        assert found[tool.name].read_only_hint is reads, tool.name
        assert found[tool.name].open_world_hint is (tool.name in ASKS_PARTNERS), tool.name
    assert {tool.name for tool in TOOLS} >= KEEPS_SOMETHING


def test_no_tool_decides() -> None:
    words = ("approve", "reject", "decide", "execute", "undo", "resume", "confirm")

    assert not [tool.name for tool in TOOLS if any(word in tool.name for word in words)]


def test_schemas_are_schemas() -> None:
    for tool in TOOLS:
        for schema in (tool.takes.model_json_schema(), output_schema(tool.gives)):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object", tool.name
            assert schema["additionalProperties"] is False, tool.name
