"""The API as Python calls: one method per door, answers as ui.schemas models, every failure a ClientError."""

import re
import uuid
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from ui.identity_schemas import Me
from ui.schemas import (
    IDENTIFIER,
    CaseDetail,
    DecisionReply,
    DecisionRequest,
    HealthReply,
    Inbox,
    LoginReply,
    LoginRequest,
    Problem,
    UndoReply,
    WorkReply,
)

CONNECT_SECONDS = 3
ANSWER_SECONDS = 30
_KEYS = uuid.UUID("6f4a3c1e-93b5-5f0e-8f0c-2f1f4c1f7a10")
_Reply = TypeVar("_Reply", bound=BaseModel)


class ClientError(Exception):
    """The API refused or could not be reached. `code` is stable, `message` is a sentence for a person."""

    def __init__(self, code: str, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


class Client:
    """A session with one server. Without a token only `health` and `login` work; `login` keeps the token it got."""

    def __init__(
        self,
        server: str,
        *,
        token: str | None = None,
        channel: str = "api",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        try:
            address = httpx.URL(server)
        except httpx.InvalidURL:
            address = httpx.URL("")
        if address.scheme not in {"http", "https"} or not address.host:
            raise ClientError("wrong_usage", f"server {server!r} is not an address such as 'http://127.0.0.1:8710'")
        self._http = httpx.Client(
            base_url=address,
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept": "application/json"},
            transport=transport,
            trust_env=False,  # a proxy of the environment must not see the token
        )
        self.server = server
        self._token = token
        self._channel = channel

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def health(self) -> HealthReply:
        """Whether the server and its database answer."""
        return self._call("GET", "/healthz", HealthReply)

    def login(self, name: str, password: str) -> LoginReply:
        """Begin a session."""
        reply = self._call("POST", "/v1/login", LoginReply, body=LoginRequest(name=name, password=password))
        self._token = reply.token
        return reply

    def logout(self) -> None:
        """End the session; the token is worth nothing afterwards."""
        self._answer("POST", "/v1/logout")
        self._token = None

    def who_am_i(self) -> Me:
        """Whose token this is."""
        return self._call("GET", "/v1/me", Me)

    def inbox(self, *, state: str | None = None, type: str | None = None) -> Inbox:
        """The active cases, most urgent first."""
        wanted = {"state": state, "type": type}
        return self._call("GET", "/v1/cases", Inbox, query={k: v for k, v in wanted.items() if v is not None})

    def case(self, case: str) -> CaseDetail:
        """Everything about one case."""
        return self._call("GET", f"/v1/cases/{_segment(case)}", CaseDetail)

    def resolve(self, case: str) -> WorkReply:
        """Have options prepared and one proposed; nobody's decision is taken."""
        return self._call("POST", f"/v1/cases/{_segment(case)}/resolve", WorkReply, key=str(uuid.uuid4()))

    def decide(self, approval: str, *, decision: str, plan_hash: str, comment: str = "") -> DecisionReply:
        """Approve or reject the plan that was displayed. The same call twice counts once."""
        try:
            body = DecisionRequest.model_validate(
                {"decision": decision, "plan_hash": plan_hash, "comment": comment, "channel": self._channel}
            )
        except ValidationError as error:
            raise ClientError("invalid_request", _first(error)) from error
        return self._call(
            "POST",
            f"/v1/approvals/{_segment(approval)}/decision",
            DecisionReply,
            body=body,
            key=_key(self._token or "", approval, decision, plan_hash, body.comment),
        )

    def undo(self, approval: str) -> UndoReply:
        """Take back an executed plan. The same call twice counts once."""
        path = f"/v1/approvals/{_segment(approval)}/undo"
        return self._call("POST", path, UndoReply, key=_key(self._token or "", approval, "undo"))

    def _call(
        self,
        method: str,
        path: str,
        reply: type[_Reply],
        *,
        body: BaseModel | None = None,
        query: dict[str, str] | None = None,
        key: str | None = None,
    ) -> _Reply:
        answer = self._answer(method, path, body=body, query=query, key=key)
        try:
            return reply.model_validate_json(answer.content)
        except ValidationError as error:
            raise ClientError(
                "server_answer_invalid",
                f"{self.server} answered {method} {path} with something else than expected ({_first(error)});"
                " is it an Expediter server of this version?",
                status=answer.status_code,
            ) from error

    def _answer(
        self,
        method: str,
        path: str,
        *,
        body: BaseModel | None = None,
        query: dict[str, str] | None = None,
        key: str | None = None,
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        if key:
            headers["Idempotency-Key"] = key
        content = None if body is None else body.model_dump(mode="json")
        try:
            answer = self._http.request(method, path, json=content, params=query, headers=headers)
        except httpx.TimeoutException as error:
            raise ClientError("server_timeout", f"{self.server} did not answer in time; try again") from error
        except httpx.HTTPError as error:
            raise ClientError("server_unreachable", f"{self.server} cannot be reached; is it running?") from error
        if not answer.is_success:
            raise _refusal(self.server, answer)
        return answer


def _refusal(server: str, answer: httpx.Response) -> ClientError:
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return ClientError(
            "server_answer_invalid",
            f"{server} answered {answer.status_code} without saying why; is it an Expediter server?",
            status=answer.status_code,
        )
    return ClientError(problem.code, problem.detail, status=answer.status_code)


def _key(*parts: str) -> str:
    """The same for the same act in one session, so that a repeated click or a retry is recognised."""
    return str(uuid.uuid5(_KEYS, "\x1f".join(parts)))


def _segment(identifier: str) -> str:
    """An id as one path segment; what could lead elsewhere is refused."""
    if not re.fullmatch(IDENTIFIER, identifier):
        raise ClientError("invalid_value", f"id {identifier!r} is not made of letters, digits and '-', '_', '.', ':'")
    return identifier


def _first(error: ValidationError) -> str:
    problem = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['msg']}"
