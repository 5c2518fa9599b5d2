"""Draft orders, through the reader that was given."""

from core.domain.errors import NotAuthorisedError
from core.domain.intake.drafts import DraftOrder
from tools.serving.served import Served


class ServedDrafting(Served):
    """Fulfils Drafting."""

    __slots__ = ()

    def take_in_order(self, text: str) -> DraftOrder:
        """The draft these words become."""
        if self.read_order is None:
            raise NotAuthorisedError("orders are not read here; a person enters them, or `expediter order` does")
        return self.read_order(text)
