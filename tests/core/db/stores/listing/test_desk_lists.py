"""Lists of cases, what was put forward for them, and what agents do, filtered exactly."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState, ExceptionType, LineImpact
from core.domain.conversations import ConversationId
from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, CustomerCode, UserName
from core.domain.intake.drafts import DraftState
from core.domain.jobs import Deferral, JobName, JobState
from core.domain.listing.agents import (
    ConversationFilter,
    ConversationSort,
    DraftFilter,
    DraftSort,
    MailFilter,
    MailSort,
    RunFilter,
    RunSort,
)
from core.domain.listing.cases import (
    ApprovalFilter,
    ApprovalSort,
    CaseFilter,
    CaseSort,
    OptionFilter,
    OptionSort,
    ProposalFilter,
    ProposalSort,
)
from core.domain.listing.records import (
    AuditFilter,
    AuditSort,
    ImportFilter,
    JobFilter,
    PolicyFilter,
    RecordSort,
    ScanFilter,
    UserFilter,
    UserSort,
)
from core.domain.users import AGENT_NAME, Role
from tests.builders import HARBOR, MARIA, PAUL, PUMP, SO_1, VALVE, day, transfer, wait
from tests.core.db.stores.listing.rows import found, walked_whole
from tests.desk import Desk, detected


def fill(desk: Desk) -> None:
    """Three cases, two with plans that wait, one with a deadline and no owner; runs, talks, scans and jobs."""
    first = desk.proposed(transfer())
    desk.proposed(wait(), root="item SEAL@HOUSTON")
    with desk.open_uow(MARIA.name) as uow:
        hurt = LineImpact(
            order=SO_1, line=2, customer=HARBOR, item=PUMP, quantity=2, short=2, due=day(10), projected=None,
            days_late=0, exposure=Decimal(5), why=(),
        )  # fmt: skip
        third = replace(
            detected("order SO-1/2", exposure="5.00"), type=ExceptionType.CREDIT_HOLD, item=PUMP, location="RENO",
            impacts=(hurt,),
        )  # fmt: skip
        uow.cases.open(third, on=day(0), deadline=day(3))
        uow.cases.take(first.case, PAUL.name)
        for number in range(2):
            uow.cases.record_scan(as_of=day(number), rules={}, figures={"lines": number})
        uow.jobs.defer(Deferral(name=JobName.SCAN_FULL, once="one"))
        uow.jobs.defer(Deferral(name=JobName.DIGEST_SEND, once="two"))


CASES = {
    "cases": (CaseSort, lambda lists, asked: lists.cases(CaseFilter(), asked)),
    "options": (OptionSort, lambda lists, asked: lists.options(OptionFilter(), asked)),
    "proposals": (ProposalSort, lambda lists, asked: lists.proposals(ProposalFilter(), asked)),
    "approvals": (ApprovalSort, lambda lists, asked: lists.approvals(ApprovalFilter(), asked)),
    "scans": (RecordSort, lambda lists, asked: lists.scans(ScanFilter(), asked)),
    "links": (AuditSort, lambda lists, asked: lists.links(AuditFilter(), asked)),
    "jobs": (RecordSort, lambda lists, asked: lists.jobs(JobFilter(), asked)),
    "users": (UserSort, lambda lists, asked: lists.users(UserFilter(), asked)),
}


@pytest.mark.parametrize("name", CASES)
def test_every_list_is_walked_whole_in_every_sort(desk: Desk, name: str) -> None:
    fill(desk)
    sorts, read = CASES[name]

    walked_whole(desk, sorts, read)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (CaseFilter(), ["CASE-1", "CASE-2", "CASE-3"]),
        (CaseFilter(state=CaseState.OPEN), ["CASE-3"]),
        (CaseFilter(active=True), ["CASE-1", "CASE-2", "CASE-3"]),
        (CaseFilter(active=False), []),
        (CaseFilter(type=ExceptionType.CREDIT_HOLD), ["CASE-3"]),
        (CaseFilter(owner=PAUL.name), ["CASE-1"]),
        (CaseFilter(item=PUMP), ["CASE-3"]),
        (CaseFilter(location="HOUSTON"), ["CASE-1", "CASE-2"]),
        (CaseFilter(customer=HARBOR), ["CASE-3"]),
        (CaseFilter(customer=CustomerCode("MESA")), []),
        (CaseFilter(exposure_at_least=Decimal(1000)), ["CASE-1", "CASE-2"]),
        (CaseFilter(deadline_before=day(3)), ["CASE-3"]),
        (CaseFilter(deadline_before=day(2)), []),
        (CaseFilter(deadline_after=day(3)), ["CASE-3"]),
    ],
)
def test_cases_are_filtered(desk: Desk, wanted: CaseFilter, ids: list[str]) -> None:
    fill(desk)

    assert [one.id for one in found(desk, lambda lists, asked: lists.cases(wanted, asked), CaseSort.NUMBER)] == ids


def test_a_case_is_listed_with_what_it_is_about(desk: Desk) -> None:
    fill(desk)

    case = found(desk, lambda lists, asked: lists.cases(CaseFilter(), asked), CaseSort.DEADLINE)[0]

    assert (case.id, case.deadline, case.type, case.item, case.location) == (
        "CASE-3", day(3), ExceptionType.CREDIT_HOLD, PUMP, "RENO",
    )  # fmt: skip
    assert (case.lacking, case.needed_by, case.lines, case.exposure) == (25, day(5), 1, Decimal("5.00"))
    assert (case.owner, case.verdict, case.title) == (None, None, "25 VALVE-3 are missing at HOUSTON")


def test_options_proposals_and_approvals_are_those_of_a_case(desk: Desk) -> None:
    fill(desk)
    case = CaseId("CASE-2")

    def read(name: str, wanted: Any, by: Any) -> list[Any]:
        return found(desk, lambda lists, asked: getattr(lists, name)(wanted, asked), by)

    assert [one.option.id for one in read("options", OptionFilter(case=case), OptionSort.LETTER)] == ["CASE-2-1A"]
    assert read("options", OptionFilter(case=case, planning_round=2), OptionSort.LETTER) == []
    (put,) = read("proposals", ProposalFilter(case=case, proposer=AGENT_NAME), ProposalSort.PROPOSED)
    assert (put.option, put.state, put.inquiry) == ("CASE-2-1A", ApprovalState.PENDING, None)
    assert read("proposals", ProposalFilter(proposer=MARIA.name), ProposalSort.PROPOSED) == []
    assert read("proposals", ProposalFilter(tier=9), ProposalSort.PROPOSED) == []
    later = ProposalFilter(proposed_since=desk.clock.now + timedelta(seconds=1))
    assert read("proposals", later, ProposalSort.PROPOSED) == []
    assert [one.id for one in read("approvals", ApprovalFilter(case=case), ApprovalSort.EXPIRES)] == [put.approval]
    assert len(read("approvals", ApprovalFilter(state=ApprovalState.PENDING), ApprovalSort.MONEY)) == 2
    assert read("approvals", ApprovalFilter(state=ApprovalState.EXECUTED), ApprovalSort.MONEY) == []
    assert read("approvals", ApprovalFilter(expires_before=desk.clock.now), ApprovalSort.EXPIRES) == []


def test_an_approval_comes_with_the_decisions_on_it(desk: Desk) -> None:
    approval = desk.approved(transfer())

    (listed,) = found(desk, lambda lists, asked: lists.approvals(ApprovalFilter(), asked), ApprovalSort.ASKED)

    with desk.open_uow(MARIA.name) as uow:
        assert listed == uow.approvals.get(approval.id)
    assert [one.user for one in listed.decisions] == [MARIA.name]


def test_audit_records_are_filtered(desk: Desk) -> None:
    fill(desk)

    def links(wanted: AuditFilter) -> list[tuple[str, str]]:
        rows = found(desk, lambda lists, asked: lists.links(wanted, asked), AuditSort.SCOPE)
        return [(one.scope, one.event) for one in rows]

    opened = links(AuditFilter(event="case_opened"))
    assert opened == [("case:CASE-1", "case_opened"), ("case:CASE-2", "case_opened"), ("case:CASE-3", "case_opened")]
    assert links(AuditFilter(scope="case:CASE-3")) == [("case:CASE-3", "case_opened")]
    assert links(AuditFilter(scope="case:CASE-1", actor=UserName("nobody"))) == []
    assert links(AuditFilter(scope="case:CASE-1", subject="CASE-1", event="case_taken")) == [
        ("case:CASE-1", "case_taken")
    ]
    assert links(AuditFilter(scope="case:CASE-3", recorded_after=desk.clock.now)) == [("case:CASE-3", "case_opened")]
    assert links(AuditFilter(scope="case:CASE-3", recorded_before=desk.clock.now - timedelta(seconds=1))) == []


def test_jobs_are_filtered(desk: Desk) -> None:
    fill(desk)

    def names(wanted: JobFilter) -> set[str]:
        return {
            one.name.value for one in found(desk, lambda lists, asked: lists.jobs(wanted, asked), RecordSort.RECORDED)
        }

    assert {"scan.full", "digest.send"} <= names(JobFilter())
    assert names(JobFilter(name=JobName.DIGEST_SEND, state=JobState.WAITING)) == {"digest.send"}
    assert names(JobFilter(state=JobState.FAILED)) == set()


def test_users_are_filtered_and_without_secrets(desk: Desk) -> None:
    def names(wanted: UserFilter) -> list[str]:
        return [one.name for one in found(desk, lambda lists, asked: lists.users(wanted, asked), UserSort.NAME)]

    assert names(UserFilter(role=Role.PLANNER)) == ["paul"]
    assert names(UserFilter(active=False)) == []
    assert {"maria", "omar", "paul", "vivian"} <= set(names(UserFilter(active=True)))


def test_runs_are_filtered(desk: Desk) -> None:
    with desk.open_uow(AGENT_NAME) as uow:
        begun = [
            uow.runs.begin(graph=graph, subject=subject) for graph, subject in (("a", "x"), ("a", "y"), ("b", "x"))
        ]
        uow.runs.end(begun[0], outcome="done")

    def ids(wanted: RunFilter) -> list[int]:
        rows = found(desk, lambda lists, asked: lists.runs(wanted, asked), RunSort.STARTED)
        return [begun.index(row.id) for row in rows]

    assert ids(RunFilter()) == [0, 1, 2]
    assert ids(RunFilter(graph="a")) == [0, 1]
    assert ids(RunFilter(subject="x", under_way=True)) == [2]
    assert ids(RunFilter(under_way=False)) == ids(RunFilter(outcome="done")) == [0]
    assert ids(RunFilter(started_since=desk.clock.now + timedelta(seconds=1))) == []
    walked_whole(desk, RunSort, lambda lists, asked: lists.runs(RunFilter(), asked))


def test_conversations_are_one_persons(desk: Desk) -> None:
    with desk.open_uow(MARIA.name) as uow:
        mine = [uow.conversations.begin(MARIA.name) for _ in range(2)]
        uow.conversations.begin(PAUL.name)

    def talks(user: UserName) -> list[Any]:
        wanted = ConversationFilter(user=user)
        return found(desk, lambda lists, asked: lists.conversations(wanted, asked), ConversationSort.BEGUN)

    assert [ConversationId(one.id) for one in talks(MARIA.name)] == [one.id for one in mine]
    assert [(one.turns, one.last_at) for one in talks(PAUL.name)] == [(0, None)]
    assert talks(UserName("nobody")) == []
    with pytest.raises(InvalidValueError):
        talks(UserName(""))


def test_scans_policies_and_packs_are_listed(desk: Desk) -> None:
    fill(desk)
    scans = found(desk, lambda lists, asked: lists.scans(ScanFilter(), asked), RecordSort.RECORDED)
    late = ScanFilter(scanned_since=desk.clock.now + timedelta(seconds=1))

    assert [(one.as_of, one.figures) for one in scans[-2:]] == [(day(0), {"lines": 0}), (day(1), {"lines": 1})]
    assert found(desk, lambda lists, asked: lists.scans(late, asked), RecordSort.RECORDED) == []
    policies = found(desk, lambda lists, asked: lists.policies(PolicyFilter(), asked), RecordSort.RECORDED)
    assert [one.number for one in policies] == list(range(1, len(policies) + 1))
    assert (
        found(desk, lambda lists, asked: lists.imports(ImportFilter(content_hash="x"), asked), RecordSort.RECORDED)
        == []
    )


@pytest.mark.breaks_laws("rows are written by hand")
def test_mails_and_drafts_are_filtered(desk: Desk) -> None:
    desk.alter(
        """INSERT INTO mails (content_hash, message_id, size, raw, kept_at)
           SELECT 'hash-' || n, '<' || n || '@x>', n, ''::bytea, now() + make_interval(secs => n)
           FROM generate_series(1, 3) n"""
    )

    mails = found(desk, lambda lists, asked: lists.mails(MailFilter(), asked), MailSort.KEPT)

    assert [one.size for one in mails] == [1, 2, 3]
    for wanted, sizes in ((MailFilter(message_id="<2@x>"), [2]), (MailFilter(kept_since=mails[1].kept_at), [2, 3])):
        rows = found(desk, lambda lists, asked, wanted=wanted: lists.mails(wanted, asked), MailSort.KEPT)
        assert [one.size for one in rows] == sizes
    walked_whole(desk, MailSort, lambda lists, asked: lists.mails(MailFilter(), asked))
    for nothing in (DraftFilter(state=DraftState.READY), DraftFilter(customer=HARBOR)):
        assert found(desk, lambda lists, asked, it=nothing: lists.drafts(it, asked), DraftSort.CHANGED) == []


def test_nobody_is_asked_about_a_valve_without_a_case(desk: Desk) -> None:
    assert found(desk, lambda lists, asked: lists.cases(CaseFilter(item=VALVE), asked), CaseSort.EXPOSURE) == []
