"""The wiring of order entry: read, keep a draft, wait for a person, look what became of it, acknowledge."""

from functools import partial

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.llm.port import ModelFor
from agents.order_intake import nodes
from agents.order_intake.services import GraphServices
from agents.order_intake.state import IntakeState


def build_graph(
    desk: GraphServices, model_for: ModelFor, checkpointer: BaseCheckpointSaver[str] | None
) -> CompiledStateGraph[IntakeState]:
    """The graph of one letter. Names of nodes are kept in checkpoints: renaming one raises GRAPH_VERSION.

    No node makes an order: a person confirms the draft at a surface, and the graph sees that it happened.
    """
    graph = StateGraph(IntakeState)
    graph.add_node("read", partial(nodes.read, desk=desk, model_for=model_for))
    graph.add_node("keep_draft", partial(nodes.keep_draft, desk=desk))
    graph.add_node("look", partial(nodes.look, desk=desk), destinations=("await_person", "acknowledge", END))
    graph.add_node("await_person", nodes.await_person)
    graph.add_node("acknowledge", partial(nodes.acknowledge, desk=desk))
    graph.add_edge(START, "read")
    graph.add_edge("read", "keep_draft")
    graph.add_edge("keep_draft", "look")
    graph.add_edge("await_person", "look")
    graph.add_edge("acknowledge", END)
    return graph.compile(checkpointer=checkpointer)
