"""What words of a description say about an item: the same tokens whatever language and spelling they come in."""

import re
import unicodedata

# What goods are called in the languages that are read; longer phrases come before the words they contain.
_PHRASES = (
    ("absperrschieber|keilschieber|flachschieber|schieber", "gate valve"),
    ("kugelhahne|kugelhahnen|kugelhahn|kugelventile?|kogelkranen|kogelkraan|kogelafsluiters?", "ball valve"),
    ("ruckschlagklappen?|terugslagkleppen|terugslagklep", "swing check valve"),
    ("clapets? (?:anti[- ]?retour )?a battant", "swing check valve"),
    ("ruckschlagventile?|clapets? anti[- ]?retour|valvulas? (?:de retencion|antirretorno)", "check valve"),
    ("absperrklappen?|vannes? papillons?|valvulas? de mariposa|vlinderkleppen|vlinderklep", "butterfly valve"),
    ("durchgangsventile?|vannes? a soupape|robinets? a soupape|valvulas? de globo|klepafsluiters?", "globe valve"),
    ("valvulas? de compuerta|vannes? a opercule|robinets?[- ]vannes?|schuifafsluiters?", "gate valve"),
    ("valvulas? (?:de bola|esfericas?|de esfera)|vannes? a (?:bille|boisseau spherique|boule)", "ball valve"),
    ("robinets? a (?:tournant|boisseau) spherique", "ball valve"),
    (
        "kreiselpumpen?|bombas? centrifugas?|pompes? centrifuges?|centrifugaalpompen|centrifugaalpomp",
        "centrifugal pump",
    ),
    ("reparatursatze|reparatursatz|reparatiesets?|(?:kits?|juegos?) de reparacion", "repair kit"),
    ("(?:kits?|pochettes?) de reparation|revisiesets?", "repair kit"),
    ("schmutzfanger|filtros? en y|filtres? en? y|y-?filters?|y-?strainers?", "y strainer"),
    ("stellantriebe?|actionneurs?|actuadore?s?|aandrijvingen|aandrijving|servomoteurs?", "actuator"),
    ("elektrische[rns]?|electricos?|electriques?", "electric"),
    (
        "edelstahl|rostfrei|acero inoxidable|acier inoxydable|acier inox|inoxidable|inox|rvs|roestvast staal",
        "stainless",
    ),
    ("stainless steel|ss", "stainless"),
    ("voller durchgang|paso total|paso completo|passage integral|volle doorlaat", "full port"),
    ("bronze|bronce|rotguss|brons", "bronze"),
)
_PHRASE = tuple((re.compile(rf"\b(?:{words})\b"), f" {english} ") for words, english in _PHRASES)
_INCHES = r"(?:\"|''|”|″|-?\s?(?:in\.?|inch(?:es)?|zoll|pulgadas?|pouces?|duim)(?![a-z]))"
_SIZE = re.compile(rf"(?<![\w.,])(\d+(?:[./,]\d+)?)\s?{_INCHES}")
_POWER = re.compile(r"(?<![\w.,])(\d+)\s?-?(?:hp|ps|cv|pk|ch)(?![a-z])")
_NOMINAL = {"50": "2", "80": "3", "100": "4", "150": "6", "200": "8", "250": "10", "300": "12"}
_DN = re.compile(r"(?<![\w.,])dn\s?-?(\d+)(?!\d)")
_TOKEN = re.compile(r"[a-z0-9]+(?:[./][a-z0-9]+)*")
_SILENT_WORDS = (
    "a an and the of for with to in our your we need please pcs pc pieces piece each ea item items article "
    "part no nr number code type typ size qty x und mit fur der die das den dem ein eine einen von zu stuck "
    "stk st je art artikel nummer grosse de del la las los el un una unos y con para por uds ud unidades "
    "piezas pieza articulo codigo tamano le les des du et avec pour pce pces u taille reference ref het een en "
    "met voor van stuks maat"
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
    plain = _DN.sub(lambda found: f" {_NOMINAL.get(found[1], 'dn' + found[1])}in ", plain)
    plain = _SIZE.sub(lambda found: f" {found[1].replace(',', '.')}in ", plain)
    plain = _POWER.sub(r" \1hp ", plain)
    for phrase, english in _PHRASE:
        plain = phrase.sub(english, plain)
    return frozenset(_singular(token) for token in _TOKEN.findall(plain) if token not in _SILENT)


def measures_of(words: frozenset[str]) -> frozenset[str]:
    """Those of the tokens that are measures."""
    return frozenset(word for word in words if _MEASURE.match(word))


def code_key(code: str) -> str:
    """A code without what people leave out or put in when they type it: case, spaces, dashes, dots and slashes."""
    return re.sub(r"[\s\-\u2010-\u2015_./]+", "", unicodedata.normalize("NFKC", code)).casefold()


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
