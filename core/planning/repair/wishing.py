"""Wishing: what somebody wants in codes and units, and edits of an option, as compositions of the workbench."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from core.domain.crafting import BuyFrom, Compose, EditOption, MoveStock, PromiseFor, PullIn
from core.domain.options import Option
from core.domain.plans import RePromise, Resolution
from core.planning.repair.buying import BuyIdea
from core.planning.repair.combining import Take
from core.planning.repair.composition import Composition, LineName, UnfitError, Workbench
from core.planning.repair.expediting import ExpediteIdea
from core.planning.repair.ideas import Idea, day_words, lot
from core.planning.repair.making import MakeIdea
from core.planning.repair.overtime_ideas import OvertimeIdea
from core.planning.repair.recognising import recognised
from core.planning.repair.reserves import SafetyIdea
from core.planning.repair.splitting import SplitIdea
from core.planning.repair.transferring import TransferIdea
from core.planning.snapshot import day_number

I = TypeVar("I", bound=Idea)  # noqa: E741  a kind of idea


def composed(bench: Workbench, wanted: Compose) -> Composition:
    """The composition of some wishes; UnfitError says for each what is in its way."""
    mix: list[Take] = []
    dates: dict[LineName, date] = {}
    reasons: list[str] = []
    for wish in wanted.wishes:
        try:
            match wish:
                case PromiseFor():
                    dates[(wish.order, wish.line)] = wish.day
                case MoveStock():
                    mix.append(_taken(bench, transfer_from(bench, wish.origin), wish.quantity, mix))
                case BuyFrom():
                    mix.append(_taken(bench, purchase_from(bench, wish.supplier), wish.quantity, mix))
                case PullIn():
                    mix.append(_taken(bench, _pulled_in(bench, wish), None, mix))
        except UnfitError as error:
            reasons += error.reasons
    if not wanted.wishes:
        reasons.append("nothing is wished for; accepted are transfers, purchases, orders pulled in and new dates")
    if reasons:
        raise UnfitError(*reasons)
    return Composition(mix=tuple(mix), dates=dates, settled=bool(mix))


def _taken(bench: Workbench, idea: Idea, quantity: int | None, mix: Sequence[Take]) -> Take:
    """So many units of the idea, or as many as the case still lacks."""
    lacking = max(1, bench.want.units - sum(take.needed for take in mix))
    if quantity is None:
        needed = min(lacking, idea.reach.most)
        return Take(idea=idea, quantity=lot(idea.reach, needed), needed=needed)
    return Take(idea=idea, quantity=quantity, needed=max(1, min(quantity, lacking)))


def transfer_from(bench: Workbench, origin: str) -> Idea:
    """The transfer from a location; UnfitError says what it can give up otherwise."""
    found = [one for one in _of(bench, TransferIdea) if not isinstance(one, SafetyIdea)]
    return _one(bench, found, lambda one: one.stock.location, origin, code=Resolution.TRANSFER, what="transfer from")


def purchase_from(bench: Workbench, supplier: str) -> Idea:
    """The purchase on the quote of a supplier that comes first."""
    found = [one for one in _of(bench, BuyIdea) if not isinstance(one, SplitIdea)]
    found.sort(key=lambda one: (one.reach.arrives, one.quote.unit_price, one.quote.quote_id))
    return _one(bench, found, lambda one: one.quote.supplier, supplier, code=Resolution.BUY, what="purchase from")


def _pulled_in(bench: Workbench, wish: PullIn) -> Idea:
    found = _of(bench, ExpediteIdea)
    name = f"{wish.purchase_order}/{wish.line}"
    return _one(
        bench,
        found,
        lambda one: f"{one.quote.purchase_order}/{one.quote.line}",
        name,
        code=Resolution.EXPEDITE,
        what="expediting of",
    )


def _of(bench: Workbench, kind: type[I]) -> list[I]:
    return [one for one in bench.ideas if isinstance(one, kind)]


def _one(
    bench: Workbench, found: Sequence[I], name: Callable[[I], str], wanted: str, *, code: Resolution, what: str
) -> I:
    for one in found:
        if name(one) == wanted:
            return one
    reasons = [idea.reason for idea in bench.rejected if idea.resolution == code.value and wanted in idea.what.split()]
    if reasons:
        raise UnfitError(*reasons)
    offered = sorted({name(one) for one in found})
    accepted = f"possible are {', '.join(offered)}" if offered else "there is none at all"
    raise UnfitError(f"no {what} {wanted!r} is among the evidence kept on {bench.problem.case.id}; {accepted}")


def edited(bench: Workbench, option: Option, edit: EditOption) -> Composition:
    """The option with one part changed; UnfitError says why it cannot be."""
    if edit.quantity is None and edit.day is None and edit.supplier is None and edit.origin is None:
        raise UnfitError("an edit changes a quantity, a date, a supplier or the place units come from; none is given")
    if edit.supplier is not None and edit.origin is not None:
        raise UnfitError("units come from a supplier or from a location, not from both; give one of them")
    before = recognised(bench, option.actions)
    if before.wait is not None:
        return _waiting(option, edit)
    if before.alternative is not None:
        raise UnfitError(f"option {option.id} ({option.title}) has no quantity, date or source that could be changed")
    part = _part(option, before, edit)
    if part >= len(before.mix):
        return _promised(option, before, part, edit)
    mix = list(before.mix)
    mix[part] = _changed(bench, mix, part, edit)
    return Composition(mix=tuple(mix), settled=True)


def _waiting(option: Option, edit: EditOption) -> Composition:
    if edit.part not in {None, 1}:
        raise UnfitError(f"option {option.id} has no part {edit.part!r}; it waits, which is part 1")
    if edit.day is None or edit.quantity is not None or edit.supplier is not None or edit.origin is not None:
        raise UnfitError("waiting has a date and nothing else that could be changed")
    return Composition(wait=edit.day)


def _part(option: Option, before: Composition, edit: EditOption) -> int:
    """Which part is meant: an index into the mix, then into the promises."""
    shown = _shown_parts(option, before)
    if edit.part is not None:
        if not 1 <= edit.part <= len(shown):
            raise UnfitError(f"option {option.id} has no part {edit.part!r}; {_said(shown)}")
        return edit.part - 1
    only_day = edit.quantity is None and edit.supplier is None and edit.origin is None
    meant = list(range(len(before.mix))) or (list(range(len(shown))) if only_day else [])
    if len(meant) != 1:
        raise UnfitError(f"say which part of option {option.id} is meant; {_said(shown)}")
    return meant[0]


def _shown_parts(option: Option, before: Composition) -> list[str]:
    parts = [take.idea.said(take.quantity) for take in before.mix]
    return parts + [f"date of {one.order}/{one.line}" for one in option.actions if isinstance(one, RePromise)]


def _said(parts: Sequence[str]) -> str:
    return f"its parts are {'; '.join(f'{n}: {part}' for n, part in enumerate(parts, start=1))}"


def _promised(option: Option, before: Composition, part: int, edit: EditOption) -> Composition:
    if edit.day is None or edit.quantity is not None or edit.supplier is not None or edit.origin is not None:
        raise UnfitError("a promise has a date and nothing else that could be changed")
    promises = [one for one in option.actions if isinstance(one, RePromise)]
    chosen = promises[part - len(before.mix)]
    return replace(before, dates={**before.dates, (chosen.order, chosen.line): edit.day})


def _changed(bench: Workbench, mix: Sequence[Take], part: int, edit: EditOption) -> Take:
    """The part from another source, in another quantity, on another day, each where asked for."""
    take, others = mix[part], [*mix[:part], *mix[part + 1 :]]
    idea = take.idea
    if edit.supplier is not None:
        idea = purchase_from(bench, edit.supplier)
    elif edit.origin is not None:
        idea = transfer_from(bench, edit.origin)
    if edit.quantity is not None:
        take = _taken(bench, idea, edit.quantity, others)
    elif idea is not take.idea:
        needed = min(take.needed, idea.reach.most)
        take = Take(idea=idea, quantity=lot(idea.reach, needed), needed=needed)
    return take if edit.day is None else replace(take, idea=_on(take.idea, edit.day))


def _on(idea: Idea, day: date) -> Idea:
    """The idea with its units coming on that day: never sooner than its source can, and only where it can be later."""
    said = idea.said(idea.reach.most)
    later = day_number(day) - idea.reach.arrives
    if later < 0:
        raise UnfitError(f"{said}: {day} is too soon; {day_words(idea.reach.arrives)} is the first day")
    reach = replace(idea.reach, arrives=day_number(day))
    match idea:
        case _ if not later:
            return idea
        case TransferIdea():
            return replace(idea, reach=reach, stock=replace(idea.stock, arrive_on=day), as_of=idea.as_of + later)
        case BuyIdea():
            return replace(idea, reach=reach)
        case OvertimeIdea():
            raise UnfitError(f"{said}: overtime is for being sooner, not for {day}")
        case MakeIdea():
            return replace(idea, reach=reach, start=idea.start + later)
        case _:
            raise UnfitError(f"{said}: its day is {day_words(idea.reach.arrives)} and no other")
