"""What every mail port keeps: the HTTP client against the served mailbox, and the mailbox in the process."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from core.connectors.mail import HttpMail
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.service import mailbox_endpoint, running
from core.connectors.sandbox.trade import SandboxTrade
from core.ports.mail import MailKeyReusedError, MailPort, NoticeInvalidError
from tests.core.connectors.builders import QUICK, notice


@contextmanager
def opened(kind: str) -> Generator[tuple[MailPort, SandboxMailbox]]:
    mailbox = SandboxMailbox()
    if kind == "in process":
        yield mailbox, mailbox
        return
    with running(SandboxTrade([]), mailbox=mailbox) as base_url:
        yield HttpMail(mailbox_endpoint(base_url), patience=QUICK), mailbox


KINDS = pytest.mark.parametrize("kind", ["in process", "over HTTP"])


@KINDS
def test_a_notice_arrives_as_it_was_written(kind: str) -> None:
    with opened(kind) as (mail, mailbox):
        receipt = mail.send(notice(), idempotency_key="k-1")

    assert receipt.reference == "N-1"
    assert mailbox.messages == (notice(),)


@KINDS
def test_a_notice_sent_twice_under_one_key_arrives_once(kind: str) -> None:
    with opened(kind) as (mail, mailbox):
        first = mail.send(notice(), idempotency_key="k-1")
        again = mail.send(notice(), idempotency_key="k-1")
        other = mail.send(notice(reference="N-2"), idempotency_key="k-2")

    assert again == first
    assert other.message_id != first.message_id
    assert [message.reference for message in mailbox.messages] == ["N-1", "N-2"]


@KINDS
def test_a_key_sent_with_another_notice_is_refused(kind: str) -> None:
    with opened(kind) as (mail, mailbox):
        mail.send(notice(), idempotency_key="k-1")
        with pytest.raises(MailKeyReusedError) as caught:
            mail.send(notice(reference="N-2"), idempotency_key="k-1")

    assert caught.value.code == "mail_key_reused"
    assert mailbox.messages == (notice(),)


@KINDS
def test_what_is_no_message_is_refused(kind: str) -> None:
    with opened(kind) as (mail, mailbox), pytest.raises(NoticeInvalidError) as caught:
        mail.send(notice(recipient="nobody"), idempotency_key="k-1")

    assert caught.value.code == "notice_invalid"
    assert mailbox.messages == ()
