"""What a span may say, named as OpenTelemetry's GenAI conventions have it: no prompt, no answer, no argument."""

from collections.abc import Mapping

from core.domain.runs import Attribute

OPERATION = "gen_ai.operation.name"
CHAT, EXECUTE_TOOL, INVOKE_AGENT = "chat", "execute_tool", "invoke_agent"
AGENT_NAME = "gen_ai.agent.name"
TOOL_NAME = "gen_ai.tool.name"
REQUEST_MODEL, RESPONSE_MODEL = "gen_ai.request.model", "gen_ai.response.model"
INPUT_TOKENS, OUTPUT_TOKENS = "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"
CACHED_TOKENS, REASONING_TOKENS = "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.reasoning.output_tokens"
ERROR = "error.type"
NODE, PURPOSE, VERB, MICROS, ROWS = (
    "expediter.node", "expediter.purpose", "expediter.verb", "expediter.micros", "expediter.rows",
)  # fmt: skip
SUBJECT, OUTCOME = "expediter.subject", "expediter.outcome"
KNOWN = frozenset(
    {
        OPERATION, AGENT_NAME, TOOL_NAME, REQUEST_MODEL, RESPONSE_MODEL, INPUT_TOKENS, OUTPUT_TOKENS, CACHED_TOKENS,
        REASONING_TOKENS, ERROR, NODE, PURPOSE, VERB, MICROS, ROWS, SUBJECT, OUTCOME,
    }
)  # fmt: skip
LONGEST = 100


def checked(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    """The same, or a ValueError for a name that is not known or a text so long that it could be a prompt."""
    unknown = sorted(attributes.keys() - KNOWN)
    if unknown:
        raise ValueError(f"a span may not say {', '.join(unknown)}; it may say {sorted(KNOWN)}")
    for name, value in attributes.items():
        if isinstance(value, str) and len(value) > LONGEST:
            raise ValueError(f"{name} of a span is {len(value)} characters long; accepted are {LONGEST}")
    return dict(attributes)
