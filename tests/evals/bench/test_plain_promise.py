"""What is promised is what plain Python finds when it counts everything again at every step."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.promising import USUAL, open_book, promise
from evals.bench.plain_answers import said_plainly
from evals.bench.plain_promise import Plainly
from tests.core.planning.promising.asking import ask
from tests.core.planning.promising.worlds import asks, rules, world
from tests.core.planning.rings import any_ring

seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_every_answer_is_the_one_plain_python_finds(seed: int) -> None:
    snapshot, how = world(seed), rules(seed)
    book, oracle = open_book(snapshot, how), Plainly(snapshot, how)

    for one in asks(seed):
        assert said_plainly(snapshot, promise(book, one)) == oracle.promise(one)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_promise_in_any_ring_is_the_one_plain_python_finds(seed: int) -> None:
    snapshot, dice = any_ring(seed), Random(seed)
    how = replace(USUAL, depth=dice.choice([3, 12]), borrow=dice.random() < 0.3)
    books, oracle = open_book(snapshot, how), Plainly(snapshot, how)

    for _ in range(2):
        one = ask(dice.randint(1, 30), dice.randint(0, 9), item=dice.choice("AB"), location="P0")
        assert said_plainly(snapshot, promise(books, one)) == oracle.promise(one)
