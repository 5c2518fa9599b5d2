"""A partner that answers with given bytes, on loopback: for answers no decent server would give."""

import json
import socket
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

Chunks = Sequence[bytes]


@dataclass(slots=True)
class Canned:
    """Where it listens and what it was sent, one text for each connection."""

    url: str
    requests: list[str] = field(default_factory=list)


def http(status: int, body: bytes, *, content_type: str = "application/json", headers: Sequence[str] = ()) -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def http_json(status: int, value: object, *, headers: Sequence[str] = ()) -> bytes:
    """A whole HTTP answer of JSON."""
    return http(status, json.dumps(value).encode(), headers=headers)


@contextmanager
def answering(*answers: bytes | Chunks, pause: float = 0.0) -> Generator[Canned]:
    """Answer the first connection with the first answer and so on, the last one again and again. Chunks go out
    `pause` seconds apart; an empty answer closes the connection."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        canned = Canned(url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(listener, canned, answers, pause, stop))
        thread.start()
        try:
            yield canned
        finally:
            stop.set()
            socket.create_connection(listener.getsockname()).close()  # wakes the one waiting in accept
            thread.join()


def _serve(
    listener: socket.socket,
    canned: Canned,
    answers: Sequence[bytes | Chunks],
    pause: float,
    stop: threading.Event,
) -> None:
    while True:
        connection, _ = listener.accept()
        with connection:
            if stop.is_set():
                return
            canned.requests.append(_request(connection))
            answer = answers[min(len(canned.requests), len(answers)) - 1]
            try:
                for chunk in (answer,) if isinstance(answer, bytes) else answer:
                    connection.sendall(chunk)
                    stop.wait(pause)
            except OSError:
                pass  # the client had enough


def _request(connection: socket.socket) -> str:
    with connection.makefile("rb") as stream:
        head = b""
        length = 0
        while (line := stream.readline()) not in (b"\r\n", b""):
            head += line
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        return (head + b"\r\n" + stream.read(length)).decode(errors="replace")
