"""Customer notices and letters to suppliers over HTTP, handed to a mail system within a total deadline."""

import logging
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationError

from core.connectors.endpoint import KEY_ACCEPTED, Endpoint, is_sendable_key
from core.connectors.exchange import Answer, Call, NoAnswerError, Patience, exchange
from core.connectors.strict import (
    Code,
    Inbound,
    Outbound,
    Reference,
    UnreadableError,
    fault_of,
    one_line,
    plain_text,
    shown,
)
from core.ports.mail import (
    DEFAULT_DEADLINE_SECONDS,
    CustomerNotice,
    LetterOut,
    MailKeyReusedError,
    MailReceipt,
    MailUnavailableError,
    NoticeInvalidError,
)

_log = logging.getLogger(__name__)

Address = Annotated[
    str,
    Field(strict=True, max_length=254, pattern=r"^[^\s@<>,;:\"()\\]{1,64}@[^\s@<>,;:\"()\\]{1,190}$"),
    AfterValidator(plain_text),
]
Subject = Annotated[str, Field(strict=True, min_length=1, max_length=200), AfterValidator(one_line)]
MessageId = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9.-]{1,100}@[a-z0-9.-]{1,100}$")]
Letter = Annotated[str, Field(strict=True, min_length=1, max_length=20_000), AfterValidator(plain_text)]


class NoticeBody(Outbound):
    """POST /messages"""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)

    reference: Code
    customer: Code
    recipient: Address
    subject: Subject
    body: Letter


class LetterBody(Outbound):
    """POST /letters"""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)

    reference: Code
    supplier: Code
    recipient: Address
    subject: Subject
    body: Letter
    message_id: MessageId
    in_reply_to: MessageId | Literal[""]


class ReceiptAnswer(Inbound):
    """The answer to a message."""

    reference: Code
    message_id: Reference


class HttpMail:
    """The mail port over HTTP; safe to share between threads."""

    def __init__(self, endpoint: Endpoint, *, patience: Patience | None = None) -> None:
        self._endpoint = endpoint
        self._patience = patience or Patience()

    def send(
        self,
        message: CustomerNotice | LetterOut,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> MailReceipt:
        """Hand the message over."""
        call = Call(
            method="POST",
            url=self._endpoint.at("messages" if isinstance(message, CustomerNotice) else "letters"),
            headers={
                "X-API-Key": self._endpoint.api_key,
                "Content-Type": "application/json",
                "Idempotency-Key": _checked_key(message, idempotency_key),
            },
            content=checked_notice(message).model_dump_json().encode(),
            repeatable=self._endpoint.idempotent,
            deadline_seconds=deadline_seconds,
        )
        try:
            answer = exchange(call, patience=self._patience)
        except NoAnswerError as error:
            _log.info("mail, notice %s: no answer", message.reference)
            raise MailUnavailableError(
                reference=message.reference,
                reason=error.reason,
                tries=error.tries,
                seconds=error.seconds,
                may_have_acted=error.may_have_acted,
            ) from error
        _log.info("mail, notice %s: status %d", message.reference, answer.status)
        if answer.status == 409:
            raise MailKeyReusedError(reference=message.reference, idempotency_key=idempotency_key)
        return _receipt(message, answer)


def checked_notice(message: CustomerNotice | LetterOut) -> NoticeBody | LetterBody:
    """The notice or letter as it is sent, or NoticeInvalidError."""
    try:
        shape = NoticeBody if isinstance(message, CustomerNotice) else LetterBody
        return shape.model_validate(message)
    except ValidationError as error:
        raise _cannot_send(message, fault_of(error)) from error


def _checked_key(message: CustomerNotice | LetterOut, key: str) -> str:
    if not is_sendable_key(key):
        fault = UnreadableError(field="idempotency_key", value=shown(key), accepted=KEY_ACCEPTED)
        raise _cannot_send(message, fault)
    return key


def _cannot_send(message: CustomerNotice | LetterOut, fault: UnreadableError) -> NoticeInvalidError:
    return NoticeInvalidError(
        f"notice {message.reference!r} was not sent: {fault.field} = {fault.value}; accepted is: {fault.accepted}",
        reference=message.reference,
        field=fault.field,
    )


def _receipt(message: CustomerNotice | LetterOut, answer: Answer) -> MailReceipt:
    try:
        if answer.status not in (200, 201):
            raise UnreadableError(field="status", value=str(answer.status), accepted="200, 201 or 409")
        found = ReceiptAnswer.model_validate(answer.json())
        if found.reference != message.reference:
            raise UnreadableError(field="reference", value=shown(found.reference), accepted=shown(message.reference))
    except (UnreadableError, ValidationError) as error:
        fault = fault_of(error) if isinstance(error, ValidationError) else error
        raise MailUnavailableError(
            reference=message.reference,
            reason=f"it answered {fault}",
            tries=answer.tries,
            seconds=answer.seconds,
            may_have_acted=not (answer.tries == 1 and 400 <= answer.status < 500),
        ) from error
    return MailReceipt(reference=found.reference, message_id=found.message_id)
