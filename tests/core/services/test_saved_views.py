"""Views of lists are kept by person, list and name."""

import pytest

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.saved_views import MOST_VIEWS, Listed, SavedView
from core.domain.users import User
from core.services.saved_views import forget_view, keep_view
from tests.builders import MARIA, PAUL
from tests.desk import Desk


def view(name: str, query: str = "said=V-300", page: Listed = Listed.INBOX) -> SavedView:
    return SavedView(page=page, name=name, query=query)


def kept(desk: Desk, user: User, page: Listed = Listed.INBOX) -> list[tuple[str, str]]:
    with desk.open() as uow:
        return [(one.name, one.query) for one in uow.saved_views.of_user(user.name, page)]


def test_a_view_belongs_to_a_person_and_a_list_and_is_replaced_by_its_name(desk: Desk) -> None:
    with desk.open() as uow:
        keep_view(uow, view("mine", "mine=true"), MARIA)
        keep_view(uow, view("late", "filter-state=open"), MARIA)
        keep_view(uow, view("mine", "mine=true&said=valve"), MARIA)
        keep_view(uow, view("mine", page=Listed.ORDERS), MARIA)

    assert kept(desk, MARIA) == [("late", "filter-state=open"), ("mine", "mine=true&said=valve")]
    assert kept(desk, MARIA, Listed.ORDERS) == [("mine", "said=V-300")]
    assert kept(desk, PAUL) == []


def test_forgetting_twice_is_forgetting_once_and_nobody_elses(desk: Desk) -> None:
    with desk.open() as uow:
        for user in (MARIA, PAUL):
            keep_view(uow, view("mine"), user)
        for _ in range(2):
            forget_view(uow, Listed.INBOX, "mine", MARIA)

    assert (kept(desk, MARIA), kept(desk, PAUL)) == ([], [("mine", "said=V-300")])


def test_there_is_an_end_to_how_many_are_kept(desk: Desk) -> None:
    with desk.open() as uow:
        for number in range(MOST_VIEWS):
            keep_view(uow, view(f"view {number}"), MARIA)
        keep_view(uow, view("view 3", ""), MARIA)
        with pytest.raises(ConflictError, match="forget one first"):
            keep_view(uow, view("one more"), MARIA)


@pytest.mark.parametrize("name", ["", " mine", "x" * 61, "two\nlines"])
def test_a_name_is_one_line(name: str) -> None:
    with pytest.raises(InvalidValueError, match="no name of a view"):
        view(name)


@pytest.mark.parametrize("query", ["a b", "<script>", "a=ü", "x" * 2001])
def test_a_query_is_the_part_of_an_address(query: str) -> None:
    with pytest.raises(InvalidValueError, match="the part of an address"):
        view("mine", query)
