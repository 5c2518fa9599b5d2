"""The newest part of a mail: what its writer wrote now, without what the mail quotes, answers or sends on."""

import re
from dataclasses import dataclass
from itertools import accumulate

from mailparser_reply import EmailReplyParser

from agents.order_intake.mail.covers import handed_over
from agents.order_intake.values.dates import find_days

_SCANNED_LINE = 400
_SECOND_OPINION = 12_000

_WROTE = re.compile(
    r"^[ \t]*(?:(?:on|le|el|op|am|den|om)\b.{4,260}|.{0,120}\d{4}.{0,160}|.{0,160}@.{0,160})"
    r"\b(?:wrote|schrieb|geschrieben|a écrit|à écrit|escribió|schreef|geschreven)\b.{0,120}:[ \t]*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^[ \t>*]*[-_=*]{2,}[ \t]*(?:original(?:e|nachricht| message| appointment)?"
    r"|urspr(?:ü|ue)ngliche (?:nachricht|e-?mail)"
    r"|message (?:d.origine|original|initial)|mensaje original|correo original|oorspronkelijk(?:e)? bericht)"
    r"[ \t]*[-_=*]*[ \t]*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^[ \t>*]*(?:[-_=*]{2,}[ \t]*)?(?:begin forwarded message|forwarded (?:message|by)"
    r"|weitergeleitete (?:nachricht|e-?mail)"
    r"|anfang der weitergeleiteten nachricht|message (?:transféré|transfere|réexpédié)|début du message transféré"
    r"|mensaje reenviado|inicio del mensaje reenviado|doorgestuurd bericht|begin doorgestuurd bericht)\b.{0,80}$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[ \t*]*(from|von|de|van|sent|gesendet|envoyé|enviado(?: el)?|verzonden|date|datum|fecha|to|an|à|para|aan"
    r"|subject|betreff|objet|asunto|onderwerp|cc|reply-to|répondre à)[ \t]*\*?[ \t]*:\**[ \t]?",
    re.IGNORECASE,
)
_FROM_LABELS = frozenset({"from", "von", "de", "van"})
_ABOUT_LABELS = frozenset({"subject", "betreff", "objet", "asunto", "onderwerp"})
_SENT_LABELS = frozenset({"sent", "gesendet", "envoyé", "enviado", "enviado el", "verzonden", "date", "datum", "fecha"})
_FORWARD_SUBJECT = re.compile(r"^\s*(?:fwd?|wg|tr|rv|rtv|doorst|i|enc|vs)\s*:", re.IGNORECASE)
_ENTER_BELOW = re.compile(
    r"(?<!\w)(?:enter|process|book|place|order|ship|supply)[ ](?:[^\W\d_]+[ ]){0,3}?below(?!\w)"
    r"|(?<!\w)below[ ](?:order|po|list|items)[ ](?:as|is|please|now)|(?:order|po)[ ]below[ ](?:as|please|now|is)"
    r"|(?<!\w)(?:untenstehende\w*|nachstehende\w*|unten)[ ](?:[^\W\d_]+[ ]){0,3}?(?:erfassen|buchen|anlegen"
    r"|bestellen|liefern)"
    r"|(?:enregistr\w+|trait\w+|command\w+|saisi\w+)[ ](?:[^\W\d_]+[ ]){0,4}?ci-dessous"
    r"|(?:registr\w+|tramit\w+|proces\w+|introdu\w+)[ ](?:[^\W\d_]+[ ]){0,4}?(?:abajo|de abajo|siguiente)"
    r"|onderstaande[ ](?:[^\W\d_]+[ ]){0,3}?(?:verwerken|invoeren|inboeken|bestellen|plaatsen|leveren)",
    re.IGNORECASE,
)
_PARSER = EmailReplyParser(languages=["en", "de", "fr", "es", "nl"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest text, and what was left out of it that a person should know about."""

    text: str
    forwarded: bool = False
    faults: tuple[str, ...] = ()


def newest_part(text: str, subject: str = "") -> Newest:
    """What the writer wrote now. Of a mail that only sends another one on, that other one."""
    cut = _first_cut(text)
    if cut is None:
        own = _unquoted(text)
        below = _quoted(text) if _ENTER_BELOW.search(own) else ""
        return (_handed(own, below) if below else None) or Newest(text=own)
    above, below = text[: cut.start], text[cut.end :]
    forwards = cut.forwards or _is_forward(subject)
    if forwards or _ENTER_BELOW.search(above):
        handed = _handed(above, below)
        if handed is not None:
            return handed
    if forwards:
        return Newest(
            text=_unquoted(above),
            faults=("The mail sends another one on and says something of its own: only its own words were read",),
        )
    return Newest(text=_unquoted(above))


def _handed(above: str, below: str) -> Newest | None:
    """The mail below words that only hand it over, None where they say more."""
    cover = handed_over(above)
    if cover is None:
        return None
    inner = _sent_on(below)
    # A day in both may be two days: then only a person knows which one counts.
    if find_days(cover) and find_days(inner.text):
        return None
    text = f"{cover}\n\n{inner.text}" if cover else inner.text
    return Newest(text=text, forwarded=True, faults=inner.faults)


def _quoted(text: str) -> str:
    """The lines that are marked as quoted, without their first mark."""
    marked = [line.lstrip()[1:] for line in text.split("\n") if line.lstrip().startswith(">")]
    return "\n".join(line.removeprefix(" ") for line in marked)


def _sent_on(text: str) -> Newest:
    """The newest part of a mail that was sent on; where it was itself sent on without a mark, what it quotes too."""
    header = [line for line in text.lstrip("\n").split("\n")[:8] if _LABEL.match(line[:_SCANNED_LINE])]
    subject = next((line.partition(":")[2] for line in header if _about(line)), "")
    inner = newest_part(_undated(text), "")
    if inner.forwarded or inner.text != _unquoted(_undated(text)) or not _is_forward(subject):
        return inner
    return Newest(text=_unmarked(text), forwarded=True, faults=inner.faults)


def _undated(text: str) -> str:
    """The mail without the day it was written on, which its header gives: that is no day of the order's."""
    lines = text.lstrip("\n").split("\n")
    header = lines[: next((at for at, line in enumerate(lines) if not line.strip()), len(lines))][:8]
    labels = {at: label[1].lower() for at, line in enumerate(header) if (label := _LABEL.match(line[:_SCANNED_LINE]))}
    if not any(label in _FROM_LABELS for label in labels.values()):
        return text
    return "\n".join(line for at, line in enumerate(lines) if labels.get(at) not in _SENT_LABELS)


def _about(line: str) -> bool:
    label = _LABEL.match(line[:_SCANNED_LINE])
    return label is not None and label[1].lower() in _ABOUT_LABELS


def _unmarked(text: str) -> str:
    """The text with the marks of quoting taken off."""
    return "\n".join(re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line) for line in text.split("\n")).strip("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Where older text begins, where its own words begin after the marks, and whether the marks say "sent on"."""

    start: int
    end: int
    forwards: bool = False


def _first_cut(text: str) -> _Cut | None:
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    own = next(
        (cut for at in range(first, len(lines)) if (cut := _cut_at(lines, starts, at, first=first)) is not None), None
    )
    opinion = _second_opinion(text if own is None else text[: own.start])
    return own if opinion is None else _Cut(start=opinion, end=opinion)


def _cut_at(lines: list[str], starts: list[int], at: int, *, first: int) -> _Cut | None:
    line = lines[at][:_SCANNED_LINE]
    if _FORWARDED.match(line):
        # Where the mark stands first and nothing was written above it, the whole mail is the one sent on.
        return _Cut(start=starts[at], end=starts[at + 1], forwards=True)
    if _ORIGINAL.match(line):
        return _Cut(start=starts[at], end=starts[at + 1])
    wrote = _wrote(lines, at)
    if wrote and not _next_is_quoted(lines, at + wrote):
        return _Cut(start=starts[at], end=starts[at + wrote])
    if at > first and _is_header_block(lines, at):
        return _Cut(start=starts[at], end=starts[at])
    return None


def _wrote(lines: list[str], at: int) -> int:
    """How many lines a "somebody wrote:" that begins here is long; 0 where none does."""
    joined = ""
    for more in range(3):
        if at + more >= len(lines) or not lines[at + more].strip():
            return 0
        joined = f"{joined} {lines[at + more][:_SCANNED_LINE].strip()}".strip()
        if _WROTE.match(joined):
            return more + 1
    return 0


def _next_is_quoted(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return following.lstrip().startswith(">")


def _is_header_block(lines: list[str], at: int) -> bool:
    """Whether the lines from here are a mail's own header as mail programs print it above what they quote."""
    first = _LABEL.match(lines[at][:_SCANNED_LINE])
    if not first or first[1].lower() not in _FROM_LABELS:
        return False
    labels = [match[1].lower() for line in lines[at : at + 7] if (match := _LABEL.match(line[:_SCANNED_LINE]))]
    has_sent = any(label in _SENT_LABELS for label in labels)
    return len(labels) >= 3 and (has_sent or any(label in _ABOUT_LABELS for label in labels))


def _second_opinion(text: str) -> int | None:
    """Where a library that knows more mail programs sees a quoted mail begin after words of the writer's own."""
    scanned = "\n".join(line[:_SCANNED_LINE] for line in text[:_SECOND_OPINION].split("\n"))
    replies = _PARSER.read(scanned).replies
    if len(replies) < 2 or not replies[0].content:
        return None
    head = (
        next((line.strip() for line in replies[1].headers.split("\n") if line.strip()), "")
        if replies[1].headers
        else ""
    )
    label = _LABEL.match(head)
    if not head or head.startswith(">") or (label and label[1].lower() not in _FROM_LABELS):
        return None
    place = text.find(head)
    return place if place > 0 and text[:place].strip() and not _next_is_quoted(text[place:].split("\n"), 1) else None


def _unquoted(text: str) -> str:
    """The text without lines that are marked as quoted, and without the "somebody wrote:" above them."""
    lines = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        wrote = _wrote(lines, at)
        if wrote and _next_is_quoted(lines, at + wrote):
            at += wrote
            continue
        if not lines[at].lstrip().startswith(">"):
            kept.append(lines[at])
        at += 1
    return "\n".join(kept).strip("\n")


def _is_forward(subject: str) -> bool:
    return bool(_FORWARD_SUBJECT.match(subject[:200]))
