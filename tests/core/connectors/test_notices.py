"""Notices over real channels: apprise in a process of its own, a webhook on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from core.connectors.notices import apprise_notices
from core.ports.notices import NoticeError

RECEIVED: list[dict[str, str]] = []


class _Webhook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(500 if self.path.startswith("/broken") else 200)
        self.end_headers()
        if not self.path.startswith("/broken"):
            RECEIVED.append(json.loads(body))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def webhook() -> Iterator[str]:
    RECEIVED.clear()
    with HTTPServer(("127.0.0.1", 0), _Webhook) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"json://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_notice_is_shown_and_what_is_refused_says_so_without_the_address(webhook: str) -> None:
    channels = {"ops": webhook, "broken": f"{webhook}/broken", "typo": "slakk://secret"}
    with apprise_notices(channels) as notices:
        notices.send("ops", subject="CASE-1 needs a decision", body="20 valves <b>late</b>\nexpediter approve AP-1\n")
        with pytest.raises(NoticeError, match="channel 'broken' did not take the notice over: it was refused"):
            notices.send("broken", subject="x", body="y")
        with pytest.raises(NoticeError, match="channel 'typo'") as unknown:
            notices.send("typo", subject="x", body="y")
        notices.close()
        notices.send("ops", subject="again", body="after the process died")

    assert "secret" not in unknown.value.message
    assert [(one["title"], one["message"].strip()) for one in RECEIVED] == [
        ("CASE-1 needs a decision", "20 valves <b>late</b>\nexpediter approve AP-1"),
        ("again", "after the process died"),
    ]
