"""Webhooks on their way out: one POST to an address checked after its name was resolved, and what was answered."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import httpcore
import httpx

from core.connectors.deadline import Deadline, DeadlineTransport
from core.connectors.public_addresses import Resolve, checked_addresses, look_up
from core.domain.webhooks import LONGEST_ANSWER, Answered

SECONDS = 10.0
_LARGEST_READ = 4 * LONGEST_ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpWebhookSender:
    """Sends to public addresses over TLS, and with `loopback`, for development, to this machine without. No redirect is
    followed, no proxy of the environment used, and of the answer no more read than is kept."""

    loopback: bool = False
    seconds: float = SECONDS
    monotonic: Callable[[], float] = time.monotonic
    resolve: Resolve | None = None

    def send(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Answered:
        """Send once, within one deadline for all of it."""
        deadline = Deadline(self.seconds, monotonic=self.monotonic)
        try:
            target = httpx.URL(url)
            if target.scheme != "https" and not (self.loopback and target.scheme == "http"):
                return Answered(status=None, said="the address is not encrypted")
            return self._send(target, headers, body, deadline)
        except httpcore.TimeoutException as error:
            return Answered(status=None, said=_plain(f"no whole answer in time ({error})"))
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            return Answered(status=None, said=_plain(f"no connection, or it broke ({error})"))
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
            return Answered(status=None, said=_plain(f"the address cannot be used ({error})"))

    def _send(self, url: httpx.URL, headers: Mapping[str, str], body: bytes, deadline: Deadline) -> Answered:
        transport = DeadlineTransport(deadline, addresses=lambda host, port: self._addresses(url, host, port, deadline))
        own = {"User-Agent": "expediter", "Accept-Encoding": "identity", **headers}
        with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
            response = client.send(client.build_request("POST", url, content=body, headers=own), stream=True)
            try:
                return Answered(status=response.status_code, said=_said(response))
            finally:
                response.close()

    def _addresses(self, url: httpx.URL, host: str, port: int, deadline: Deadline) -> Sequence[str]:
        """Where to connect to: the very addresses that were judged. TLS and Host keep the name."""

        def resolve(host: str, port: int) -> Sequence[str]:
            if self.resolve is not None:
                return self.resolve(host, port)
            return look_up(host, port, seconds=deadline.remaining)

        return checked_addresses(host, port, resolve=resolve, loopback=url.scheme == "http")


def _said(response: httpx.Response) -> str:
    content = bytearray()
    if response.headers.get("content-encoding", "identity") == "identity":
        for chunk in response.iter_raw():
            content += chunk
            if len(content) >= _LARGEST_READ:
                break
    return _plain(bytes(content[:_LARGEST_READ]).decode("utf-8", "replace"))


def _plain(text: str) -> str:
    """The first characters, of those that can be seen."""
    return "".join(one if one.isprintable() else " " for one in text)[:LONGEST_ANSWER]
