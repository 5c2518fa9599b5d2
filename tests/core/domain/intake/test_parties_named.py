"""Who writes and where goods go: the address decides, a name alone is doubted, and no address comes from a letter."""

import pytest

from core.domain.ids import CustomerCode
from core.domain.intake.drafts import Level
from core.domain.intake.names import KnownCustomer
from core.domain.intake.parties_named import match_address, match_customer
from core.domain.intake.transcripts import Said
from core.domain.parties import CustomerAddress

HARBOR = KnownCustomer(code=CustomerCode("HARBOR"), name="Harbor Supply Inc.", email="buyer@harbor.example")
MESA = KnownCustomer(code=CustomerCode("MESA"), name="Mesa Water", email="a@gmail.com")
ANN = KnownCustomer(code=CustomerCode("ANN"), name="Ann's Pumps", email="b@shared.example")
BOB = KnownCustomer(code=CustomerCode("BOB"), name="Bob's Pumps", email="c@shared.example")
CUSTOMERS = (HARBOR, MESA, ANN, BOB)
YARD = CustomerAddress(
    customer=HARBOR.code, code="YARD", name="Yard", street="12 Dock Road", city="Houston", postcode="77001"
)


def said(text: str) -> Said:
    return Said(text=text, quote=text, source="body", start=0, end=len(text))


@pytest.mark.parametrize(
    ("sender", "named", "code", "level"),
    [
        ("Ann <BUYER@harbor.example>", None, "HARBOR", Level.HIGH),
        ("other@harbor.example", None, "HARBOR", Level.HIGH),
        ("other@shared.example", None, None, Level.LOW),
        ("x@gmail.com", None, None, Level.LOW),
        ("buyer@harbor.example", "Mesa Water", None, Level.LOW),
        ("buyer@harbor.example", "Harbour Suply", "HARBOR", Level.REVIEW),
        ("buyer@harbor.example", "HARBOR SUPPLY, purchasing", "HARBOR", Level.HIGH),
        ("", "Harbor Supply", "HARBOR", Level.HIGH),
        ("eve@evil.example", "Harbor Supply", "HARBOR", Level.REVIEW),
        ("buyer@harbor.example, eve@evil.example", None, None, Level.LOW),
    ],
)
def test_the_customer_is_the_senders(sender: str, named: str | None, code: str | None, level: Level) -> None:
    found = match_customer(sender, said(named) if named else None, CUSTOMERS)

    assert (found.value, found.level) == (code, level)


def test_only_an_address_on_file_is_an_address() -> None:
    known = match_address(said("to 12 Dock Road, 77001 Houston please"), (YARD,))
    changed = match_address(said("13 Dock Road, 77001 Houston"), (YARD,))

    assert (known.value, known.level) == ("YARD", Level.HIGH)
    assert (changed.value, changed.level, changed.candidates) == (None, Level.LOW, ("YARD",))
