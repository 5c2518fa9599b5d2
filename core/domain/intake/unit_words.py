"""Units as people write them, and which unit of an item is meant."""

from core.domain.intake.item_words import plain_text
from core.domain.units import Units

_BASES = frozenset({"ea", "pc", "pcs", "each", "st", "stk", "pce", "un"})
_PIECE_WORDS = (
    "ea each pc pcs piece pieces unit units nos no off of valve valves pump pumps kit kits item items stuck stucke"
    " stk st einheit einheiten ud uds un unidad unidades pieza piezas pza pzas pce pces u unite unites pi stuks stuk"
    " eenheid eenheden exemplaire exemplaires"
)
_PIECES = frozenset(_PIECE_WORDS.split())
_PACKS = {
    "box": "box boxes bx schachtel schachteln karton kartons kiste kisten caja cajas boite boites doos dozen",
    "ctn": "ctn ctns carton cartons karton kartons cartones cartonnen",
    "cs": "cs case cases",
    "pak": "pak pk pack packs packung packungen paquete paquetes paquet paquets pakket pakketten pakken",
    "roll": "roll rolls rolle rollen rollo rollos rouleau rouleaux rol",
}


def unit_meant(written: str | None, units: Units) -> tuple[str, int] | None:
    """The unit of an item that a written one means, with its base units; nothing written is the base unit. None when
    the item is not counted in it, or when it may be more than one of its units."""
    if written is None or not written.strip(" ."):
        return units.base, 1
    plain = plain_text(written).strip().rstrip(".")
    exact = [unit for unit in units.accepted if plain_text(unit) == plain]
    packs = [unit for unit in units.accepted if plain in _PACKS.get(plain_text(unit), "").split()]
    pieces = [units.base] if plain in _PIECES and plain_text(units.base) in _BASES else []
    found = exact or list(dict.fromkeys((*packs, *pieces)))
    if len(found) != 1:
        return None
    factor = units.factor(found[0])
    return None if factor is None else (found[0], factor)
