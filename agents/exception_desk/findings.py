"""Evidence as JSON values for the state of a run, and back."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from agents.exception_desk.state import Ask, Finding
from core.domain.errors import DomainError
from core.domain.evidence import CaseEvidence, EvidenceNote, quote_evidence_id, refusal_evidence_id
from core.domain.ids import CaseId
from core.domain.options import StockElsewhere
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from tools.access.evidence import EvidenceNeeds, Unanswered
from tools.core_access import ToolCore

_QUOTE_REQUEST = TypeAdapter(QuoteRequest)
_EXPEDITE_REQUEST = TypeAdapter(ExpediteRequest)
_STOCK = TypeAdapter(StockElsewhere)
_QUOTE = TypeAdapter(Quote)
_EXPEDITE = TypeAdapter(ExpediteQuote)
_REFUSAL = TypeAdapter(QuoteRefusal)
_NOTE = TypeAdapter(EvidenceNote)


LOOKS = ("substitutes", "capacity", "customers")


def asks_of(needs: EvidenceNeeds) -> list[Ask]:
    """The questions to suppliers and to the books, one for each branch."""
    prices = [Ask(kind="quote", request=_json(_QUOTE_REQUEST, request)) for request in needs.quotes]
    sooner = [Ask(kind="expedite", request=_json(_EXPEDITE_REQUEST, request)) for request in needs.expedites]
    return [*prices, *sooner, *(Ask(kind="look", request={"about": about}) for about in LOOKS)]


def stock_findings(needs: EvidenceNeeds, *, round_number: int) -> list[Finding]:
    """The stock elsewhere, which was known at once."""
    return [Finding(round=round_number, kind="stock", found=_json(_STOCK, stock)) for stock in needs.stock]


def answers_to(ask: Ask, core: ToolCore, case: CaseId, *, round_number: int) -> list[Finding]:
    """Put the question and keep what comes of it, whatever it is: a branch that fails does not keep the others from
    being heard."""
    if ask["kind"] != "look":
        return [_answer_to(ask, core, round_number=round_number)]
    about = str(ask["request"]["about"])
    try:
        notes = core.background(case, about)
    except DomainError as error:
        return [Finding(round=round_number, kind="unseen", found={"about": about, "code": error.code})]
    return [Finding(round=round_number, kind="note", found=_json(_NOTE, note)) for note in notes]


def _answer_to(ask: Ask, core: ToolCore, *, round_number: int) -> Finding:
    if ask["kind"] == "quote":
        answer = core.ask_price(_QUOTE_REQUEST.validate_python(ask["request"]))
    else:
        answer = core.ask_expedite(_EXPEDITE_REQUEST.validate_python(ask["request"]))
    match answer:
        case Quote():
            return Finding(round=round_number, kind="quote", found=_json(_QUOTE, answer))
        case ExpediteQuote():
            return Finding(round=round_number, kind="expedite", found=_json(_EXPEDITE, answer))
        case QuoteRefusal():
            return Finding(round=round_number, kind="refusal", found=_json(_REFUSAL, answer))
        case Unanswered():
            found = {"supplier": answer.supplier, "code": answer.code}
            return Finding(round=round_number, kind="unanswered", found=found)


def evidence_of(findings: Iterable[Finding]) -> CaseEvidence:
    """The findings as the core keeps them, each kind sorted by its id."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        by_kind.setdefault(finding["kind"], []).append(finding["found"])
    refusals = {refusal_evidence_id(refusal): refusal for refusal in _read(_REFUSAL, by_kind.get("refusal"))}
    return CaseEvidence(
        stock=tuple(sorted(_read(_STOCK, by_kind.get("stock")), key=lambda stock: stock.id)),
        quotes=tuple(sorted(_read(_QUOTE, by_kind.get("quote")), key=quote_evidence_id)),
        expedites=tuple(sorted(_read(_EXPEDITE, by_kind.get("expedite")), key=quote_evidence_id)),
        refusals=tuple(refusals[key] for key in sorted(refusals)),
        notes=tuple(sorted(_read(_NOTE, by_kind.get("note")), key=lambda note: note.id)),
    )


def silent_suppliers(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The suppliers that gave no usable answer, sorted."""
    return tuple(sorted({finding["found"]["supplier"] for finding in findings if finding["kind"] == "unanswered"}))


def _json(adapter: TypeAdapter[Any], value: object) -> dict[str, Any]:
    return adapter.dump_python(value, mode="json")


def _read(adapter: TypeAdapter[Any], found: list[dict[str, Any]] | None) -> list[Any]:
    return [adapter.validate_python(values) for values in found or ()]
