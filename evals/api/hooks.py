"""How calls that nobody thought of keep making sense: loaded by schemathesis, which reads SCHEMATHESIS_HOOKS."""

from typing import Any
from uuid import uuid4

import schemathesis

OWN = "operator"
"""Who is signed in: it does not sign itself out, nor take its own rights away."""


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """A POST has a key of its own, unless the point is that it has none; a stream is not waited for."""
    if case.method.upper() == "POST" and "Idempotency-Key" in (case.headers or {}) and case.headers["Idempotency-Key"]:
        case.headers["Idempotency-Key"] = str(uuid4())
    if case.path.endswith("/events"):
        case.query = {**(case.query or {}), "wait": 0}
    if case.path.endswith(("/active", "/scope")) and case.path_parameters.get("name") == OWN:
        case.path_parameters["name"] = "nobody.here"


@schemathesis.serializer("application/zip", "application/octet-stream")
def as_bytes(_: Any, value: Any) -> bytes:
    """A file as it is sent."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
