"""The check on prose: numbers, dates and codes come from the facts or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.grounding import ungrounded

FACTS = (
    '{"cost": "1200.50", "units": 40, "on": "2026-03-07", "order": "SO-1042", "po": "PO-7/1", "days": 3, "id": "E1"}'
)


@pytest.mark.parametrize(
    "prose",
    [
        "It costs 1,200.50 and arrives on 2026-03-07.",
        "It costs 1200.5 (EUR).",
        "Moves 40 units; order SO-1042 is on time.",
        "A 3-day gain, three days in all.",
        "PO-7/1 can wait, says E1.",
        "No numbers at all, only words: one of them is enough.",
        "",
    ],
)
def test_numbers_of_the_facts_may_be_used(prose: str) -> None:
    assert ungrounded(prose, FACTS) == ()


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("It costs 1300.", ("1300",)),
        ("It costs 12,00.50.", ("12,00.50",)),
        ("It saves two days.", ("two",)),
        ("It saves twenty-five days.", ("twenty", "five")),
        ("About a dozen lines.", ("dozen",)),
        ("Arrives on 2026-03-08.", ("2026-03-08",)),
        ("Arrives on 7 March.", ("7",)),
        ("Order SO-1043.", ("SO-1043",)),
        ("Costs 1.2k, that is 5%.", ("1.2k", "5")),
        ("Costs 4\u200b0.", ("4\u200b0",)),
        ("Costs \u0664\u0660.", ("\u0664\u0660",)),
        ("Costs \u00bd of it.", ("1\u20442",)),
        ("Costs \uff14\uff11.", ("41",)),
        ("Costs 1e3.", ("1e3",)),
    ],
)
def test_other_numbers_are_found(prose: str, found: tuple[str, ...]) -> None:
    assert set(ungrounded(prose, FACTS)) == set(found)


@given(st.integers(min_value=0, max_value=10**9))
def test_every_number_is_grounded_exactly_when_it_is_there(number: int) -> None:
    assert ungrounded(f"It is {number:,}.", f'{{"value": {number}}}') == ()
    assert ungrounded(f"It is {number + 1}.", f'{{"value": {number}}}') == (str(number + 1),)
