"""Event streams: what is there, what comes, and a last word of a server that stops."""

import asyncio
from collections.abc import Sequence
from threading import Event

from fastapi.sse import ServerSentEvent

from ui.api.streams import RETRY_MILLISECONDS, Told, followed


def heard(ticks: Sequence[Sequence[int]], *, after: int = 0, over: bool = False) -> list[ServerSentEvent]:
    """A stream of numbered events; each look finds those of a tick, and with the last tick the server stops unless the
    stream is over."""
    stopping, left = Event(), [*ticks]

    def look(last: int) -> tuple[Sequence[Told], bool]:
        found = [Told(number=number, kind="step", data=last) for number in left.pop(0)]
        if not left and not over:
            stopping.set()
        return found, over and not left

    async def all_of_it() -> list[ServerSentEvent]:
        return [one async for one in followed(look, after=after, wait=600, stopping=stopping)]

    return asyncio.run(all_of_it())


def test_a_stream_goes_on_after_the_last_number() -> None:
    found = heard([[5, 6], [7]], after=4, over=True)

    assert [(one.id, one.event, one.data) for one in found] == [("5", "step", 4), ("6", "step", 4), ("7", "step", 6)]


def test_a_server_that_stops_says_so_last_and_without_a_number() -> None:
    *before, last = heard([[1, 2], [3]])

    assert [one.id for one in before] == ["1", "2", "3"]
    assert (last.event, last.id, last.data, last.retry) == ("stopping", None, {"after": 3}, RETRY_MILLISECONDS)
