"""Callers of an API over real HTTP: connections that stay open, each with one request at a time."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

BUSY = 503


@dataclass(slots=True)
class Heard:
    """What callers heard: how often each status, and how long each answer took, in seconds."""

    statuses: Counter[int] = field(default_factory=Counter[int])
    waits: list[float] = field(default_factory=list[float])
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Requests that were decided on, done or refused for a reason, in a second."""
        return (sum(self.statuses.values()) - self.statuses[BUSY]) / self.seconds

    def milliseconds(self, share: float) -> float:
        """How long an answer takes at most, for this share of all answers."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where the API is, and the key that opens it."""

    port: int
    key: str

    def request(self, name: str, body: dict[str, object]) -> bytes:
        """A reservation, as bytes on the wire; `name` is its idempotency key."""
        content = json.dumps(body).encode()
        head = (
            f"POST /v1/reservations HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: Bearer {self.key}\r\n"
            f"Content-Type: application/json\r\nIdempotency-Key: {name}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content


async def call(door: Door, *, clients: int, seconds: float, item: str, place: str, run: str) -> Heard:
    """Let so many clients reserve one unit at a time; every tenth request is sent again under its key. Who is told that
    the server is busy waits as long as it was told."""
    heard = Heard()
    begun = perf_counter()
    await asyncio.gather(
        *(_client(door, heard, f"{run}-{number}", begun + seconds, item, place) for number in range(clients))
    )
    heard.seconds = perf_counter() - begun
    return heard


async def _client(door: Door, heard: Heard, name: str, end: float, item: str, place: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    turn = 0
    try:
        while perf_counter() < end:
            document = f"{name}-{turn - (turn % 10 == 9)}"
            body: dict[str, object] = {
                "document": document,
                "wanted": [{"item": item, "location": place, "quantity": 1}],
            }
            before = perf_counter()
            writer.write(door.request(document, body))
            status, headers = await _answer(reader)
            heard.waits.append(perf_counter() - before)
            heard.statuses[status] += 1
            turn += status != BUSY
            if status == BUSY:
                await asyncio.sleep(float(headers["retry-after"]))
    finally:
        writer.close()
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    await reader.readexactly(int(headers["content-length"]))
    return int(head[0].split(" ")[1]), headers
