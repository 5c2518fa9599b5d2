"""The life of an order as a Mermaid diagram, drawn from the table of transitions."""

from core.domain.order_life import TRANSITIONS, OrderState

_FIRST = OrderState.DRAFT


def order_life_diagram() -> str:
    """The text of a Mermaid state diagram: every state and every legal step, in the order of the way."""
    lines = ["stateDiagram-v2", f"    [*] --> {_name(_FIRST)}"]
    for old in OrderState:
        follows = [new for new in OrderState if new in TRANSITIONS[old]]
        lines += [f"    {_name(old)} --> {_name(new)}" for new in follows]
        if not follows:
            lines.append(f"    {_name(old)} --> [*]")
    return "\n".join(lines)


def _name(state: OrderState) -> str:
    return state.value.replace(" ", "_")
