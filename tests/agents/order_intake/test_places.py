"""Where goods are to go is one of the customer's addresses, as buyers of five languages call it; any other is asked."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agents.order_intake.desk import take_in
from agents.order_intake.services import IntakeServices, Surroundings
from core.domain.ids import CustomerCode
from core.domain.intake.drafts import DraftId, DraftOrder, DraftState
from core.domain.intake.letters import Document, Letter
from core.domain.intake.readings import ReadLetter
from core.domain.parties import CustomerAddress
from core.services.intake.resolving import resolve
from tests.agents.order_intake.test_careless import SENDER, TODAY, ground

PLACES = (("MAIN", "Harbor Supply", "191 Industrial Road"), ("YARD", "Harbor Supply, yard", "198 Dock Road"))


def addresses(customer: CustomerCode) -> Sequence[CustomerAddress]:
    return [
        CustomerAddress(
            customer=customer,
            code=code,
            name=name,
            street=street,
            city="Gent",
            postcode="9042",
            region="VOV",
            country="BE",
        )
        for code, name, street in PLACES
    ]


def read(text: str, language: str) -> DraftOrder:
    around = replace(ground(), addresses=addresses)

    def keep(letter: Letter, reading: ReadLetter) -> DraftOrder:
        return resolve(reading, letter, around, draft=DraftId("DRAFT-1"))

    surroundings = Surroundings(vocabulary=around.names.vocabulary(), today=TODAY)
    at_work = IntakeServices(surroundings=lambda: surroundings, keep=keep)
    letter = Letter(documents=(Document(source="body", text=text),), languages=(language,), sender=SENDER)
    return take_in(at_work, letter)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026. Bring everything to our pipe yard please.", "YARD"),
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026. Deliver to Dock Road.", "YARD"),
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026. Ship to our yard (gate on Dock Road, ask for Lon).", "YARD"),
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026. The yard is closed on Fridays.", None),
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026. Deliver to our usual dock.", None),
        ("de", "Bestellung Nr. 4711: 4 Stück GV-03. Anlieferung bis 4.12.2026 auf unserem Hof.", "YARD"),
        ("de", "Bestellung Nr. 4711: 4 Stück GV-03 bis 4.12.2026. Anlieferung an unsere Hauptadresse, Tor 4.", None),
        ("fr", "Commande n° 4711 : 4 pièces GV-03, livraison le 4 décembre 2026 au parc.", "YARD"),
        (
            "fr",
            "Commande n° 4711 : 4 pièces GV-03 pour le 4 décembre 2026. Livrer au dépôt du 198 Dock Road, Gent.",
            "YARD",
        ),
        ("es", "Pedido n.º 4711: 4 uds. GV-03. Entrega el 4 de diciembre de 2026 en el patio.", "YARD"),
        ("nl", "Bestelnummer 4711: 4 stuks GV-03. Levering op 4 december 2026, op ons terrein.", "YARD"),
        ("nl", "Bestelnummer 4711: 4 stuks GV-03. Levering op 4 december 2026, op Dock Road 198.", "YARD"),
    ],
)
def test_known_place_is_read_by_its_kind_or_its_street(language: str, text: str, place: str | None) -> None:
    draft = read(text, language)

    assert (draft.state, draft.ship_to.value) == (DraftState.READY, place)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026, not to our yard but to the new terminal in Lier."),
        ("en", "PO 4711. 4 pcs GV-03 by December 4, 2026. Deliver to 199 Dock Road, Gent."),
        ("fr", "Commande n° 4711 : 4 pièces GV-03 pour le 4 décembre 2026. Livrer 12 rue du Port, 59000 Lille."),
        (
            "nl",
            "Bestelnummer 4711: 4 stuks GV-03 voor 4 december 2026. Niet naar Gent, maar naar Kaai 730, 9130 Kallo.",
        ),
    ],
)
def test_unknown_place_is_never_passed_over(language: str, text: str) -> None:
    assert read(text, language).state is not DraftState.READY
