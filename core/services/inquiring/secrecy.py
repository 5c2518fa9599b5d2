"""What no letter may tell: the reserve price, what the shortage costs, whom it hurts, what others quote."""

import re
from decimal import Decimal

from core.domain.errors import InvalidValueError
from core.domain.inquiries import Inquiry
from core.domain.inquiry_words import body_of, subject_of
from core.ports.storage import UnitOfWork

_NUMBER = re.compile(r"\d[\d.,' \u00a0]*\d|\d")


def check_keeps_secrets(uow: UnitOfWork, inquiry: Inquiry) -> None:
    """InvalidValueError when a letter would tell the supplier what only we may know: an amount that is the reserve
    price, the worth of a unit, the exposure or another supplier's price, or the name of a customer or another supplier.
    Facts of the letter itself are no secrets."""
    letter = f"{inquiry.letter.subject}\n{inquiry.letter.body}"
    amounts = _amounts(letter) - _amounts(_template(inquiry))
    for what, secret in _secret_amounts(uow, inquiry):
        if secret.normalize() in amounts:
            raise InvalidValueError(f"the letter would tell the supplier {what}; leave it out", field="text")
    for what, name in _secret_names(uow, inquiry):
        if re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", letter.casefold()):
            raise InvalidValueError(f"the letter names {what} {name!r}; leave it out", field="text")


def _template(inquiry: Inquiry) -> str:
    """What the facts alone would say: a number of theirs tells nothing, whatever it happens to equal."""
    said = {"token": inquiry.token, "language": inquiry.letter.language}
    subject, body = subject_of(inquiry.kind, inquiry.facts, **said), body_of(inquiry.kind, inquiry.facts, **said)
    return f"{subject}\n{body}"


def _secret_amounts(uow: UnitOfWork, inquiry: Inquiry) -> list[tuple[str, Decimal]]:
    evidence = uow.cases.evidence(inquiry.case)
    found = [("what the shortage puts at risk", uow.cases.get(inquiry.case).detected.exposure)]
    if evidence.reserve is not None:
        found.append(("what a unit is worth to us", evidence.reserve.worth))
        found.append(("the most we would pay", evidence.reserve.most))
    found += [
        ("another supplier's price", quote.unit_price)
        for quote in evidence.quotes
        if quote.supplier != inquiry.supplier
    ]
    return [(what, amount) for what, amount in found if amount]


def _secret_names(uow: UnitOfWork, inquiry: Inquiry) -> list[tuple[str, str]]:
    impacts = uow.cases.get(inquiry.case).detected.impacts
    customers = sorted({impact.customer for impact in impacts})
    names = [("the customer", uow.company.customer(code).name) for code in customers]
    others = {one.supplier for one in uow.company.sources(inquiry.facts.item)} - {inquiry.supplier}
    names += [("another supplier", uow.company.supplier(code).name) for code in sorted(others)]
    return [(what, name) for what, name in names if len(name) > 2]


def _amounts(text: str) -> set[Decimal]:
    """Every number of a text in each way it can be read."""
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        bare = re.sub(r"[' \u00a0]", "", match[0])
        for reading in (bare.replace(",", ""), bare.replace(".", "").replace(",", ".")):
            if re.fullmatch(r"\d+(?:\.\d+)?", reading):
                found.add(Decimal(reading).normalize())
    return found
