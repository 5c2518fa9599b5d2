"""An exchange ends within its deadline and its tries, whatever the partner does."""

import socket

import pytest

from core.connectors.exchange import LARGEST_ANSWER_BYTES, Answer, Call, NoAnswerError, Patience, exchange
from core.connectors.strict import UnreadableError
from tests.core.connectors.builders import QUICK, SteppedTime, patience
from tests.core.connectors.canned import answering, http, http_json

FINE = http_json(200, {"fine": "yes"})
BUSY = http_json(503, {})
ENDLESS = 10_000  # pieces: whoever waited for the last of them would wait for minutes


def call(url: str, *, seconds: float = 5.0, repeatable: bool = True) -> Call:
    return Call(
        method="POST",
        url=url,
        headers={"Idempotency-Key": "k-1"},
        content=b"{}",
        repeatable=repeatable,
        deadline_seconds=seconds,
    )


def refused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_an_answer_comes_back_whole() -> None:
    with answering(FINE) as partner:
        answer = exchange(call(partner.url), patience=QUICK)

    assert (answer.status, answer.tries, answer.json()) == (200, 1, {"fine": "yes"})
    assert partner.requests[0].startswith("POST / HTTP/1.1\r\n")
    assert "Accept-Encoding: identity\r\n" in partner.requests[0]
    assert partner.requests[0].endswith("\r\n\r\n{}")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_partner_is_asked_again_until_the_tries_are_used_up(status: int) -> None:
    time = SteppedTime()

    with answering(http_json(status, {})) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url), patience=patience(time, tries=4))

    assert (caught.value.tries, len(partner.requests)) == (4, 4)
    assert caught.value.reason == f"status {status}"
    assert time.naps == [0.1, 0.2, 0.4]


def test_pauses_are_spread_by_the_dice() -> None:
    time = SteppedTime()

    with answering(BUSY, BUSY, FINE) as partner:
        answer = exchange(call(partner.url), patience=patience(time, jitter=lambda: 0.0))

    assert answer.tries == 3
    assert time.naps == [0.05, 0.1]


@pytest.mark.parametrize("status", [500, 501, 505])
def test_a_failing_partner_is_not_asked_again(status: int) -> None:
    with answering(http_json(status, {})) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url), patience=QUICK)

    assert (caught.value.reason, caught.value.tries) == (f"status {status}", 1)


def test_a_partner_that_is_not_there_is_tried_again_and_cannot_have_acted() -> None:
    time = SteppedTime()

    with pytest.raises(NoAnswerError) as caught:
        exchange(call(f"http://127.0.0.1:{refused_port()}", repeatable=False), patience=patience(time))

    assert (caught.value.tries, caught.value.may_have_acted) == (4, False)
    assert caught.value.reason.startswith("no connection (")


def test_a_connection_broken_after_sending_may_have_acted() -> None:
    with answering(b"") as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url), patience=QUICK)

    assert (caught.value.tries, caught.value.may_have_acted) == (4, True)


@pytest.mark.parametrize("lost", [b"", BUSY, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_what_is_not_repeatable_is_sent_once_when_it_may_have_arrived(lost: bytes) -> None:
    with answering(lost, FINE) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url, repeatable=False), patience=QUICK)

    assert (len(partner.requests), caught.value.may_have_acted) == (1, True)
    assert "not sent again" in caught.value.reason


def test_what_is_not_repeatable_is_sent_again_when_it_was_turned_away_unread() -> None:
    with answering(http_json(429, {}), FINE) as partner:
        answer = exchange(call(partner.url, repeatable=False), patience=QUICK)

    assert (answer.status, answer.tries) == (200, 2)


@pytest.mark.parametrize(
    ("headers", "nap"),
    [
        (["Retry-After: 7"], 7.0),
        (["Retry-After: 0"], 0.0),
        (["Date: Mon, 02 Mar 2026 10:00:00 GMT", "Retry-After: Mon, 02 Mar 2026 10:00:05 GMT"], 5.0),
        (["Date: Mon, 02 Mar 2026 10:00:00 GMT", "Retry-After: Mon, 02 Mar 2026 09:00:00 GMT"], 0.0),
        (["Retry-After: Mon, 02 Mar 2026 10:00:05 GMT"], 0.1),
        (["Retry-After: soon"], 0.1),
        (["Retry-After: -3"], 0.1),
    ],
)
def test_the_wait_a_partner_asks_for_is_kept(headers: list[str], nap: float) -> None:
    time = SteppedTime()

    with answering(http_json(503, {}, headers=headers), FINE) as partner:
        exchange(call(partner.url, seconds=30), patience=patience(time))

    assert time.naps == [nap]


def test_a_wait_beyond_the_deadline_ends_at_once() -> None:
    time = SteppedTime()
    busy = http_json(503, {}, headers=["Retry-After: 3600"])

    with answering(busy) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url, seconds=30), patience=patience(time))

    assert (caught.value.tries, time.naps) == (1, [])
    assert caught.value.reason == "status 503; it asks to wait 3600 s, which is beyond the deadline"


def test_tries_and_pauses_share_one_deadline() -> None:
    time = SteppedTime()

    with answering(BUSY) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url, seconds=0.5), patience=patience(time, tries=10))

    assert (caught.value.tries, time.naps) == (3, [0.1, 0.2])


@pytest.mark.parametrize(
    "dripped",
    [
        [bytes((byte,)) for byte in http(200, b"[]" + b" " * ENDLESS)],
        [FINE[:60], *[b" "] * ENDLESS],
        [b"HTTP/1.1 200 OK\r\n", *[b"X-More: yes\r\n"] * ENDLESS],
    ],
    ids=["every byte", "the body", "endless headers"],
)
def test_a_drip_of_bytes_does_not_outlast_the_deadline(dripped: list[bytes]) -> None:
    with answering(dripped, pause=0.04) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url, seconds=0.3), patience=Patience())

    assert caught.value.reason == "the answer was not complete in time"
    assert caught.value.may_have_acted
    assert caught.value.seconds >= 0.3


def test_a_partner_that_says_nothing_does_not_outlast_the_deadline() -> None:
    with answering([b"", FINE], pause=3600.0) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url, seconds=0.2), patience=Patience())

    assert caught.value.reason == "the answer was not complete in time"
    assert caught.value.seconds >= 0.2


def test_a_deadline_that_has_passed_sends_nothing() -> None:
    with answering(FINE) as partner, pytest.raises(NoAnswerError) as caught:
        exchange(call(partner.url, seconds=0.0), patience=QUICK)

    assert (partner.requests, caught.value.may_have_acted) == ([], False)


def unreadable(answer: Answer) -> str:
    with pytest.raises(UnreadableError) as caught:
        answer.json()
    return caught.value.field


def test_an_answer_that_is_too_long_is_cut_and_not_read() -> None:
    with answering(http(200, b'"' + b"x" * 2_000_000 + b'"')) as partner:
        answer = exchange(call(partner.url), patience=QUICK)

    assert unreadable(answer) == "body"
    assert LARGEST_ANSWER_BYTES < len(answer.content) < 2 * LARGEST_ANSWER_BYTES


def test_a_packed_answer_is_not_unpacked() -> None:
    with answering(http(200, b"\x1f\x8b", headers=["Content-Encoding: gzip"])) as partner:
        answer = exchange(call(partner.url), patience=QUICK)

    assert (unreadable(answer), answer.content) == ("content-encoding", b"")


@pytest.mark.parametrize("content_type", ["text/html", "application/jsonp", ""])
def test_what_is_not_called_json_is_not_read(content_type: str) -> None:
    with answering(http(200, b"{}", content_type=content_type)) as partner:
        answer = exchange(call(partner.url), patience=QUICK)

    assert unreadable(answer) == "content-type"


def test_a_redirect_is_not_followed() -> None:
    with answering(FINE) as other, answering(http(302, b"", headers=[f"Location: {other.url}"])) as partner:
        answer = exchange(call(partner.url), patience=QUICK)

    assert (answer.status, other.requests) == (302, [])


def test_the_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{refused_port()}")

    with answering(FINE) as partner:
        assert exchange(call(partner.url), patience=QUICK).status == 200


def test_a_call_shows_neither_its_key_nor_its_body() -> None:
    shown = repr(call("http://127.0.0.1:1"))

    assert "k-1" not in shown
    assert "{}" not in shown
