"""The facts advice rests on: what the core computed about a case and its options, and nothing a partner wrote."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.llm.prompt_fields import PromptField
from core.domain.cases import Case
from core.domain.evidence import CaseEvidence, EvidenceNote, quote_evidence_id, refusal_evidence_id
from core.domain.options import Option, StockElsewhere
from core.domain.plan_text import plain
from core.domain.quotes import ExpediteQuote, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`told` is all a model is told. Evidence has names of ours (E1, E2) in it: suppliers choose the numbers of their
    quotes, and those are text from outside. `evidence` leads from a name to the evidence's id."""

    told: PromptField
    options: tuple[str, ...]
    evidence: Mapping[str, str]

    @property
    def text(self) -> str:
        """All of it as it is read."""
        return self.told.text


def facts_of(case: Case, options: tuple[Option, ...], evidence: CaseEvidence) -> Facts:
    """The facts in one order, whatever order suppliers answered in."""
    rows = _evidence_rows(evidence)
    named = {f"E{number}": (row, source) for number, (row, source) in enumerate(rows, start=1)}
    told = {
        "case": _case_row(case),
        "options": [_option_row(option) for option in options],
        "evidence": [{"id": name, **row} for name, (row, _) in named.items()],
    }
    return Facts(
        told=PromptField(name="facts", value=told),
        options=tuple(option.id for option in options),
        evidence={name: source for name, (_, source) in named.items()},
    )


def _case_row(case: Case) -> dict[str, object]:
    detected = case.detected
    return {
        "id": case.id,
        "title": detected.title,
        "item": detected.item,
        "location": detected.location,
        "units_lacking": detected.lacking,
        "needed_by": detected.needed_by.isoformat(),
        "exposure": plain(detected.exposure),
        "order_lines_hurt": len(detected.impacts),
    }


def _option_row(option: Option) -> dict[str, object]:
    return {
        "id": option.id,
        "letter": option.letter,
        "title": option.title,
        "currency": option.plan.currency,
        "cost": plain(option.total_cost),
        "objective": plain(option.objective),
        "exposure_before": plain(option.exposure_before),
        "exposure_after": plain(option.exposure_after),
        "order_lines_helped": option.lines_helped,
        "order_lines_hurt": option.lines_hurt,
        "order_lines_on_time_again": option.lines_recovered,
        "promises_moved": option.promises_moved,
        "customers_affected": len(option.customers_affected),
        "risk_tier": option.tier,
        "decide_by": option.deadline.isoformat(),
    }


def _evidence_rows(evidence: CaseEvidence) -> list[tuple[dict[str, object], str]]:
    """Sorted by what we asked, never by what suppliers call their answers."""
    stocks = sorted(evidence.stock, key=lambda found: found.location)
    quotes = sorted(evidence.quotes, key=lambda found: (found.supplier, found.item, found.quantity))
    sooner = sorted(evidence.expedites, key=lambda found: (found.purchase_order, found.line))
    return [
        *((_stock_row(stock), stock.id) for stock in stocks),
        *((_quote_row(quote), quote_evidence_id(quote)) for quote in quotes),
        *((_expedite_row(expedite), quote_evidence_id(expedite)) for expedite in sooner),
        *(
            ({"kind": "refusal", "supplier": one.supplier, "reason": one.reason.value}, refusal_evidence_id(one))
            for one in sorted(evidence.refusals, key=refusal_evidence_id)
        ),
        *((_note_row(note), note.id) for note in sorted(evidence.notes, key=lambda found: found.id)),
    ]


def _stock_row(stock: StockElsewhere) -> dict[str, object]:
    return {
        "kind": "stock elsewhere",
        "location": stock.location,
        "quantity": stock.quantity,
        "arrive_on": stock.arrive_on.isoformat(),
        "fixed_cost": plain(stock.fixed_cost),
        "unit_cost": plain(stock.unit_cost),
    }


def _quote_row(quote: Quote) -> dict[str, object]:
    return {
        "kind": "supplier quote",
        "supplier": quote.supplier,
        "quantity": quote.quantity,
        "unit_price": plain(quote.unit_price),
        "currency": quote.currency,
        "lead_time_days": quote.lead_time_days,
        "available_quantity": quote.available_quantity,
    }


def _expedite_row(expedite: ExpediteQuote) -> dict[str, object]:
    return {
        "kind": "expedite quote",
        "supplier": expedite.supplier,
        "purchase_order": f"{expedite.purchase_order}/{expedite.line}",
        "fee": plain(expedite.fee),
        "currency": expedite.currency,
        "earliest_date": expedite.earliest_date.isoformat(),
    }


def _note_row(note: EvidenceNote) -> dict[str, object]:
    return {"kind": note.kind, "text": note.text, "as_of": note.as_of.isoformat(), "source": note.source}
