"""Words of five languages that a described configuration is read with: negations, fillers, units of length."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = _set(
    "without no not none never w/o kein keine keinen keiner ohne nicht sin ningun ninguna sans aucun aucune pas"
    " zonder geen niet"
)
AFTER_NEGATION = _set("any the a an de du des d el la los las le les der die das dem den het een")
"""What may stand between a negation and what it negates."""
WANTING = _set("with mit con avec met including inkl incl inklusive inclusief")
"""What says that something is to be there."""
UNSURE = _set("or oder o ou of either maybe perhaps possibly vielleicht eventuell quiza quizas peut-etre misschien")
"""Words that leave something open."""
LINKING = _set(
    "aus aux au vom van in with and mit und con y e avec et met en auf on of for fur para pour voor the a an"
    " der die das dem den des ein"
    " eine einen einem einer el la los las un una le une les du de d het een to zu at by as is are be shall should"
    " colour color colours model modell modele modelo type typ tipo version please bitte por favor svp stp graag"
)
"""Words that say nothing about a product."""
MILLIMETRES = {
    "mm": 1,
    "millimeter": 1,
    "millimetre": 1,
    "millimeters": 1,
    "millimetres": 1,
    "milimetros": 1,
    "cm": 10,
    "centimeter": 10,
    "centimetre": 10,
    "centimeters": 10,
    "centimetres": 10,
    "zentimeter": 10,
    "m": 1000,
    "meter": 1000,
    "metre": 1000,
    "meters": 1000,
    "metres": 1000,
    "metros": 1000,
}
"""Millimetres in a unit of length."""
