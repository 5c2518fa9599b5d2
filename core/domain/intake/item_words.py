"""What words of a description say about an item: the same tokens whatever language and spelling they come in."""

import re
import unicodedata

# What goods are called in the languages that are read, without accents; longer phrases come before the words they
# contain, and whole names before the kinds they are of.
_PHRASES = (
    (r"for (?:each|every)|fur jede[nrs]?|each (?=(?:pump|valve|skid)\b)|je (?!st(?:uck|k)?\b)(?=[a-z]{2})", "foreach "),
    (
        "(?:spare|replacement)[- ]parts?|pieces? (?:de rechange|detachees?)|piezas? de (?:repuesto|recambio)",
        "sparepart",
    ),
    ("(?:standard|standaard|reduced|reduzierte[rmns]?)[- ]?(?:port|bore|durchgang|doorlaat)", "reducedport"),
    ("(?:paso|passage) (?:standard|estandar|reducido|reduit)", "reducedport"),
    ("(?:standard|standaard|estandar)(?=[- ]?(?:trim|steel|material|metal|innen|garnitur|werkstoff))", "othermaterial"),
    ("(?<=garniture )standard|(?<=material )estandar|(?<=matiere )standard", "othermaterial"),
    ("de (?:rechange|repuesto|recambio|reserva|reserve)", ""),
    ("rep\\.? ?kits?", "repair kit"),
    ("(?<=kit )f(?=[. ])|(?<=kits )f(?=[. ])", ""),
    ("el(?:ec(?:tr)?)?\\.? (?=act)", "electric "),
    ("elec(?:tr)?|elektr", "electric"),
    ("swg", "swing"),
    ('c/s|c\\.s(?=\\.)|(?<=[a-z0-9"] )cs|c-?steel|carb\\.? ?st(?:ee)?l', "carbon steel"),
    ("s\\.s(?=\\.)|s/steel|st/st|stainl|stnls", "stainless"),
    ("brz|brnz", "bronze"),
    ("f/p", "full port"),
    ("vlvs?|valvulas? de corte", "valve"),
    ("chk(?= valve)|ck(?= valve)", "check"),
    ("sluice valves?|wedge gates?|absperrschieber|keilschieber|flachschieber|spindelschieber|schieber", "gate valve"),
    ("valvulas? (?:de )?compuertas?|compuertas?|vannes? a (?:opercule|passage direct|coin)", "gate valve"),
    ("robinets?[- ]vannes?|schuifafsluiters?|spieafsluiters?|schuifkranen|schuifkraan", "gate valve"),
    ("kugelha(?:e)?hnen?|kugelhahns?|kugelventilen?|kugelventile?", "ball valve"),
    ("kogelkranen|kogelkraan|kogelafsluiters?|bolkranen|bolkraan", "ball valve"),
    ("valvulas? (?:de )?(?:bolas?|esfericas?|esferas?)", "ball valve"),
    (
        "(?:vannes?|robinets?) (?:a )?(?:billes?|tournants? spheriques?|boisseaux?(?: spheriques?)?|boules?)",
        "ball valve",
    ),
    ("robinets? a tournant spherique", "ball valve"),
    ("ru(?:e)?ckschlagklappen?|terugslagkleppen|terugslagklep|swing checks?(?! valve)", "swing check valve"),
    ("clapets? (?:(?:anti[- ]?retour|de retenue|de non[- ]retour) )?a battants?", "swing check valve"),
    (
        "valvulas? (?:de )?(?:retencion|check|antirretorno) (?:de columpio|(?:a|de) clapeta|oscilante|basculante)",
        "swing check valve",
    ),
    ("non[- ]?return valves?|nrvs?|chk valves?|ru(?:e)?ckschlagventilen?|ru(?:e)?ckschlagventile?", "check valve"),
    ("clapets? (?:anti[- ]?retour|de retenue|de non[- ]retour)", "check valve"),
    (
        "valvulas? (?:de )?(?:retencion|antirretorno|no retorno|check)|keerkleppen|keerklep|terugslagventiel(?:en)?",
        "check valve",
    ),
    ("absperrklappen?|drosselklappen?|scheibenventile?|klappen?", "butterfly valve"),
    ("(?:vannes?|robinets?) (?:a )?papillons?|valvulas? (?:de )?mariposas?", "butterfly valve"),
    ("vlinderkleppen|vlinderklep|vlinderafsluiters?|b(?:utter)?fly valves?|bfvs?", "butterfly valve"),
    ("durchgangsventilen?|durchgangsventile?|geradsitzventile?|hubventile?|tellerventile?", "globe valve"),
    ("(?:vannes?|robinets?) a (?:soupape|globe)s?|vannes? globes?|valvulas? (?:de )?(?:globo|asiento)", "globe valve"),
    ("klepafsluiters?|globeafsluiters?|zitafsluiters?", "globe valve"),
    ("pumpen(?:aggregaten?|aggregate?|stationen|station|skids?)|pump ?skids?|skid[- ]mounted pumps?", "pump skid"),
    ("groupes? (?:(?:de )?pompage|moto-?pompes?|motopompes?)|skids? de pompage|pompes? sur skid", "pump skid"),
    ("(?:grupos?|skids?|equipos?) de bombeo|bombas? sobre (?:skid|patin)|motobombas?", "pump skid"),
    ("pomp(?:en)?(?:skids?|units?|groepen|groep|sets?)", "pump skid"),
    ("pumpendichtungss(?:a(?:e)?tzen?|atz)|pompafdichtings?sets?|pompafdichtingen", "pump seal kit"),
    ("dicht(?:ungs)?s(?:a(?:e)?tzen?|atz)|afdichtings?sets?|dichtings?sets?", "seal kit"),
    ("(?:kits?|pochettes?) (?:de |d')?(?:joints?|garnitures?|etancheite)", "seal kit"),
    ("(?:kits?|juegos?) de (?:juntas?|sellos?|sellado|empaques?|empaquetaduras?)|seal sets?", "seal kit"),
    (
        "kreiselpumpen?|bombas? centrifugas?|pompes? centrifuges?|centrifugaalpompen|centrifugaalpomp",
        "centrifugal pump",
    ),
    (r"cent(?:rif)?\.? pumps?", "centrifugal pump"),
    ("reparaturs(?:a(?:e)?tzen?|atz)|reparaturkits?|reparatiesets?|reparatiekits?|revisiesets?", "repair kit"),
    ("(?:kits?|juegos?) de reparacion|(?:kits?|pochettes?|necessaires?) de reparation", "repair kit"),
    ("repair sets?|rebuild kits?|overhaul kits?", "repair kit"),
    (
        "schmutzfa(?:e)?ngern?|filtros? (?:en |tipo )?y|filtres? (?:en )?y|filtres? a tamis|y-?filters?|y-?strainers?",
        "y strainer",
    ),
    ("wye strainers?|vuilvangers?|y-?zeven|y-?zeef|coladores?|colador|filtros? coladores?", "y strainer"),
    ("filtern?|filters?|filtres?|filtros?|siebe?", "strainer"),
    ("elektro(?:stell)?antriebe?n?|e-antriebe?|elektrische[rns]? (?:stell)?antriebe?n?", "electric actuator"),
    ("stellantriebe?n?|stellmotoren|stellmotor|antriebe?n?|actionneurs?|actuadore?s?|accionadore?s?", "actuator"),
    ("aandrijvingen|aandrijving|servomoteurs?|servomotore?n?|actuatoren", "actuator"),
    ("elektrische[rns]?|electricos?|electricas?|electriques?", "electric"),
    ("ss ?316l?|316l? ?ss|aisi ?316l?|316l|v4a|inox 316|316 inox", "316 stainless"),
    (
        "inox|edelstahl|rostfreie[rmns]?|rostfrei|acero inoxidable|acier inoxydable|inoxidables?|inoxydables?",
        "stainless",
    ),
    ("rvs|roestvrij staal|roestvast staal|stainless steel|s/s|sst|ss", "stainless"),
    ("kohlenstoffstahl|c-stahl|acero al carbono|acier (?:au )?carbone|koolstofstaal|c-staal", "carbon steel"),
    (
        "voll(?:er|em|en)? durchgang|paso (?:total|completo|integral)|(?:passage integral|plein passage|passage total)",
        "full port",
    ),
    ("volle doorlaat|full[- ]?(?:bore|port)|fullport", "full port"),
    ("bronze|bronce|rotguss|brons|bronzen", "bronze"),
    ("bronzegarnitur(?:en)?|bronze-?innengarnitur(?:en)?|bronzen?binnenwerk", "bronze trim"),
    (
        "innengarnituren?|garnituren?|innenteilen?|innenteile|garnitures?|guarnicion(?:es)?|internos|internes|binnenwerk",
        "trim",
    ),
    (
        "lugged|lug[- ](?:type|style|ausfu(?:e)?hrung|uitvoering|typ)|tipo lug|type lug|gewindeaugen|orejetas?",
        "lug",
    ),
    (
        "(?:a |aux )?oreilles(?: taraudees)?",
        "lug",
    ),
    ("pilotserie|serie pilote|serie piloto", "pilot series"),
    ("dosierskids?|skids? de (?:dosage|dosificacion)|doseerskids?", "metering skid"),
    ("dosierantriebe?", "metering drive"),
    (
        "(?:motoris|automat|actionn)ee?s?|motori[sz]ed|motorizad[oa]s?|automat(?:ed|isierte[rmns]?|izad[oa]s?)",
        "actuated",
    ),
    ("angetriebene[rmns]?|actuad[oa]s?|accionad[oa]s?|aangedreven|gemotoriseerde?|geautomatiseerde?", "actuated"),
    (
        r"ball valves?\s+(?:mit|with|con|avec|met)\s+(?:einem |an |un |een )?(?:electric\s+)?actuators?",
        "actuated ball valve",
    ),
    ("pumpen?|pompes?|bombas?|pompen|pomp", "pump"),
    ("vannes?|robinets?|soupapes?|valvulas?|ventilen?|ventile?|afsluiters?|kleppen|klep|kranen|kraan", "valve"),
    ("size large|large size|large", "l"),
    ("size medium|medium size|medium", "m"),
    ("size small|small size|small", "s"),
)
_PHRASE = tuple((re.compile(rf"\b(?:{words})\b"), f" {english} ") for words, english in _PHRASES)
_INCHES = r"(?:\"|''|”|″|-?\s?(?:in\.?|inch(?:es)?|ins|zoll|pulgadas?|pulg\.?|pouces?|duims?)(?![a-z]))"
_COUNTED = {
    2: "two|zwei|deux|dos|twee", 3: "three|drei|trois|tres|drie", 4: "four|vier|quatre|cuatro",
    6: "six|sechs|seis|zes", 8: "eight|acht|huit|ocho", 10: "ten|zehn|dix|diez|tien",
}  # fmt: skip
_COUNTED_INCHES = tuple((re.compile(rf"\b(?:{words})(?={_INCHES})"), str(size)) for size, words in _COUNTED.items())
_NPS = re.compile(r"(?<![\w.,])nps\s?-?(\d+)(?!\d)")
_SIZE = re.compile(rf"(?<![\w.,])(\d+(?:[./,]\d+)?)\s?{_INCHES}")
_POWER = re.compile(
    r"(?<![\w.,])(\d+)\s?-?(?:hp|h\.p\.|ps|cv|pk|ch|horse ?power|horse|caballos|chevaux|paardenkracht)(?![a-z])"
)
_NOMINAL = {"50": "2", "80": "3", "100": "4", "150": "6", "200": "8", "250": "10", "300": "12"}
_DN = re.compile(r"(?<![\w.,])dn\s?-?(\d+)(?!\d)")
_TOKEN = re.compile(r"[a-z0-9]+(?:[./][a-z0-9]+)*")
_SILENT_WORDS = (
    "a an and the of for with to in our your we need please pcs pc pieces piece each ea item items article "
    "part no nr number code type typ size qty x und mit fur der die das den dem ein eine einen von zu stuck "
    "stk st je art artikel nummer grosse de del la las los el un una unos y con para por uds ud unidades "
    "piezas pieza articulo codigo tamano le les des du et avec pour pce pces u taille reference ref het een en "
    "met voor van stuks maat groesse talla formaat w off ones one sizes same those this that "
    "matching additional more extra usual new some these "
    "those further another weitere weiteren neue neuen neuer zusatzliche zusatzlichen nouvelle nouvelles nouveau "
    "nouveaux autres nuevas nuevos nueva nuevo otras otros nieuwe andere aus a du type mod modell model modele modelo "
    "spare replacement ersatz reserve standard standards standaard estandar complete completes complet complets "
    "completo completa completos completas compleet komplett komplette kompletten kompletter genuine brandneue"
)
_SILENT = frozenset(_SILENT_WORDS.split())
_MEASURE = re.compile(r"\d+(?:[./]\d+)?(?:in|hp)$")


def plain_text(text: str) -> str:
    """The text in small letters, without accents and with compatibility characters written out."""
    taken_apart = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(char for char in taken_apart if not unicodedata.combining(char)).casefold()


def words_of(text: str) -> frozenset[str]:
    """The tokens that say what is meant: kinds in English, sizes as `3in`, powers as `20hp`, no filling words."""
    plain = plain_text(text)
    plain = _NPS.sub(r" \1in ", plain)
    for number, size in _COUNTED_INCHES:
        plain = number.sub(size, plain)
    plain = _DN.sub(lambda found: f" {_NOMINAL.get(found[1], 'dn' + found[1])}in ", plain)
    plain = _SIZE.sub(lambda found: f" {found[1].replace(',', '.')}in ", plain)
    plain = _POWER.sub(r" \1hp ", plain)
    for phrase, english in _PHRASE:
        plain, times = phrase.subn(english, plain)
        plain = re.sub(r" {2,}", " ", plain) if times else plain
    return frozenset(_singular(token) for token in _TOKEN.findall(plain) if token not in _SILENT)


def measures_of(words: frozenset[str]) -> frozenset[str]:
    """Those of the tokens that are measures."""
    return frozenset(word for word in words if _MEASURE.match(word))


def code_key(code: str) -> str:
    """A code without what people leave out or put in when they type it: case, spaces, dashes, dots and slashes."""
    return re.sub(r"[\s\-\u2010-\u2015_./]+", "", unicodedata.normalize("NFKC", code)).casefold()


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
