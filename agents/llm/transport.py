"""The way to a server that speaks Chat Completions: within a deadline, a largest size, and two kinds of failure."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, DefaultHttpx2Client, OpenAI, OpenAIError

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.patience import Deadline
from agents.llm.port import Usage

LARGEST_BODY = 2_000_000


class ChatTransport:
    """One server and its key. The SDK's own retries are off: patience is the only layer of them."""

    def __init__(self, *, api_key: str, base_url: str | None, call_seconds: float) -> None:
        self._client = OpenAI(
            api_key=api_key,
            base_url=base_url,
            max_retries=0,
            timeout=call_seconds,
            http_client=DefaultHttpx2Client(follow_redirects=False, verify=_trusted()),
        )

    @property
    def server(self) -> str:
        """Host, port and path of the server: no key, no password."""
        url = self._client.base_url
        return f"{url.host}:{url.port}{url.path}" if url.port else f"{url.host}{url.path}"

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    def models(self, deadline: Deadline) -> list[dict[str, Any]]:
        """What the server says about its models."""
        with _failures_named():
            listed = self._client.with_options(timeout=deadline.remaining).models.list()
            return [model.model_dump() for model in listed.data]

    def body(self, request: Mapping[str, Any], deadline: Deadline) -> bytes:
        """The whole body of an answer."""
        body = bytearray()
        for chunk in self.chunks(request, deadline):
            body += chunk
        return bytes(body)

    def chunks(self, request: Mapping[str, Any], deadline: Deadline) -> Iterator[bytes]:
        """The body as it arrives, within the deadline and the largest size: no drip of bytes outlasts them."""
        size = 0
        with _failures_named():
            completions = self._client.with_options(timeout=deadline.remaining).chat.completions
            with completions.with_streaming_response.create(**request) as response:
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > LARGEST_BODY:
                        message = f"the model's answer is longer than {LARGEST_BODY:,} bytes"
                        raise ModelInvalidError(ModelFailure.TOO_LONG, message, usage=Usage(calls=1))
                    if not deadline.remaining:
                        raise ModelUnavailableError(ModelFailure.TIMEOUT, "the model's answer came too slowly")
                    yield chunk


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust, read once a process: it is most of what a client costs to make."""
    return httpx2.create_ssl_context()


@contextmanager
def _failures_named() -> Iterator[None]:
    """Every way the SDK and its HTTP client fail, as one of our two errors."""
    try:
        yield
    except (APITimeoutError, httpx2.TimeoutException) as error:
        raise ModelUnavailableError(ModelFailure.TIMEOUT, "the model did not answer in time") from error
    except APIStatusError as error:
        raise _status_named(error) from error
    except (APIConnectionError, httpx2.HTTPError) as error:
        raise ModelUnavailableError(ModelFailure.CONNECTION, "the connection to the model failed") from error
    except OpenAIError as error:
        message = f"the model could not be asked: {type(error).__name__}"
        raise ModelUnavailableError(ModelFailure.REQUEST_REFUSED, message) from error


def _status_named(error: APIStatusError) -> ModelUnavailableError:
    status = error.status_code
    if status in {408, 409, 429}:
        failure = ModelFailure.RATE_LIMITED if status == 429 else ModelFailure.SERVER_ERROR
    elif status >= 500:
        failure = ModelFailure.SERVER_ERROR
    else:
        failure = ModelFailure.ACCESS_REFUSED if status in {401, 403} else ModelFailure.REQUEST_REFUSED
    # The server's own words are left out: they can quote the key.
    message = f"the model's server answered with status {status}"
    return ModelUnavailableError(failure, message, retry_after=_asked_to_wait(error.response))


def _asked_to_wait(response: httpx2.Response) -> float | None:
    """The seconds of Retry-After; a date in it is taken from the server's own Date, not from our clock."""
    text = response.headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(response.headers["date"])
    except (ValueError, TypeError, KeyError):
        return None
    return max(0.0, wait.total_seconds())
