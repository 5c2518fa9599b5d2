"""One bounded HTTP exchange with a partner: a total deadline, few tries, a size limit, no redirects."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from core.connectors.deadline import Deadline, DeadlineTransport
from core.connectors.strict import UnreadableError, parse_json, shown

LARGEST_ANSWER_BYTES = 256 * 1024
RETRIED_STATUSES = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How tries are spaced. The clock, the pause and the dice are arguments; their defaults are this edge's."""

    tries: int = 4
    first_pause_seconds: float = 0.1
    longest_pause_seconds: float = 2.0
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def pause_after(self, attempt: int) -> float:
        """Between half and all of a pause that doubles with each try."""
        longest = min(self.longest_pause_seconds, self.first_pause_seconds * 2 ** (attempt - 1))
        return longest * (0.5 + self.jitter() / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What to send. `repeatable` says that sending it twice is the same as once."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    params: Mapping[str, str] | None = None
    content: bytes | None = field(default=None, repr=False)
    repeatable: bool
    deadline_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back within the deadline. An answer too long or packed is cut short, and cannot be read."""

    status: int
    content_type: str
    content_encoding: str
    content: bytes = field(repr=False)
    tries: int
    seconds: float

    def json(self) -> object:
        """The body read strictly, or UnreadableError."""
        if self.content_encoding != "identity":
            raise UnreadableError(field="content-encoding", value=shown(self.content_encoding), accepted="none")
        if len(self.content) > LARGEST_ANSWER_BYTES:
            raise UnreadableError(field="body", value="a longer one", accepted=f"up to {LARGEST_ANSWER_BYTES} bytes")
        media_type = self.content_type.partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise UnreadableError(field="content-type", value=shown(self.content_type), accepted="'application/json'")
        return parse_json(self.content)


class NoAnswerError(Exception):
    """No whole answer came; connectors turn it into the error of their port."""

    def __init__(self, *, reason: str, tries: int, seconds: float, may_have_acted: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tries = tries
        self.seconds = seconds
        self.may_have_acted = may_have_acted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """A try without an answer. With `arrived` the partner may have read the request and acted on it."""

    reason: str
    arrived: bool
    final: bool = False
    wait_seconds: float | None = None


def exchange(call: Call, *, patience: Patience) -> Answer:
    """Send and read the answer. A call that is not repeatable is sent again only if the try before cannot have
    reached the partner, or was turned away unread (429). Raises NoAnswerError, or UnreadableError for an answer
    too long or packed.

    The loop is written out, without the retry library, because the tries, the pauses between them and the
    partner's Retry-After share one deadline.
    """
    deadline = Deadline(call.deadline_seconds, monotonic=patience.monotonic)
    arrived = False
    attempt = 0
    while True:
        attempt += 1
        outcome = _try_once(call, deadline, attempt=attempt)
        if isinstance(outcome, Answer):
            return outcome
        arrived = arrived or outcome.arrived
        pause = patience.pause_after(attempt) if outcome.wait_seconds is None else outcome.wait_seconds
        stop = _reason_to_stop(outcome, call, last=attempt >= patience.tries, late=pause >= deadline.remaining)
        if stop is not None:
            seconds = deadline.elapsed
            raise NoAnswerError(reason=stop, tries=attempt, seconds=seconds, may_have_acted=arrived)
        patience.sleep(pause)


def _reason_to_stop(failure: _Failure, call: Call, *, last: bool, late: bool) -> str | None:
    if failure.arrived and not call.repeatable:
        return f"{failure.reason}; not sent again, this partner would take it for a second one"
    if late and failure.wait_seconds is not None:
        return f"{failure.reason}; it asks to wait {failure.wait_seconds:.0f} s, which is beyond the deadline"
    return failure.reason if failure.final or last or late else None


def _try_once(call: Call, deadline: Deadline, *, attempt: int) -> Answer | _Failure:
    # One client and one connection per try: a call is rare, and its deadline dies with it. Proxies of the
    # environment are not used: they would carry loopback calls and API keys elsewhere.
    transport = DeadlineTransport(deadline)
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "expediter"}
        request = client.build_request(
            call.method,
            call.url,
            params=call.params,
            content=call.content,
            headers={**headers, **call.headers},
        )
        try:
            response = client.send(request, stream=True)
            try:
                return _failure_of(response) or _read(response, attempt=attempt, deadline=deadline)
            finally:
                response.close()
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            return _Failure(reason=f"no connection ({error})", arrived=False)
        except httpcore.TimeoutException:
            return _Failure(reason="the answer was not complete in time", arrived=True)
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            return _Failure(reason=f"the connection broke ({error})", arrived=True)


def _failure_of(response: httpx.Response) -> _Failure | None:
    status = response.status_code
    if status not in RETRIED_STATUSES and status < 500:
        return None
    return _Failure(
        reason=f"status {status}",
        arrived=status != 429,
        final=status not in RETRIED_STATUSES,
        wait_seconds=_retry_after(response.headers),
    )


def _read(response: httpx.Response, *, attempt: int, deadline: Deadline) -> Answer:
    # A packed body could unfold to gigabytes; we asked for none and read none.
    packing = response.headers.get("content-encoding", "identity")
    content = bytearray()
    for chunk in response.iter_raw() if packing == "identity" else ():
        content += chunk
        if len(content) > LARGEST_ANSWER_BYTES:
            break
    return Answer(
        status=response.status_code,
        content_type=response.headers.get("content-type", ""),
        content_encoding=packing,
        content=bytes(content),
        tries=attempt,
        seconds=deadline.elapsed,
    )


def _retry_after(headers: httpx.Headers) -> float | None:
    """The wait asked for: seconds, or a date taken against the partner's own Date, so that no clock is compared."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):  # no date, not a date, or only one of the two with a time zone
        return None
    return max(0.0, wait.total_seconds())
