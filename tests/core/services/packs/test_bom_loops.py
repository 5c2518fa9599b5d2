"""Loops are found wherever they are, and only loops."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.services.packs.bom_loops import loops_in

EDGES = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=14)


def test_a_bill_without_a_loop_has_none() -> None:
    assert loops_in([("A", "B"), ("A", "C"), ("B", "C")]) == []


def test_two_loops_apart_are_two() -> None:
    assert loops_in([("A", "B"), ("B", "A"), ("C", "D"), ("D", "E"), ("E", "C"), ("B", "C")]) == [
        ("A", "B", "A"),
        ("C", "D", "E", "C"),
    ]


def test_a_thousand_levels_are_no_trouble() -> None:
    chain = [(f"I{n}", f"I{n + 1}") for n in range(5_000)]

    assert loops_in(chain) == []
    assert len(loops_in([*chain, ("I5000", "I0")])[0]) == 5_002


@given(EDGES)
def test_every_loop_is_one_and_without_its_rows_none_is_left(edges: list[tuple[str, str]]) -> None:
    loops = loops_in(edges)

    for loop in loops:
        assert loop[0] == loop[-1]
        assert all(step in edges for step in pairwise(loop))
    reached = {code for code in "ABCDEF" if _leads_back(code, edges)}
    assert bool(loops) == bool(reached)


def _leads_back(code: str, edges: list[tuple[str, str]]) -> bool:
    below = {code}
    for _ in edges:
        below |= {component for parent, component in edges if parent in below and parent != component}
    return any(component == code for parent, component in edges if parent in below)
