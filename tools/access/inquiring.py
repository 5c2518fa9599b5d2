"""How a letter to a supplier is put before people; who decides on it and what sends it is in no tool's reach."""

from datetime import date
from typing import Protocol

from core.domain.approval import Approval
from core.domain.ids import CaseId
from core.domain.inquiries import Inquiry


class Inquiring(Protocol):
    """Letters asked for; nothing is sent before a person agrees to exactly the letter."""

    def ask_by_letter(
        self, *, case: CaseId, supplier: str, quantity: int | None, needed_by: date | None
    ) -> tuple[Inquiry, Approval]:
        """A request for a quotation in the template's words, put before people; the same again is the same letter.
        `supplier` is the code or the whole name.
        """
        ...
