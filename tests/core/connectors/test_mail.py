"""The mail client says exactly what was agreed, and takes only a receipt for a receipt."""

import json
from dataclasses import replace

import pytest

from core.connectors.endpoint import Endpoint
from core.connectors.mail import HttpMail
from core.ports.mail import MailKeyReusedError, MailReceipt, MailUnavailableError, NoticeInvalidError
from tests.core.connectors.builders import QUICK, notice
from tests.core.connectors.canned import Canned, answering, http, http_json

RECEIPT = http_json(201, {"reference": "N-1", "message_id": "M-1"})


def client(canned: Canned, *, idempotent: bool = True) -> HttpMail:
    return HttpMail(Endpoint(url=canned.url, api_key="s3cret", idempotent=idempotent), patience=QUICK)


def test_a_notice_as_it_travels() -> None:
    with answering(RECEIPT) as mail:
        receipt = client(mail).send(notice(), idempotency_key="k-1")

    head, _, body = mail.requests[0].partition("\r\n\r\n")
    assert head.startswith("POST /messages HTTP/1.1\r\n")
    assert "\r\nIdempotency-Key: k-1" in head
    assert json.loads(body) == {
        "reference": "N-1",
        "customer": "HARBOR",
        "recipient": "buyer@harbor.example",
        "subject": "Your order SO-1042",
        "body": "Line 1 will arrive on 2026-03-12.\n",
    }
    assert receipt == MailReceipt(reference="N-1", message_id="M-1")


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "buyer",
        "buyer@",
        "a@b@c",
        "buyer@harbor.example\nBcc: all@harbor.example",
        "buyer@harbor.example, all@harbor.example",
        "Buyer <buyer@harbor.example>",
        "buyer\u200b@harbor.example",
        "b" * 65 + "@harbor.example",
    ],
)
def test_what_is_no_single_address_is_not_sent(recipient: str) -> None:
    with answering(RECEIPT) as mail, pytest.raises(NoticeInvalidError) as caught:
        client(mail).send(notice(recipient=recipient), idempotency_key="k-1")

    assert caught.value.details["field"] == "recipient"
    assert mail.requests == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"subject": "Your order\nBcc: all@harbor.example"}, "subject"),
        ({"subject": ""}, "subject"),
        ({"body": ""}, "body"),
        ({"body": "\x00"}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"reference": ""}, "reference"),
    ],
)
def test_what_is_no_message_is_not_sent(changed: dict[str, str], field: str) -> None:
    with answering(RECEIPT) as mail, pytest.raises(NoticeInvalidError) as caught:
        client(mail).send(replace(notice(), **changed), idempotency_key="k-1")

    assert caught.value.details["field"] == field
    assert mail.requests == []


def test_a_key_that_fits_no_header_is_not_sent() -> None:
    with answering(RECEIPT) as mail, pytest.raises(NoticeInvalidError) as caught:
        client(mail).send(notice(), idempotency_key="k 1")

    assert caught.value.details["field"] == "idempotency_key"
    assert mail.requests == []


@pytest.mark.parametrize(
    ("answer", "reason", "may_have_acted"),
    [
        (http_json(503, {}), "status 503", True),
        (http_json(401, {}), "it answered status = 401; accepted is: 200, 201 or 409", False),
        (http(200, b"<p>sent</p>", content_type="text/html"), "it answered content-type = 'text/html'", True),
        (http_json(201, {"reference": "N-2", "message_id": "M-1"}), "it answered reference = 'N-2'", True),
        (http_json(201, {"reference": "N-1"}), "it answered message_id = nothing", True),
    ],
)
def test_what_is_no_receipt_leaves_the_notice_unconfirmed(answer: bytes, reason: str, may_have_acted: bool) -> None:
    with answering(answer) as mail, pytest.raises(MailUnavailableError) as caught:
        client(mail).send(notice(), idempotency_key="k-1")

    assert str(caught.value.details["reason"]).startswith(reason)
    assert caught.value.may_have_acted is may_have_acted


def test_a_mail_system_without_keys_is_sent_a_notice_once() -> None:
    with answering(b"", RECEIPT) as mail, pytest.raises(MailUnavailableError) as caught:
        client(mail, idempotent=False).send(notice(), idempotency_key="k-1")

    assert (len(mail.requests), caught.value.may_have_acted) == (1, True)


def test_a_conflict_is_a_key_used_before() -> None:
    with answering(http_json(409, {})) as mail, pytest.raises(MailKeyReusedError) as caught:
        client(mail).send(notice(), idempotency_key="k-1")

    assert caught.value.code == "mail_key_reused"
