"""Webhooks of the small company, and a receiver that answers as it is told to."""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from core.db.unit_of_work import SqlVisitorOpener, open_engine
from core.domain.scopes import WHOLE, Scope
from core.domain.users import WORKER_NAME
from core.domain.webhooks import Answered, Delivery, DeliveryState, Topic, Webhook, WebhookId
from core.services.webhooks.delivering import Delivering, deliver
from core.services.webhooks.gathering import gather
from core.services.webhooks.subscribing import MakeWebhook, NewSecret, make_webhook
from tests.desk import Desk

TAKEN = Answered(status=200, said="thanks")
DOWN = Answered(status=500, said="down")
SECRET = "whsec_of_the_tests"


@dataclass(slots=True)
class Receiver:
    """Answers the first sending with the first answer and so on, the last one again and again."""

    answers: Sequence[Answered] = (TAKEN,)
    sent: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    def send(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Answered:
        self.sent.append((url, headers, body))
        self.meanwhile()
        return self.answers[min(len(self.sent), len(self.answers)) - 1]

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, _, body in self.sent]

    @property
    def numbers(self) -> list[str]:
        return [headers["Expediter-Delivery"] for _, headers, _ in self.sent]


def hook(desk: Desk, *topics: Topic, name: str = "w1", scope: Scope = WHOLE) -> Webhook:
    """A webhook of Maria."""
    wanted = MakeWebhook(url=f"https://{name}.example/hooks", topics=frozenset(topics), scope=scope)
    with desk.open() as uow:
        return make_webhook(uow, wanted, NewSecret(id=WebhookId(name), secret=SECRET))


@contextmanager
def visitors(desk: Desk) -> Generator[SqlVisitorOpener]:
    engine = open_engine(desk.urls.visitor)
    yield SqlVisitorOpener(engine, desk.clock.read)
    engine.dispose()


def gathered(desk: Desk) -> int:
    with visitors(desk) as opener:
        return gather(desk.open_uow, opener, by=WORKER_NAME)


def delivered(desk: Desk, receiver: Receiver) -> Delivering:
    return deliver(desk.open_uow, sender=receiver, by=WORKER_NAME)


def deliveries(desk: Desk, *, state: DeliveryState | None = None) -> tuple[Delivery, ...]:
    with desk.open() as uow:
        return uow.webhooks.deliveries(webhook=None, state=state, before=None, limit=200)
