"""The number of an order is read twice alike however buyers write it, whatever other numbers stand beside it."""

import pytest

from agents.order_intake.desk import take_in
from core.domain.intake.drafts import DraftState
from core.domain.intake.letters import Document, Letter
from tests.agents.order_intake.test_careless import SENDER, desk

GOODS = {
    "en": "4 pcs GV-03\n2 pcs RK-03\n\nDelivery by November 30, 2026.",
    "de": "4 Stück GV-03\n2 Stück RK-03\n\nLiefertermin: 30.11.2026",
    "es": "4 uds. GV-03\n2 uds. RK-03\n\nFecha de entrega: 30/11/2026",
    "fr": "4 pièces GV-03\n2 pièces RK-03\n\nLivraison : 30/11/2026",
    "nl": "4 stuks GV-03\n2 stuks RK-03\n\nGewenste leverdatum: 30-11-2026",
}


def read(text: str, subject: str, language: str) -> tuple[DraftState, str | None]:
    body = text.replace("@", GOODS[language])
    documents = (Document(source="subject", text=subject), Document(source="body", text=body))
    letter = Letter(documents=documents, languages=(language,), sender=SENDER, subject=subject)
    draft = take_in(desk(), letter)
    return draft.state, draft.customer_po.value


@pytest.mark.parametrize(
    ("language", "subject", "text", "number"),
    [
        ("en", "45-1180", "Please ship\n\n@", "45-1180"),
        ("en", "valves", "Please book the following on 45-11904:\n\n@", "45-11904"),
        ("en", "valves", "Please send\n\n@\n\nHSC-880\n\nThanks\nDana", "HSC-880"),
        ("en", "restock", "Stock order please, whenever the truck comes. BPS-880\n\n@", "BPS-880"),
        ("en", "HSC-881", "Please ship\n\n@\n\nInvoice to us quoting HSC-881.", "HSC-881"),
        ("en", "valves", "Please send\n\n@\n\nPO 4711 rel. 3", "4711"),
        ("en", "Order 45-1193", "Charge to account 770-12 and project no. 88-301.\n\n@", "45-1193"),
        ("en", "PO 45-1194", "Tag numbers HV-2201 and HV-2202, drawing D-1123-7 rev 2.\n\n@", "45-1194"),
        ("en", "valves", "@\n\nOur PO is 45-1195, your contract with us is 2291.", "45-1195"),
        ("en", "Re: quote 22871", "As quoted (Q-22871, RFQ 7731), please supply on PO 45-1196:\n\n@", "45-1196"),
        ("en", "valves", "Reference our PO # 45-1197, item 10 and 20, for unit 7.\n\n@", "45-1197"),
        ("en", "valves", "Release PAT-2026-1460\n\n@\n\nThe driver may come from 7.", "PAT-2026-1460"),
        ("en", "URGENT - WE-9077", "Please rush\n\n@\n\nInvoice against WE-9077.", "WE-9077"),
        ("fr", "vannes", "Merci d'enregistrer la commande suivante, n/réf. STB-664 :\n\n@", "STB-664"),
        ("es", "válvulas", "Les confirmamos nuestro pedido número GBL-712-C.\n\n@", "GBL-712-C"),
        ("nl", "RE: prijsopgave", "dank voor de prijsopgave. Ons bestelnummer is RG-2026/587.\n\n@", "RG-2026/587"),
        ("en", "Stock replenishment B-20940 - parts", "@", "B-20940"),
        ("en", "valves", "The PO for this is 4500114001.\n\n@", "4500114001"),
        ("en", "parts", "Please supply against 45001139:\n\n45001139/10:\n@", "45001139"),
        ("nl", "dringend", "Bestelbon volgt niet, neem BW-3402 als referentie.\n\n@", "BW-3402"),
        ("de", "2026/0912", "bitte liefern Sie\n\n@\n\nAuf dem Lieferschein bitte 2026/0912 angeben.", "2026/0912"),
        ("de", "Schieber", "wir bestellen unter 2026/0914\n\n@", "2026/0914"),
        ("de", "Schieber", "Angebotsnummer AN-2231, Kommission 4711-B, Bestellnr. 8814\n\n@", "8814"),
        ("es", "Pedido", "N.º de pedido: CM-301\nOferta: 22871 de 20/10/2026\nProveedor: 100233\n\n@", "CM-301"),
        ("es", "CM-302", "les pedimos\n\n@\n\nIndiquen CM-302 en el albarán y en la factura.", "CM-302"),
        ("fr", "BW-352", "merci de livrer\n\n@\n\nMerci de rappeler BW-352 sur le bon de livraison.", "BW-352"),
        ("fr", "Commande", "Commande n° BW-351\nChantier 12, code affaire A-118\n\n@", "BW-351"),
        ("nl", "BW-356", "graag leveren\n\n@\n\nGelieve BW-356 op de pakbon te vermelden.", "BW-356"),
        ("en", "parts", "P.O. Number   Date        Buyer\n45-1201       10/30/2026  J. Orr\n\n@", "45-1201"),
        (
            "en",
            "parts",
            "| Date | Order No. | Vendor |\n|---|---|---|\n| 10/30/2026 | 45-1202 | 40021 |\n\n@",
            "45-1202",
        ),
        ("de", "Teile", "Bestellnr.\tDatum\tZeichen\n2026/0921\t30.10.2026\tKM-12\n\n@", "2026/0921"),
        ("en", "parts", "Our ref: JB-22/14\nPO: 45-1203\n\n@", "45-1203"),
        ("en", "parts", "Supplier reference: SV-100\nOur reference: JB-2215\n\n@", "JB-2215"),
        ("en", "parts", "Document no. 45-1204 dated October 30, 2026\n\n@", "45-1204"),
        ("en", "parts", "Fax no. 555-0190, order no. 45-1205, page 1/1.\n\n@", "45-1205"),
        ("en", "PO 45-1180", "Not to be confused with 45-1179!\n\n@", "45-1180"),
        ("en", "KLU 5071", "@\n\nKLU 5071\n", "KLU 5071"),
        ("en", "KLU 24-118 order", "Order no. KLU 24-118\n\n@", "KLU 24-118"),
        ("en", "KLUT 50714 - order", "KLUT 50714, as discussed:\n\n@", "KLUT 50714"),
        ("en", "RE: Confirmation of order 4711", "Release KLU-5072\n\n@", "KLU-5072"),
        ("en", "parts", "P.O. Number   Date        Terms\nNo. 45120     10/30/2026  Net 30\n\n@", "45120"),
        ("en", "parts", "PO number's 88012.\n\n@", "88012"),
        ("en", "parts", "Contract No: 7712   Order No: 5071   Req No: 3391\n\n@", "5071"),
        ("en", "parts", "REQ. NO. | P.O. NO.\n3391 | 5071\n\n@", "5071"),
        ("en", "parts", "Purchase Order Number:\n45-1206\n\nShip complete please.\n\n@", "45-1206"),
        ("en", "parts", "PO will be 5072.\n\n@", "5072"),
        ("en", "parts", "Customer no: 4002 PO: 5073\n\n@", "5073"),
        ("fr", "Commande", "Commande 5074 / Devis 5075.\n\n@", "5074"),
        ("fr", "Commande", "Commande ferme n°5076 du 30/10/2026.\n\n@", "5076"),
        ("es", "Pedido", "Pedido 5077 s/ oferta 5078.\n\n@", "5077"),
        ("nl", "afsluiters", "Bestelling 5079 n.a.v. offerte 5080.\n\n@", "5079"),
        ("de", "Teile", "zu Ihrem Angebot 5081 bestellen wir mit Nummer 5082:\n\n@", "5082"),
        ("en", "Valves for Pryor - NT-1180", "@", "NT-1180"),
        ("en", "Gate valves (NT-1181)", "@", "NT-1181"),
        ("en", "parts", "P/O NT-1182\n\n@", "NT-1182"),
        ("en", "parts", 'Purchase order "NT-1183"\n\n@', "NT-1183"),
        ("en", "parts", "Customer reference: NT-1184\n\n@", "NT-1184"),
        ("en", "parts", "**NT-1185**\n\n@", "NT-1185"),
        ("en", "parts", "It goes on NT-1186.\n\n@", "NT-1186"),
        ("en", "parts", "PO Number | NT-1187\n\n@", "NT-1187"),
        ("en", "parts", "Order NT-1188.xlsx\n\n@", "NT-1188"),
        ("en", "parts", "Order NT-1189 to Sabine Valve\n\n@", "NT-1189"),
        ("en", "parts", "We herewith place our order NT-1190 as follows:\n\n@", "NT-1190"),
        ("en", "parts", "Please process NT-1191 for 4 GV-03 by November 30, 2026.", "NT-1191"),
        ("de", "Teile", "Nachbestellung NT-1192.\n\n@", "NT-1192"),
        ("fr", "vannes", "Commande urgente NT-1193.\n\n@", "NT-1193"),
        ("es", "piezas", "Pedido interno NT-1194.\n\n@", "NT-1194"),
        ("nl", "afsluiters", "Spoedbestelling NT-1195.\n\n@", "NT-1195"),
        ("de", "Teile", "Vorgang 2026/0922 bitte angeben.\n\n@", "2026/0922"),
        ("fr", "Commande", "Notre réf. : BW-361 - V/réf. : 8812\n\n@", "BW-361"),
        ("nl", "afsluiters", "mogen wij bestellen (onze ref. BW-358, project 118):\n\n@", "BW-358"),
    ],
)
def test_number_of_the_order_is_read_twice_alike(language: str, subject: str, text: str, number: str) -> None:
    assert read(text, subject, language) == (DraftState.READY, number)


@pytest.mark.parametrize(
    ("language", "subject", "text"),
    [
        ("en", "Release 7", "Please ship\n\n@\n\nRelease 7 of blanket 4400."),
        ("en", "Re: 45-1180", "Please ship\n\n@"),
        ("en", "Quote 22871", "Please ship\n\n@"),
        ("en", "valves", "Please ship\n\n@\n\n45-1180\n\n45-1190"),
        ("en", "PO 45-1180", "Please ship\n\n@\n\nReference 45-1180-1 on the packing list."),
        ("en", "NP 1180", "PO NP 1180, our order NP 1181 goes elsewhere.\n\n@\n\nQuote NP 1180 on all papers."),
        ("en", "valves", "PO 45 1180: please ship\n\n@"),
        ("en", "valves", "PO 1180 A: please ship\n\n@"),
        ("en", "26-PO-1180", "Please ship\n\n@"),
        ("en", "Q-1180", "Please ship\n\n@"),
        ("en", "Outage - HV-1180", "Please ship\n\n@"),
        ("en", "valves", "PO,Item,Qty\nNT-1180,GV-03,4\nNT-1181,RK-03,2\n\nDelivery by November 30, 2026."),
        ("en", "valves", "PO-Line\tItem\tQty\nNT-1180-1\tGV-03\t4\nNT-1180-2\tRK-03\t2\n\nDue November 30, 2026."),
        ("en", "valves", "PO/Req: 45-1180 / 45-8801\n\n@"),
        ("en", "valves", "Your order no.: 45-1180\n\n@"),
        ("en", "valves for T-1102", "Please ship\n\n@"),
        ("de", "Angebot 22871", "bitte liefern\n\n@\n\nRechnung mit USt-IdNr. BE0123456789."),
    ],
)
def test_number_that_may_be_another_papers_is_never_taken_for_the_orders(
    language: str, subject: str, text: str
) -> None:
    state, number = read(text, subject, language)

    assert state is not DraftState.READY or number is None


@pytest.mark.parametrize(
    "text",
    [
        "Please ship\n\n@\n\nInvoice: NT-1180.",
        "Please ship\n\n@\n\nOrder ticket NT-1180.",
        "PO/Req: NT-1180 / 8801\n\n@",
        "Your order no.: NT-1180\n\n@",
    ],
)
def test_letter_whose_only_number_may_be_the_orders_goes_to_a_person(text: str) -> None:
    state, _ = read(text, "valves", "en")

    assert state is DraftState.DRAFT


@pytest.mark.parametrize("gap", ["\t", " | ", ";"])
def test_number_in_a_column_of_the_goods_is_the_orders(gap: str) -> None:
    rows = ["Order no,Item,Qty", "NT-1180,GV-03,4", "NT-1180,RK-03,2"]
    text = "\n".join(row.replace(",", gap) for row in rows) + "\n\nDelivery by November 30, 2026."

    assert read(text, "valves", "en") == (DraftState.READY, "NT-1180")


@pytest.mark.parametrize("standard", ["ISO 9001", "API 600", "ASTM 216", "NACE 0175", "ATEX 2014"])
def test_standard_that_goods_follow_is_never_the_number_of_the_order(standard: str) -> None:
    state, number = read(f"@\n\nThey must be {standard}.", "valves", "en")

    assert state is not DraftState.READY or number is None


@pytest.mark.parametrize(("text", "number"), [("Account 4711 / Job 88-3\n\n@", None), ("Job no. 88301\n\n@", None)])
def test_number_of_an_account_or_a_job_is_explained_and_not_the_orders(text: str, number: str | None) -> None:
    assert read(text, "valves", "en") == (DraftState.READY, number)


@pytest.mark.parametrize(
    "text",
    [
        "Ship via UPS 4711.",
        "Use DHL 50714.",
        "The pump is a KSB 4711.",
        "Boiler KL 204 is down.",
        "Truck plate KLU 5071.",
        "Crate mark KLU 5071.",
        "Painted RAL 5010.",
        "Charge it to MX 2041.",
        "KLU 5071 is leaking.",
        "KLU 5071 is still open.",
        "KLU 5071 to follow.",
        "See KLU 5071.",
        "Dock KL 204.",
        "Container MSKU 507142.",
        "Call me on KL-50714.",
        "Mark the boxes KLU-5071.",
        "DA 5071.",
        "\nHALLE 2040\n",
        "\nCEDEX 59300\n",
        "\nNL 3011\n",
        "\nMAI 2026\n",
        "\nTOTAL 4711\n",
    ],
)
def test_number_of_which_nothing_says_that_it_is_the_orders_is_not_taken_for_it(text: str) -> None:
    state, number = read(f"@\n\n{text}", "valves", "en")

    assert state is not DraftState.READY or number is None


@pytest.mark.parametrize("text", ["@", "Our KSB 4711 is leaking.\n\n@", "@\n\nThe KSB 4711 needs work."])
def test_subject_that_may_name_a_thing_is_not_taken_for_the_number_of_the_order(text: str) -> None:
    state, number = read(text, "KSB 4711", "en")

    assert state is not DraftState.READY or number is None
