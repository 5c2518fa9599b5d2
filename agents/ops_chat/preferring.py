"""What a person wants remembered, read from that person's own words and from nothing else: a site, a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agents.ops_chat.names import Kind
from agents.ops_chat.understood import Question

LANGUAGES: Mapping[str, str] = {
    "english": "en", "englisch": "en", "ingles": "en", "anglais": "en", "engels": "en",
    "german": "de", "deutsch": "de", "aleman": "de", "allemand": "de", "duits": "de",
    "spanish": "es", "spanisch": "es", "espanol": "es", "espagnol": "es", "spaans": "es",
    "french": "fr", "franzosisch": "fr", "frances": "fr", "francais": "fr", "frans": "fr",
    "dutch": "nl", "niederlandisch": "nl", "neerlandes": "nl", "neerlandais": "nl", "nederlands": "nl",
}  # fmt: skip
LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "de": "German", "es": "Spanish", "fr": "French", "nl": "Dutch"}
_LANGUAGE = "|".join(LANGUAGES)
_ANSWER_IN = re.compile(
    r"\b(?:answer|reply|respond|speak|antwort\w*|sprich|respond\w*|contesta\w*|habla|repond\w*|parle|antwoord\w*|spreek)"
    rf"\b.{{0,20}}?\b(?:in|auf|en|het)\s+(?:het\s+)?({_LANGUAGE})\b"
)
_MY_SITE = re.compile(
    r"^(?:please remember:?\s*|remember:?\s*)?"
    r"(?:my (?:site|plant|location|warehouse) is|i(?:'m| am) (?:at|in|based in|based at)|i work (?:at|in)"
    r"|mein (?:standort|werk|lager) ist|ich arbeite in|mi (?:planta|sitio|almacen) es|trabajo en"
    r"|mon (?:site|usine|entrepot) est|je travaille a|mijn (?:vestiging|locatie|magazijn) is|ik werk in)\b"
)
_FORGET = re.compile(
    r"\b(?:forget|vergiss|olvida|oublie|vergeet)\b.*\b(site|language|standort|sprache|idioma|langue|taal)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred:
    """A preference; an empty value forgets it. `told` is what the person is told."""

    name: str
    value: str
    told: str


def preferred(question: Question) -> Preferred | None:
    """The preference a sentence states; None where it states none."""
    if found := _FORGET.search(question.text):
        name = "site" if found.group(1) in {"site", "standort"} else "language"
        return Preferred(name=name, value="", told=f"I have forgotten your {name}.")
    if found := _ANSWER_IN.search(question.text):
        return _language(LANGUAGES[found.group(1)])
    place = question.mentions.first(Kind.LOCATION, Kind.SITE)
    if place is None or "?" in question.text or not _MY_SITE.match(question.text):
        return None
    told = f"I will remember: your site is {place.value}. Stock is looked up there unless you name another place."
    return Preferred(name="site", value=place.value, told=told)


def _language(code: str) -> Preferred:
    name = LANGUAGE_NAMES[code]
    told = f"I will remember: answers in {name}."
    if code != "en":
        told += " That needs a model: what I say by rules stays English."
    return Preferred(name="language", value=code, told=told)
