"""Short letters in which a careless reader would be silently wrong, each with what it may be accepted as, if at all."""

from dataclasses import dataclass

Line = tuple[str, int, str]
NEVER: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Careless:
    """A letter's body and subject; `lines` are the only ones it may be accepted with (none: it may not be accepted),
    `po` the only order number."""

    body: str
    lines: tuple[Line, ...] = NEVER
    po: str | None = None
    subject: str = ""


def _never(*bodies: str) -> tuple[Careless, ...]:
    return tuple(Careless(body=body) for body in bodies)


def _only(body: str, *lines: Line, po: str | None = None, subject: str = "") -> Careless:
    return Careless(body=body, lines=lines, po=po, subject=subject)


_DAY = "2026-12-04"
_QUANTITIES = (
    *_never(
        "PO 4711. Either 40 or 60 pcs GV-02, you choose. Deliver by December 4, 2026.",
        "PO 4711. 40 to 60 pcs GV-02 by December 4, 2026.",
        "PO 4711. About 40 pcs GV-02 by December 4, 2026, we will confirm the exact number tomorrow.",
        "PO 4711. 4 boxes of 10 GV-02 by December 4, 2026.",
        "PO 4711. 4 pallets GV-02 by December 4, 2026.",
        "PO 4711. Same as last time, GV-02, by December 4, 2026.",
        "PO 4711. A few GV-02 by December 4, 2026.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Correction: make that 60.",
        "PO 4711. How much would 40 pcs GV-02 by December 4, 2026 cost?",
        "Could you quote 40 pcs GV-02 for December 4, 2026?",
        "PO 4711. 1.200 GV-02 by December 4, 2026.",
        "Bestellung Nr. 4711: zwischen 40 und 60 St\u00fcck GV-02 bis 4.12.2026.",
        "Bestellung Nr. 4711: 4 Kartons GV-02 zu je 10 St\u00fcck bis 4.12.2026.",
        "Bestellung Nr. 4711: wie letztes Mal GV-02, bis 4.12.2026.",
        "Commande n\u00b0 4711 : 40 ou 60 GV-02 pour le 4 d\u00e9cembre 2026.",
        "Commande n\u00b0 4711 : 4 palettes de GV-02 pour le 4 d\u00e9cembre 2026.",
        "Pedido n.\u00ba 4711: entre 40 y 60 unidades GV-02 para el 4 de diciembre de 2026.",
        "Pedido n.\u00ba 4711: 4 cajas de 10 GV-02 para el 4 de diciembre de 2026.",
        "Ordernummer 4711: 40 of 60 stuks GV-02 voor 4 december 2026.",
        "Ordernummer 4711: hetzelfde als vorige keer, GV-02, voor 4 december 2026.",
        "PO 4711\nGV-02 | 40 | 60\nDeliver by December 4, 2026.",
        "PO 4711\n40 pcs GV-02\n60 pcs GV-02\nDeliver by December 4, 2026.",
        "PO 4711\n40 pcs GV-02\nTotal: 60 pcs\nDeliver by December 4, 2026.",
        "PO 4711. 40 feet of GV-02 by December 4, 2026.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Then 20 more for unit 7.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Wellhead 14 takes another 12.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. We pay within 45 days. 5 spares too.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Double it if stock allows.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Hold the last ten until we confirm.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Do not ship before you hear from us.",
        "Bestellung Nr. 4711: 40 St\u00fcck GV-02 bis 4.12.2026. Auslieferung erst nach unserer Freigabe.",
        "Commande n\u00b0 4711 : 40 GV-02 pour le 4 d\u00e9cembre 2026. Ne pas livrer sans notre accord.",
        "Pedido n.\u00ba 4711: 40 GV-02 para el 4 de diciembre de 2026. No enviar hasta que confirmemos.",
        "Ordernummer 4711: 40 stuks GV-02 voor 4 december 2026. Nog niet leveren, wacht op ons bericht.",
        "PO 4711. 40 pcs GV-02 kits by December 4, 2026.",
        "PO 4711. 40 GV-02 seats by December 4, 2026.",
        "PO 4711. By December 4, 2026 40 pcs GV-02, a spare RK-02 and a hand wheel.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026, and a crate for each.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026, and a label printer.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. The rest, after our shutdown, December 18.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. We are closed then, so make it December 11.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Our new plant in Dallas gets these.",
        "Bestellung Nr. 4711: 40 St\u00fcck GV-02 bis 4.12.2026. Der Hof ist gesperrt, bitte zur Werkstatt in Lier.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Please also send XK-44712.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026.\nAnd VLV-44712, 6 of those.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026.\nAlso needed: 10045512, 6.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. The gate opens at 7, and we take 12 when the driver is up.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Call the stores, 45 would do as well.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026, another lot by December 18. Quote valid until December 31.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Half of it goes to 12 Main Street, Reno, NV 89502.",
        "Pedido n.\u00ba 4711: 40 uds GV-02 para el 4 de diciembre de 2026 y las XK-44712 tambi\u00e9n.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026, plus 10 %.",
        "Bestellung Nr. 4711: 40 St\u00fcck GV-02 bis 4.12.2026, davon 10 als Ersatz f\u00fcr GV-03.",
        "Bestellung Nr. 4711: pro Anlage 4 St\u00fcck GV-02, 3 Anlagen, bis 4.12.2026.",
        "PO 4711. 4 pcs GV-02 for each of 3 skids, by December 4, 2026.",
        "PO 4711. Two 20 hp centrifugal pumps and one spare pump seal kit for each, by December 4, 2026.",
        "Bestellung 4711 zum 4.12.2026:\n2 Kreiselpumpen 20 PS\n1 Pumpendichtungssatz je Pumpe",
        "Commande 4711, pour le 4.12.2026 :\n2 pompes centrifuges 20 CV\n1 kit de joints de pompe par pompe",
        "PO 4711. 4 pcs LV-03 with electric actuator, by December 4, 2026.",
        "PO 4711. 4 pcs GV-03 with bronze trim, by December 4, 2026.",
        "PO 4711. (2) three pcs GV-03, by December 4, 2026.",
        "PO 4711. 6 ball valves 2 inch, standard port, by December 4, 2026.",
        "PO 4711. 6 pcs spare parts for gate valve 3 in, 316, by December 4, 2026.",
        "PO 4711, by December 4, 2026:\n6 pcs GV-03 gate valve 3 in, carbon steel",
        "Pedido n.\u00ba 4711: 4 uds GV-02 por equipo, 3 equipos, para el 4 de diciembre de 2026.",
        "Commande n\u00b0 4711 : 4 GV-02 par skid, 3 skids, pour le 4 d\u00e9cembre 2026.",
        "Ordernummer 4711: 4 stuks GV-02 per skid, 3 skids, voor 4 december 2026.",
    ),
    _only("PO 4711. Not 40 but 60 pcs GV-02. Deliver by December 4, 2026.", ("GV-02", 60, _DAY), po="4711"),
    _only("PO 4711. 60 pcs GV-02 (not 40). Deliver by December 4, 2026.", ("GV-02", 60, _DAY), po="4711"),
    _only("PO 4711. 60 instead of 40 pcs GV-02. Deliver by December 4, 2026.", ("GV-02", 60, _DAY), po="4711"),
    _only("PO 4711. 40, sorry, 60 pcs GV-02 by December 4, 2026.", ("GV-02", 60, _DAY), po="4711"),
    _only("Bestellung Nr. 4711: nicht 40, sondern 60 St\u00fcck GV-02 bis 4.12.2026.", ("GV-02", 60, _DAY), po="4711"),
    _only("Bestellung Nr. 4711: 60 statt 40 St\u00fcck GV-02 bis 4.12.2026.", ("GV-02", 60, _DAY), po="4711"),
    _only(
        "Commande n\u00b0 4711 : non pas 40 mais 60 GV-02 pour le 4 d\u00e9cembre 2026.", ("GV-02", 60, _DAY), po="4711"
    ),
    _only(
        "Pedido n.\u00ba 4711: no 40 sino 60 uds GV-02 para el 4 de diciembre de 2026.", ("GV-02", 60, _DAY), po="4711"
    ),
    _only("Ordernummer 4711: niet 40 maar 60 stuks GV-02 voor 4 december 2026.", ("GV-02", 60, _DAY), po="4711"),
    _only("PO 4711. 40 pcs GV-02 by December 4, 2026. Price break at 100 pcs?", ("GV-02", 40, _DAY), po="4711"),
    _only("PO 4711. 2 dozen GV-02 by December 4, 2026.", ("GV-02", 24, _DAY), po="4711"),
    _only("PO 4711. Half a dozen GV-02 by December 4, 2026.", ("GV-02", 6, _DAY), po="4711"),
    _only("PO 4711. Forty-two GV-02 by December 4, 2026.", ("GV-02", 42, _DAY), po="4711"),
    _only("Bestellung Nr. 4711: zweiundvierzig GV-02 bis 4.12.2026.", ("GV-02", 42, _DAY), po="4711"),
    _only(
        "Commande n\u00b0 4711 : deux douzaines de GV-02 pour le 4 d\u00e9cembre 2026.", ("GV-02", 24, _DAY), po="4711"
    ),
    _only("PO 4711. 5 2-inch GV-02 by December 4, 2026.", ("GV-02", 5, _DAY), po="4711"),
    _only("PO 4711. 1,200 pcs GV-02 by December 4, 2026.", ("GV-02", 1200, _DAY), po="4711"),
    _only(
        "PO 4711\nItem    In stock    Order qty\nGV-02   12          40\nDeliver by December 4, 2026.",
        ("GV-02", 40, _DAY),
        po="4711",
    ),
    _only(
        "PO 4711\nItem | Pack | Qty\nGV-02 | 10 | 40\nDeliver by December 4, 2026.",
        ("GV-02", 40, _DAY),
        po="4711",
    ),
)
_LINES = (
    *_never(
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Also some GV-03.",
        "PO 4711. 40 pcs GV-02 and the matching GV-03 by December 4, 2026.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. And 6 repair kits.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Optionally 5 pcs GV-03.",
        "PO 4711. 40 pcs GV-02 or 40 pcs GV-03, whatever is on the shelf, by December 4, 2026.",
        "PO 4711. 40 pcs ZZ-99 by December 4, 2026.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Also some gate valves as on drawing D-77.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. Add ZZ-99 as well.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026. And what we had on PO 4700.",
        "PO 4711. 40 pcs GV-02 (Ball valve 2 in) by December 4, 2026.",
        "PO 4711. 40 gate valves by December 4, 2026.",
        "Bestellung Nr. 4711: 40 St\u00fcck GV-02 bis 4.12.2026, eventuell noch 5 GV-03.",
        "Commande n\u00b0 4711 : 40 GV-02 pour le 4 d\u00e9cembre 2026, et peut-\u00eatre 5 GV-03.",
        "Pedido n.\u00ba 4711: 40 uds GV-02 para el 4 de diciembre de 2026, y quiz\u00e1s 5 GV-03.",
        "Ordernummer 4711: 40 stuks GV-02 voor 4 december 2026, eventueel ook 5 GV-03.",
        "Please cancel 40 pcs GV-02 of PO 4711, due December 4, 2026.",
        "Bitte stornieren Sie 40 St\u00fcck GV-02 der Bestellung Nr. 4711, Termin 4.12.2026.",
        "We returned 40 pcs GV-02 of PO 4711 on December 4, 2025, they leak.",
        "PO 4711\n40 pcs GV-02\n5 pcs GV-03 - cancelled\nDeliver by December 4, 2026.",
    ),
)
_DAYS = (
    *_never(
        "PO 4711. 40 pcs GV-02 by 12/04/2026.",
        "PO 4711. 40 pcs GV-02 by December 4 or 11, 2026.",
        "PO 4711. 40 pcs GV-02, 20 by December 4, 2026 and the rest by December 18, 2026.",
        "PO 4711. 40 pcs GV-02 by December 4, 2025.",
        "PO 4711. 40 pcs GV-02.",
        "PO 4711 of November 2, 2026. 40 pcs GV-02.",
        "PO 4711. 40 pcs GV-02, not before we call you.",
        "PO 4711. 40 pcs GV-02, not before December 4, 2026.",
        "PO 4711. 40 pcs GV-02. We start up on December 4, 2026, so well before that.",
        "PO 4711. 40 pcs GV-02 between December 4 and December 18, 2026.",
        "PO 4711. 40 pcs GV-02 by December 4, 2026, or sooner than November 20 if you can.",
        "Bestellung Nr. 4711: 40 St\u00fcck GV-02 fr\u00fchestens 4.12.2026.",
        "PO 4711. 40 pcs GV-02 two weeks after drawing approval.",
        "Bestellung Nr. 4711 vom 2.11.2026: 40 St\u00fcck GV-02.",
        "Commande n\u00b0 4711 du 2 novembre 2026 : 40 GV-02.",
        "Pedido n.\u00ba 4711: 40 uds GV-02 para el 31 de noviembre de 2026.",
        "Ordernummer 4711: 40 stuks GV-02, datum volgt.",
    ),
    _only("PO 4711 of 2 November 2026. 40 pcs GV-02, deliver December 4, 2026.", ("GV-02", 40, _DAY), po="4711"),
    _only("PO 4711. Your quote of October 9, 2026. 40 pcs GV-02 by December 4, 2026.", ("GV-02", 40, _DAY), po="4711"),
    _only(
        "PO 4711. 40 pcs GV-02 by December 4, 2026. We are closed December 24 to 31.", ("GV-02", 40, _DAY), po="4711"
    ),
    _only(
        "Bestellung Nr. 4711 vom 3.11.: 40 St\u00fcck GV-02, Liefertermin 4.12.2026.", ("GV-02", 40, _DAY), po="4711"
    ),
)
_GOODS: Line = ("GV-02", 40, _DAY)
_NUMBERS = (
    _only("40 pcs GV-02 by December 4, 2026, please.", _GOODS),
    _only("Under your quote Q-7781: 40 pcs GV-02 by December 4, 2026.", _GOODS),
    _only("Our customer number is 10442. 40 pcs GV-02 by December 4, 2026.", _GOODS),
    _only("Thanks for order 4700. New: PO 4711. 40 pcs GV-02 by December 4, 2026.", _GOODS, po="4711"),
    _only("Danke, Bestellung 4700 ist da. Neu: Bestellnr. 4711, 40 St\u00fcck GV-02 bis 4.12.2026.", _GOODS, po="4711"),
    _only("Bitte wie bei Bestellung 4700: 40 St\u00fcck GV-02 bis 4.12.2026, unter 4711.", _GOODS, po="4711"),
    _only("Noch einmal 40 St\u00fcck GV-02 bis 4.12.2026.", _GOODS, po="4711", subject="AW: Bestellung 4700"),
    _only("Bitte 40 St\u00fcck GV-02 bis 4.12.2026. Nummer 4711.", _GOODS, po="4711", subject="AW: Angebot 7781"),
    _only("Ihr Angebot 7781 passt. 40 St\u00fcck GV-02 bis 4.12.2026.", _GOODS, subject="AW: Angebot 7781"),
    _only("Ihre Auftragsnummer 99120. 40 St\u00fcck GV-02 bis 4.12.2026.", _GOODS),
    _only("Lieferschein 88123 fehlt noch. 40 St\u00fcck GV-02 bis 4.12.2026.", _GOODS),
    _only("Statt Bestellung 4700 gilt Bestellung 4711: 40 St\u00fcck GV-02 bis 4.12.2026.", _GOODS, po="4711"),
    _only("40 St\u00fcck GV-02 bis 4.12.2026, Bestellung 47 11.", _GOODS, po="47 11"),
    _only("40 St\u00fcck GV-02 bis 4.12.2026, Bestellung 4711/A.", _GOODS, po="4711/A"),
    _only("40 St\u00fcck GV-02 bis 4.12.2026, Bestellung PO-4711.", _GOODS, po="PO-4711"),
    _only(
        "Como en el pedido 4700, 40 uds GV-02 para el 4 de diciembre de 2026. Pedido n.\u00ba 4711.", _GOODS, po="4711"
    ),
    _only("Seg\u00fan su oferta 7781, 40 uds GV-02 para el 4 de diciembre de 2026.", _GOODS),
    _only(
        "Recibimos el pedido 4700. Ahora 40 uds GV-02 para el 4 de diciembre de 2026, pedido nuevo NP-77.",
        _GOODS,
        po="NP-77",
    ),
    _only("Su pedido 99120. 40 uds GV-02 para el 4 de diciembre de 2026.", _GOODS),
    _only("Nuestro pedido n.\u00ba 2026/114 de 40 uds GV-02 para el 4 de diciembre de 2026.", _GOODS, po="2026/114"),
    _only("Suite \u00e0 votre offre 7781, 40 GV-02 pour le 4 d\u00e9cembre 2026.", _GOODS),
    _only("Comme la commande 4700 : 40 GV-02 pour le 4 d\u00e9cembre 2026, commande NO-4711.", _GOODS, po="NO-4711"),
    _only("Bon de commande 4711 (remplace le 4700) : 40 GV-02 pour le 4 d\u00e9cembre 2026.", _GOODS, po="4711"),
    _only("Volgens uw offerte 7781: 40 stuks GV-02 voor 4 december 2026.", _GOODS),
    _only("Zoals bestelling 4700, 40 stuks GV-02 voor 4 december 2026, ordernummer 4711.", _GOODS, po="4711"),
    _only("Blanket order BL-26, our PO for this release is 4711: 40 pcs GV-02 by December 4, 2026.", _GOODS, po="4711"),
    _only("PO TPS 2026-118: 40 pcs GV-02 by December 4, 2026.", _GOODS, po="TPS 2026-118"),
    _only("This is PO HS-90117 again, now 40 pcs GV-02 by December 4, 2026.", _GOODS, po="HS-90117"),
    _only("40 pcs GV-02 by December 4, 2026, our ref JB-12, PO to follow.", _GOODS),
    _only("40 pcs GV-02 by December 4, 2026. Job 5521, AFE 26-3381.", _GOODS),
    _only("40 pcs GV-02 by December 4, 2026. Call 555-0142.", _GOODS, po="HS-90140", subject="HS-90140"),
)
CARELESS = (*_QUANTITIES, *_LINES, *_DAYS, *_NUMBERS)
