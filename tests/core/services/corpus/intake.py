"""Commands of order entry that are accepted as they are."""

from core.domain.intake.drafts import DraftId, DraftOrder
from core.services.intake.answering import SetValues, set_values
from core.services.intake.settling import (
    AskCustomer,
    ConfirmDraft,
    RejectDraft,
    ask_customer,
    confirm_draft,
    reject_draft,
)
from core.services.intake.taking import take_in
from tests.core.services.corpus.selling import KEY
from tests.core.services.corpus.sitting import Service, Sitting
from tests.core.services.intake.readings import ordered


def _draft(at: Sitting, item: str = "VALVE-3") -> DraftOrder:
    return take_in(at.uow, ordered((item, "12")))


def _values(at: Sitting) -> SetValues:
    return SetValues(key=KEY, draft=_draft(at, "QQ-1").id, version=1, values=(("line1.item", "VALVE-3"),))


def _confirm(at: Sitting) -> ConfirmDraft:
    return ConfirmDraft(key=KEY, draft=DraftId(_draft(at).id), version=1)


def _reject(at: Sitting) -> RejectDraft:
    return RejectDraft(key=KEY, draft=_draft(at).id, version=1, why="a joke")


def _ask(at: Sitting) -> AskCustomer:
    return AskCustomer(key=KEY, draft=_draft(at, "QQ-1").id, version=1)


INTAKE = (
    Service(name="set_values", call=set_values, with_user=True, command=_values),
    Service(name="confirm_draft", call=confirm_draft, with_user=True, command=_confirm),
    Service(name="reject_draft", call=reject_draft, with_user=True, command=_reject),
    Service(name="ask_customer", call=ask_customer, with_user=True, command=_ask),
)
