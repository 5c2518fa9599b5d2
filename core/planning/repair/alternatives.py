"""Alternatives: ways out that bring no units: questions to people, supply not needed, prices, holds, other lines.

They are looked for in the order of the case type's candidates (core/domain/exception_table.py).
"""

from collections.abc import Callable, Mapping

from core.domain.exception_table import KINDS
from core.domain.options import RejectedIdea
from core.domain.plans import Resolution
from core.planning.repair import amending, asking, hurrying, lines, parts, relocating, reshipping, surplus
from core.planning.repair.alternative import Alternative, Ground

_Found = list[Alternative | RejectedIdea]
_LOOKED_FOR: Mapping[Resolution, Callable[[Ground], _Found]] = {
    Resolution.SUBSTITUTE: lambda ground: [*lines.substitutes(ground), *parts.other_parts(ground)],
    Resolution.SPLIT: lines.splits,
    Resolution.SHIP_FROM: lines.other_places,
    Resolution.OFFER: asking.offers,
    Resolution.RESCHEDULE: surplus.later,
    Resolution.ALTERNATE_RESOURCE: relocating.other_centers,
    Resolution.SHIP_MODE: hurrying.quicker_services,
    Resolution.RESHIP: reshipping.replacements,
    Resolution.OVERTIME: surplus.overtime,
    Resolution.WAIVER: asking.waiver,
    Resolution.PRICE: asking.prices,
    Resolution.ASK_DATA: asking.data,
    Resolution.CORRECT_LEDGER: asking.recount,
    Resolution.CHANGE_ORDER: amending.changes,
    Resolution.RELEASE: asking.releases,
    Resolution.CANCEL_SUPPLY: surplus.cancelled,
    Resolution.CREDIT: asking.credit,
    Resolution.DISPOSITION: asking.disposition,
}


def alternatives_of(ground: Ground) -> _Found:
    """The alternatives of a case, and those that are not possible, with reasons."""
    found: _Found = []
    for code in KINDS[ground.case.detected.type].candidates:
        look = _LOOKED_FOR.get(Resolution(code))
        if look is not None:
            found += look(ground)
    return found
