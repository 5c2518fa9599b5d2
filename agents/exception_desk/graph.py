"""The wiring of the desk: evidence in parallel, options, advice, gate, approval, decision, execution, verification."""

from functools import partial

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.exception_desk import nodes
from agents.exception_desk.services import DeskServices
from agents.exception_desk.state import AskState, DeskState
from agents.llm.port import ModelFor
from agents.tracing.spans import traced


def build_graph(
    desk: DeskServices, model_for: ModelFor, checkpointer: BaseCheckpointSaver[str] | None
) -> CompiledStateGraph[DeskState]:
    """The graph of one case. Without a checkpointer it waits only where whoever runs it brings one. Names of nodes are
    kept in checkpoints: renaming one raises GRAPH_VERSION."""
    graph = StateGraph(DeskState)
    graph.add_node("load", traced("load", partial(nodes.load, desk=desk)), destinations=_LOADED)
    graph.add_node("gather", traced("gather", partial(nodes.gather, desk=desk)), input_schema=AskState)
    graph.add_node(
        "options",
        traced("options", partial(nodes.options, desk=desk)),
        defer=True,
        destinations=("advise", "load", "close"),
    )
    graph.add_node("advise", traced("advise", partial(nodes.advise, desk=desk, model_for=model_for)))
    graph.add_node(
        "gate", traced("gate", partial(nodes.check_policy, desk=desk)), destinations=("request_approval", "close")
    )
    graph.add_node(
        "request_approval",
        traced("request_approval", partial(nodes.request_approval, desk=desk)),
        destinations=("await_decision", "load"),
    )
    graph.add_node("await_decision", nodes.await_decision)
    graph.add_node("execute", traced("execute", partial(nodes.execute, desk=desk)), destinations=_EXECUTED)
    graph.add_node("verify", traced("verify", partial(nodes.verify, desk=desk)))
    graph.add_node("close", traced("close", nodes.close))
    graph.add_edge(START, "load")
    graph.add_edge("gather", "options")
    graph.add_edge("advise", "gate")
    graph.add_edge("await_decision", "execute")
    graph.add_edge("verify", "close")
    graph.add_edge("close", END)
    return graph.compile(checkpointer=checkpointer)


_LOADED = ("gather", "options", "await_decision", "execute", "close")
_EXECUTED = ("verify", "load", "await_decision", "close")
