"""What became of a question: a call of a tool, or the honest answer that it cannot be read and what would be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from agents.ops_chat.mentions import Mentions
from agents.ops_chat.names import Kind, Mention, NameBook
from agents.ops_chat.topics import Topic

Arguments = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A tool and its arguments. `recalled` are the things that were not said but taken from the conversation."""

    tool: str
    arguments: Arguments
    recalled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Nothing is done; `help` says why, and what could be asked instead."""

    help: str
    kind: Literal["cannot_read", "not_mine"] = "cannot_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the conversation is about: the last thing of each kind that was named or shown, and the last list."""

    last: Mapping[Kind, Mention] = field(default_factory=dict)
    listed: tuple[str, ...] = ()

    def with_mentions(self, mentions: Mentions) -> "Memory":
        """The memory after a question that mentions these."""
        named = {mention.kind: mention for mention in mentions.found if mention.kind in REMEMBERED}
        return replace(self, last={**self.last, **named})


REMEMBERED = frozenset(
    {
        Kind.CUSTOMER, Kind.SUPPLIER, Kind.ITEM, Kind.LOCATION, Kind.ORDER, Kind.PURCHASE, Kind.WORK, Kind.TRANSFER,
        Kind.CASE, Kind.OPTION, Kind.APPROVAL, Kind.DRAFT,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a question is read with: the business date, the names there are, and what was said before."""

    today: date
    book: NameBook
    memory: Memory = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question taken apart: the `original`, its `text` in lower case without accents, what it mentions and is about;
    `pronoun` says that a word stands for something named before."""

    original: str
    text: str
    mentions: Mentions
    topics: frozenset[Topic]
    context: Context
    pronoun: bool

    def about(self, *topics: Topic) -> bool:
        """Whether it is about any of these."""
        return not self.topics.isdisjoint(topics)

    def the(self, *kinds: Kind) -> Mention | None:
        """The first mention of these kinds, or what a pronoun stands for."""
        said = self.mentions.first(*kinds)
        if said is not None or not self.pronoun:
            return said
        return next((self.context.memory.last[kind] for kind in kinds if kind in self.context.memory.last), None)

    def number(self, kind: Kind) -> int | None:
        """The whole number that the first mention of the kind says."""
        said = self.mentions.value(kind)
        return int(said) if said is not None else None


def given(**arguments: object) -> Arguments:
    """The arguments that were said."""
    return {name: value for name, value in arguments.items() if value is not None}
