"""What is wanted besides the lines and says no number: some more goods, or the same again, doubled or with so much on
top."""

import re
from collections.abc import Iterator

from agents.order_intake.second.masks import ITEM
from agents.order_intake.second.words import GOODS, numbers_in_words

_SOME = (
    r"also|as well as|add|some|any|several|(?:a )?few|(?:a )?couple of|additional|extra|more|another|optional(?:ly)?"
    r"|maybe"
    r"|perhaps|possibly|auch|noch|dazu|zusatzliche?|ausserdem|einige|paar|weitere|eventuell|evtl\.?|aussi|egalement"
    r"|quelques|autres|peut-etre|eventuellement|tambien|ademas|algun[oa]s|un[oa]s|varias?|varios|quizas?|ook|nog|enkele"
    r"|wat|eventueel|misschien"
)
_GOODS = re.compile(
    rf"(?<!\w)(?:{_SOME})[ ](?:(?!(?:at|of the|in|on|for)\b)[^\W\d_]+[ ]){{0,2}}(?:(?:{GOODS})(?!\w)|{ITEM})"
)
_AGAIN = re.compile(
    r"(?<!\w)(?:(?:per|pro|je|par|por|for (?:each|every)|fur jede[nrs]?|pour chaque|para cada|voor elke?)[ ](?:of[ ])?"
    r"(?:\d+[ ])?(?:skids?|anlagen?|equipos?|systems?|machines?|maschinen?|maquinas?|lines?|linien?|lineas?|lijn(?:en)?"
    r"|stations?|sites?|standorte?|installati\w+|instalaci\w+|trains?|months?|monat|mois|mes|maand|weeks?|woche|semaine"
    r"|semana|quarter|quartal|trimestre|kwartaal)(?!\w))|"
    r"(?<!\w)(?:(?:doubl(?:e|ed|ing)|tripl(?:e|ed)|twice)[ ](?:it|that|this|them|the|as many|up|of)"
    r"|doppelte[nr]? (?:menge|anzahl|stuckzahl)|verdopp\w+|verdreif\w+|doublez|doubler|le double|tripler|triplez"
    r"|el doble|dupliquen|duplicar|tripliquen|verdubbel\w*|dubbele? (?:aantal|hoeveelheid)"
    r"|(?:plus|\+|zuzuglich|zzgl\.?|mas|reserve)[ ]*\d{1,3}[ ]?(?:%|percent|prozent|pour cent|por ciento"
    r"|procent))(?!\w)"
    r"|(?<!\w)(?:plus|\+|zuzuglich|zzgl\.?|mas|reserve)[ ]*\d{1,3}[ ]?%"
)

_OF_EACH = r"(?:for|fur|pour|para|voor)[ ](?:each|every|any|jede[nrs]?|chaque|chacune?|cada|elke?|iedere?)(?!\w)"
_PER = r"(?:per|pro|je|par|por)"
_SO_MANY_PER = re.compile(
    rf"{ITEM}[ ]*,?[ ]*(?:{_OF_EACH}|{_PER}[ ](?:{ITEM}|(?:{GOODS})(?!\w)))"
    rf"|(?<!\w)(?:{_OF_EACH}[ ](?:[^\W\d_]+[ ]){{0,2}}?|{_PER}[ ](?:{ITEM}|(?:{GOODS})(?!\w)))[ ]*,?[ ]*"
    rf"(?:(?:ein(?:e[nrms]?)?|an?|one|une?|una|een|\d{{1,3}})[ ])(?:[^\W\d_]+[ ]){{0,2}}{ITEM}"
)
"""So many for every one of something: how many that is, nobody has counted."""


def more_wanted(blanked: str, folded: str, *, language: str) -> Iterator[tuple[int, int]]:
    """Where a text, whose goods of lines are marked in `blanked`, asks for more than its lines say."""
    for found in _GOODS.finditer(blanked):
        counted = found[0].endswith(ITEM) and _has_number(blanked, found.start())
        if not counted and not any(start for start, _, _ in numbers_in_words(found[0], language)):
            yield found.span()
    for found in _SO_MANY_PER.finditer(blanked):
        yield found.span()
    for found in _AGAIN.finditer(folded):
        yield found.span()


def _has_number(blanked: str, at: int) -> bool:
    """Whether a count stands right before: then the words tell of a line."""
    return re.search(r"\d[ ]?[^\d\n.;]{0,12}$", blanked[max(0, at - 16) : at]) is not None
