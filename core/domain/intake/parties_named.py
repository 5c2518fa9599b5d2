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
    "as always usual our the at to address plant wie immer gewohnt unsere comme toujours como siempre zoals altijd"
)
_YARD = re.compile(r"\b(?:lagerplatz|lagerhof|hof|patio|parc de stockage|werf|terrein|opslagterrein)\b")
"""What people call a yard in the other languages that are read."""
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
    """The addresses words may mean: by code or name, by street and town, else by the town or the name of a place that
    only one has. No number may be written that the address does not have."""
    plain = _YARD.sub("yard", plain_text(text)).strip(" .,")
    words = frozenset(_WORD.findall(plain))
    exact = [
        one
        for one in known
        if plain in {plain_text(one.code), plain_text(one.name)} or (one.street and _lies_in(one, words))
    ]
    if exact:
        return exact
    bare = words - _FILLING
    streets = [one for one in known if one.street and bare == frozenset(_WORD.findall(plain_text(one.street)))]
    if streets:
        return streets
    numbers = {word for word in words if any(char.isdigit() for char in word)}
    if numbers:
        return []
    own = [one for one in known if _own_words(one, known) & words]
    return own or [one for one in known if one.city and frozenset(_WORD.findall(plain_text(one.city))) <= words]


def _own_words(address: CustomerAddress, known: Sequence[CustomerAddress]) -> frozenset[str]:
    """Words of the code and the name of an address that no other address of the customer has."""
    others = frozenset(word for one in known if one != address for word in _words(one))
    return frozenset(word for word in _words(address) - others if len(word) > 2) if len(known) > 1 else frozenset()


def _words(address: CustomerAddress) -> frozenset[str]:
    return frozenset(_WORD.findall(plain_text(f"{address.code} {address.name}")))


def _lies_in(address: CustomerAddress, words: frozenset[str]) -> bool:
    street, city, postcode = (
        frozenset(_WORD.findall(plain_text(part))) for part in (address.street, address.city, address.postcode)
    )
    return street <= words and bool((postcode and postcode <= words) or (city and city <= words))
