"""What is promised is what plain Python finds when it counts everything again at every step."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.promising import open_book, promise
from evals.bench.plain_answers import said_plainly
from evals.bench.plain_promise import Plainly
from tests.core.planning.promising.worlds import asks, rules, world

seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_every_answer_is_the_one_plain_python_finds(seed: int) -> None:
    snapshot, how = world(seed), rules(seed)
    book, oracle = open_book(snapshot, how), Plainly(snapshot, how)

    for one in asks(seed):
        assert said_plainly(snapshot, promise(book, one)) == oracle.promise(one)
