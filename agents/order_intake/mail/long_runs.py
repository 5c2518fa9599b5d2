"""Runs of characters no person writes: readers look at every place of a line again and again; none is endless."""

import re

from agents.order_intake.mail.limits import GAP_CHARACTERS, LINE_CHARACTERS, WORD_CHARACTERS

_WORDS = re.compile(rf"(\S{{{WORD_CHARACTERS}}})\S+")
_GAPS = re.compile(rf"([ \t]{{{GAP_CHARACTERS}}})[ \t]+")
_ADDRESS = re.compile(r"\W{0,3}(?:https?|mailto|cid|data):", re.IGNORECASE)


def within_reach(text: str) -> tuple[str, bool]:
    """The text with words cut that are longer than any word, wide gaps narrowed and long lines broken at the end of a
    sentence or else at a space; and
    whether something was cut that is no web address."""
    cut = any(not _ADDRESS.match(one[0]) for one in _WORDS.finditer(text))
    text = _GAPS.sub(r"\1", _WORDS.sub(r"\1", text))
    if len(text) <= LINE_CHARACTERS:
        return text, cut
    return "\n".join(_broken(line) for line in text.split("\n")), cut


def _broken(line: str) -> str:
    """The line, a space in it become a line's end wherever it would be too long."""
    parts: list[str] = []
    while len(line) > LINE_CHARACTERS:
        at = line.rfind(". ", LINE_CHARACTERS // 2, LINE_CHARACTERS) + 1
        at = at or max(line.rfind(space, 0, LINE_CHARACTERS) for space in " \t")
        parts.append(line[:at])
        line = line[at + 1 :]
    return "\n".join([*parts, line])
