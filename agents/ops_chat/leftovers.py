"""What a question names and its call would leave out: such a call answers another question, so it is not made."""

import re

from agents.ops_chat.heard import leaves_of
from agents.ops_chat.names import Kind, Mention
from agents.ops_chat.topics import Topic
from agents.ops_chat.understood import Question, Understood

# A customer beside an order, a duration and a count of rows are said for clarity; these are never said for nothing.
_ALWAYS_MEANT = frozenset(
    {
        Kind.ITEM, Kind.SUPPLIER, Kind.LOCATION, Kind.SITE, Kind.CENTER, Kind.ORDER, Kind.PURCHASE, Kind.WORK,
        Kind.TRANSFER, Kind.CASE, Kind.OPTION, Kind.APPROVAL, Kind.DRAFT, Kind.DATE, Kind.PERCENT, Kind.COUNTRY,
    }
)  # fmt: skip


def left_out(question: Question, found: Understood) -> Mention | None:
    """The first thing named that is no part of any argument. A day of today needs none: everything is told as of it;
    nor does the day that a "why" is about. A product is configured from the words themselves."""
    if found.tool == "configure_item":
        return None
    told = {Kind.DATE} if question.about(Topic.WHY) else set[Kind]()
    said = "\n".join(leaves_of(found.arguments))
    today = question.context.today.isoformat()
    mentions = question.mentions.found
    used = [one for one in mentions if one.value == today or _is_in(one.value, said)]
    # What was said once may mean a place and its site: one of them used is enough.
    places = {(one.start, one.end) for one in used}
    return next(
        (one for one in mentions if one.kind in _ALWAYS_MEANT - told and (one.start, one.end) not in places), None
    )


def _is_in(value: str, said: str) -> bool:
    """Whether a value is an argument or a part of one: PO-17 of PO-17/1, but not SO-10 of SO-1042."""
    return re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", said, re.IGNORECASE) is not None
