"""The wiring of an answer: read, choose, call, answer. It never waits: what is proposed waits in the books."""

from functools import partial

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.ops_chat import nodes
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import ChatState
from agents.tracing.spans import traced

MOST_STEPS = 25


def build_graph(services: ChatServices) -> CompiledStateGraph[ChatState]:
    """The graph of one answer; it needs no checkpointer, as an answer that was cut short is asked for again."""
    graph = StateGraph(ChatState)
    graph.add_node("read", traced("read", partial(nodes.read, services=services)), destinations=_READ)
    graph.add_node("choose", traced("choose", partial(nodes.choose, services=services)), destinations=_CHOSEN)
    graph.add_node("call", traced("call", partial(nodes.call, services=services)), destinations=("choose", "answer"))
    graph.add_node("answer", traced("answer", partial(nodes.answer, services=services)))
    graph.add_edge(START, "read")
    graph.add_edge("answer", END)
    return graph.compile()


_READ = ("choose", "call", "answer")
_CHOSEN = ("choose", "call", "answer")
