"""What a model's server was found to honour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """The answers of one server with one model. Before anybody has probed it, a server is taken to honour everything.

    `context` is how many tokens prompt and answer may have together, None where the server does not say.
    `answer_limit` is the name of the field that limits an answer.
    """

    json_schema: bool = True
    json_object: bool = True
    tools: bool = True
    required: bool = True
    streaming_usage: bool = True
    answer_limit: str | None = None
    context: int | None = None
