"""The words by which a question about a case is read, in English, German, Spanish, French and Dutch; no accents."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum


class Asks(Enum):
    """What a question may be about, in the order in which it is looked for."""

    WAITING = (
        r"wait", r"do(ing)? nothing", r"did nothing", r"leave it\b", r"(ab)?warte[nt]?\b", r"(ab)?zuwarten\b",
        r"nichts (tun|machen|unternehmen)", r"(tun|machen|unternehmen) (wir )?nichts", r"liegen ?lassen",
        r"esper(ar|amos|o)\b", r"no hac(er|emos) nada", r"attend(re|ons|ant)\b", r"(ne )?rien faire",
        r"ne fai(t|sons) rien", r"(af)?wacht(en)?\b", r"niets doen\b",
    )  # fmt: skip
    INSTEAD = (
        r"why not\b", r"instead\b", r"what about\b", r"(warum|wieso|weshalb)\b.*\b(nicht|kein\w*)\b", r"statt",
        r"anst", r"was ist mit\b", r"wie (ware|war's|steht) es mit\b", r"por que no\b", r"en (su )?lugar\b",
        r"en vez de\b", r"que (pasa|hay) con\b", r"pourquoi\b.*\b(pas|aucune?)\b", r"au lieu\b", r"a la place\b",
        r"qu'en est-il\b", r"waarom\b.*\b(niet|geen)\b", r"in plaats\b", r"hoe zit het met\b",
    )  # fmt: skip
    ODDS = (
        r"how sure\b", r"odds\b", r"likely\b", r"probab", r"risk(y|s)?\b", r"wie sicher\b", r"wahrscheinlich",
        r"risik", r"riskant", r"chancen?\b", r"(que tan|como de) segur[oa]", r"segur[oa] (es|esta)\b", r"riesgo",
        r"(est-ce|c'est|quel point)\b.*\bsure?\b", r"risqu", r"fiable", r"hoe zeker\b", r"waarschijnlijk", r"kans\b",
        r"risico",
    )  # fmt: skip
    UNDO = (
        r"undo", r"take (it )?back\b", r"revers", r"ruckgangig", r"zuruck(ge|zu)?nehm", r"zuruckgenommen",
        r"stornier", r"widerruf", r"deshac", r"deshaz", r"revert", r"anular", r"annul", r"revenir en arriere",
        r"defaire", r"ongedaan", r"terug(ge)?draai", r"terug te draaien",
    )  # fmt: skip
    HURT = (
        r"who\b", r"whom\b", r"hurt", r"customers?\b", r"which lines\b", r"we[rnm]\b", r"kunden?\b", r"betroffen",
        r"trifft\b", r"schadet\b", r"welche (zeilen|positionen|auftrage)\b", r"quien(es)?\b", r"clientes?\b",
        r"perjudic", r"afect", r"que lineas\b", r"a qui\b", r"qui (est|sont|souffre|perd)\b", r"clients?\b",
        r"affect", r"quelles lignes\b", r"wie (wordt|worden|lijdt|krijgt|heeft)\b", r"klant(en)?\b", r"getroffen\b",
        r"geraakt\b", r"welke (regels|orders)\b",
    )  # fmt: skip
    DEADLINE = (
        r"deadline\b", r"by when\b", r"until when\b", r"how long\b", r"decide\b", r"bis wann\b", r"frist",
        r"wie lange\b", r"spatestens\b", r"entscheid", r"hasta cuando\b", r"plazo", r"fecha limite\b",
        r"cuanto tiempo\b", r"decidir\b", r"jusqu'?a quand\b", r"d'ici quand\b", r"delai", r"date limite\b",
        r"combien de temps\b", r"tot wanneer\b", r"voor wanneer\b", r"hoe lang\b", r"uiterlijk\b", r"beslis",
    )  # fmt: skip
    EVIDENCE = (
        r"evidence\b", r"rests? on\b", r"based on\b", r"how do you know\b", r"belege?\b", r"beweis", r"beruht\b",
        r"worauf\b", r"grundlage\b", r"woher wei", r"woher wissen\b", r"evidencia", r"pruebas?\b", r"se basa\b",
        r"como lo sabes\b", r"preuves?\b", r"sur quoi\b", r"repose\b", r"comment (le )?sa(is|vez)", r"bewijs",
        r"waarop\b", r"gebaseerd\b", r"hoe weet\b",
    )  # fmt: skip
    COST = (
        r"costs?\b", r"how much\b", r"price\b", r"kost", r"wie ?viel\b", r"wie teuer\b", r"preise?\b", r"cuesta",
        r"cuanto\b", r"costes?\b", r"precios?\b", r"cout", r"combien\b", r"prix\b", r"hoeveel\b", r"hoe duur\b",
        r"prij(s|zen)\b",
    )  # fmt: skip
    WHY = (
        r"why\b", r"compare\b", r"best\b", r"warum\b", r"wieso\b", r"weshalb\b", r"vergleich", r"beste[nrs]?\b",
        r"por que\b", r"compar", r"mejor", r"pourquoi\b", r"meilleur", r"waarom\b", r"vergelijk",
    )  # fmt: skip

    def read_in(self, question: str) -> bool:
        """Whether the question, in plain small letters, is about this."""
        return any(re.search(rf"\b{words}", question) for words in self.value)


KINDS = (
    ("transfer", ("transfer", "umlager", "verlager", "traslad", "transf", "overplaats", "overbreng"), ("R02",)),
    ("expedit", ("expedit", "beschleunig", "vorzieh", "aceler", "acceler", "versnel", "bespoedig"), ("R07",)),
    ("buy", ("buy", "purchas", "kauf", "beschaff", "comprar", "achet", "achat", "kopen", "inkop"), ("R08", "R09")),
    ("split", ("split", "aufteil", "dividir", "repart", "scind", "fraction"), ("R05", "R09")),
    ("make", ("make", "produce", "herstell", "fertig", "produzier", "fabric", "fabriq", "maken", "producer"), ("R10",)),
    ("overtime", ("overtime", "uberstunde", "horas extra", "heures supp", "overwerk", "overuren"), ("R15",)),
    ("substitut", ("substitut", "ersatz", "ersetz", "sustitu", "remplac", "vervang"), ("R04",)),
    ("alternat", ("alternat",), ("R04", "R14")),
    ("safety", ("safety", "sicherheitsbestand", "seguridad", "securite", "veiligheids"), ("R06",)),
    ("realloc", ("realloc", "umverteil", "umbuch", "reasign", "reaffect", "herverdel"), ("R01",)),
    ("promise", ("promise", "versprech", "zusag", "promet", "promes", "promett", "belofte", "belov"), ("R12",)),
    ("reschedul", ("reschedul", "verschieb", "reprogram", "replanif", "verschui", "herplan"), ("R13",)),
)
"""Kinds of ways out: what an answer calls them, stems by which they are asked for, and their codes."""

_OPTION = r"(?:option|opcion|optie|variante)"
_WHY_NOT = r"(?:why not|warum nicht|wieso nicht|weshalb nicht|por que no|pourquoi pas|waarom niet)"
_LETTER = re.compile(rf"\b{_OPTION}\s+([a-z])\b|\b{_WHY_NOT} ([a-z])\b\??$")


def folded(question: str) -> str:
    """The question in small letters without accents."""
    parts = unicodedata.normalize("NFKD", question.replace("\u2019", "'"))
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold().strip()


def letters_in(question: str) -> Sequence[str]:
    """The letters of options a folded question names, in capitals."""
    return [(one or other).upper() for one, other in _LETTER.findall(question)]
