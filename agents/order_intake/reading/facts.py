"""What is said about the whole order: its number, its date, where it goes, who orders, and on what terms."""

import re

from agents.order_intake.reading import words
from agents.order_intake.reading.grids import lines_of
from agents.order_intake.reading.lone_numbers import only_numbers
from agents.order_intake.reading.page import Mark, Page, is_digit
from agents.order_intake.reading.places import POSTCODE, STREET
from agents.order_intake.values.calendar_words import MONTH, WEEKDAY
from core.domain.intake.item_words import plain_text
from core.domain.intake.transcripts import Said, Unclear

_SUBJECT = re.compile(r"[ \t*]*(?:subject|betreff|objet|asunto|onderwerp)[ \t]*:", re.IGNORECASE)
_HEADER = re.compile(
    r"^[ \t*]*(?:from|to|cc|sent|subject|von|an|gesendet|betreff|de|à|envoyé|objet|para|enviado|asunto|van|aan"
    r"|verzonden|onderwerp)[ \t]*:",
    re.IGNORECASE,
)
_TOP_DATE = re.compile(r"^[^\W\d_]*(?:[ ][^\W\d_]+)?[ ,]*$")
_BESIDE, _MOST_DAYS = 120, 60
_BARE = re.compile(rf"\d|{MONTH}|{WEEKDAY}", re.IGNORECASE)
_LEGAL = frozenset(
    [
        "inc",
        "corp",
        "co",
        "ltd",
        "llc",
        "gmbh",
        "ag",
        "kg",
        "sa",
        "sas",
        "sarl",
        "sl",
        "bv",
        "nv",
        "the",
        "and",
        "und",
        "et",
        "y",
        "en",
    ]
)


def order_number(pages: list[Page], *, answers: bool = False) -> tuple[Said | None, list[Unclear]]:
    """The customer's number of the order: one, whatever it is called; two different ones are for a person.

    With `answers` the subject is of an earlier letter, and what the text says counts before it.
    """
    for kind in ("order", "own reference", "lone order"):
        said = [(page.source, one) for page in pages for one in _said_of(page, kind)]
        bodies = [one for source, one in said if source != "subject"]
        if answers and len(_different(bodies)) == 1:
            return bodies[0], []
        different = _different([one for _, one in said])
        if len(different) == 1:
            return next(one for _, one in said if _plain(one) == max(map(_plain, (x for _, x in said)), key=len)), []
        if different and kind != "lone order":
            quote = "; ".join(one.quote for _, one in said[:4])
            return None, [Unclear(field="customer_po", why=f"{len(different)} order numbers are written", quote=quote)]
    return _only_number(pages), []


def _only_number(pages: list[Page]) -> Said | None:
    """The one number of a letter that nothing was made of, where its form is only that of papers."""
    left = [(page, span) for page in pages for span in only_numbers(page) if not any(page.explained[slice(*span)])]
    if len({page.text[slice(*span)] for page, span in left}) != 1:
        return None
    page, span = left[0]
    for other, place in left:
        other.explain(*place)
    return page.said(*span)


def number_of_theirs(pages: list[Page]) -> Said | None:
    """The number that a letter about an order of before calls the supplier's, where it is the only one."""
    said = [one for page in pages for one in _said_of(page, "their order")]
    return said[0] if len(_different(said)) == 1 else None


def _said_of(page: Page, kind: str) -> list[Said]:
    return [page.said(one.start, one.end, (one.first, one.last)) for one in page.between(0, len(page.text), kind)]


def _plain(said: Said) -> str:
    return re.sub(r"[\s\-./_]", "", said.text).upper()


def _different(said: list[Said]) -> set[str]:
    """The numbers that are not the same with or without a "PO" before them."""
    return {re.sub(r"^PO(?=\d)", "", _plain(one)) for one in said}


def explain_orders(page: Page) -> None:
    """Numbers of orders are explained by being told."""
    for one in page.between(0, len(page.text), "order", "own reference", "lone order", "their order", "other order"):
        page.explain(one.start, one.end)


def order_date(page: Page) -> Said | None:
    """The date of the letter or the order: one that is labelled so, or that stands alone above the text."""
    for day in page.between(0, len(page.text), "day")[:_MOST_DAYS]:
        line = page.text.rfind("\n", 0, day.start) + 1
        lead = re.match(r"(?:of|vom|du|del|van|dated|de|le|el|on)\b[ ]*", page.text[day.start : day.end], re.IGNORECASE)
        before = page.text[max(line, day.start - _BESIDE) : day.start] + (lead[0] if lead else "")
        if words.WISH.search(before):
            continue
        number = any(
            mark.end <= day.start and day.start - mark.end < 14 for mark in page.between(line, day.start, "order")
        )
        if words.DATED.search(before) and (
            number or not lead or re.search(r"date|datum|fecha|dated", before, re.IGNORECASE)
        ):
            return page.said(day.start, day.end)
        end = page.text.find("\n", day.end)
        alone = not page.text[day.end : end if end >= 0 else len(page.text)].strip(" .")
        top = not page.text[:line].strip() or page.text[:line].count("\n") <= 6
        if (
            alone
            and top
            and not lead
            and _BARE.match(page.text[day.start : day.end])
            and not page.between(0, line, "code", "name")
            and _TOP_DATE.match(page.text[line : day.start])
            and not _is_last(page, day)
        ):
            return page.said(day.start, day.end)
    return None


def _is_last(page: Page, day: Mark) -> bool:
    """Whether nothing follows: then the day is no letterhead."""
    return not page.text[day.end :].strip(" .\n")


def customer(pages: list[Page], names: frozenset[str]) -> tuple[Said | None, list[Unclear]]:
    """Who orders, by a name that master data has, or a name that is labelled so."""
    found: dict[str, Said] = {}
    for page in pages:
        for name in sorted(names):
            span = _find_name(page.text, name)
            if span and name not in found:
                found[name] = page.said(*span)
    if len(found) == 1:
        return next(iter(found.values())), []
    if found:
        quote = "; ".join(said.quote for said in found.values())
        return None, [Unclear(field="customer", why=f"{len(found)} customers are named", quote=quote)]
    for page in pages:
        labelled = words.CUSTOMER.search(page.text)
        if labelled and not any(map(is_digit, labelled["value"])):
            return page.said(*page.trimmed(*labelled.span("value"))), []
    return None, []


def _find_name(text: str, name: str) -> tuple[int, int] | None:
    parts = (
        [re.escape(word) for word in plain_text(name).split() if word not in _LEGAL]
        if name.isascii()
        else [re.escape(word) for word in name.split()]
    )
    if not parts:
        return None
    match = re.search(r"(?<!\w)" + r"[\s,.&-]+(?:(?:and|und|et|y|en)[ ])?".join(parts) + r"(?!\w)", text, re.IGNORECASE)
    return match.span() if match else None


def terms(pages: list[Page]) -> Said | None:
    """Terms of payment that are asked for."""
    said = [
        page.said(one.start, one.end, (one.first, one.last))
        for page in pages
        for one in page.between(0, len(page.text), "terms")
    ]
    return said[0] if said else None


def currency(pages: list[Page]) -> Said | None:
    """The currency of the whole order, where it is said."""
    for page in pages:
        found = words.CURRENCY_LINE.search(page.text)
        group = next((name for name in ("value", "other", "third") if found and found[name]), "")
        if found and group:
            return page.said(*found.span(), found.span(group))
    return None


def signature_of(page: Page) -> tuple[int, int]:
    """From the closing words to the end, or to a postscript; an empty stretch at the end where nobody closes."""
    start = None
    for line in lines_of(page.text):
        text = page.text[line.start : line.end]
        if start is None and words.CLOSING.match(text) and not page.between(line.start, line.end, "code", "name"):
            start = line.start
        elif start is not None and words.POSTSCRIPT.match(text):
            return start, line.start
    return (len(page.text), len(page.text)) if start is None else (start, len(page.text))


def subjects_sent_on(page: Page) -> list[tuple[int, int]]:
    """The subject lines inside a text: of a mail that was sent on, known by its other lines around them. They name what
    the mail is about and order nothing."""
    lines = lines_of(page.text)
    headed = [bool(_HEADER.match(page.text[line.start : line.end])) for line in lines]
    return [
        (line.start, line.end)
        for at, line in enumerate(lines)
        if _SUBJECT.match(page.text[line.start : line.end])
        and any(headed[max(0, at - 1) : at] + headed[at + 1 : at + 2])
    ]


def explain_surroundings(page: Page, signature: tuple[int, int]) -> None:
    """Numbers of addresses, of the mail's own header and of a signature are explained where no goods stand beside."""
    for line in lines_of(page.text):
        text = page.text[line.start : line.end]
        if page.between(line.start, line.end, "code", "name"):
            continue
        signs = signature[0] <= line.start < signature[1] and not page.between(line.start, line.end, "order")
        if signs or _HEADER.match(text) or ((POSTCODE.search(text) or STREET.search(text)) and len(text) < 100):
            page.explain(line.start, line.end)
