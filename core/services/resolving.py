"""Ways out of a case: what to ask of whom, and the options that the answers make possible."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.domain.cases import ACTIVE_STATES, WAITING_STATES, Case, CaseState, ExceptionType
from core.domain.errors import ConflictError, UsageError
from core.domain.evidence import MAIL_NOTE, CaseEvidence, quote_evidence_id
from core.domain.ids import CaseId, PurchaseOrderNo, SupplierCode
from core.domain.options import Option, RejectedIdea, StockElsewhere
from core.domain.quantity import rounded_up
from core.domain.quotes import ExpediteRequest, Quote, QuoteRequest
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair import plan_case
from core.planning.snapshot import PURCHASE_ORDER, Snapshot, date_of
from core.ports.storage import UnitOfWork
from core.services.case_terms import terms_of
from core.services.policies import weighed
from core.services.rule_values import rules_of
from core.services.track_records import supplier_chances

_PLANNABLE = WAITING_STATES | {CaseState.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNeeds:
    """What is known at once (stock elsewhere) and what suppliers have to be asked."""

    case: Case
    stock: tuple[StockElsewhere, ...]
    quotes: tuple[QuoteRequest, ...]
    expedites: tuple[ExpediteRequest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsReport:
    """The options of one planning round, and the ideas that are not possible, with reasons."""

    round: int
    options: tuple[Option, ...]
    rejected: tuple[RejectedIdea, ...]


def evidence_needs(uow: UnitOfWork, case_id: CaseId) -> EvidenceNeeds:
    """What to find out about a case. The requests carry idempotency keys of the coming planning round."""
    case = uow.cases.get(case_id)
    snapshot, result = netted(uow)
    return EvidenceNeeds(
        case=case,
        stock=stock_elsewhere(snapshot, result, case),
        quotes=_quotes(snapshot, case),
        expedites=_expedites(snapshot, case),
    )


def record_evidence(uow: UnitOfWork, case_id: CaseId, evidence: CaseEvidence) -> None:
    """Keep what was found out; what a unit more is worth to the case stays as it was, and so do prices that suppliers
    named to us by letter or in a negotiation, until they run out or a better one comes."""
    kept = uow.cases.evidence(case_id)
    mails = {note.id: note for note in kept.notes if note.kind == MAIL_NOTE}
    notes = mails | {note.id: note for note in evidence.notes}
    found = replace(
        evidence,
        reserve=evidence.reserve or kept.reserve,
        quotes=_beside_named(uow, case_id, kept, evidence.quotes),
        notes=tuple(notes[name] for name in sorted(notes)),
    )
    uow.cases.save_evidence(case_id, found)


def _beside_named(uow: UnitOfWork, case_id: CaseId, kept: CaseEvidence, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The quotes, with those named to us in the place of new ones that are no better: who asks again is told the
    listed price."""
    rounds = (one for negotiation in uow.negotiations.of_case(case_id) for one in negotiation.rounds)
    named = {one.quote for one in rounds if one.quote}
    named |= {note.id.partition(":")[2] for note in kept.notes if note.kind == MAIL_NOTE}
    today = uow.company.settings().as_of
    found = {quote.supplier: quote for quote in quotes}
    for old in kept.quotes:
        new = found.get(old.supplier)
        better = new is not None and (
            new.quote_id in named or (new.currency == old.currency and new.unit_price < old.unit_price)
        )
        if old.quote_id in named and old.valid_until >= today and not better:
            found[old.supplier] = old
    return tuple(sorted(found.values(), key=quote_evidence_id))


def plan_options(uow: UnitOfWork, case_id: CaseId) -> OptionsReport:
    """Plan the case on the books as they are now and the evidence kept: a new round of simulated options."""
    number = uow.cases.start_round(case_id)  # holds the case: nobody proposes for it meanwhile
    case = uow.cases.get(case_id)
    if case.state not in _PLANNABLE:
        reason = "decide on what is proposed first" if case.state in ACTIVE_STATES else "there is nothing to plan"
        raise ConflictError(f"case {case_id} is {case.state}; {reason}", case=case_id, state=case.state.value)
    if case.state is CaseState.ACCEPTED:
        uow.cases.move(case_id, to=CaseState.OPEN)
    snapshot, result = netted(uow)
    case = uow.cases.get(case_id)
    terms = terms_of(uow, snapshot, result, case)
    chances = supplier_chances(uow, as_of=snapshot.as_of)
    planned = plan_case(snapshot, result, case, uow.cases.evidence(case_id), terms=terms, chances=chances)
    deadline = min((option.deadline for option in planned.options), default=None)
    uow.cases.save_options(case_id, weighed(uow, planned.options), planned.rejected, deadline=deadline)
    return OptionsReport(round=number, options=uow.cases.options(case_id), rejected=uow.cases.rejected(case_id))


def netted(uow: UnitOfWork) -> tuple[Snapshot, NetResult]:
    last = uow.cases.last_scan()
    if last is None:
        raise UsageError("no scan has run yet; run `expediter scan` first")
    snapshot = uow.snapshot()
    return snapshot, net(snapshot, rules_of(last[1]))


def _quotes(snapshot: Snapshot, case: Case) -> tuple[QuoteRequest, ...]:
    if case.detected.item not in snapshot.items.code or case.detected.lacking <= 0:
        return ()
    item = snapshot.items.code.index(case.detected.item)
    sources = snapshot.sources
    asked: list[QuoteRequest] = []
    for source in range(len(sources.item)):
        if sources.item[source] != item:
            continue
        supplier = snapshot.parties.supplier[int(sources.supplier[source])]
        quantity = rounded_up(
            case.detected.lacking, minimum=int(sources.minimum[source]), multiple=int(sources.multiple[source])
        )
        asked.append(
            QuoteRequest(
                supplier=SupplierCode(supplier),
                item=case.detected.item,
                quantity=quantity,
                needed_by=case.detected.needed_by,
                as_of=date_of(snapshot.as_of),
                idempotency_key=f"{case.id}-{case.planning_round + 1}-quote-{supplier}-{quantity}",
            )
        )
    return tuple(asked)


def _wanted_by(snapshot: Snapshot, case: Case) -> date:
    """When the units should be there: when they are needed, for a promise at risk a buffer and a day before that."""
    ahead = snapshot.buffer_days + 1 if case.detected.type is ExceptionType.PROMISE_AT_RISK else 0
    tomorrow = date_of(snapshot.as_of) + timedelta(days=1)
    return max(case.detected.needed_by - timedelta(days=ahead), tomorrow)


def _expedites(snapshot: Snapshot, case: Case) -> tuple[ExpediteRequest, ...]:
    if case.detected.item not in snapshot.items.code:
        return ()
    item = snapshot.items.code.index(case.detected.item)
    supply = snapshot.supply
    wanted = _wanted_by(snapshot, case)
    asked: list[ExpediteRequest] = []
    for row in range(len(supply.item)):
        if supply.kind[row] != PURCHASE_ORDER or supply.item[row] != item:
            continue
        if snapshot.as_of <= supply.due[row] and date_of(int(supply.due[row])) <= wanted:
            continue
        number, line = supply.number[row], int(supply.line[row])
        asked.append(
            ExpediteRequest(
                supplier=SupplierCode(snapshot.parties.supplier[int(supply.supplier[row])]),
                purchase_order=PurchaseOrderNo(number),
                line=line,
                item=case.detected.item,
                quantity=int(supply.quantity[row]),
                new_date=wanted,
                as_of=date_of(snapshot.as_of),
                idempotency_key=f"{case.id}-{case.planning_round + 1}-expedite-{number}-{line}",
            )
        )
    return tuple(asked)
