"""A sender that is killed between sending and writing that down: another sends the same once more, and once only."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from core.connectors.webhooks import HttpWebhookSender
from core.db.roles import RoleUrls
from core.db.unit_of_work import SqlOpener, open_engine
from core.domain.users import WORKER_NAME
from core.domain.webhooks import LEASE, DeliveryState, Topic, WebhookId
from core.services.webhooks.delivering import deliver
from core.services.webhooks.subscribing import MakeWebhook, NewSecret, make_webhook, ping
from tests.core.services.webhooks.receiving import deliveries
from tests.desk import Desk


@dataclass
class Killing:
    """A receiver that has what it is sent, and kills who sent it the first time instead of answering."""

    victim: subprocess.Popen[bytes] | None = None
    had: list[tuple[str, bytes]] = field(default_factory=list)

    def receive(self, number: str, body: bytes) -> bool:
        self.had.append((number, body))
        if self.victim is None:
            return True
        self.victim.kill()
        self.victim.wait()
        self.victim = None
        return False


@contextmanager
def receiving(killing: Killing) -> Generator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if killing.receive(self.headers["Expediter-Delivery"], body):
                self.send_response(204)
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_killed_sender_leaves_what_another_sends_once_more_under_the_same_number(desk: Desk) -> None:
    killing = Killing()
    with receiving(killing) as url:
        with desk.open() as uow:
            wanted = MakeWebhook(url=url, topics=frozenset({Topic.CASE_OPENED}), plain=True)
            make_webhook(uow, wanted, NewSecret(id=WebhookId("w1"), secret="whsec_of_the_tests"))
        with desk.open() as uow:
            ping(uow, WebhookId("w1"), name="a")

        told = json.dumps({"urls": asdict(desk.urls), "now": desk.clock.now.isoformat()})
        victim = subprocess.Popen([sys.executable, "-m", __name__], stdin=subprocess.PIPE)
        killing.victim = victim
        assert victim.stdin is not None
        victim.stdin.write(told.encode())
        victim.stdin.close()
        died = victim.wait(timeout=60)
        at_once = deliver(desk.open_uow, sender=HttpWebhookSender(loopback=True), by=WORKER_NAME)
        desk.clock.now += LEASE
        later = deliver(desk.open_uow, sender=HttpWebhookSender(loopback=True), by=WORKER_NAME)
        again = deliver(desk.open_uow, sender=HttpWebhookSender(loopback=True), by=WORKER_NAME)

    assert died == -9
    assert (at_once.delivered, later.delivered, again.delivered) == (0, 1, 0)
    assert len(killing.had) == 2
    assert killing.had[0] == killing.had[1]
    assert [(one.state, one.attempts) for one in deliveries(desk)] == [(DeliveryState.DELIVERED, 2)]


def main() -> None:
    """The sender that is killed."""
    told = json.loads(sys.stdin.read())
    engine = open_engine(RoleUrls(**told["urls"]).app)
    now = datetime.fromisoformat(told["now"])
    deliver(SqlOpener(engine, lambda: now), sender=HttpWebhookSender(loopback=True), by=WORKER_NAME)


if __name__ == "__main__":
    main()
