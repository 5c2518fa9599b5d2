"""Units as people write them in five languages: pieces, packs and measures."""

_WORDS = {
    "piece": "pcs pc pce pces piece pieces pieces. ea each unit units nos no no. off item items stk stck st"
    " stück stücke"
    " stueck exemplare exemplar einheit einheiten unidad unidades ud uds un pieza piezas pza pzas pza. pzs"
    " pièce pièces pc(s) p. unité unités u exemplaires stuks stuk st. eenheid eenheden ex",
    "set": "set sets satz sätze jeu jeux juego juegos kit",
    "box": "box boxes bx schachtel schachteln kiste kisten caja cajas boîte boîtes boite boites doos dozen",
    "carton": "carton cartons ctn ctns karton kartons cartón cartones cartonnen",
    "case": "case cases cs caisse caisses krat kratten",
    "pack": "pack packs pk pak packung packungen paket pakete paquete paquetes paquet paquets pakket pakketten pakken",
    "pallet": "pallet pallets palette paletten palettes palé palés palet palets",
    "crate": "crate crates",
    "drum": "drum drums fass fässer fût fûts bidón bidones vat vaten",
    "roll": "roll rolls rolle rollen rollo rollos rouleau rouleaux rol",
    "bag": "bag bags beutel sac sacs bolsa bolsas zak zakken",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramm",
    "lb": "lb lbs pound pounds",
    "m": "m meter meters metre metres mètres metros",
    "ft": "ft feet foot",
    "l": "l liter liters litre litres litros",
}
_UNIT_OF = {word: unit for unit, words in _WORDS.items() for word in words.split()}
# "dozen" is Dutch for boxes and English for twelve; what it is beside a number is for numbers.py to say.
UNIT_WORDS = frozenset(_UNIT_OF) - {"no.", "u", "un", "m", "l", "p.", "ex", "dozen", "st.", "kit"}
GOODS_WORDS = UNIT_WORDS - {"each", "item", "items", "off", "set", "sets", "foot", "feet", "case", "cases", "pound"}
PACK_WORDS = frozenset(
    word
    for word, unit in _UNIT_OF.items()
    if unit in {"box", "carton", "case", "pack", "pallet", "crate", "drum", "roll", "bag"}
)
