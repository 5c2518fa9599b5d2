"""A run stands still before its next step while everything is halted, and goes on from there once it is resumed."""

from collections.abc import Callable
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler

from core.domain.users import WORKER_NAME
from core.ports.storage import OpenUnitOfWork
from core.services.halting import check_not_halted

HaltCheck = Callable[[], None]
_NODE = "langgraph_node"


def halt_check(open_uow: OpenUnitOfWork) -> HaltCheck:
    """A look at the database of this moment: HaltedError while everything is halted."""

    def look() -> None:
        with open_uow(WORKER_NAME) as uow:
            check_not_halted(uow)

    return look


class HaltBetweenNodes(BaseCallbackHandler):
    """Looks before each node of a graph. The node that was to begin is the one a later `invoke(None)` begins with, and
    what was done before it is in the checkpoint: nothing is lost."""

    raise_error = True
    run_inline = True

    def __init__(self, check: HaltCheck) -> None:
        self._check = check

    def on_chain_start(
        self, serialized: dict[str, Any], inputs: dict[str, Any], *, metadata: dict[str, Any] | None = None, **_: Any
    ) -> None:
        """A node begins, or the graph as a whole, which is no step."""
        if _NODE in (metadata or {}):
            self._check()


def stops_when_halted(config: Any, open_uow: OpenUnitOfWork) -> Any:
    """The configuration of a run, and with it the look before each of its nodes."""
    return {**config, "callbacks": [*config.get("callbacks", ()), HaltBetweenNodes(halt_check(open_uow))]}
