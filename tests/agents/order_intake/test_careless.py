"""Letters that a careless reader would get wrong: none of them is accepted with anything but what it says."""

from collections.abc import Sequence
from datetime import date

from agents.order_intake.desk import take_in
from agents.order_intake.services import IntakeServices, Surroundings
from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.drafts import DraftId, DraftOrder, DraftState, Level
from core.domain.intake.letters import Document, Letter
from core.domain.intake.names import KnownCustomer, KnownItem, Names, Usual
from core.domain.intake.readings import ReadLetter
from core.domain.items import Item
from core.domain.parties import CustomerAddress
from core.services.intake.optioning import Workshop
from core.services.intake.resolving import Ground, resolve
from tests.agents.order_intake.careless import CARELESS, Careless
from tests.agents.order_intake.careless_days import DAYS
from tests.agents.order_intake.careless_tables import READ, TABLES

TODAY = date(2026, 11, 2)
SENDER = "orders@harbor.example"
ITEMS = (
    ("GV-02", "Gate valve 2 in, 316 stainless"),
    ("GV-03", "Gate valve 3 in, 316 stainless"),
    ("BV-02", "Ball valve 2 in, full port"),
    ("RK-02", "Gate valve repair kit 2 in"),
    ("RK-03", "Gate valve repair kit 3 in"),
)
LEAST_ACCEPTED = 12


def _no_addresses(_: CustomerCode) -> Sequence[CustomerAddress]:
    return ()


def ground() -> Ground:
    def nothing(item: ItemCode) -> Item:
        raise AssertionError(item)

    return Ground(
        names=Names(
            items=tuple(KnownItem(code=ItemCode(code), name=name) for code, name in ITEMS),
            customers=(KnownCustomer(code=CustomerCode("HARBOR"), name="Harbor Supply", email=SENDER),),
        ),
        addresses=_no_addresses,
        usual=lambda item, customer: Usual(),
        price=lambda customer, item, units: None,
        workshop=Workshop(products=(), base=nothing, price=lambda customer, variant, units: None),
        today=TODAY,
        currency="USD",
    )


def desk() -> IntakeServices:
    around = ground()

    def keep(letter: Letter, reading: ReadLetter) -> DraftOrder:
        return resolve(reading, letter, around, draft=DraftId("DRAFT-1"))

    surroundings = Surroundings(vocabulary=around.names.vocabulary(), today=TODAY)
    return IntakeServices(surroundings=lambda: surroundings, keep=keep)


def _letter(one: Careless) -> Letter:
    documents = [Document(source="subject", text=one.subject)] if one.subject else []
    body = Document(source="body", text=one.body)
    return Letter(sender=SENDER, subject=one.subject, documents=(*documents, body), languages=(_language(one.body),))


def _language(body: str) -> str:
    signs = {
        "St\u00fcck": "de",
        "Bestell": "de",
        "ommande": "fr",
        "votre": "fr",
        "edido": "es",
        "uds": "es",
        "stuks": "nl",
        "ivraison": "fr",
        "ntrega": "es",
        "evering": "nl",
    }
    return next((language for sign, language in signs.items() if sign in body), "en")


def _is_accepted(draft: DraftOrder) -> bool:
    return draft.state is DraftState.READY and draft.level is Level.HIGH


def _is_right(draft: DraftOrder, one: Careless) -> bool:
    lines = tuple((line.item.value, line.units, line.requested.value) for line in draft.lines)
    return bool(one.lines) and lines == one.lines and draft.customer_po.value == one.po


def test_no_letter_that_a_careless_reader_gets_wrong_is_accepted_wrong() -> None:
    at_work = desk()
    drafts = [(one, take_in(at_work, _letter(one))) for one in CARELESS]

    accepted = [(one, draft) for one, draft in drafts if _is_accepted(draft)]

    assert [one.body for one, draft in accepted if not _is_right(draft, one)] == []
    assert len(CARELESS) > 80
    assert len(accepted) >= LEAST_ACCEPTED


def test_no_goods_are_accepted_for_the_day_of_something_else() -> None:
    at_work = desk()
    drafts = [(one, take_in(at_work, _letter(one))) for one in DAYS]

    accepted = [one.body for one, draft in drafts if _is_accepted(draft)]

    assert [one.body for one, draft in drafts if _is_accepted(draft) and not _is_right(draft, one)] == []
    assert accepted == [one.body for one in DAYS if one.lines]


def test_numbers_of_a_table_are_quantities_only_where_its_headings_or_its_amounts_say_so() -> None:
    at_work = desk()
    drafts = [(one, take_in(at_work, _letter(one))) for one in TABLES]

    accepted = [one.body for one, draft in drafts if _is_accepted(draft)]

    assert [one.body for one, draft in drafts if _is_accepted(draft) and not _is_right(draft, one)] == []
    assert accepted == [one.body for one in READ]
