"""What people say about cases; it is added to and never changed."""

from sqlalchemy import insert, select

from core.db.rows import CaseCommentRow
from core.db.stores.case_numbers import case_id, case_number
from core.db.transaction import Transaction
from core.domain.comments import CaseComment
from core.domain.ids import CaseId, UserName


def add_comment(transaction: Transaction, comment: CaseComment) -> None:
    """Keep one. The audit log is told that something was said, not what: what was said may have to be erased."""
    transaction.session.execute(
        insert(CaseCommentRow).values(
            case_id=case_number(comment.case), author=comment.author, text=comment.text, said_at=comment.said_at
        )
    )
    facts = {"by": comment.author, "characters": len(comment.text)}
    transaction.note(scope=f"case:{comment.case}", event="case_commented", subject=comment.case, facts=facts)


def read_comments(transaction: Transaction, case: CaseId) -> tuple[CaseComment, ...]:
    """Those of a case, as they were said one after the other."""
    query = select(CaseCommentRow).where(CaseCommentRow.case_id == case_number(case)).order_by(CaseCommentRow.id)
    return tuple(
        CaseComment(case=case_id(row.case_id), author=UserName(row.author), text=row.text, said_at=row.said_at)
        for row in transaction.session.scalars(query)
    )
