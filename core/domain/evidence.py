"""Evidence on a case: what others answered when asked, each answer with an id by which it can be cited."""

from dataclasses import dataclass, replace
from datetime import date

from core.domain.options import StockElsewhere
from core.domain.quotes import ExpediteQuote, Quote, QuoteRefusal
from core.domain.reserve_price import ReservePrice

MAIL_NOTE = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNote:
    """Something looked up about a case, in one clause: what could stand in for the item, what a work centre has free,
    what a customer accepts. `source` says who says so."""

    id: str
    kind: str
    subject: str
    text: str
    as_of: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvidence:
    """Stock at other locations, suppliers' offers and their refusals, and notes, each sorted by its id; and what a unit
    more is worth by the last plan over all cases."""

    stock: tuple[StockElsewhere, ...] = ()
    quotes: tuple[Quote, ...] = ()
    expedites: tuple[ExpediteQuote, ...] = ()
    refusals: tuple[QuoteRefusal, ...] = ()
    reserve: ReservePrice | None = None
    notes: tuple[EvidenceNote, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of it, sorted."""
        return tuple(
            sorted(
                [
                    *(stock.id for stock in self.stock),
                    *(quote_evidence_id(quote) for quote in (*self.quotes, *self.expedites)),
                    *(refusal_evidence_id(refusal) for refusal in self.refusals),
                    *(note.id for note in self.notes),
                ]
            )
        )


def stock_evidence_id(location: str) -> str:
    """The id of what a location can give up."""
    return f"stock:{location}"


def quote_evidence_id(quote: Quote | ExpediteQuote) -> str:
    """The id of a supplier's offer."""
    return f"quote:{quote.quote_id}"


def refusal_evidence_id(refusal: QuoteRefusal) -> str:
    """The id of a supplier's refusal."""
    return f"refusal:{refusal.supplier}/{refusal.item}"


def updated(
    kept: CaseEvidence,
    *,
    stock: tuple[StockElsewhere, ...] | None = None,
    quotes: tuple[Quote, ...] = (),
    expedites: tuple[ExpediteQuote, ...] = (),
    refusals: tuple[QuoteRefusal, ...] = (),
    notes: tuple[EvidenceNote, ...] = (),
) -> CaseEvidence:
    """The evidence with newer answers in the place of older ones to the same question, each kind sorted by its id;
    stock as it was where none is given."""
    by_supplier = {quote.supplier: quote for quote in (*kept.quotes, *quotes)}
    by_line = {(quote.purchase_order, quote.line): quote for quote in (*kept.expedites, *expedites)}
    refused = {refusal_evidence_id(refusal): refusal for refusal in (*kept.refusals, *refusals)}
    noted = {note.id: note for note in (*kept.notes, *notes)}
    return replace(
        kept,
        stock=kept.stock if stock is None else tuple(sorted(stock, key=lambda found: found.id)),
        quotes=tuple(sorted(by_supplier.values(), key=quote_evidence_id)),
        expedites=tuple(sorted(by_line.values(), key=quote_evidence_id)),
        refusals=tuple(refused[key] for key in sorted(refused)),
        notes=tuple(noted[key] for key in sorted(noted)),
    )
