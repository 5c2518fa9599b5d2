"""An award of several suppliers is an option beside those of one, with an order for each in one plan."""

from dataclasses import replace
from decimal import Decimal

from core.domain.awarding import Bounds
from core.domain.evidence import CaseEvidence
from core.domain.options import Option
from core.domain.plans import Buy
from core.domain.quotes import Quote
from core.planning.detection import detect
from core.planning.netting import net
from core.planning.repair import plan_case
from core.planning.repair.terms import NO_TERMS
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, quote

BOOKS = book(
    items=[("A", False, 30, 0, True, "10")],
    demand=[("SO-1", 1, "A", 100, 9, "", 0, 1, 1, "40", 100)],
    sources=[("A", code, 30, "10") for code in ("S1", "S2", "S3")],
)


def priced(supplier: str, price: str, most: int, *, least: int = 1) -> Quote:
    return quote(supplier, 4, price, available=most, minimum=least)


def options(*quotes: Quote, award: Bounds | None = None) -> tuple[Option, ...]:
    result = net(BOOKS, ScanRules())
    case = case_of(detect(BOOKS, result)[0])
    terms = NO_TERMS if award is None else replace(NO_TERMS, award=award)
    return plan_case(BOOKS, result, case, CaseEvidence(quotes=quotes), terms=terms).options


def bought(option: Option) -> dict[str, int]:
    return {action.supplier: action.quantity for action in option.actions if isinstance(action, Buy)}


def test_minimums_that_do_not_fit_are_shared_out_over_the_whole_quantity() -> None:
    found = options(priced("S1", "10", 90), priced("S2", "11", 200, least=40), priced("S3", "17", 100))

    best = min((one for one in found if bought(one)), key=lambda one: one.objective)
    assert bought(best) == {"S1": 60, "S2": 40}
    assert len({action.reference for action in best.actions if isinstance(action, Buy)}) == 2
    assert net(apply(BOOKS, best.actions), ScanRules()).line_short.tolist() == [0]
    assert best.total_cost == Decimal("40.00")


def test_the_shares_of_the_policy_bound_the_award() -> None:
    quotes = (priced("S1", "10", 500), priced("S2", "11", 500))

    free, bound = options(*quotes), options(*quotes, award=Bounds(largest_share=70, least_share=20))
    only = options(quotes[0], award=Bounds(largest_share=70))

    assert [bought(one) for one in free] == [{"S1": 100}, {}]
    assert [bought(one) for one in bound] == [{"S1": 70, "S2": 30}, {}]
    assert [bought(one) for one in only] == [{"S1": 100}, {}]


def test_one_supplier_alone_stands_beside_an_award_where_it_is_better_at_something() -> None:
    """S3 has all of it sooner."""
    sooner = quote("S3", 2, "12", available=100)

    found = options(priced("S1", "10", 90), priced("S2", "11", 200, least=40), sooner)

    assert {"S1": 90, "S3": 10} in [bought(one) for one in found]
