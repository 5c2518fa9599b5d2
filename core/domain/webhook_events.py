"""Events as programs are told of them, and the links of the audit log they are made from."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from core.domain.webhooks import Topic

VERSION = 1
Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]
Data = Mapping[str, Value]


class About(StrEnum):
    """What an event is about: whoever may see that may hear of it; `company` is for who sees everything."""

    ORDER = "order"
    SHIPMENT = "shipment"
    PURCHASE_ORDER = "purchase_order"
    CASE = "case"
    APPROVAL = "approval"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A link of the audit log, as events are made from it. `facts` are its JSON values, `hash` is its own."""

    scope: str
    sequence: int
    event: str
    subject: str
    facts: Mapping[str, object]
    at: datetime
    hash: str

    @property
    def of(self) -> str:
        """What its chain is about, such as SO-1."""
        return self.scope.partition(":")[2]

    def text(self, name: str) -> str | None:
        """A fact in words; None where there is none."""
        found = self.facts.get(name)
        return None if found is None else str(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, as programs are told of it."""

    id: str
    topic: Topic
    at: datetime
    about: About
    subject: str
    data: Data

    @property
    def body(self) -> str:
        """What is sent, the same text for the same event."""
        told = {
            "id": self.id,
            "type": self.topic.value,
            "version": VERSION,
            "occurred_at": self.at.astimezone(UTC).isoformat(),
            "subject": self.subject,
            "data": self.data,
        }
        return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of event: the audit events it may be made from, and what it carries; `make` says None for what is none."""

    topic: Topic
    says: str
    about: About
    noted: tuple[str, ...]
    fields: Mapping[str, str]
    make: Callable[[Noted], Data | None]
