"""Calling the API: one request and its answer, every failure a ClientError."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast

import httpx
from pydantic import BaseModel, ValidationError

from ui.schemas import Problem

CONNECT_SECONDS = 3
ANSWER_SECONDS = 40
TRIES = 3
LONGEST_WAIT = 5.0
JSON, BYTES = "application/json", "application/octet-stream"
Reply = TypeVar("Reply", bound=BaseModel)
Params = Mapping[str, object]


class ClientError(Exception):
    """The API refused or could not be reached. `code` is stable, `message` is a sentence for a person."""

    def __init__(self, code: str, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request. It is sent again when its answer was lost, which a key, or being a question, makes harmless."""

    method: str
    path: str
    body: BaseModel | bytes | None = None
    params: Params | None = None
    key: str | None = None
    match: str | None = None
    media_type: str = JSON

    @property
    def headers(self) -> dict[str, str]:
        """Those that belong to the request."""
        said = {"Content-Type": self.media_type} if self.body is not None else {}
        if self.key:
            said["Idempotency-Key"] = self.key
        if self.match is not None:
            said["If-Match"] = self.match
        return said

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice is the same as once."""
        return self.method == "GET" or self.key is not None


class Calls:
    """A session with one server."""

    def __init__(
        self,
        server: str,
        *,
        token: str | None = None,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        try:
            address = httpx.URL(server)
        except httpx.InvalidURL:
            address = httpx.URL("")
        if address.scheme not in {"http", "https"} or not address.host:
            raise ClientError("wrong_usage", f"server {server!r} is not an address such as 'http://127.0.0.1:8710'")
        self.http = httpx.Client(
            base_url=address,
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept": JSON},
            transport=transport,
            trust_env=False,  # a proxy of the environment must not see the token
        )
        self.server = server
        self.token = token
        self.wait = wait

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self.http.close()

    def call(self, asked: Asked, reply: type[Reply]) -> Reply:
        """What is answered."""
        return self.read(asked, self.answer(asked), reply)

    def read(self, asked: Asked, answer: httpx.Response, reply: type[Reply]) -> Reply:
        """An answer as it is meant; ClientError for something else."""
        try:
            return reply.model_validate_json(answer.content)
        except ValidationError as error:
            raise ClientError(
                "server_answer_invalid",
                f"{self.server} answered {asked.method} {asked.path} with something else than expected"
                f" ({first_fault(error)}); is it an Expediter server of this version?",
                status=answer.status_code,
            ) from error

    def answer(self, asked: Asked) -> httpx.Response:
        """The answer as it came; ClientError for a refusal. A busy server is asked again when it says so."""
        for tries_left in reversed(range(TRIES if asked.repeatable else 1)):
            try:
                answer = self._sent(asked)
            except (httpx.ReadError, httpx.RemoteProtocolError) as error:
                if not tries_left:
                    raise self.unreached(error) from error
                continue
            except httpx.HTTPError as error:
                raise self.unreached(error) from error
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or not tries_left or not _again(answer):
                break
            self.wait(min(float(answer.headers["Retry-After"]), LONGEST_WAIT))
        else:
            raise AssertionError("the last try ends it")
        if not answer.is_success:
            raise refusal(self.server, answer)
        return answer

    def unreached(self, error: httpx.HTTPError) -> ClientError:
        """The words for a server that does not answer."""
        if isinstance(error, httpx.TimeoutException):
            return ClientError("server_timeout", f"{self.server} did not answer in time; try again")
        return ClientError("server_unreachable", f"{self.server} cannot be reached; is it running?")

    def authorised(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers with who asks."""
        return {**headers, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}

    def _sent(self, asked: Asked) -> httpx.Response:
        body = asked.body.model_dump_json().encode() if isinstance(asked.body, BaseModel) else asked.body
        return self.http.request(
            asked.method,
            asked.path,
            content=body,
            params=cast("dict[str, Any] | None", asked.params),
            headers=self.authorised(asked.headers),
        )


def refusal(server: str, answer: httpx.Response) -> ClientError:
    """The problem an answer tells of."""
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return ClientError(
            "server_answer_invalid",
            f"{server} answered {answer.status_code} without saying why; is it an Expediter server?",
            status=answer.status_code,
        )
    return ClientError(problem.code, problem.detail, status=answer.status_code)


def fresh_key() -> str:
    """A key for one act."""
    return str(uuid.uuid4())


def first_fault(error: ValidationError) -> str:
    """The first of what is wrong, and where."""
    problem = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['msg']}"


def _again(answer: httpx.Response) -> bool:
    return answer.headers.get("Retry-After", "").isdecimal()
