"""A deadline counts down by the clock it is given, and bounds connecting too."""

import httpcore
import httpx
import pytest

from core.connectors.deadline import Deadline, DeadlineTransport
from tests.core.connectors.builders import SteppedTime
from tests.core.connectors.canned import answering, http


def test_a_deadline_counts_down() -> None:
    time = SteppedTime()
    deadline = Deadline(2.0, monotonic=time.monotonic)

    time.sleep(1.5)

    assert (deadline.elapsed, deadline.remaining) == (1.5, 0.5)


def test_a_passed_deadline_connects_to_nobody() -> None:
    time = SteppedTime()
    deadline = Deadline(2.0, monotonic=time.monotonic)
    time.sleep(2.0)

    with answering(http(200, b"")) as partner, pytest.raises(httpcore.ConnectTimeout, match="has passed"):
        get(partner.url, deadline)

    assert partner.requests == []


def test_a_handshake_that_never_ends_is_no_connection() -> None:
    deadline = Deadline(0.2, monotonic=SteppedTime().monotonic)

    with answering(http(200, b"")) as partner, pytest.raises(httpcore.ConnectTimeout):
        get(partner.url.replace("http:", "https:"), deadline)


def test_every_address_of_a_host_is_tried() -> None:
    deadline = Deadline(5.0, monotonic=SteppedTime().monotonic)

    with answering(http(200, b"{}")) as partner:
        answer = get(partner.url.replace("127.0.0.1", "localhost"), deadline)  # ::1 may come first, and refuse

    assert answer.status_code == 200


def get(url: str, deadline: Deadline) -> httpx.Response:
    with httpx.Client(transport=DeadlineTransport(deadline)) as client:
        return client.get(url)
