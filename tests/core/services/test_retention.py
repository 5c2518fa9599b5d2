"""What is over goes in small batches, as often as wanted; what somebody may still need stays however old it is."""

from datetime import timedelta

import pytest

from core.domain.conversations import Heard
from core.domain.errors import NotFoundError
from core.domain.identity import LinkId
from core.domain.ids import UserName
from core.domain.intake.drafts import DraftOrder
from core.domain.jobs import Deferral, JobName
from core.domain.retention import Passing, Terms
from core.domain.runs import Span
from core.domain.users import WORKER_NAME
from core.ports.identity import GivenReply
from core.ports.storage import UnitOfWork
from core.services.identity import begin_session, make_status_link
from core.services.intake.settling import RejectDraft, reject_draft
from core.services.intake.taking import INTAKE_NAME, take_in
from core.services.retention import forget, over
from tests.builders import MARIA, SO_1
from tests.core.services.inbound.partners import arrives, envelope, program, source, worked
from tests.core.services.intake.readings import ordered
from tests.desk import Desk

RAW = b"Message-ID: <1@harbor.example>\r\nSubject: order\r\n\r\n12 valves"
WAITS = b"Subject: nobody read this yet\r\n\r\n"
ALL = {kind: 1 for kind in Passing if kind is not Passing.CHECKPOINTS}


@pytest.fixture
def planted(desk: Desk) -> Desk:
    """One row of each kind that ends, and one of each that somebody still needs."""
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")
    _letters(desk)
    _said_by_programs(desk)
    with desk.open(MARIA.name) as uow:
        _at_the_doors(uow)
        uow.mails.keep(RAW, message_id="<1@harbor.example>")
        waits = uow.mails.keep(WAITS, message_id="")
        uow.jobs.defer(Deferral(name=JobName.TAKE_IN, args={"mail": str(waits)}))
        for subject in ("CASE-8", "CASE-9"):
            run = uow.runs.begin(graph="ops_chat", subject=subject)
            uow.spans.add_all([Span(run=run, number=1, name="step", started_at=uow.now, ended_at=uow.now)])
            if subject == "CASE-8":
                uow.runs.end(run, outcome="answered")
    return desk


def _letters(desk: Desk) -> None:
    """One became a draft that was turned down, another a draft that waits."""
    with desk.open(INTAKE_NAME) as uow:
        closed = take_in(uow, ordered(("VALVE-3", "12"), po="1"))
        take_in(uow, ordered(("VALVE-3", "13"), po="2"))
    with desk.open(MARIA.name) as uow:
        reject_draft(uow, RejectDraft(key="r", draft=closed.id, version=closed.version, why="no"), MARIA)


def _said_by_programs(desk: Desk) -> None:
    program(desk)
    source(desk)
    arrives(desk, envelope("nothing.known", {}, id="e-1"))
    worked(desk)
    arrives(desk, envelope("nothing.known", {}, id="e-2"))


def _at_the_doors(uow: UnitOfWork) -> None:
    begin_session(uow, MARIA, token="exs_token")
    make_status_link(uow, SO_1, id=LinkId("l1"), token="exl_token", life=timedelta(days=1))
    uow.api_replies.claim(MARIA.name, "k", fingerprint="f", lease=timedelta(seconds=1))
    uow.api_replies.keep(MARIA.name, "k", fingerprint="f", reply=GivenReply(status=200, headers={}, body=b"ok"))
    conversation = uow.conversations.begin(MARIA.name)
    uow.chat_events.add(conversation.id, [(Heard.ASKED, {}), (Heard.WORDS, {})])


def _a_year_later(desk: Desk) -> None:
    """Upkeep has ended the run that was under way; its steps are no older than its end."""
    desk.clock.pass_by(hours=24 * 366)
    with desk.open(WORKER_NAME) as uow:
        uow.runs.end_overdue()


def counted(desk: Desk) -> dict[Passing, int]:
    with desk.open() as uow:
        return {kind: count for kind, count in over(uow, Terms()).items() if count}


def test_nothing_is_over_before_its_time(planted: Desk) -> None:
    assert counted(planted) == {}
    assert set(forget(planted.open_uow, Terms(), by=WORKER_NAME).values()) == {0}


def test_what_is_over_goes_and_what_somebody_needs_stays(planted: Desk) -> None:
    _a_year_later(planted)
    expected = counted(planted)

    done = forget(planted.open_uow, Terms(), by=WORKER_NAME)
    again = forget(planted.open_uow, Terms(), by=WORKER_NAME)

    assert (expected, dict(done), set(again.values())) == (ALL, ALL, {0})
    with planted.open() as uow:
        drafts: tuple[DraftOrder, ...] = uow.drafts.listed()
        waiting, closed = (draft.letters[0] for draft in drafts)
        jobs = uow.jobs.listed(limit=9)
        assert uow.drafts.letter(waiting).documents[0].text.startswith("Please send under PO 2")
        with pytest.raises(NotFoundError, match="was forgotten on 2025-10-05; its hash is kept"):
            uow.drafts.letter(closed)
        assert [uow.mails.raw(str(job.args["mail"])) for job in jobs if job.name is JobName.TAKE_IN] == [WAITS]
        assert uow.mails.keep(RAW, message_id="<1@harbor.example>") is None
        noted = [(event, subject) for _, _, event, subject, _ in uow.audit.trail("retention")]
    assert noted == [("forgotten", kind.value) for kind in ALL]
    assert worked(planted).quarantined == 1  # the message that waited, which came in whole


def test_one_that_is_killed_leaves_whole_batches_and_the_next_goes_on(planted: Desk) -> None:
    with planted.open(MARIA.name) as uow:
        for number in range(4):
            begin_session(uow, MARIA, token=f"exs_{number}")
    _a_year_later(planted)
    batches = iter(range(6))

    def dying(actor: UserName, /) -> UnitOfWork:
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return planted.open_uow(actor)

    with pytest.raises(KeyboardInterrupt):
        forget(dying, Terms(), by=WORKER_NAME, at_once=1)
    left = counted(planted)
    forget(planted.open_uow, Terms(), by=WORKER_NAME, at_once=2)

    assert Passing.MAILS not in left
    assert left[Passing.SESSIONS] == 5
    assert counted(planted) == {}
