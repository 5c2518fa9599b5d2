"""Mail is kept once, as it came, asked to be read, and marked only then; over a real IMAP conversation on loopback."""

from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256

import pytest

from core.connectors.mailbox import ImapMailbox, Security
from core.domain.jobs import JobName
from core.domain.users import WORKER_NAME
from core.ports.mailbox import MailboxError
from core.services.mail_in import LARGEST_BYTES, Polled, poll_mailbox
from tests.desk import Desk
from tests.imap import PASSWORD, USER, Mailbox, serving

ORDER = (
    b"From: Ada <ada@harbor.example>\r\nMessage-ID: <1@harbor.example>\r\nSubject: order\r\n\r\n"
    b"\x8f 20 valves\r\n. please\r\n"
)
NOTE = b"Subject: nothing\r\n\r\nhello\r\n"


@contextmanager
def mailbox(box: Mailbox, *, password: str = PASSWORD) -> Generator[ImapMailbox]:
    with serving(box) as port:
        yield ImapMailbox(host="127.0.0.1", port=port, user=USER, password=password, security=Security.NONE, timeout=5)


def poll(desk: Desk, box: Mailbox, *, limit: int = 10) -> Polled:
    with mailbox(box) as port:
        return poll_mailbox(desk.open_uow, port, by=WORKER_NAME, limit=limit)


def test_new_mail_is_kept_byte_for_byte_asked_to_be_read_and_then_marked(desk: Desk) -> None:
    box = Mailbox({7: ORDER, 9: NOTE, 11: ORDER})

    first, again = poll(desk, box), poll(desk, box)

    assert (first, again) == (Polled(kept=2, known=1, too_large=0), Polled(kept=0, known=0, too_large=0))
    assert box.seen == {7, 9, 11}
    assert not any("EXPUNGE" in said for said in box.said)
    with desk.open() as uow:
        asked = {str(job.args["mail"]) for job in uow.jobs.listed(limit=10) if job.name is JobName.TAKE_IN}
        assert asked == {sha256(ORDER).hexdigest(), sha256(NOTE).hexdigest()}
        assert {uow.mails.raw(one) for one in asked} == {ORDER, NOTE}


def test_a_reader_that_died_before_the_mark_finds_the_mail_again_and_knows_it(desk: Desk) -> None:
    dying = Mailbox({7: ORDER, 9: NOTE}, hangs_up_at="UID STORE")

    with pytest.raises(MailboxError, match=r"orders@127\.0\.0\.1/INBOX"):
        poll(desk, dying)
    unmarked = set(dying.seen)
    dying.hangs_up_at = ""

    assert (unmarked, poll(desk, dying)) == (set(), Polled(kept=1, known=1, too_large=0))


def test_what_is_too_large_is_left_to_a_person_and_never_fetched(desk: Desk) -> None:
    box = Mailbox({7: ORDER}, pretended_size=LARGEST_BYTES + 1)

    assert poll(desk, box) == Polled(kept=0, known=0, too_large=1)

    assert not any("BODY.PEEK[])" in said for said in box.said)
    with desk.open() as uow:
        assert [task.subject for task in uow.tasks.listed()] == ["mail 7"]


def test_only_so_many_are_taken_at_once(desk: Desk) -> None:
    box = Mailbox({number: NOTE + str(number).encode() for number in range(1, 5)})

    assert poll(desk, box, limit=3).kept == 3
    assert box.seen == {1, 2, 3}


def test_a_mailbox_that_does_not_let_us_in_is_named_without_its_password(desk: Desk) -> None:
    with mailbox(Mailbox({}), password="wrong words") as port, pytest.raises(MailboxError) as refused:
        poll_mailbox(desk.open_uow, port, by=WORKER_NAME)

    assert "wrong user or password" in refused.value.message
    assert "wrong words" not in refused.value.message
