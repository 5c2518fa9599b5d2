"""The parts of a MIME message, whatever its shape: headers, text, HTML and files, with a name for every fault."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from agents.order_intake.mail.limits import HEADER_CHARACTERS, MIME_DEPTH, PARTS, REFERENCES

# What broken mails are known to raise from the standard library: unknown charsets, wrong base64, headers without end.
BROKEN = (LookupError, ValueError, TypeError, AttributeError, RecursionError, AssertionError, MessageError)
_IGNORED = re.compile(
    r"application/(?:pkcs7|x-pkcs7|pgp)|text/(?:calendar|x-?vcard|vcard)|message/delivery", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that came with a mail, as bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class Parts:
    """A message taken apart."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    senders: tuple[str, ...] = ()
    from_headers: int = 0
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    received: datetime | None = None


def take_apart(content: bytes) -> Parts:
    """Every part of a message; what is broken is named, what can be read of the rest is read."""
    parts = Parts()
    try:
        message: Message = message_from_bytes(content)
    except BROKEN:
        parts.faults.append("The mail's parts are nested too deep or broken: only its headers were read")
        message = BytesHeaderParser().parsebytes(content[:1_000_000])
        _read_headers(message, parts)
        return parts
    _read_headers(message, parts)
    for at, (part, depth) in enumerate(_leaves(message)):
        if depth > MIME_DEPTH or at >= PARTS:
            parts.faults.append(f"The mail has parts nested deeper than {MIME_DEPTH} or more than {PARTS} of them")
            break
        _take(part, parts)
    return parts


def _leaves(message: Message) -> Iterator[tuple[Message, int]]:
    """Every part that holds no others, in order; a mail inside a mail counts as one part."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list) and depth <= MIME_DEPTH:
            waiting.extend((one, depth + 1) for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part, depth


def _take(part: Message, parts: Parts) -> None:
    kind, name = part.get_content_type(), _name(part)
    inline = part.get_content_disposition() != "attachment"
    if _IGNORED.match(kind) or (inline and kind.startswith("image/")):
        return
    try:
        content = _content(part)
    except BROKEN:
        parts.faults.append(f"A part of kind {kind!r} is damaged and was not read")
        return
    if kind in {"text/plain", "text/html"} and inline and not name:
        (parts.plain if kind == "text/plain" else parts.html).append(_text(part, content, parts))
    elif kind.startswith("multipart/"):
        parts.faults.append("A part of the mail is broken and was not read")
    else:
        parts.files.append(
            File(name=name or f"{kind.replace('/', '-')}-{len(parts.files) + 1}", kind=kind, content=content)
        )


def _content(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"".join(one.as_bytes() for one in inner[:1] if isinstance(one, Message))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _text(part: Message, content: bytes, parts: Parts) -> str:
    charset = part.get_content_charset()
    text, fault = decoded(content, charset)
    if fault:
        parts.faults.append(fault)
    return text


def decoded(content: bytes, charset: str | None = None) -> tuple[str, str]:
    """Bytes as text, and a fault where the character set said is unknown or not the one the bytes are in."""
    guesses = ["utf-8-sig", "cp1252"]
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        guesses.insert(0, "utf-16")
    said = charset if charset and charset not in {"us-ascii", "ascii", "utf-8", "iso-8859-1", "latin-1"} else None
    fault = ""
    for one in [said, *guesses] if said else guesses:
        try:
            return content.decode(one), fault
        except (LookupError, UnicodeError):
            fault = (
                f"The character set {one!r} of a part is unknown or not the one it is written in"
                if one == said
                else fault
            )
    return content.decode("latin-1"), fault or "The character set of a part is unknown"


def _read_headers(message: Message, parts: Parts) -> None:
    raw = [(name.lower(), _as_written(str(value))) for name, value in message.raw_items()]
    froms = [value for name, value in raw if name == "from"]
    parts.from_headers = len(froms)
    parts.senders = tuple(dict.fromkeys(address for one in froms for address in _addresses(one)))
    parts.subject = _first(raw, "subject")
    parts.message_id = _first(raw, "message-id").strip()
    parts.in_reply_to = _first(raw, "in-reply-to").strip()
    parts.references = tuple(_first(raw, "references").split()[-REFERENCES:])
    try:
        parts.received = parsedate_to_datetime(_first(raw, "date"))
    except BROKEN:
        parts.received = None


def _as_written(value: str) -> str:
    """A header whose bytes are no ASCII, as many mailers send them: UTF-8 (RFC 6532), as it is where they are not."""
    try:
        return value.encode("ascii", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return value


def _addresses(value: str) -> list[str]:
    """Addresses of a From header, lower case; comments of a hostile one are not followed."""
    if len(value) > HEADER_CHARACTERS:
        return []
    try:
        found = getaddresses([_decoded_header(value)])
    except BROKEN:
        return []
    return [address.strip().lower() for _, address in found if "@" in address]


def _first(raw: list[tuple[str, str]], wanted: str) -> str:
    return _decoded_header(next((value for name, value in raw if name == wanted), "")[:HEADER_CHARACTERS])


def _decoded_header(value: str) -> str:
    try:
        text = str(make_header(decode_header(value)))
    except BROKEN:
        text = value
    return re.sub(r"\s+", " ", text).strip()


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except BROKEN:
        return "unnamed"
    return re.sub(r"[\s/\\:]+", " ", _decoded_header(name)).strip()[:120]
