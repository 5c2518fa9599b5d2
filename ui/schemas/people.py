"""What travels between the API and its clients of who may act here, and of what was done: people, audit, imports."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from core.domain.users import Role
from ui.schemas import Comment, Identifier, Reply, Request
from ui.schemas.listing import Code, Filters, ListReply, Told
from ui.values import Moment

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9._-]{1,62}$")]
Money = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]


ROLES = tuple(one.value for one in Role)
"""What somebody may be here for."""


class PersonReply(Reply):
    """Somebody who may act here. `limit` is what one approval may commit, None for no limit; `sites` and `customers`
    are all that is seen, None for all there are; `waiting`: another person has not agreed yet."""

    name: str
    role: str
    limit: Decimal | None
    active: bool
    sites: tuple[str, ...] | None
    customers: tuple[str, ...] | None
    waiting: bool
    digest: str | None


class PeopleList(Reply):
    """Everybody, by name; `next` is the cursor of the next page."""

    items: tuple[PersonReply, ...]
    next: str | None


class PersonRequest(Request):
    """A person, or with role service or agent a program, who is to act here."""

    name: Name = Field(examples=["maria.lopez"])
    role: Role
    limit: Money | None = Field(default=None, description="Money one approval may commit; none: no limit.")
    sites: tuple[Identifier, ...] | None = Field(default=None, max_length=1000)
    customers: tuple[Identifier, ...] | None = Field(default=None, max_length=1000)
    same_as: Name | None = Field(default=None, description="Another account of this person.")


class PersonAdded(PersonReply):
    """Who was added, and for a person the token that proves it at the terminal; it is shown this once."""

    token: str | None


class ScopeRequest(Request):
    """What somebody sees: sites and customers by code, None for all there are."""

    sites: tuple[Identifier, ...] | None = Field(default=None, max_length=1000)
    customers: tuple[Identifier, ...] | None = Field(default=None, max_length=1000)


class ActiveRequest(Request):
    """Whether somebody is to act here."""

    active: bool = Field(strict=True)


class PersonWord(Request):
    """Another person's word on letting somebody act here, exactly as it was displayed."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    agree: bool = Field(strict=True)
    comment: Comment = ""


class AuditQuery(Filters):
    """Which audit records are wanted."""

    scope: Code | None = Field(default=None, description="One thing.", examples=["order:SO-1042", "case:CASE-17"])
    event: Code | None = Field(default=None, examples=["decision_approve"])
    actor: Code | None = None
    subject: Code | None = None
    recorded_after: Moment | None = None
    recorded_before: Moment | None = None


class AuditEntry(Reply):
    """One link of the audit chain of a scope; `facts` is what was told of it, as it is kept. `hash` is over all of it
    and the link before, whose hash is `previous`."""

    scope: str
    sequence: int
    at: datetime
    actor: str
    event: str
    subject: str
    facts: str
    previous: str
    hash: str


class AuditTrail(ListReply):
    """Links of the audit chains."""

    items: tuple[AuditEntry, ...]


class AuditProof(Reply):
    """Whether every chain of the audit log hashes to what is kept; `broken` names the links that do not."""

    whole: bool
    broken: tuple[str, ...]


class Gap(Reply):
    """Something of a pack that cannot be: file, line, column, value, and what would be accepted."""

    where: str
    what: str


class ImportReply(Reply):
    """What a pack holds, and whether it was loaded; `gaps` are all that stand against it."""

    content_hash: str
    name: str
    counts: dict[str, int]
    gaps: tuple[Gap, ...]
    gaps_left_out: int
    loaded: bool


class ImportRecord(Told):
    """A pack that was loaded, or reconciled with what was there."""

    number: int
    name: str
    as_of: date
    content_hash: str
    recorded_at: datetime


class ImportRecords(ListReply):
    """Packs that were loaded."""

    items: tuple[ImportRecord, ...]


class ImportState(Reply):
    """The pack the books were loaded from; None while they are empty."""

    content_hash: str | None
    company: str | None
    details: dict[str, Any]
