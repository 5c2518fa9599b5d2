"""ETags: what a client read, and whether it is still so when the client changes it."""

import hashlib
import re
from typing import Annotated, TypeVar

from fastapi import Header, Request, Response
from pydantic import BaseModel

from ui.api.errors import ApiError, NotChangedError

Reply = TypeVar("Reply", bound=BaseModel)
_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")')
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag of what was read; a change of something that has become another since is refused.",
        examples=['"5f0c2e8a1b7d4c33"'],
    ),
]


def tag_of(reply: BaseModel) -> str:
    """The ETag of a reply: the same words have the same tag."""
    return f'"{hashlib.sha256(reply.model_dump_json().encode()).hexdigest()[:32]}"'


def tagged(request: Request, response: Response, reply: Reply) -> Reply:
    """The reply with its ETag; NotChangedError, an empty 304, when the client has it already."""
    tag = tag_of(reply)
    if tag in _TAG.findall(request.headers.get("If-None-Match", "")):
        raise NotChangedError(tag)
    response.headers["ETag"] = tag
    return reply


def check_match(sent: str | None, current: BaseModel) -> None:
    """428 when the client does not say what it read, 412 when it has become another since."""
    tag = tag_of(current)
    if not sent:
        raise ApiError(428, "precondition_required", "send the ETag of what you read as If-Match")
    if sent.strip() != "*" and tag not in _TAG.findall(sent):
        raise ApiError(
            412, "precondition_failed", "it has changed since it was read; read it again", headers={"ETag": tag}
        )
