"""What a conversation is about, as JSON values to be kept, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from agents.ops_chat.mentions import mentions_in
from agents.ops_chat.names import Mention, NameBook
from agents.ops_chat.understood import REMEMBERED, Memory

MOST_LISTED = 20


def kept(memory: Memory) -> dict[str, Any]:
    """The memory as JSON values."""
    last = {kind.value: {"value": mention.value, "line": mention.line} for kind, mention in sorted(memory.last.items())}
    return {"last": last, "listed": list(memory.listed)}


def recalled(data: Mapping[str, Any]) -> Memory:
    """The memory of a conversation; what an older program kept and this one does not know is forgotten."""
    known = {kind.value: kind for kind in REMEMBERED}
    last = {
        known[name]: Mention(kind=known[name], value=row["value"], start=0, end=0, line=row["line"])
        for name, row in data.get("last", {}).items()
        if name in known
    }
    return Memory(last=last, listed=tuple(data.get("listed", ())))


def after(memory: Memory, *, named: Iterable[str], listed: tuple[str, ...], book: NameBook) -> Memory:
    """The memory once these things were named or shown, and these were listed; an answer that lists nothing leaves the
    last list standing."""
    for text in named:
        memory = memory.with_mentions(mentions_in(text, book, read_days=lambda _: ()))
    return Memory(last=memory.last, listed=listed[:MOST_LISTED] or memory.listed)
