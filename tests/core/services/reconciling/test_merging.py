"""Merging a table: what the ERP said last, what we hold, what it says now."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.domain.feeds import ConflictKind
from core.services.reconciling.merging import Change, Merged, Part, Shape, merge


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    code: str
    price: int
    count: int = 0


SHAPE = Shape(table="rows", key=("code",), parts=("price", "count"))
A = Row(code="A", price=1)


def merged(
    base: list[Row], ours: list[Row], theirs: list[Row], *, disputed: dict[str, ConflictKind] | None = None
) -> Merged:
    before = disputed or {}
    return merge(
        SHAPE,
        base=base,
        ours=ours,
        theirs=theirs,
        backward=_shrinks,
        disputed=lambda _shape, _value, name: before.get(name),
    )


def _shrinks(name: str, mine: Any, said: Any) -> bool:
    return name == "count" and said < mine


def test_a_row_only_the_erp_has_is_new() -> None:
    assert merged([], [], [A]).new == (A,)


def test_a_part_only_the_erp_changed_is_taken_over() -> None:
    found = merged([A], [A], [replace(A, price=2)])

    assert (found.changed, found.unchanged) == ((Change(old=A, new=replace(A, price=2)),), 0)


def test_a_part_only_we_changed_stays_and_is_awaited() -> None:
    ours = replace(A, price=3)

    found = merged([A], [ours], [A])

    assert (found.changed, found.unchanged) == ((), 1)
    assert found.awaiting == (Part(value=ours, name="price", said=1),)


def test_a_part_that_now_shows_there_is_matched() -> None:
    ours = replace(A, price=3)

    found = merged([A], [ours], [ours])

    assert (found.changed, found.matched, found.awaiting) == ((), (Part(value=ours, name="price", said=3),), ())


def test_a_part_both_changed_otherwise_is_a_clash_and_ours_stays() -> None:
    ours = replace(A, price=3)

    found = merged([A], [ours], [replace(A, price=4, count=5)])

    assert found.clashes == (Part(value=ours, name="price", said=4),)
    assert found.changed == (Change(old=ours, new=replace(ours, count=5)),)


def test_a_pack_that_says_the_same_once_more_does_not_settle_a_conflict() -> None:
    ours, said = replace(A, price=3, count=5), replace(A, price=4)

    found = merged(
        [said], [ours], [said], disputed={"price": ConflictKind.CHANGED_BOTH, "count": ConflictKind.TAKEN_BACK}
    )

    assert found.clashes == (Part(value=ours, name="price", said=4),)
    assert found.back == (Part(value=ours, name="count", said=0),)
    assert (found.awaiting, found.changed) == ((), ())


def test_a_part_that_never_goes_back_is_not_taken_back() -> None:
    counted = replace(A, count=5)

    found = merged([counted], [counted], [A])

    assert (found.changed, found.back) == ((), (Part(value=counted, name="count", said=0),))


def test_a_row_the_erp_had_and_has_no_more_is_gone() -> None:
    assert merged([A], [A], []).gone == (A,)


def test_a_row_only_we_have_is_awaited_and_then_matched() -> None:
    assert merged([], [A], []).awaiting == (Part(value=A),)
    assert merged([], [A], [A]).matched == (Part(value=A),)


ROWS = st.lists(
    st.builds(Row, code=st.sampled_from("ABC"), price=st.integers(0, 2), count=st.integers(0, 2)),
    unique_by=lambda row: row.code,
)


@given(base=ROWS, ours=ROWS, theirs=ROWS)
def test_every_row_of_the_pack_is_new_changed_or_unchanged(base: list[Row], ours: list[Row], theirs: list[Row]) -> None:
    found = merged(base, ours, theirs)

    assert len(found.new) + len(found.changed) + found.unchanged == len(theirs)


@given(base=ROWS, ours=ROWS, theirs=ROWS)
def test_once_taken_over_the_same_pack_changes_nothing(base: list[Row], ours: list[Row], theirs: list[Row]) -> None:
    first = merged(base, ours, theirs)
    after = {row.code: row for row in ours} | {change.new.code: change.new for change in first.changed}
    after |= {row.code: row for row in first.new}

    again = merged(theirs, list(after.values()), theirs)

    assert (again.new, again.changed) == ((), ())
