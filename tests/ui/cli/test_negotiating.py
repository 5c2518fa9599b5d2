"""A supplier bargained with at the terminal: a mandate, a person's yes, its rounds, and what is refused."""

from dataclasses import replace
from decimal import Decimal

from core.connectors.sandbox.catalogue import SandboxOffer
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId
from core.domain.quotes import Quote, QuoteRequest
from core.domain.reserve_price import ReservePrice
from tests.builders import GULF, MARIA, OMAR, TODAY, VALVE, VIVIAN, day
from tests.ui.cli.offices import Office

CASE = CaseId("CASE-2")


def quoted(here: Office) -> None:
    """Gulf quoted 25 valves at 20, and a unit is worth 18.73 to the case."""
    offer = SandboxOffer(unit_price=Decimal("20.00"), lead_time_days=3, available=500)
    here.trade.change(replace(here.trade.supplier(GULF), items={VALVE: offer}, lowest_percent=80))
    asked = QuoteRequest(
        supplier=GULF, item=VALVE, quantity=25, needed_by=day(5), as_of=TODAY, idempotency_key="quote-1"
    )
    quote = SandboxSuppliers(here.trade).request_quote(asked)
    assert isinstance(quote, Quote)
    reserve = ReservePrice(
        item=VALVE, worth=Decimal("6.73"), usual_price=Decimal("12.00"), units=25, currency="USD", as_of=TODAY
    )
    with here.desk() as desk, desk.open() as uow:
        uow.cases.save_evidence(CASE, CaseEvidence(quotes=(quote,)))
        uow.cases.save_reserve(CASE, reserve)


def test_a_mandate_waits_for_somebody_else_and_is_bargained_to_a_price(here: Office) -> None:
    quoted(here)

    asked = here.run("negotiate", CASE, "GULF", by=OMAR)
    again = here.run("negotiate", CASE, "gulf", "--json", by=OMAR).json()
    own = here.run("approve", "AP-NEG-1", "--hash", again["plan_hash"], by=OMAR)
    waiting = here.run("negotiations", "NEG-1", "--json").json()
    agreed = here.run("approve", "AP-NEG-1", "--hash", again["plan_hash"], by=MARIA)
    after = here.run("negotiations", "NEG-1", "--json").json()

    assert (asked.code, asked.err) == (0, "")
    assert "first offer 17.00, taken at once at 18.00, never above 18.16" in asked.text
    assert f"expediter approve AP-NEG-1 --hash {again['plan_hash']}" in asked.text
    assert (again["approval"], again["id"], again["rounds"]) == ("AP-NEG-1", "NEG-1", [])
    assert (own.code, own.errors) == (2, ["not_authorised"])
    assert (waiting["state"], waiting["before"], waiting["after"]) == ("waiting", 20, None)
    assert "NEG-1: agreed" in agreed.text
    assert (after["state"], after["after"], after["ceiling"]) == ("agreed", 17.96, 18.16)
    assert [(one["round"], one["offer"], one["answer"]) for one in after["rounds"]] == [
        (1, 17, 18.5),
        (2, 17.58, 18.04),
        (3, 17.87, 17.96),
    ]


def test_negotiations_are_listed_and_one_is_shown_round_by_round(here: Office) -> None:
    none = here.run("negotiations")
    nothing = here.run("negotiations", "--json").json()
    quoted(here)
    made = here.run("negotiate", CASE, "GULF", "--ceiling", "17.50", "--json", by=OMAR).json()
    here.run("approve", made["approval"], "--hash", made["plan_hash"], by=MARIA)

    listed = here.run("negotiations")
    one = here.run("negotiations", "NEG-1")
    data = here.run("negotiations", "--json").json()
    unknown = here.run("negotiations", "NEG-9")

    assert none.text == "Nobody negotiates. `expediter negotiate CASE SUPPLIER` asks for a mandate."
    assert nothing == {"negotiations": []}
    assert (made["ceiling"], made["target"], made["opening"]) == (17.5, 17.5, 17)
    assert max(map(len, (listed.out + one.out).splitlines())) <= 80
    assert "NEG-1 CASE-2 GULF" in listed.text
    assert "25 of VALVE-3, quoted at 20.00" in one.text
    assert "before: 20.00 USD" in one.text
    assert [(found["id"], found["case"], found["supplier"], found["by"]) for found in data["negotiations"]] == [
        ("NEG-1", "CASE-2", "GULF", "api")
    ]
    assert (unknown.code, unknown.errors, "NEG-9" in unknown.err) == (2, ["not_found"], True)


def test_by_letter_nothing_is_offered_before_each_letter_is_approved(here: Office) -> None:
    quoted(here)
    with here.desk() as desk:
        desk.alter("UPDATE suppliers SET email = 'gulf@gulf.example', country = 'US' WHERE code = 'GULF'")
    made = here.run("negotiate", CASE, "GULF", "--by", "letter", "--json", by=OMAR).json()

    begun = here.run("approve", made["approval"], "--hash", made["plan_hash"], by=MARIA)
    (first,) = here.run("negotiations", "NEG-1", "--json").json()["rounds"]

    assert (made["by"], begun.code) == ("letter", 0)
    assert "NEG-1: running" in begun.text
    assert (first["offer"], first["answer"], first["state"], first["letter"]) == (17, None, "out", "INQ-1")
    assert here.mailbox.letters == ()


def test_a_rejected_mandate_is_withdrawn_and_what_cannot_be_asked_for_leaves_nothing(here: Office) -> None:
    early = here.run("negotiate", CASE, "GULF", by=OMAR)
    quoted(here)
    refused = [
        here.run("negotiate", CASE, "GULF", "--ceiling", price, by=OMAR) for price in ("much", "nan", "0", "19.00")
    ]
    nobody, viewer = here.run("negotiate", CASE, "GULF"), here.run("negotiate", CASE, "GULF", by=VIVIAN)
    stranger = here.run("negotiate", CASE, "NOBODY", by=OMAR)
    left = here.rows("SELECT count(*) FROM negotiations")
    made = here.run("negotiate", CASE, "GULF", "--json", by=OMAR).json()

    rejected = here.run("reject", made["approval"], "--reason", "we call them", by=MARIA)

    assert (early.code, early.errors) == (2, ["invalid_value"])
    assert [(one.code, one.errors) for one in refused] == [
        *[(2, ["wrong_usage"])] * 3,
        (2, ["invalid_value"]),
    ]
    assert all("18.73" not in one.err and "18.16" not in one.err for one in refused)
    assert (nobody.code, nobody.errors) == (2, ["authentication_failed"])
    assert (viewer.code, viewer.errors) == (2, ["not_authorised"])
    assert (stranger.code, stranger.errors) == (2, ["not_found"])
    assert left == [(0,)]
    assert rejected.code == 0
    assert here.run("negotiations", made["id"], "--json").json()["state"] == "withdrawn"
