"""People say something about a case: it stays with it as it was said, and nothing else happens."""

import pytest

from core.domain.cases import CaseState
from core.domain.errors import InvalidValueError, NotAuthorisedError, NotFoundError
from core.domain.ids import CaseId
from core.domain.users import AGENT_NAME, Role, User
from core.services.commenting import CommentOnCase, comment_on_case
from tests.builders import MARIA, PAUL, transfer
from tests.desk import Desk
from tests.ui.world import HOSTILE


def test_what_is_said_stays_with_the_case_in_the_order_it_was_said(desk: Desk) -> None:
    case, _ = desk.offered([transfer()])

    for who, text in ((MARIA, "  Delta promised Friday "), (PAUL, HOSTILE)):
        with desk.open(who.name) as uow:
            comment_on_case(uow, CommentOnCase(case=case.id, text=text), who)

    with desk.open() as uow:
        said = uow.cases.comments(case.id)
        assert [(one.author, one.text) for one in said] == [
            (MARIA.name, "Delta promised Friday"),
            (PAUL.name, HOSTILE.strip()),
        ]
        assert uow.cases.get(case.id).state is CaseState.OPEN


def test_the_audit_log_says_who_spoke_and_not_what(desk: Desk) -> None:
    case, _ = desk.offered([transfer()])
    with desk.open(MARIA.name) as uow:
        comment_on_case(uow, CommentOnCase(case=case.id, text="call Ann Smith"), MARIA)

    with desk.open() as uow:
        *_, (_, _, event, _, facts) = uow.audit.trail(f"case:{case.id}")

    assert event == "case_commented"
    assert MARIA.name in facts
    assert "Smith" not in facts


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_said_or_too_much_is_refused(desk: Desk, text: str) -> None:
    case, _ = desk.offered([transfer()])

    with desk.open() as uow, pytest.raises(InvalidValueError, match="a comment has"):
        comment_on_case(uow, CommentOnCase(case=case.id, text=text), MARIA)


@pytest.mark.parametrize(
    "who",
    [
        User(name=AGENT_NAME, role=Role.AGENT, limit=None),
        User(name=MARIA.name, role=Role.VIEWER, limit=None),
    ],
)
def test_who_does_not_work_on_cases_says_nothing_about_them(desk: Desk, who: User) -> None:
    case, _ = desk.offered([transfer()])

    with desk.open() as uow, pytest.raises(NotAuthorisedError, match="may not work on cases"):
        comment_on_case(uow, CommentOnCase(case=case.id, text="hello"), who)


def test_of_a_case_there_is_not_nothing_is_said(desk: Desk) -> None:
    with desk.open() as uow, pytest.raises(NotFoundError):
        comment_on_case(uow, CommentOnCase(case=CaseId("CASE-99"), text="hello"), MARIA)
