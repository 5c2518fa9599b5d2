"""Who writes and where goods are to go: looked up in master data, never taken from a letter."""

import re
from collections.abc import Sequence

from core.domain.intake.drafts import Field, Level
from core.domain.intake.item_words import plain_text
from core.domain.intake.names import KnownCustomer
from core.domain.intake.transcripts import Said
from core.domain.parties import CustomerAddress

_ADDRESS = re.compile(r"[^\s<>\"',;:()]+@[^\s<>\"',;:()]+\.[^\s<>\"',;:()]+")
_WORD = re.compile(r"[a-z0-9]+")
_LEGAL_FORMS = (
    "inc incorporated corp corporation co company ltd limited llc llp plc gmbh mbh ag kg ohg se sa sas sarl sl srl bv"
    " nv vof the and und et y en"
)
_LEGAL = frozenset(_LEGAL_FORMS.split())
_OPEN_TO_ALL = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com aol.com gmx.de gmx.net web.de"
    " proton.me protonmail.com orange.fr free.fr wanadoo.fr ziggo.nl kpnmail.nl"
)
_FILLING_WORDS = (
    "as always usual our the at to in on of by and here down over address plant please site delivery deliver ship"
    " location gate side way wie immer gewohnt unser unsere unserem unseren auf an am im in der die das dem den zum zur"
    " nach bitte adresse anschrift tor comme toujours notre nos le la les du de des au aux a chez sur adresse como"
    " siempre nuestro nuestra el"
    " los las en del al direccion zoals altijd ons onze het op aan bij naar adres graag s v p"
)
_MAIN_WORDS = (
    "main principal head headquarters hq office building hauptsitz haupt hauptadresse hauptgebaude hauptwerk stammwerk"
    " zentrale werk siege principale usine central sede oficina planta fabrica hoofdkantoor hoofdgebouw hoofdvestiging"
    " hoofdadres fabriek warehouse stores receiving lager warenannahme wareneingang magazin magasin entrepot reception"
    " almacen deposito bodega recepcion magazijn loods goederenontvangst ontvangst"
)
_YARD_WORDS = (
    "yard yards laydown patio campa explanada corralon hof lagerplatz bauhof werkhof betriebshof lagerhof aussenlager"
    " freilager werft parc cour terrein werf opslagterrein opslagplaats buitenterrein"
)
_KINDS = {"main": frozenset(_MAIN_WORDS.split()), "yard": frozenset(_YARD_WORDS.split())}
"""What buyers of five languages call a place that master data names by one word."""
_GATE = re.compile(
    r"\b(?:gate|dock|door|bay|ramp|tor|rampe|halle|quai|porte|puerta|muelle|poort|kade|deur|hal)"
    r" ?(?:no|nr|n|num)?[ .]*\d{1,3}[a-z]?\b(?! [a-z]+ (?:road|street))"
)
_FILLING = frozenset(_FILLING_WORDS.split())
_ANYBODY = frozenset(_OPEN_TO_ALL.split())


def address_of(sender: str) -> str:
    """The mail address in a From line, in small letters; empty when there is none or more than one."""
    found = {one.casefold() for one in _ADDRESS.findall(sender)}
    return found.pop() if len(found) == 1 else ""


def match_customer(sender: str, said: Said | None, customers: Sequence[KnownCustomer]) -> Field:
    """Who orders: the one with the sender's address, else with its domain if only one has it, else the one named.

    A name alone is enough where nobody sent it (a person typed it in); a letter from an unknown address that names a
    customer goes to a person, and so does one that names another customer than its sender.
    """
    address = address_of(sender)
    named = _named(said.text, customers) if said else []
    sent, how = _sent(address, customers)
    if sent is None:
        return _by_name(said, named, sender=sender)
    if said is None or _same(said.text, sent):
        return Field(value=sent.code, said=said, why=(how,))
    if any(one.code != sent.code for one in named):
        others = (sent.code, *(one.code for one in named if one.code != sent.code))
        why = f"sent by {sent.code} ({how}), but {said.text!r} is named in it"
        return Field(level=Level.LOW, said=said, why=(why,), candidates=others)
    why = f"{said.text!r} is no customer of this name; {how}"
    return Field(value=sent.code, level=Level.REVIEW, said=said, why=(why,))


def _sent(address: str, customers: Sequence[KnownCustomer]) -> tuple[KnownCustomer | None, str]:
    if not address:
        return None, ""
    whole = [one for one in customers if one.email.casefold() == address]
    if len(whole) == 1:
        return whole[0], "the sender's address"
    domain = address.rpartition("@")[2]
    near = [one for one in customers if one.email.casefold().rpartition("@")[2] == domain]
    if not whole and len(near) == 1 and domain not in _ANYBODY:
        return near[0], f"the only customer at {domain}"
    return None, ""


def _by_name(said: Said | None, named: list[KnownCustomer], *, sender: str) -> Field:
    if said is None:
        return Field(level=Level.LOW, why=("nobody says who orders",))
    if len(named) != 1:
        why = f"{said.text!r} is " + ("no customer" if not named else "more than one customer")
        return Field(level=Level.LOW, said=said, why=(why,), candidates=tuple(one.code for one in named))
    if sender.strip():
        why = f"named in the letter; the sender {sender.strip()!r} is not known"
        return Field(value=named[0].code, level=Level.REVIEW, said=said, why=(why,))
    return Field(value=named[0].code, said=said, why=("the customer's name",))


def _named(text: str, customers: Sequence[KnownCustomer]) -> list[KnownCustomer]:
    exact = [one for one in customers if text.strip() == one.code]
    return exact or [one for one in customers if _name(text) and _name(text) == _name(one.name)]


def _same(text: str, customer: KnownCustomer) -> bool:
    return text.strip() == customer.code or _name(customer.name) <= _name(text)


def _name(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(plain_text(text))) - _LEGAL


def match_address(said: Said, known: Sequence[CustomerAddress]) -> Field:
    """Where goods go: one of the addresses on file, by its code or name, or by its street with its city or postcode.

    Any other place is for people to check with the customer by another way than this letter: an address is never
    changed by mail.
    """
    found = _meant(said.text, known)
    if len(found) == 1:
        return Field(value=found[0].code, said=said, why=("an address on file",))
    words = frozenset(_WORD.findall(_GATE.sub(" ", plain_text(said.text)))) - _FILLING
    if len(known) == 1 and words and words <= _KINDS["yard"] | _KINDS["main"]:
        why = f"the only address on file; {said.text!r} may be another place of the customer's"
        return Field(value=known[0].code, level=Level.REVIEW, said=said, why=(why,))
    why = f"{said.text!r} is no address on file; an address is never changed by mail"
    return Field(level=Level.LOW, said=said, why=(why,), candidates=tuple(one.code for one in found or known))


def unread_place(places: Sequence[str], known: Sequence[CustomerAddress]) -> Field:
    """Where goods go when the first reader read no place: to the usual one, unless the second reader reads another;
    one on file is for a person to look at."""
    meant = [_meant(place, known) for place in places]
    if all(len(known) == 1 and one == list(known) for one in meant):
        return Field()
    (first, *others), quote = meant, next(place for place in places)
    alike = len(first) == 1 and all(one == first for one in others)
    why = f"the second reader reads a place to deliver to: {quote!r}"
    return Field(value=first[0].code if alike else None, level=Level.REVIEW, why=(why,))


def _meant(text: str, known: Sequence[CustomerAddress]) -> list[CustomerAddress]:
    """The addresses words may mean: by code or name, by street and town, by the street where nothing else is named,
    else by the town or the kind of a place that only one is. No number may be written that the address does not have.
    """
    plain = _GATE.sub(" ", plain_text(text)).strip(" .,")
    words = frozenset(_WORD.findall(plain))
    exact = [
        one
        for one in known
        if plain in {plain_text(one.code), plain_text(one.name)} or (one.street and _lies_in(one, words))
    ]
    if exact:
        return exact
    bare = words - _FILLING
    streets = [one for one in known if one.street and _only_names(bare, one)]
    if streets:
        return streets
    if any(char.isdigit() for word in words for char in word):
        return []
    kinds = [one for one in known if _own_words(one, known) & words]
    if len(known) == 1 and bare and bare <= _KINDS["main"]:
        return list(known)
    return kinds or [one for one in known if one.city and frozenset(_WORD.findall(plain_text(one.city))) <= words]


def _only_names(bare: frozenset[str], address: CustomerAddress) -> bool:
    """Whether words are a street, with its number or without, and at most words of the same address beside it."""
    street = frozenset(_WORD.findall(plain_text(address.street)))
    named = frozenset(word for word in street if word.isalpha())
    kinds = frozenset(word for kind in _kinds(address) for word in kind)
    beside = _words(address) | kinds | frozenset(_WORD.findall(plain_text(f"{address.city} {address.postcode}")))
    return bool(named) and named <= bare and bare <= street | beside


def _own_words(address: CustomerAddress, known: Sequence[CustomerAddress]) -> frozenset[str]:
    """Words of the code, the name and the kind of an address that no other address of the customer has."""
    if len(known) == 1:
        return frozenset()
    others = frozenset(word for one in known if one != address for word in _called(one))
    return frozenset(word for word in _called(address) - others if len(word) > 2)


def _called(address: CustomerAddress) -> frozenset[str]:
    return _words(address).union(*_kinds(address))


def _kinds(address: CustomerAddress) -> list[frozenset[str]]:
    return [words for kind, words in _KINDS.items() if kind in _words(address)]


def _words(address: CustomerAddress) -> frozenset[str]:
    return frozenset(_WORD.findall(plain_text(f"{address.code} {address.name}")))


def _lies_in(address: CustomerAddress, words: frozenset[str]) -> bool:
    street, city, postcode = (
        frozenset(_WORD.findall(plain_text(part))) for part in (address.street, address.city, address.postcode)
    )
    return street <= words and bool((postcode and postcode <= words) or (city and city <= words))
