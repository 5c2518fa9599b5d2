"""How an agent has a supplier asked by letter; people see exactly the letter, and only their yes sends it."""

from datetime import date, datetime

from pydantic import Field

from core.domain.ids import ApprovalId, CaseId
from tools.arguments import CaseRef, Day, Supplier, Units
from tools.core_access import ToolCore
from tools.spec import Cost, ToolInput, ToolOutput, proposes


class ProposeSupplierLetter(ToolInput):
    """What propose_supplier_letter takes. There is no field for words: the letter is the core's, in the supplier's
    language, from facts of the case."""

    case: CaseRef
    supplier: Supplier
    quantity: Units | None = Field(None, description="base units to ask for; what the case lacks where it is not given")
    needed_by: Day | None = Field(None, description="a day, such as 2026-12-04; that of the case where it is not given")


class LetterProposed(ToolOutput):
    """The letter that now waits. `summary` can be told to a person as it is; nothing has been sent."""

    inquiry: str
    approval: ApprovalId
    summary: str
    case: CaseId
    supplier: str
    item: str
    quantity: int
    needed_by: date
    language: str
    tier: int
    approvals_needed: int
    roles: tuple[str, ...]
    expires_at: datetime


def _propose_letter(core: ToolCore, asked: ProposeSupplierLetter) -> LetterProposed:
    inquiry, approval = core.ask_by_letter(
        case=CaseId(asked.case),
        supplier=asked.supplier,
        quantity=asked.quantity,
        needed_by=asked.needed_by,
    )
    roles = tuple(role.value for role in approval.roles)
    return LetterProposed(
        inquiry=inquiry.id,
        approval=approval.id,
        summary=f"letter {inquiry.id} to {inquiry.supplier} proposed, approval {approval.id}; waits for one person"
        f" ({' or '.join(roles)}), nothing is sent before",
        case=inquiry.case,
        supplier=inquiry.supplier,
        item=inquiry.facts.item,
        quantity=inquiry.facts.quantity,
        needed_by=inquiry.facts.needed_by,
        language=inquiry.letter.language,
        tier=approval.tier,
        approvals_needed=approval.approvals_needed,
        roles=roles,
        expires_at=approval.expires_at,
    )


PROPOSE_SUPPLIER_LETTER = proposes(
    "propose_supplier_letter",
    "Writes a letter that asks a supplier for a quotation of what a case lacks, and puts it before people: answers "
    "'proposed, approval ID'. Sends nothing: one person agrees to exactly the letter, and only then it goes out. For "
    "suppliers that answer over an interface request_supplier_quotes is quicker.",
    cost=Cost.CHEAP,
    examples=({"case": "CASE-17", "supplier": "GULF"},),
    takes=ProposeSupplierLetter,
    gives=LetterProposed,
    handler=_propose_letter,
)
