"""The life of an order is one table: every state is reached, ends are ends, orders can follow lines."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.order_life import TRANSITIONS, OrderState, may_become, overall, refusal

STATES = st.sampled_from(OrderState)


def reached(first: OrderState) -> set[OrderState]:
    """Every state that can come after one, in however many steps."""
    found: set[OrderState] = set()
    ahead = [first]
    while ahead:
        fresh = TRANSITIONS[ahead.pop()] - found
        found |= fresh
        ahead += fresh
    return found


def test_every_state_is_in_the_table_and_reached_from_a_draft() -> None:
    assert set(TRANSITIONS) == set(OrderState)
    assert reached(OrderState.DRAFT) | {OrderState.DRAFT} == set(OrderState)


def test_nothing_follows_closed_and_cancelled_and_everything_else_ends_there() -> None:
    ends = {OrderState.CLOSED, OrderState.CANCELLED}
    assert {state for state in OrderState if not TRANSITIONS[state]} == ends
    assert all(reached(state) & ends for state in set(OrderState) - ends)


def test_what_has_left_is_never_cancelled_or_held() -> None:
    gone = (OrderState.SHIPPED, OrderState.DELIVERED, OrderState.INVOICED)
    assert all(not reached(state) & {OrderState.CANCELLED, OrderState.ON_HOLD} for state in gone)


@given(state=STATES)
def test_no_state_follows_itself(state: OrderState) -> None:
    assert not may_become(state, state)


@given(lines=st.lists(STATES, min_size=1, max_size=6), data=st.data())
def test_an_order_gets_where_its_lines_take_it(lines: list[OrderState], data: st.DataObject) -> None:
    movable = [index for index, state in enumerate(lines) if TRANSITIONS[state]]
    if not movable:
        return
    index = data.draw(st.sampled_from(movable))
    after = list(lines)
    after[index] = data.draw(st.sampled_from(sorted(TRANSITIONS[lines[index]])))

    assert overall(after) in reached(overall(lines)) | {overall(lines)}


def test_an_order_is_as_far_as_its_least_advanced_line() -> None:
    assert overall([OrderState.SHIPPED, OrderState.CANCELLED, OrderState.PICKED]) is OrderState.PICKED
    assert overall([OrderState.CANCELLED]) is OrderState.CANCELLED


def test_a_refusal_names_what_may_follow() -> None:
    assert refusal("order line SO-1/1", OrderState.SHIPPED, OrderState.CANCELLED) == (
        "order line SO-1/1 is shipped and cannot become cancelled; it may become delivered or invoiced"
    )
    assert refusal("order SO-1", OrderState.CLOSED, OrderState.DRAFT).endswith("it may become nothing else")
