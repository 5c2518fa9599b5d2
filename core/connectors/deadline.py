"""A total deadline for HTTP: the time left bounds every socket operation, so that no drip of bytes outlasts it."""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import httpcore
import httpx

Addresses = Callable[[str, int], Sequence[str]]


class Deadline:
    """How much is left of a number of seconds."""

    def __init__(self, seconds: float, *, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._started = monotonic()
        self._seconds = seconds

    @property
    def elapsed(self) -> float:
        """Seconds since it was set."""
        return self._monotonic() - self._started

    @property
    def remaining(self) -> float:
        """Seconds left; zero or less when it has passed."""
        return self._seconds - self.elapsed


class DeadlineTransport(httpx.BaseTransport):
    """HTTP/1.1 over connections that live no longer than the deadline. httpx's own timeouts bound a single read
    each: a partner that sends a byte a second would hold a caller for hours. Raises httpcore's errors as they are.
    Not bounded: the operating system's name lookup. `addresses` says where a host is, for who does not leave that to
    the operating system alone; what it names is connected to, and nothing is looked up again."""

    def __init__(self, deadline: Deadline, *, addresses: Addresses | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(),
            http2=False,
            retries=0,
            max_keepalive_connections=0,
            network_backend=_DeadlineBackend(deadline, addresses or _addresses),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and answer as soon as the headers are there."""
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read(),
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Drop every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _DeadlineBackend(httpcore.SyncBackend):
    def __init__(self, deadline: Deadline, addresses: Addresses) -> None:
        self._deadline = deadline
        self._addresses = addresses

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Try each address of the host in turn, all within the one deadline."""
        failure: Exception = httpcore.ConnectError(f"no address is known for host {host!r}")
        for address in self._addresses(host, port):
            try:
                stream = super().connect_tcp(
                    address, port, _left(self._deadline, httpcore.ConnectTimeout), local_address, socket_options
                )
                return _DeadlineStream(stream, self._deadline)
            except httpcore.ConnectError as error:
                failure = error
        raise failure


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, httpcore.ConnectTimeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: Deadline, late: type[httpcore.TimeoutException]) -> float:
    if deadline.remaining <= 0:
        raise late("the deadline has passed")
    return deadline.remaining


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(f"host {host!r} has no address: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
