"""Commenting: people say something to each other about a case they see."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.comments import LONGEST_COMMENT, CaseComment
from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.triaging import check_may_work


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOnCase:
    """Say something about a case."""

    case: CaseId
    text: str


def comment_on_case(uow: UnitOfWork, command: CommentOnCase, user: User) -> CaseComment:
    """Keep it with the case, in the name of the person. InvalidValueError for nothing said or too much."""
    check_may_work(user)
    text = checked(command).text.strip()
    if not 0 < len(text) <= LONGEST_COMMENT:
        raise InvalidValueError(
            f"a comment has {len(text):,} characters; accepted: 1 to {LONGEST_COMMENT:,}", field="text"
        )
    said = CaseComment(case=uow.cases.get(command.case).id, author=user.name, text=text, said_at=uow.now)
    uow.cases.comment(said)
    return said
