"""What happens asks for the work that follows from it, in its own transaction."""

from core.domain.approval import DecisionKind
from core.domain.jobs import Job, JobName
from core.services.deferring import SETTLES_IN, advance_soon
from core.services.signalling import RaiseSignal, SettleSignal, raise_signal, settle_signal
from tests.builders import MARIA, OMAR, buy, transfer
from tests.core.services.test_signalling import STORM
from tests.desk import Desk


def asked_for(desk: Desk) -> list[Job]:
    with desk.open() as uow:
        return list(uow.jobs.listed(limit=20))


def test_a_decision_advances_its_case(desk: Desk) -> None:
    approval = desk.proposed(transfer())

    before = asked_for(desk)
    desk.decide(approval, MARIA, kind=DecisionKind.REJECT)

    (job,) = asked_for(desk)
    assert before == []
    assert (job.name, job.lock) == (JobName.CASE_ADVANCE, f"case:{approval.case}")
    assert job.args == {"case": approval.case, "begin": False, "attempt": 0}


def test_news_in_a_swarm_bring_one_scan_when_they_have_settled(desk: Desk) -> None:
    with desk.open(OMAR.name) as uow:
        raise_signal(uow, RaiseSignal(key="1", signal=STORM))
        settle_signal(uow, SettleSignal(key="2", reference=STORM.reference, outcome="blown over"))

    (job,) = asked_for(desk)
    assert (job.name, job.lock) == (JobName.SCAN_INCREMENTAL, "scan")
    assert job.at is not None
    assert job.at - job.changed_at <= SETTLES_IN


def test_a_message_in_the_outbox_asks_for_its_delivery(desk: Desk) -> None:
    desk.executed(buy())

    assert JobName.OUTBOX_DELIVER in {job.name for job in asked_for(desk)}


def test_what_people_decided_goes_before_what_a_scan_found(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    with desk.open() as uow:
        advance_soon(uow, approval.case, begin=True)
        advance_soon(uow, approval.case, begin=True)
        advance_soon(uow, approval.case, begin=False)

    assert [job.args["begin"] for job in asked_for(desk)] == [True, False]
