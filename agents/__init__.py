"""The LangGraph graphs, the model port and the worker that runs them."""

import os

# Read when langgraph is first imported, which only happens below this package: types stored in a checkpoint are not
# imported when it is read. agents/worker/checkpoints.py says so to the serializer as well (ADR 0010).
os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
