"""The customer's number of the order, as the second reader finds it: what is plainly called so, and what else might be
it. A number is the order's where nothing else in the letter could be."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from agents.order_intake.second.alone import alone
from agents.order_intake.second.heads import under_headings
from agents.order_intake.second.masks import ITEM, OTHER
from agents.order_intake.second.words import GOODS, UNITS

_NO = r"(?:no|nr|nbr|num|numbers?|nummer|numero|n[\u00b0\u00bao]|n\.[\u00b0\u00bao]|id|code|#)(?!-)\.?"
_OURS = r"(?:our|unsere?[rnms]?|notre|nos|nuestr[oa]|mi|mon|ons|onze|la|le|el|the|die|der|de|het)[ ]"
_SURE = (
    rf"p[./]?[ ]?o\.?(?:[ -]?{_NO})?|purchase order(?:[ -]?{_NO})?|purch\.? ord\.?(?:[ -]?{_NO})?"
    rf"|order[ ]?(?:no|nr|numbers?|nummer|#|ref(?:erence)?)(?!-)\.?"
    rf"|bestell(?:ung(?:s)?)?[- ]?(?:nr|nummer|no)(?!-)\.?|best\.?[- ]?nr\.?|auftrags?[- ]?(?:nr|nummer)\.?"
    rf"|bestelling[ ]?{_NO}|bestellung[ ]?{_NO}|bestel(?:nummer|nr\.?|bon)"
    rf"|inkoop(?:order|opdracht)?[ -]?(?:{_NO})?|(?:pedido|orden)[ ]?(?:{_NO})"
    rf"|(?:{_NO})[ ]?(?:de[ ]|del[ ])?(?:{_OURS})?(?:pedido|orden)"
    rf"|(?:orden|pedido) de compra(?:[ ]?{_NO})?|o[./]?c\.?(?:[ ]?{_NO})?"
    rf"|(?:{_NO}|ref\.?|reference)[ ]?(?:de[ ])?(?:{_OURS})?(?:commande|cde)|(?:commande|cde)[ ]?{_NO}"
    rf"|bon de commande(?:[ ]?{_NO})?|b\.?d?\.?c\.?(?:[ ]?{_NO})?"
    rf"|bestell(?:kenn)?zeichen|bestellschein|einkaufsbeleg|bestelreferentie|inkoopnummer|opdracht(?:[ ]?{_NO})?"
    rf"|(?:ordre|numero|{_NO}) d'achat|commande (?:urgente|ferme|interne)|(?:pedido|orden) (?:urgente|intern[oa])"
)
_WEAK = (
    r"\w*orders?|\w*bestellung|\w*bestelling|\w*auftrag|commande|cde|pedidos?|orden|bestelling|inkooporder|bestelbon"
    rf"|vorgang|dossier|expediente|aktenzeichen|releases?|call-?offs?|\w*abruf|afroep|kenmerk|zeichen|ref(?:erence|erenz|erencia|erentie)?|referenz|{_NO}"
)
_VALUE = r"#?[(\[\"'\u201c\u201e\u00ab]?(?P<value>(?=[\w./-]{0,30}\d)[a-z0-9](?:[\w./-]{0,38}[a-z0-9])?)"
_IS = (
    r"[ \t]*[:#=|;-]*(?:'s)?[ \t]*(?:(?:is|ist|lautet|est|es|will be|wird|sera|wordt)"
    r"[ ]*:?[ ]*(?:(?:el|la|le|het|de|die|das|der|the)[ ])?)?"
)
_LATER_IS = r"(?:[ ][^\W\d_]+){1,5}?(?:[ ]?:|[ ](?:is|ist|lautet|est|es|nummer|number|numero):?)[ ]*"
_NOT_COUNTED = r"(?![\w]|[.,/-]?\d|[ ]/[ ]?\w*\d)"
_COUNTS_ON = re.compile(
    rf"[ \t]*(?:x\b|\u00d7|{ITEM}|(?:{UNITS})(?![\w-])"
    rf"|(?:of|von|van|de)[ ](?:[^\W\d_]+[ ]){{0,2}}(?:{ITEM}|(?:{GOODS})(?!\w))"
    rf"|(?:[^\W\d_]+[ ]){{0,2}}(?:{GOODS})(?!\w))|[ ]\d{{2,}}(?![\w/-]|[.,:]\d)"
)
_GOES_ON = re.compile(r"[ ][a-z][ ]*(?:[:;,\n]|\.(?!\w)|$)")
_LED = re.compile(rf"(?<![\w./-])(?:{_SURE})(?:{_IS}|{_LATER_IS}){_VALUE}{_NOT_COUNTED}")
_RUNS_UNDER = re.compile(
    rf"(?<!\w)(?:order|bestellung|auftrag|commande|pedido"
    rf"|bestelling)[^\d\n.;:]{{0,30}}[ ]{_NO}[ :]*{_VALUE}{_NOT_COUNTED}"
)
_ENTERED = re.compile(
    r"(?<!\w)(?:process|enter|place|register|open|raise|log|erfassen|anlegen|enregistrez|registren|noteer|boek)[ ]"
    rf"(?:(?:our|the|als|as|comme|como)[ ])?{_VALUE}[ ](?:for|with|mit|pour|avec|para|con|voor|met)[ ]"
)
_CUSTOMERS = re.compile(
    rf"(?<!\w)(?:customer|client|buyer|cust|besteller|kunden|klant)(?:'s)?[. -]?(?:ref(?:erence|erenz|erentie)?"
    rf"|order|zeichen)\.?"
    rf"(?:[ ]?{_NO})?[ ]*[:#=]*[ ]*{_VALUE}(?!\w)"
)
_SLASHED = re.compile(rf"(?<![\w.])(?:{_SURE})[ ]?/[ ]?[^\W\d_]+\.?[ \t]*[:#=]*[ \t]*{_VALUE}(?!\w)")
_LABEL = re.compile(
    rf"(?:^|(?<=\n))[ \t*-]*(?:order|bestellung|auftrag|commande|pedido|orden|bestelling)[ \t]*[:#=][ \t]*{_VALUE}"
    r"(?=[ \t]*(?:\n|$))"
)
_FOLLOWED = re.compile(
    rf"(?<![\w.-]){_VALUE}[ ]?(?:,[ ])?(?:is|as|ist|als|est|es|\()[ ]?(?:{_OURS})?(?:p\.?o\.?(?:[ -]?{_NO})?"
    rf"|purchase order|order (?:no|number|ref)|bestell-?(?:nr|nummer)|ordernummer|bestelnummer"
    rf"|(?:numero|n[\u00b0\u00bao]) de (?:commande|pedido))(?!\w)"
)
_NAMED = re.compile(
    rf"(?<![\w.])(?:{_WEAK})\.?(?:[ ](?:nuev[oa]|neu|new|nouvelle|nieuw))?[ \t]*[:#=,-]*[ \t]*(?:{_NO}[ ]?)?"
    rf"(?:(?:is|ist|lautet|est|es)[ ](?:(?:el|la|le|het|de|die|das|der|the)[ ])?)?{_VALUE}{_NOT_COUNTED}"
)
_JOINED = re.compile(r"(?<![\w/-])(?P<value>p\.?o\.?(?:[-_/]?\d[\w/-]*|[-_][\w/-]*\d[\w/-]*))(?!\w)")
_SPACED = re.compile(
    r"(?<![\w-])(?P<value>(?!(?:PO|NR|NO|ORDER)\b)(?:[A-Z]{2,5}|[A-Z]{1,4}-[A-Z]{1,3}) (?:\d{3,}[\w/-]*"
    r"|\d{1,4}[/-]\d{2,}[\w/-]*))(?![ ]?\d)"
)
_TOKEN = re.compile(r"(?<![\w@./+-])(?P<value>(?=[\w./-]*\d)[a-z0-9](?:[\w./-]*[a-z0-9])?)(?![\w@])")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:st|nd|rd|th)|(?:19|20)\d\d")
_MEASURED = re.compile(r"\d+(?:[.,/]\d+)?[a-z]{1,7}|[a-z]{1,2}\d{1,2}|\d{1,3}(?:[./-]\d{1,3})?")
_COUNTED = re.compile(rf"[ ]?(?:x\b|\u00d7|{ITEM}|(?:{UNITS})(?![\w-])|(?:[^\W\d_]+[ ]){{0,2}}(?:{GOODS})(?!\w))")
_RELEASE = re.compile(r"rel|call|\w*abruf|afroep")
_TAGGED = re.compile(r"(?<!\w)(?:for|at|fur|pour|para|voor)[ ](?:[^\W\d_]+[ ])?$")
_TAG = re.compile(r"[a-z]{1,4}-\d{2,5}[a-z]?")
_REPLY = re.compile(r"(?:re|aw|antw|antwort|sv|rv|odp|res|resp)[ ]?:")
_OTHER_PAPER = re.compile(
    r"(?:quot\w+|offer\w*|\w*angebots?\w*|devis|offres?|ofertas?|presupuesto|cotizacion|offerte\w*|contra[ck]?t\w*"
    r"|\w*vertrags?\w*"
    r"|raamcontract|invoice|rechnungs?\w*|factu\w+|projects?|projekt\w*|projet|proyecto|drawing|zeichnung\w*|plano"
    r"|tekening"
    r"|account|\w*kunden-?\w*|customer|client\w*|klant\w*|vendor|supplier|lieferant\w*|fournisseur|proveedor"
    r"|leverancier"
    r"|delivery note|packing (?:slip|list)|lieferschein\w*|albaran|bon de livraison|bl|pakbon\w*|tracking|waybill"
    r"|sendungs\w*"
    r"|confirm\w*|bestatigung\w*|\w+bestatigung|bevestiging\w*|requisition|cost (?:object|cent\w+)|kostenstelle|rfq"
    r"|ticket|serial\w*|tag)"
    r"(?:[ .:#-]+(?:no|nr|num\w*|n[\u00b0\u00bao]|ref\w*|of|from|de|del|du|van|von|vom|is|ist|lautet|est|es"
    r"|bei ihnen|with you|chez vous"
    r"|con ustedes)\b\.?)*"
    r"[ .:#-]*$"
)
_YOURS = re.compile(
    r"(?<!\w)(?:(?:your|ihre?[nmrs]?|votre|vos|sus?|vuestr[oa]|uw|jullie|jouw)[ ](?:[\w.\u00b0-]+[ ]){0,3}|[vs]/[ ]?)$"
)
_OLD = re.compile(
    r"(?<!\w)(?:blanket|frame\w*|rahmen\w*|raam\w*|cadre|abiert[oa]|marco|previous|last|latest|earlier|old|prior|former"
    r"|letzte\w*|vorige\w*|fruhere\w*|alte[nrs]?|precedent\w*|derni\w+|ancien\w*|anterior\w*|ultim[oa]\w*|eerdere?"
    r"|oude?"
    r"|laatste|instead of|statt|anstatt|replac(?:e[sd]?|ing)|ersetzt?|reemplaza\w*|remplac\w+|vervang\w*|same as"
    r"|like|wie|comme"
    r"|igual que"
    r"|como|zoals|net als|cancel\w*|storn\w+|annul\w+|anul\w+|copy|kopie|copie|copia|repeat\w*"
    r"|again"
    r"|arrived|received|erhalten|recu|recib\w+|ontvangen|confirmation|confirming|confirmacion|bestatigung|bevestiging|invoice\w*"
    r"|(?:with|in|by) reference|thank\w* (?:you )?(?:very much )?for|danke?|merci (?:beaucoup )?pour"
    r"|gracias por|bedankt voor|dank voor)(?!\w)[^.;\n]{0,40}$"
    r"|(?<!\w)(?:not|nicht|pas|no(?=[ ](?:es|era|son|como|igual|repet|a[nñ]ad))|niet)(?!\w)[^.,;\n]{0,40}$"
)
_FOLLOWS = re.compile(
    r"(?:\bpo\b|order|bestell\w*|pedido|commande)[^.\n]{0,24}(?:to follow|will follow|(?<!as )follows|folgt"
    r"|nachgereicht|suivra"
    r"|sigue|seguira|volgt)(?!\w)(?![ ](?:not|nicht|pas|no|niet)(?!\w))"
)
_OWN = re.compile(rf"(?:ref|kenmerk|zeichen|vorgang|dossier|expediente|aktenzeichen|{_NO})")
_DOSSIER = re.compile(r"vorgang|dossier|expediente|aktenzeichen")
_QUOTE_LIKE = re.compile(r"(?:q|qt|qte|qu|sq|rfq|rfp|ang|off|dev|cot|inv|dwg|prj|wo|job)[-/ ]?\d.*")
_PERHAPS = re.compile(
    rf"(?<!\w)(?:(?:invoice|rechnung|factur[ae]|factuur)[ ]?:|order (?:ticket|form)[ .:#]*)[ ]?{_VALUE}(?!\w)"
)
_FILE = re.compile(r"\.(?:pdf|xlsx?|csv|docx?|txt|eml|msg)$")
_POSITIONED = re.compile(r".{4,}/\d{1,5}")
_REACH, _SHORT = 60, 4


class _Sureness(IntEnum):
    """How a number is called the order's: not at all, by words for any paper, or plainly."""

    BARE = 0
    NAMED = 1
    SURE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderText:
    """One document as numbers of orders are looked for in it: as it is written, folded with goods and days marked, and
    with all that has another meaning blanked out; all of one length."""

    source: str
    written: str
    marked: str
    blanked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNumbers:
    """The numbers that a letter calls the order's, without marks and capitals, and others that might be it; how the
    only one is `written`."""

    orders: tuple[str, ...]
    stray: tuple[str, ...]
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A number as one place tells it. `own` is a reference or a bare number, which gives way to one of the order."""

    key: str
    written: str
    sure: _Sureness
    old: bool
    replied: bool
    own: bool = False


def order_numbers(texts: Iterable[OrderText]) -> OrderNumbers:
    """The number of the order. One that is plainly called so counts if no other one has words for an order beside it,
    or has its form, however often each is told; one that has such words, or is the whole subject, if it is the only
    one there is but for an old one in the subject of an answer."""
    looked_at = list(texts)
    seen = _without_positions([one for text in looked_at for one in _seen(text)])
    sure = list(
        dict.fromkeys(one.key for one in seen if one.sure is _Sureness.SURE and not one.old and not one.replied)
    )
    every = tuple(dict.fromkeys(one.key for one in seen))
    if sure:
        forms = {_form(one.written) for one in seen if one.key in sure}
        rivals = {
            one.key
            for one in seen
            if not one.old
            and not one.replied
            and (
                (one.sure is not _Sureness.BARE and not one.own)
                or _form(one.written) in forms
                or _extends(one.key, sure)
            )
        }
        longer = (key for text in looked_at for key in _doubtful(text) if _extends(key, sure))
        stray = tuple(dict.fromkeys((*(one for one in every if one in rivals.difference(sure)), *longer)))
        return OrderNumbers(orders=tuple(sure), stray=stray, written=_written(seen, (*sure, *stray)))
    follows = any(_FOLLOWS.search(text.marked) for text in looked_at)
    now = tuple(dict.fromkeys(one.key for one in seen if not (one.old and one.replied)))
    if (
        len(now) == 1
        and not follows
        and any(one.sure is not _Sureness.BARE and not one.old and not one.replied for one in seen)
    ):
        return OrderNumbers(orders=now, stray=(), written=_written(seen, now))
    doubtful = () if every else tuple(key for text in looked_at for key in _doubtful(text))
    return OrderNumbers(orders=(), stray=every or tuple(dict.fromkeys(doubtful)))


def _doubtful(text: OrderText) -> Iterator[str]:
    """Numbers called so that they may be the order's, where no other number can be it: "Invoice: NT-7731"."""
    for found in _PERHAPS.finditer(text.marked):
        if not found["value"].isdecimal() and not _QUOTE_LIKE.fullmatch(found["value"]):
            yield order_key(found["value"])


def _without_positions(seen: Sequence[_Seen]) -> list[_Seen]:
    """The same, where a number has that of a position after it ("4500113901/10") as the number it is of."""
    keys = {one.key for one in seen}

    def of(one: _Seen) -> _Seen:
        whole, mark, _ = one.written.rpartition("/")
        return replace(one, key=order_key(whole), written=whole) if mark and order_key(whole) in keys else one

    return [of(one) if _POSITIONED.fullmatch(one.written) else one for one in seen]


def _written(seen: Sequence[_Seen], keys: tuple[str, ...]) -> str:
    """How the first of the numbers is written, if it is the only one."""
    return next(one.written for one in seen if one.key == keys[0]) if len(keys) == 1 else ""


def _extends(number: str, sure: Iterable[str]) -> bool:
    """Whether a number is another with more behind or before it, as that of a release or a sheet of it is."""
    return any(key.lstrip("0") in number or number in key for key in sure if key != number)


def _form(number: str) -> str:
    """What numbers of one row of papers share: their marks, and how many letters and digits stand between."""
    return "".join("0" if char.isdecimal() else "a" if char.isalpha() else char for char in number)


def order_key(number: str) -> str:
    """A number without what people leave out or put in: marks, spaces and capitals."""
    return "".join(char for char in number.casefold() if char.isalnum())


def _seen(text: OrderText) -> Iterator[_Seen]:
    taken: list[tuple[int, int]] = []
    for start, end in under_headings(text.marked):
        line = text.marked.rfind("\n", 0, start) + 1, text.marked.find("\n", end)
        taken.append((line[0], line[1] if line[1] >= 0 else len(text.marked)))
        key = order_key(text.marked[start:end])
        yield _Seen(key=key, written=text.written[start:end], sure=_Sureness.SURE, old=False, replied=False)
    others = [found.span() for found in OTHER.finditer(text.marked) if not _DOSSIER.match(found[0])]
    for pattern, words, sure in _forms(text):
        for found in pattern.finditer(words):
            start, end = found.span("value")
            end -= len(found["value"]) - len(_FILE.sub("", found["value"]))
            if any(first < end and start < last for first, last in taken):
                continue
            free = sure is _Sureness.SURE or pattern in {_SLASHED, _CUSTOMERS}
            if not free and any(first <= start and end <= last for first, last in others):
                continue
            if (
                _is_counted(found, text.marked)
                or _DAY.fullmatch(found["value"])
                or (sure is not _Sureness.SURE and _is_no_number(found, text))
            ):
                continue
            taken.append((start, end))
            if one := _of_paper(found, (start, end), text, sure):
                yield one


def _forms(text: OrderText) -> tuple[tuple[re.Pattern[str], str, _Sureness], ...]:
    """The forms an order's number is written in, surest first, each with the text it is looked for in."""
    return (
        (_JOINED, text.marked, _Sureness.SURE),
        (_LED, text.marked, _Sureness.SURE),
        (_LABEL, text.marked, _Sureness.SURE),
        (_SLASHED, text.marked, _Sureness.NAMED),
        (_CUSTOMERS, text.marked, _Sureness.NAMED),
        (_RUNS_UNDER, text.marked, _Sureness.SURE),
        (_FOLLOWED, text.marked, _Sureness.SURE),
        (_SPACED, text.written, _Sureness.NAMED),
        (_NAMED, text.marked, _Sureness.NAMED),
        (_ENTERED, text.marked, _Sureness.NAMED),
        (_TOKEN, text.blanked, _Sureness.NAMED if text.source == "subject" else _Sureness.BARE),
    )


def _of_paper(found: re.Match[str], place: tuple[int, int], text: OrderText, sure: _Sureness) -> _Seen | None:
    """A number as an order's, or None where the words before it call it another paper's."""
    start, end = place
    before = _before(text.marked, found.start())
    yours = _YOURS.search(before) is not None
    is_other = found.re is not _CUSTOMERS and _OTHER_PAPER.search(_before(text.marked, start))
    if is_other or (yours and sure is not _Sureness.SURE):
        return None
    quoted = alone(text.marked, start, end)
    return _Seen(
        key=order_key(text.marked[start:end]),
        written=text.written[start:end],
        sure=_Sureness.BARE if yours else max(sure, _Sureness.NAMED if quoted else sure),
        old=yours or bool(_OLD.search(before)),
        replied=text.source == "subject" and _REPLY.match(text.marked) is not None,
        own=not quoted and (found.re is _SPACED or (found.re is _NAMED and _OWN.match(found[0]) is not None)),
    )


def _is_counted(found: re.Match[str], marked: str) -> bool:
    """Whether digits behind words for an order count what follows them, or are no more than the number's first part."""
    if found.re not in {_LED, _RUNS_UNDER, _NAMED, _SLASHED, _LABEL}:
        return False
    counts = found["value"].isdecimal() and _COUNTS_ON.match(marked, found.end("value"))
    return bool(counts or _GOES_ON.match(marked, found.end("value")))


def _is_no_number(found: re.Match[str], text: OrderText) -> bool:
    """Whether what nothing plainly calls a number of an order is a measure, a count, or part of something else."""
    if found.re in {_SLASHED, _CUSTOMERS}:
        return False
    start, end = found.span("value")
    plain = not text.blanked[start:end].strip(f" {ITEM}")
    if found.re is _NAMED:
        if found["value"].isdecimal() and len(found["value"]) < 4 and _RELEASE.match(found[0]):
            return True
        short = len(order_key(found["value"])) <= _SHORT
        measured = _MEASURED.fullmatch(found["value"]) is not None and not found["value"].isdecimal() and short
        return measured or (plain and "-" in found["value"])
    if found.re is _SPACED:
        return plain or not text.blanked[start].strip()
    if _QUOTE_LIKE.fullmatch(found["value"]):
        return True
    if _TAG.fullmatch(found["value"]) and _TAGGED.search(_before(text.marked, start)):
        return True
    counted = _COUNTED.match(text.blanked, end) is not None and found["value"].isdecimal()
    return plain or counted or _MEASURED.fullmatch(found["value"]) is not None or len(order_key(found["value"])) < 4


def _before(marked: str, at: int) -> str:
    return marked[max(marked.rfind("\n", 0, at) + 1, at - _REACH) : at]
