"""Answers by rules: what a question is about is read from its words, what is said of it are figures of the core."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from agents.exception_desk.known import Known, mentioned
from agents.exception_desk.question_words import KINDS, Asks, folded, letters_in
from core.domain.evidence import quote_evidence_id, refusal_evidence_id
from core.domain.options import Option, RejectedIdea
from core.domain.plans import Buy, Expedite, RePromise, Transfer
from core.domain.questions import CaseAnswer

MOST_SENTENCES = 6
HELP = (
    "I cannot read this question. I can say why not a place, a supplier, an option or a kind of way out (why not"
    " Reno?), what waiting costs, why this option, what it costs, whom it hurts, when it must be decided, how sure it"
    " is, how it is undone and what it rests on."
)


def answer_by_rules(question: str, known: Known) -> CaseAnswer:
    """The answer of the first reading that fits, at most six sentences; `read` is False where none does."""
    if not known.options:
        again = f"expediter resolve {known.case.id}"
        return CaseAnswer(text=f"No ways out of {known.case.id} have been worked out yet; `{again}` does that.")
    words = folded(question)
    for about, answers in _READINGS:
        if about.read_in(words):
            sentences, cites = answers(question, known)
            if sentences:
                return CaseAnswer(text=" ".join(sentences[:MOST_SENTENCES]), cites=tuple(dict.fromkeys(cites)))
    sentences, cites = _about(question, known)
    if sentences:
        return CaseAnswer(text=" ".join(sentences[:MOST_SENTENCES]), cites=tuple(dict.fromkeys(cites)))
    return CaseAnswer(text=HELP, read=False)


_Found = tuple[list[str], list[str]]


def _about(question: str, known: Known) -> _Found:
    """Why not this: a place, a supplier, an option by its letter, or a kind of way out."""
    sentences: list[str] = []
    cites: list[str] = []
    words = folded(question)
    for letter in letters_in(words):
        sentences += _option(letter, known)
    for code in mentioned(question, known.names):
        found, cited = _code(code, known)
        sentences += found
        cites += cited
    for name, stems, codes in KINDS:
        if not sentences and any(stem in words for stem in stems):
            sentences += _kind(name, codes, known)
    return sentences, cites


def _option(letter: str, known: Known) -> list[str]:
    found = [one for one in known.options if one.letter == letter]
    if not found:
        return [f"There is no option {letter}; there are {', '.join(one.letter for one in known.options)}."]
    return [_said(found[0], known)]


def _said(option: Option, known: Known) -> str:
    """An option beside the one that is proposed."""
    proposed = known.proposed
    figures = f"costs {_money(option.total_cost, option)} and leaves {_money(option.exposure_after, option)} at risk"
    name = f"Option {option.letter} ({option.title})"
    if proposed is None or proposed.id == option.id:
        return f"{name} is what is proposed: it {figures}."
    return f"{name} {figures}; {_distance(option, proposed)}."


def _distance(option: Option, proposed: Option) -> str:
    more = option.objective - proposed.objective
    if not more:
        return f"by cost and lateness together it equals option {proposed.letter}, which is proposed"
    worse = "worse" if more > 0 else "better"
    return (
        f"by cost and lateness together it is {_money(abs(more), option)} {worse} than option {proposed.letter}"
        f" ({proposed.title}), which is proposed"
    )


def _code(code: str, known: Known) -> _Found:
    """All that is known of a place or a supplier in this case."""
    using = [one for one in known.options if _uses(one, code)]
    sentences = [_said(one, known) for one in using[:2]]
    cites: list[str] = []
    for stock in known.evidence.stock:
        if stock.location == code:
            cites.append(stock.id)
            sentences.append(f"{code} can give up {stock.quantity:,} units, there on {stock.arrive_on}.")
    for quote in known.evidence.quotes:
        if quote.supplier == code:
            cites.append(quote_evidence_id(quote))
            sentences.append(
                f"{code} offers up to {quote.available_quantity:,} {quote.item} at {quote.unit_price:,.2f}"
                f" {quote.currency}, {quote.lead_time_days} days after the order."
            )
    for offer in known.evidence.expedites:
        if offer.supplier == code:
            cites.append(quote_evidence_id(offer))
            sentences.append(
                f"{code} would deliver {offer.purchase_order}/{offer.line} on {offer.earliest_date} for"
                f" {offer.fee:,.2f} {offer.currency}."
            )
    cites += [refusal_evidence_id(one) for one in known.evidence.refusals if one.supplier == code]
    sentences += [f"{_capital(idea.what)} is not possible: {idea.reason}." for idea in _rejected(code, known)]
    if not sentences:
        lacks = "it is where the units lack" if code == known.case.detected.location else "it has nothing to give"
        sentences.append(f"Nothing of {code} is among the options or the evidence of {known.case.id}: {lacks}.")
    return sentences, cites


def _rejected(code: str, known: Known) -> list[RejectedIdea]:
    word = re.compile(rf"(?<![\w-]){re.escape(code)}(?![\w-])")
    return [idea for idea in known.rejected if word.search(idea.what) or word.search(idea.reason)]


def _uses(option: Option, code: str) -> bool:
    for action in option.actions:
        match action:
            case Transfer() if action.origin == code:
                return True
            case Buy() | Expedite() if action.supplier == code:
                return True
            case _:
                continue
    return False


def _kind(stem: str, codes: Sequence[str], known: Known) -> list[str]:
    using = [one for one in known.options if any(action.resolution.value in codes for action in one.actions)]
    sentences = [_said(one, known) for one in using[:2]]
    ideas = [idea for idea in known.rejected if idea.resolution in codes]
    sentences += [f"{_capital(idea.what)} is not possible: {idea.reason}." for idea in ideas[:3]]
    return sentences or [f"No way out of the kind {stem!r} was found on the books and the evidence of {known.case.id}."]


def _waiting(_: str, known: Known) -> _Found:
    idle, proposed = known.idle, known.proposed
    if idle is None or proposed is None:
        return [], []
    first = min(one.deadline for one in known.options)
    left = f"with option {proposed.letter} {_money(proposed.exposure_after, proposed)}"
    sentences = [f"{_capital(idle.title)}: {_money(idle.exposure_after, idle)} stay at risk ({left})."]
    if idle.id != proposed.id:
        sentences.append(f"Compared with what is proposed, {_distance(idle, proposed)}.")
    sentences.append(f"The first way out is lost after {first}.")
    return sentences, []


def _why(_: str, known: Known) -> _Found:
    proposed = known.proposed
    if proposed is None:
        return [], []
    others = sorted(
        (one for one in known.options if one.id != proposed.id), key=lambda one: (one.objective, one.letter)
    )
    return [_said(proposed, known), *(_said(one, known) for one in others[:4])], list(known.evidence.ids)


def _cost(_: str, known: Known) -> _Found:
    proposed = known.proposed
    if proposed is None:
        return [], []
    parts = "; ".join(f"{term.name} {_money(term.amount, proposed)}" for term in proposed.cost_terms)
    total = (
        f"Option {proposed.letter} ({proposed.title}) costs {_money(proposed.total_cost, proposed)} beyond the usual"
    )
    return [f"{total}: {parts}." if parts else f"{total}."], []


def _hurt(_: str, known: Known) -> _Found:
    proposed = known.proposed
    if proposed is None:
        return [], []
    lost = [change for change in proposed.changes if change.gained < 0]
    told = [action for action in proposed.actions if isinstance(action, RePromise)]
    customers = ", ".join(proposed.customers_affected) or "none"
    lines = f"helps {proposed.lines_helped} and hurts {proposed.lines_hurt} order lines"
    sentences = [f"Option {proposed.letter} {lines}; customers it concerns: {customers}."]
    sentences += [
        f"{one.order}/{one.line} of {one.customer} comes {-one.gained} days later than it would." for one in lost[:3]
    ]
    sentences += [f"{one.order}/{one.line} is promised for {one.new} instead of {one.old}." for one in told[:2]]
    return sentences, []


def _deadline(_: str, known: Known) -> _Found:
    days = ", ".join(f"{one.letter} by {one.deadline}" for one in known.options)
    sentences = [f"The options can be chosen until: {days}."]
    if known.waiting is not None:
        sentences.append(f"{known.waiting.id} runs out on {known.waiting.expires_at:%Y-%m-%d at %H:%M} UTC.")
    return sentences, []


def _odds(_: str, known: Known) -> _Found:
    told = [
        f"Option {one.letter} comes out as planned in {one.odds.holds} percent of {one.odds.scenarios:,} scenarios of"
        " how late suppliers are."
        for one in known.options
        if one.odds is not None
    ]
    return told, []


def _undo(_: str, known: Known) -> _Found:
    proposed = known.proposed
    return ([f"To undo option {proposed.letter}: {proposed.undo}."], []) if proposed else ([], [])


def _evidence(_: str, known: Known) -> _Found:
    proposed = known.proposed
    if proposed is None:
        return [], []
    return [f"{_capital(note)}." for note in proposed.feasibility], list(known.evidence.ids)


def _money(amount: Decimal, option: Option) -> str:
    return f"{amount:,.2f} {option.plan.currency}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_READINGS: tuple[tuple[Asks, Callable[[str, Known], _Found]], ...] = (
    (Asks.WAITING, _waiting),
    (Asks.INSTEAD, _about),
    (Asks.ODDS, _odds),
    (Asks.UNDO, _undo),
    (Asks.HURT, _hurt),
    (Asks.DEADLINE, _deadline),
    (Asks.EVIDENCE, _evidence),
    (Asks.COST, _cost),
    (Asks.WHY, _why),
)
