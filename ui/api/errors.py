"""Every error of the API as problem details (RFC 9457) with a stable code: the one place where they become HTTP."""

from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core.domain.errors import DomainError

MEDIA_TYPE: Final = "application/problem+json"
KEY_HEADER: Final = ("header", "Idempotency-Key")
STATUS_OF: Final[Mapping[str, int]] = {
    "domain_error": 400,
    "wrong_usage": 400,
    "authentication_failed": 401,
    "login_refused": 401,
    "signature_refused": 401,
    "not_authorised": 403,
    "not_found": 404,
    "already_decided": 409,
    "cannot_promise": 409,
    "capacity_exceeded": 409,
    "conflict": 409,
    "duplicate_order": 409,
    "illegal_transition": 409,
    "insufficient_stock": 409,
    "not_feasible": 409,
    "quota_exhausted": 409,
    "plan_hash_mismatch": 409,
    "proposal_expired": 409,
    "proposal_stale": 409,
    "quote_expired": 409,
    "rows_would_be_lost": 409,
    "backup_unreadable": 422,
    "backup_failed": 500,
    "circular_bom": 422,
    "idempotency_conflict": 422,
    "invalid_value": 422,
    "pack_invalid": 422,
    "pack_missing": 422,
    "notice_invalid": 422,
    "supplier_request_invalid": 422,
    "halted": 423,
    "limit_reached": 429,
    "invariant_broken": 500,
    "mail_error": 502,
    "mail_key_reused": 502,
    "model_error": 502,
    "model_field_not_declared": 502,
    "model_invalid": 502,
    "supplier_answer_invalid": 502,
    "supplier_error": 502,
    "supplier_key_reused": 502,
    "supplier_not_connected": 502,
    "supplier_order_repeated": 502,
    "database_unavailable": 503,
    "login_unavailable": 503,
    "mail_unavailable": 503,
    "mailbox_unavailable": 503,
    "notice_failed": 503,
    "schema_mismatch": 503,
    "model_budget_spent": 503,
    "model_unavailable": 503,
    "supplier_unavailable": 503,
}
_OWN_CODE: Final[Mapping[int, str]] = {
    400: "invalid_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "invalid_request",
    422: "invalid_request",
}


class NotChangedError(Exception):
    """The client has what it asks for already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class ApiError(Exception):
    """The request itself is at fault, whatever it asked for."""

    def __init__(self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, object] | None = None,
) -> JSONResponse:
    """The answer for an error. `more` are extension members; they never replace the standard ones."""
    body: dict[str, object] = {key: _plain(value) for key, value in (more or {}).items()}
    body |= {
        "type": f"urn:expediter:error:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
    }
    sent = dict(headers or {})
    if status == 401:
        sent["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status, headers=sent, media_type=MEDIA_TYPE)


def answer_errors(app: FastAPI) -> None:
    """Make the application answer every error as problem details, FastAPI's own included."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(ApiError, _api)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NotChangedError, _not_changed)
    app.add_exception_handler(Exception, _unexpected)


def _domain(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DomainError)
    return refused(error)


def refused(error: DomainError) -> JSONResponse:
    """The answer for an error of the core; it says when to come back where that is known."""
    wait = error.details.get("retry_after")
    headers = {"Retry-After": str(wait)} if isinstance(wait, int) else None
    return problem(STATUS_OF.get(error.code, 500), error.code, error.message, headers=headers, more=error.details)


def _api(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ApiError)
    return problem(error.status, error.code, error.message, headers=error.headers)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    """What was sent is left out of the answer: it may be a password."""
    assert isinstance(error, RequestValidationError)
    found = [{"where": ".".join(str(part) for part in one["loc"]), "what": str(one["msg"])} for one in error.errors()]
    if any(one["loc"] == KEY_HEADER for one in error.errors()):
        return problem(
            400, "idempotency_key_missing", f"send a new Idempotency-Key with every act ({found[0]['what']})"
        )
    detail = "; ".join(f"{one['where']}: {one['what']}" for one in found[:5])
    return problem(422, "invalid_request", detail, more={"errors": found[:50]})


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code, headers = _OWN_CODE.get(error.status_code, "http_error"), dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(request.app.state.methods_at(request.url.path))
    return problem(error.status_code, code, f"{error.detail}.".replace("..", "."), headers=headers)


def _not_changed(_: Request, error: Exception) -> Response:
    assert isinstance(error, NotChangedError)
    return Response(status_code=304, headers={"ETag": error.tag})


def _unexpected(_: Request, error: Exception) -> JSONResponse:
    return problem(500, "internal_error", "the server met a fault it does not know; its log has the details")


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return str(value)
