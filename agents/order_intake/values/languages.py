"""Which of five languages a text is written in, by the small words that nobody leaves out."""

import re
from collections import Counter

LANGUAGES = ("en", "de", "es", "fr", "nl")

# Words that belong to one of the five alone, or nearly; words of several languages ("de", "is", "me") count for none.
_WORDS = {
    "en": "the and please you your we our for with this that are will would could have need needed order"
    " send by of from hello hi dear regards thanks thank deliver delivery ship shipping following"
    " pieces each same attached quantity price date item on to can be required purchase not as soon"
    " possible line lines number terms per qty due unit description total address invoice any if let"
    " know it at us i want like",
    "de": "und bitte wir sie ihr ihre ihnen für mit nicht das ist sind werden hallo guten tag grüßen grüße"
    " gruß bestellen bestellung liefern lieferung stück der die den dem ein eine einen zum zur bis"
    " von auf freundlichen sehr geehrte herren damen unsere unser menge preis liefertermin artikel"
    " bestellnummer je wie nach im am anbei benötigen hiermit folgende folgenden als auch bei datum"
    " lieferdatum danke vielen brauchen noch dann kw stk haben ich",
    "fr": "le les des et vous nous votre vos notre nos pour avec dans sur est sont veuillez merci bonjour"
    " cordialement commande commander livraison livrer pièces quantité prix unitaire du au aux une un"
    " ce cette ci-joint suivants suivantes référence désignation avant dès que salutations svp plaît"
    " besoin souhaitons souhaiterions livrés passer messieurs madame monsieur je avons numéro date"
    " délai semaine bon par",
    "es": "el los las y por favor usted ustedes nuestro nuestra pedido pedidos entrega entregar unidades"
    " piezas cantidad precio con del para una un buenos días tardes hola gracias saludos atentamente"
    " enviar necesitamos queremos siguientes adjunto artículo descripción fecha antes estimados"
    " señores cada semana su sus nos lo que solicitamos orden compra quisiéramos rogamos número",
    "nl": "het een en wij we graag u uw ons onze voor met niet van bestelling bestellen leveren levering"
    " stuks aantal prijs beste geachte groeten groet vriendelijke hartelijke bedankt dank artikel"
    " omschrijving leverdatum ordernummer willen hierbij volgende naar bij zo mogelijk uiterlijk"
    " graag nodig heer mevrouw per stuk onderstaande ontvangen hebben dit zijn wordt worden kunt"
    " kunnen ik",
}
_KNOWN: dict[str, tuple[str, ...]] = {}
for _language in LANGUAGES:
    for _word in _WORDS[_language].split():
        _KNOWN[_word] = (*_KNOWN.get(_word, ()), _language)
FUNCTION_WORDS = frozenset(_KNOWN)
"""The small words of all five."""


def likely_languages(text: str) -> tuple[str, ...]:
    """The languages a text may be in, the likeliest first; none where no word of any of them was seen."""
    seen: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", text.lower()):
        owners = _KNOWN.get(word, ())
        for owner in set(owners):
            # A word of two languages says half as much about each.
            seen[owner] += 6 // len(set(owners))
    ranked = sorted(seen, key=lambda language: (-seen[language], language))
    return tuple(language for language in ranked if seen[language] * 4 >= seen[ranked[0]])
