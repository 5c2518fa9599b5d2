"""Where goods are to go, as the second reader finds it: streets, towns and yards beside words of delivery."""

import re
from collections.abc import Iterator

from agents.order_intake.second.masks import POSTCODES, STREETS
from agents.order_intake.second.words import GOODS, PIECES

_SENDS = re.compile(
    r"(?<!\w)(?:ship(?:ped|ping|ment|s)?|deliver(?:y|ed|ies)?|send|sent|dispatch(?:ed)?|consign\w*|drop(?:ped)?"
    r"|forward|goods go"
    r"|destination|\w*liefer\w*|versand\w*|versend\w*|schick\w*|sendung|livr\w+|expedi\w+|envoy\w+|destinat\w+"
    r"|entreg\w+|envi\w+|destino"
    r"|\w*lever\w*|verzend\w*|stuur|sturen|bezorg\w*|afleveradres)(?!\w)"
)
_BILLS = re.compile(r"bill|invoice|rechnung|factur|factuur|head office|registered|sitz")
_YARDS = re.compile(
    r"(?<!\w)(?:to|at|an|auf|nach|zu[mr]?|ins?|a|au|aux|al|en|aan|naar|op|bij|\w*adresse|\w*ort"
    r"|direccion(?: de \w+)?|\w*adres|address|location|destination|destino|destinataire"
    r"|lieu|lugar(?: de \w+)?)[ :.\t|=-]+(?:(?:our|the|unser\w*|die|das|den"
    r"|dem|notre|nos|le|la|les|nuestr\w+"
    r"|el|ons|onze|het|de)[ ])?(?:[\w-]+[ ]){0,2}?(?P<yard>yard|job ?site|depot|branch|workshop"
    r"|field office|lagerplatz|baustelle|hof|zweigwerk|aussenlager|parc|cour|chantier|atelier|patio|obra|sucursal"
    r"|werkstatt|taller|werkplaats|werf"
    r"|terrein|bouwplaats|filiaal"
    r"|(?:warehouse|lager|entrepot|magasin|almacen|deposito|magazijn|loods)(?=[ ](?:in|at|on|near|von|bei|a|de|du"
    r"|en|te)[ ]))"
    r"(?!\w|@|\.\w)"
)
_TOWN = re.compile(
    r"(?:[Ss]hip|[Dd]eliver|[Ss]end|[Ss]hipped|[Dd]elivered|[Dd]elivery|[Ll]iefern|[Gg]eliefert|Lieferung|[Ll]ivrer"
    r"|[Ll]ivraison|[Ee]ntregar|[Ee]ntrega"
    r"|[Ee]nviar|[Ll]everen|[Ll]evering|[Gg]eleverd)(?: (?:it|them|this|all|everything|alles|bitte|please))? (?:to"
    r"|nach|à|a|en|aan|naar|in|te) "
    r"(?P<town>[A-ZÄÖÜÉ][^\W\d_]{2,}(?: [A-Z][^\W\d_]+)?)"
)
_REACH = 160
_TO = re.compile(r"(?<!\w)(?:to|at|nach|an|zu[mr]?|in|auf|au|aux|a|chez|al|en|naar|aan|op|bij)[ ][^\n.;:!?]{0,48}$")
_GATE = re.compile(r"(?:kade|kaai|dok|quai|dock|haven)[ ]\d{1,2}(?!\d)[^\d]*")
_USUAL = re.compile(r"(?<!\w)(?:usual|regular|habituel\w*|habitual|ublich\w*|gewohnt\w*|gebruikelijk\w*)(?!\w)")
_ASKS = re.compile(
    r"(?<!\w)(?:please|pls|bitte|por favor|merci|svp|graag|aub|instead|sondern|but|sino|mais"
    r"|maar)[ ,]{1,2}$"
)
_OTHER_PLACE = re.compile(
    r"(?<!\w)(?:not|nicht|pas|no|niet)[ ](?:to|at|nach|zu[mr]?|in|an|ins|a|au|al|en|naar|aan|op)[ ][^\n.;!?]{2,60}?"
    r"[ ](?:but|sondern|mais|sino|maar)[ ][^\n.;!?]{3,}"
    r"|(?<!\w)(?<!for )(?<!fur )(?<!pour )(?<!para )(?<!voor )(?:our|unser\w*|notre|nuestr\w+|onze|ons)[ ]"
    r"(?:new|other|second|neue[nrms]?|zweite\w*|nouve\w+|deuxieme|nuev\w+|otr[oa]|nieuwe?|andere?|tweede)[ ]"
    r"(?:site|terminal|plant|location|premises|facility|factory|standort|werk|usine|planta|sede|vestiging|fabriek)(?!\w)"
    r"|(?<!\w)(?:to|at|nach|an|zu[mr]?|in|au|a|en|naar|aan|op)[ ](?:(?:our|the|unser\w*|die|das|den|dem|der|notre|la|le"
    r"|nuestr\w+|el|onze|ons|het|de)[ ])?(?:new|different|other|another|temporary|neue[nrms]?|andere[nrms]?|nouve\w+"
    r"|autre|nuev\w+|otr[oa]|nieuwe?|ander[e]?|tijdelijke)[ ](?P<new>site|terminal|plant|location|address|premises"
    r"|building"
    r"|facility|factory|standort|werk|adresse|anschrift|halle|usine|batiment|direccion|planta|sede|nave|fabrica|adres"
    r"|locatie|vestiging|terrein|fabriek|loods)(?!\w)"
)


def places_named(text: str, folded: str) -> Iterator[str]:
    """Words of a text that say where goods are to go, each with the row it stands in; the usual place is none."""
    for start, end in _streets(text, folded):
        before = _before(folded, start)
        if _GATE.fullmatch(folded, start, end) or _USUAL.search(folded, start, end):
            continue
        if (_SENDS.search(before) or _TO.search(before)) and not _BILLS.search(before[-60:]):
            yield text[start:end]
    for found in _OTHER_PLACE.finditer(folded):
        yield text[found.start() : found.end()]
    for found in _YARDS.finditer(folded):
        before = _before(folded, found.start())
        if _SENDS.search(before) or _ASKS.search(before):
            yield text[found.start("yard") : found.end("yard")]
    for found in _TOWN.finditer(text):
        yield found["town"]


def _streets(text: str, folded: str) -> Iterator[tuple[int, int]]:
    for pattern in STREETS:
        for found in pattern.finditer(folded):
            end = folded.find("\n", found.end())
            yield found.start(), min(end if end >= 0 else len(text), found.end() + 60)
    for pattern in POSTCODES:
        for found in pattern.finditer(text):
            town = (found.groupdict().get("town") or "").lower()
            if town not in PIECES and not re.match(rf"(?:{GOODS})$", town):
                yield max(folded.rfind("\n", 0, found.start()) + 1, found.start() - 60), found.end()


def _before(folded: str, at: int) -> str:
    """What stands before a place in its own paragraph."""
    start = max(folded.rfind("\n\n", 0, at), at - _REACH, 0)
    return folded[start:at]
