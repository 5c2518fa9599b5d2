"""Anything received, as plain documents: a mail's newest part, its attachments, a file or typed text."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256

from agents.order_intake.mail.apart import open_apart
from agents.order_intake.mail.characters import cleaned
from agents.order_intake.mail.limits import HTML_CHARACTERS, LETTER_BYTES, TEXT_CHARACTERS, WORD_CHARACTERS
from agents.order_intake.mail.long_runs import within_reach
from agents.order_intake.mail.newest import newest_part
from agents.order_intake.mail.parts import File, Parts, decoded, take_apart
from agents.order_intake.mail.tables import Rows, as_text, read_csv
from agents.order_intake.mail.visible import visible_text
from agents.order_intake.values.languages import likely_languages
from core.domain.intake.letters import Document, Letter

_MAIL_HEADER = re.compile(
    r"^(received|message-id|mime-version|return-path|content-type|delivered-to|from|to|subject|date):", re.I
)
_MAIL_ONLY = frozenset({"received", "message-id", "mime-version", "return-path", "delivered-to"})
_KINDS = {
    "csv": "csv", "tsv": "csv", "xlsx": "sheet", "xlsm": "sheet", "xls": "sheet", "xlsb": "sheet", "ods": "sheet",
    "pdf": "pdf", "eml": "mail", "htm": "html", "html": "html", "txt": "text", "text": "text", "md": "text",
}  # fmt: skip
_MIME_KINDS = {
    "text/csv": "csv", "text/tab-separated-values": "csv", "application/pdf": "pdf", "message/rfc822": "mail",
    "text/html": "html", "text/plain": "text", "application/vnd.ms-excel": "sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
}  # fmt: skip
_MAILS_DEEP = 2
_HEAD = 1_000_000
"""As many bytes of a letter that is too large are searched for its headers."""
_LOOKED_AT = 2 * TEXT_CHARACTERS
"""The newest part is looked for in so many characters; what comes after them is not read, and told."""


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was read so far of one letter."""

    documents: list[Document] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    depth: int = 0

    def add(self, source: str, text: str, tables: tuple[Rows, ...] = ()) -> None:
        """Takes a document in, with the characters a person would see, under a name no other one has."""
        shown, deceptions = cleaned(text)
        self.faults.extend(f"{_place(source)} had {what}, which were taken out" for what in deceptions)
        if len(shown) > TEXT_CHARACTERS:
            self.faults.append(f"{_place(source)} is longer than {TEXT_CHARACTERS} characters: the rest was not read")
            shown = shown[:TEXT_CHARACTERS]
        shown, cut = within_reach(shown)
        if cut:
            self.faults.append(f"{_place(source)} had words of more than {WORD_CHARACTERS} characters: they were cut")
        taken = {one.source for one in self.documents}
        names = (source, *(f"{source} ({number})" for number in range(2, len(taken) + 3)))
        self.documents.append(Document(source=next(n for n in names if n not in taken), text=shown, tables=tables))


def read_letter(content: bytes | str, name: str = "") -> Letter:
    """The documents of a letter; `name` is the file's, where there was one. Never raises: what is wrong is a fault.

    A letter of which nothing can be read and that has no id is known again by the bytes it came in, so that two of
    them are never taken for one.
    """
    letter = _read(content, name)
    if letter.documents or letter.message_id or not content:
        return letter
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return replace(letter, message_id=f"{sha256(raw).hexdigest()[:40]}@unread")


def _read(content: bytes | str, name: str) -> Letter:
    if len(content) > LETTER_BYTES:
        return _too_large(content, name)
    reading = _Reading()
    kind = _kind(name, content)
    if kind == "mail":
        return _letter_of_mail(content.encode("utf-8", "replace") if isinstance(content, str) else content, reading)
    if isinstance(content, str) and kind in {"text", "html"}:
        _add_text("body", content, kind, reading)
    elif isinstance(content, bytes) and kind == "text":
        _add_text("body", _bytes_as_text(content, reading), kind, reading)
    else:
        raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
        _add_file(File(name=name, kind="", content=raw), reading)
    return _letter(reading, Parts())


def _too_large(content: bytes | str, name: str) -> Letter:
    """Nothing but who sent it and what it is called, where it is a mail."""
    fault = f"The letter has {len(content)} bytes; more than {LETTER_BYTES} are not read"
    if _kind(name, content) != "mail":
        return Letter(documents=(), faults=(fault,))
    head = content[:_HEAD].encode("utf-8", "replace") if isinstance(content, str) else content[:_HEAD]
    blank = re.search(rb"\r?\n\r?\n", head)
    parts = take_apart(head[: blank.end()] if blank else head)
    known = len(parts.senders) == 1 and parts.from_headers == 1
    return Letter(
        documents=(),
        sender=parts.senders[0] if known else "",
        subject=cleaned(parts.subject)[0],
        message_id=parts.message_id,
        received=parts.received,
        faults=(fault,),
    )


def _kind(name: str, content: bytes | str) -> str:
    by_name = _KINDS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""
    if by_name and by_name != "text":
        return by_name
    if isinstance(content, bytes) and content.startswith(b"%PDF-"):
        return "pdf"
    if isinstance(content, bytes) and content.startswith(b"PK\x03\x04"):
        return "sheet"
    head = content[:4000] if isinstance(content, str) else content[:4000].decode("latin-1")
    found: set[str] = set()
    for line in head.splitlines():
        match = _MAIL_HEADER.match(line)
        if not match and not re.match(r"[ \t]|[\w-]+:", line):
            break
        found |= {match[1].lower()} if match else set()
    return "mail" if len(found & _MAIL_ONLY) >= 1 and len(found) >= 2 else "text"


def _letter_of_mail(content: bytes, reading: _Reading) -> Letter:
    parts = take_apart(content)
    reading.faults.extend(parts.faults)
    if parts.from_headers > 1 or len(parts.senders) > 1:
        reading.faults.append(
            f"The mail names {max(parts.from_headers, len(parts.senders))} senders ({', '.join(parts.senders[:3])}):"
            " it is not certain who wrote it"
        )
    reading.add("subject", parts.subject)
    _add_body("body", parts, reading)
    for file in parts.files:
        _add_file(file, reading)
    return _letter(reading, parts)


def _letter(reading: _Reading, parts: Parts) -> Letter:
    written = "\n".join(one.text for one in reading.documents)
    certain = len(parts.senders) == 1 and parts.from_headers == 1
    if not written.strip():
        reading.faults.append("The letter is empty")
    return Letter(
        documents=tuple(one for one in reading.documents if one.text.strip()),
        sender=parts.senders[0] if certain else "",
        subject=cleaned(parts.subject)[0],
        message_id=parts.message_id,
        in_reply_to=parts.in_reply_to,
        references=parts.references,
        received=parts.received,
        languages=likely_languages(written[:20_000]),
        faults=tuple(dict.fromkeys(reading.faults)),
    )


def _add_body(source: str, parts: Parts, reading: _Reading) -> None:
    """The newest part of a mail's text. HTML is read where it alone has a table, and compared where there is both."""
    plain = "\n\n".join(one for one in parts.plain if one.strip())
    html = "\n".join(parts.html)
    if len(html) > HTML_CHARACTERS:
        reading.faults.append(
            f"{_place(source)} has HTML longer than {HTML_CHARACTERS} characters: the rest was not read"
        )
    shown = visible_text(html[:HTML_CHARACTERS])
    reading.faults.extend(f"{_place(source)} hides words, which were not read: {words!r}" for words in shown.hidden[:5])
    use_html = bool(shown.text.strip()) and (
        not plain.strip() or (shown.has_table and "\t" not in plain and "|" not in plain)
    )
    text = _looked_at(source, shown.text if use_html else plain, reading)
    newest = newest_part(cleaned(text)[0], parts.subject)
    reading.faults.extend(newest.faults)
    if plain.strip() and shown.text.strip():
        other = newest_part(cleaned((plain if use_html else shown.text)[:_LOOKED_AT])[0], parts.subject)
        if _numbers(other.text) != _numbers(newest.text):
            reading.faults.append(
                f"{_place(source)} comes as plain text and as HTML, and the two have different numbers"
            )
    # The raw characters decide about deceptions; they are gone from what newest_part was given.
    cleaned_raw = cleaned(text)
    reading.faults.extend(f"{_place(source)} had {what}, which were taken out" for what in cleaned_raw[1])
    reading.add(source, newest.text)


def _looked_at(source: str, text: str, reading: _Reading) -> str:
    """As much of a text as its newest part is looked for in."""
    if len(text) > _LOOKED_AT:
        reading.faults.append(f"{_place(source)} is longer than {_LOOKED_AT} characters: the rest was not read")
    return text[:_LOOKED_AT]


def _numbers(text: str) -> Counter[str]:
    """Every number outside links and addresses of pictures, however often."""
    return Counter(re.findall(r"\d+", re.sub(r"\S*(?://|cid:|@|www\.)\S*", " ", text)))


def _add_text(source: str, text: str, kind: str, reading: _Reading) -> None:
    if kind == "html":
        _add_body(source, Parts(html=[text]), reading)
        return
    shown, deceptions = cleaned(_looked_at(source, text, reading))
    reading.faults.extend(f"{_place(source)} had {what}, which were taken out" for what in deceptions)
    newest = newest_part(shown)
    reading.faults.extend(newest.faults)
    reading.add(source, newest.text)


def _add_file(file: File, reading: _Reading) -> None:
    kind = _KINDS.get(file.name.rpartition(".")[2].lower(), "") or _MIME_KINDS.get(file.kind, "")
    source = f"attachment:{file.name or 'file'}"
    if kind in {"sheet", "pdf"}:
        opened = open_apart(kind, file.content)
        reading.faults.extend(f"{_place(source)} {fault}" for fault in opened.faults)
        reading.add(source, opened.text, opened.tables)
    elif kind == "csv":
        text = cleaned(_bytes_as_text(file.content, reading))[0]
        rows, faults = read_csv(text[: 5 * TEXT_CHARACTERS])
        reading.faults.extend(f"{_place(source)} {fault}" for fault in faults)
        reading.add(source, as_text(rows), (rows,) if rows else ())
    elif kind in {"text", "html"}:
        _add_text(source, _bytes_as_text(file.content, reading), kind, reading)
    elif kind == "mail":
        _add_mail(source, file.content, reading)
    else:
        reading.faults.append(f"{_place(source)} is of a kind that is not read; csv, xlsx, pdf, txt, html and eml are")


def _add_mail(source: str, content: bytes, reading: _Reading) -> None:
    if reading.depth >= _MAILS_DEEP:
        reading.faults.append(f"{_place(source)} is a mail inside too many mails and was not read")
        return
    parts = take_apart(content)
    reading.faults.extend(parts.faults)
    _add_body(source, parts, reading)
    reading.depth += 1
    for file in parts.files:
        _add_file(file, reading)
    reading.depth -= 1


def _bytes_as_text(content: bytes, reading: _Reading) -> str:
    text, fault = decoded(content)
    reading.faults.extend([fault] if fault else [])
    return text


def _place(source: str) -> str:
    kind, _, name = source.partition(":")
    return f"Attachment {name!r}" if kind == "attachment" else f"The {kind}"
