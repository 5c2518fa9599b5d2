"""A column of texts is the tuple of its strings, in less room."""

from bisect import bisect_left

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.texts import Texts, taken

WORDS = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=70), max_size=8)


@settings(max_examples=60)
@given(WORDS)
def test_it_reads_sorts_and_picks_as_the_tuple_does(words: list[str]) -> None:
    column = Texts.of(words)

    assert column == tuple(words)
    assert tuple(column) == tuple(words)
    assert hash(column) == hash(tuple(words))
    assert [column[n] for n in range(-len(words), len(words))] == [*words, *words]
    assert column[1:4] == words[1:4]
    assert column.take(column.ascending()) == sorted(words)
    assert column.take(column.ascending()).ascending().tolist() == list(range(len(words)))


@settings(max_examples=30)
@given(st.lists(WORDS, max_size=3), st.integers(0, 3))
def test_columns_join_as_tuples_do(parts: list[list[str]], shared: int) -> None:
    columns = [Texts.of(part).take(np.repeat(np.arange(len(part)), shared)) for part in parts]

    repeated = [word for part in parts for word in part for _ in range(shared)]
    assert Texts.joined(columns) == repeated
    assert Texts.joined([*columns, ("A", "B")]) == [*repeated, "A", "B"]


def test_rows_are_taken_by_position_and_by_mask_from_either_kind() -> None:
    words, mask = ("SO-1", "SO-2", "SO-3"), np.array([True, False, True])

    for column in (words, Texts.of(words)):
        assert taken(column, np.array([2, 0])) == ("SO-3", "SO-1")
        assert taken(column, mask) == ("SO-1", "SO-3")


def test_it_is_searched_and_compared_like_any_sequence() -> None:
    column = Texts.of(("SO-1", "SO-2", "SO-2"))

    assert bisect_left(column, "SO-2") == 1
    assert "SO-2" in column
    assert column != ("SO-1", "SO-2")
    assert column != "SO-1"
    assert repr(column) == "Texts.of(('SO-1', 'SO-2', 'SO-2'))"
