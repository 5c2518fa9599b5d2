"""Webhooks on their way out: where they go is what was judged, one try has an end, and little is kept of the answer."""

from collections.abc import Sequence
from itertools import count

import pytest

from core.connectors.webhooks import HttpWebhookSender
from core.domain.webhooks import Answered
from tests.core.connectors.canned import Canned, answering, http

BODY = b'{"id":"1"}'
HERE = HttpWebhookSender(loopback=True)


def sent(sender: HttpWebhookSender, url: str) -> Answered:
    return sender.send(url, headers={"Expediter-Delivery": "whd-1", "Content-Type": "application/json"}, body=BODY)


def test_a_receiver_gets_the_bytes_and_headers_as_they_are() -> None:
    with answering(http(204, b"")) as receiver:
        answered = sent(HERE, f"{receiver.url}/hooks?who=us")

    assert answered == Answered(status=204, said="")
    (request,) = receiver.requests
    assert request.startswith("POST /hooks?who=us HTTP/1.1\r\n")
    assert "Expediter-Delivery: whd-1\r\n" in request
    assert request.endswith('\r\n\r\n{"id":"1"}')


@pytest.mark.parametrize(("status", "taken"), [(200, True), (202, True), (302, False), (404, False), (500, False)])
def test_the_status_says_whether_it_was_taken_and_no_redirect_is_followed(status: int, taken: bool) -> None:
    with (
        answering(http(500, b"never")) as other,
        answering(http(status, b"see there", headers=[f"Location: {other.url}/inside"])) as receiver,
    ):
        answered = sent(HERE, receiver.url)

    assert (answered.status, answered.taken, answered.said) == (status, taken, "see there")
    assert other.requests == []


def test_of_a_long_answer_little_is_read_and_what_cannot_be_seen_is_left_out() -> None:
    endless = http(200, b"")[:-2].replace(b"Content-Length: 0\r\n", b"") + b"\r\n" + b"a\x00\x1b[2J" + b"b" * 100_000

    with answering(endless) as receiver:
        answered = sent(HERE, receiver.url)

    assert answered.status == 200
    assert answered.said == ("a  [2J" + "b" * 200)[:200]


def test_a_receiver_that_drips_is_left_when_the_time_is_over() -> None:
    drops = [b"HTTP/1.1 200 OK\r\n", *[b"X-Drop: 1\r\n"] * 100]

    with answering(drops, pause=0.05) as receiver:
        answered = sent(HttpWebhookSender(loopback=True, seconds=0.3), receiver.url)

    assert answered.status is None
    assert "no whole answer in time" in answered.said


def test_a_receiver_that_hangs_up_or_is_not_there_is_an_answer_too() -> None:
    with answering(b"") as receiver:
        assert sent(HERE, receiver.url).status is None
    gone = sent(HERE, receiver.url)
    assert (gone.status, gone.said[:13]) == (None, "no connection")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/x"])
def test_without_the_setting_this_machine_is_never_told(url: str) -> None:
    answered = sent(HttpWebhookSender(), url)

    assert answered.status is None
    assert "accepted is a public address" in answered.said or "not encrypted" in answered.said


@pytest.mark.parametrize("url", ["gopher://x/", "https://", "https://[::1/", "file:///etc/passwd", "x"])
def test_what_is_no_address_is_an_answer_and_no_fault(url: str) -> None:
    assert sent(HERE, url).status is None


class Rebinding:
    """A name server that says something else each time it is asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = answers
        self._asked = count()
        self.asked = 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self._answers[min(next(self._asked), len(self._answers) - 1)]


def test_a_name_is_resolved_once_and_the_address_judged_is_the_address_called() -> None:
    name_server = Rebinding(["127.0.0.1"], ["10.0.0.1"])

    with answering(http(200, b"")) as receiver:
        port = receiver.url.rpartition(":")[2]
        answered = sent(HttpWebhookSender(loopback=True, resolve=name_server), f"http://shop.example:{port}/in")

    assert (answered.status, name_server.asked) == (200, 1)
    assert host_of(receiver) == f"shop.example:{port}"


def test_a_name_that_turns_private_between_two_tries_is_refused_at_the_second() -> None:
    name_server = Rebinding(["127.0.0.1"], ["169.254.169.254"])
    sender = HttpWebhookSender(loopback=True, resolve=name_server)

    with answering(http(200, b"")) as receiver:
        port = receiver.url.rpartition(":")[2]
        first, second = (sent(sender, f"http://shop.example:{port}/in") for _ in range(2))

    assert (first.status, second.status) == (200, None)
    assert "169.254.169.254" in second.said
    assert len(receiver.requests) == 1


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(http(418, b"")) as proxy, answering(http(200, b"")) as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert sent(HERE, receiver.url).status == 200

    assert proxy.requests == []


def host_of(receiver: Canned) -> str:
    (line,) = [line for line in receiver.requests[0].split("\r\n") if line.lower().startswith("host:")]
    return line.partition(": ")[2]
