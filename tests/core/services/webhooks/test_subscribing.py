"""A webhook is made to an encrypted address, of events there are, for no more than its owner sees."""

import pytest

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.scopes import Scope
from core.domain.webhooks import DeliveryState, Topic, WebhookId
from core.services.webhooks.subscribing import MakeWebhook, NewSecret, disable_webhook, make_webhook, ping, send_again
from tests.builders import HARBOR, MESA, OMAR
from tests.core.services.webhooks.receiving import Receiver, delivered, deliveries, hook
from tests.desk import Desk

REFUSED = [
    "http://somewhere.example/hooks",
    "ftp://somewhere.example",
    "https://user:secret@somewhere.example/",
    "https:///nowhere",
    "https://somewhere.example/\x00",
    "https://somewhere.example/ two",
    "javascript:alert(1)",
    "https://" + "a" * 1000,
    "",
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_one_is_refused(desk: Desk, url: str) -> None:
    wanted = MakeWebhook(url=url, topics=frozenset({Topic.CASE_OPENED}))

    with desk.open() as uow, pytest.raises(InvalidValueError):
        make_webhook(uow, wanted, NewSecret(id=WebhookId("w1"), secret="s"))

    with desk.open() as uow:
        assert uow.webhooks.all() == ()


@pytest.mark.parametrize("topics", [frozenset[Topic](), frozenset({Topic.PING, Topic.CASE_OPENED})])
def test_a_webhook_names_what_it_is_told_of(desk: Desk, topics: frozenset[Topic]) -> None:
    wanted = MakeWebhook(url="https://a.example", topics=topics)

    with desk.open() as uow, pytest.raises(InvalidValueError, match="names the events"):
        make_webhook(uow, wanted, NewSecret(id=WebhookId("w1"), secret="s"))


def test_who_sees_one_customer_makes_no_webhook_that_tells_of_another(desk: Desk) -> None:
    desk.alter(f"UPDATE users SET customers = ARRAY['{HARBOR}'] WHERE name = 'omar'")  # type: ignore[arg-type]  # a name
    wanted = MakeWebhook(
        url="https://a.example", topics=frozenset({Topic.ORDER_PLACED}), scope=Scope.of(None, [HARBOR, MESA])
    )

    with desk.open(OMAR.name) as uow, pytest.raises(InvalidValueError, match="tells at most of"):
        make_webhook(uow, wanted, NewSecret(id=WebhookId("w1"), secret="s"))


def test_nobody_but_the_application_reads_a_secret(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)

    with desk.open() as uow:
        trail = uow.audit.trail("webhook:w1")
        assert uow.webhooks.secrets(WebhookId("w1")) == ("whsec_of_the_tests",)

    assert [event for _, _, event, _, _ in trail] == ["webhook_made"]
    assert "whsec" not in str(trail)


def test_what_waits_is_not_sent_again_and_what_is_disabled_is_not_tried(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    with desk.open() as uow:
        ping(uow, WebhookId("w1"), name="a")
    (one,) = deliveries(desk)

    with desk.open() as uow, pytest.raises(ConflictError, match="waits to be sent already"):
        send_again(uow, one.id)
    delivered(desk, Receiver())
    with desk.open() as uow:
        disable_webhook(uow, WebhookId("w1"))
    with desk.open() as uow, pytest.raises(ConflictError, match="is disabled"):
        send_again(uow, one.id)
    with desk.open() as uow, pytest.raises(ConflictError, match="is disabled"):
        ping(uow, WebhookId("w1"), name="b")

    assert [found.state for found in deliveries(desk)] == [DeliveryState.DELIVERED]
