"""The change list of an executed plan: what a buyer or planner keys into any ERP, as rows, CSV text and a page."""

import csv
import io
from dataclasses import astuple, dataclass, fields
from html import escape

from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId
from core.domain.proposals import Proposal
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change
from core.services.doing.table import doing_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """The changes of one executed plan, with what identifies it."""

    company: str
    proposal: Proposal
    approval: ApprovalId
    approved_by: tuple[str, ...]
    changes: tuple[Change, ...]

    def csv(self) -> str:
        """The rows as CSV; a cell that a spreadsheet would take for a formula is quoted with an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(field.name for field in fields(Change))
        writer.writerows([_inert(cell) for cell in astuple(change)] for change in self.changes)
        return out.getvalue()

    def page(self) -> str:
        """The same as one HTML page that needs nothing else, to read or print."""
        names = [field.name for field in fields(Change)]
        head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
        rows = "\n".join(
            "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in astuple(change)) + "</tr>"
            for change in self.changes
        )
        return _PAGE.format(
            company=escape(self.company),
            case=escape(self.proposal.case),
            approval=escape(self.approval),
            people=escape(" and ".join(self.approved_by)),
            hash=escape(self.proposal.plan_hash),
            head=head,
            rows=rows,
        )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Change list {case}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }}
table {{ border-collapse: collapse; }} th, td {{ border: 1px solid #999; padding: .3rem .6rem; text-align: left; }}
</style>
<h1>Change list of {case}</h1>
<p>{company}. Plan {approval}, approved by {people}. Key each row into your system; tick it off when done.</p>
<table><thead><tr>{head}</tr></thead><tbody>
{rows}
</tbody></table>
<p>Plan hash {hash}</p></html>
"""


def change_list(uow: UnitOfWork, approval_id: ApprovalId) -> ChangeList:
    """The change list of an approval that was executed; ConflictError for any other."""
    approval = uow.approvals.get(approval_id)
    if uow.effects.get(approval_id) is None:
        raise ConflictError(f"{approval_id} has not been executed; there is nothing to key in")
    proposal = uow.proposals.get(approval.proposal)
    settings = uow.company.settings()
    return ChangeList(
        company=settings.name,
        proposal=proposal,
        approval=approval_id,
        approved_by=tuple(sorted(approval.approvers)),
        changes=tuple(change for action in proposal.plan.actions if (change := doing_of(action).change(action))),
    )


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
