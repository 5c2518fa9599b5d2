"""What is suggested follows from counts alone, the same for the same experience."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.domain.approval import ApprovalState
from core.domain.autonomy import AutonomyRule, Level
from core.domain.cases import ExceptionType
from core.domain.ids import ApprovalId
from core.domain.learning import Experience, SuggestionKind, suggestions
from core.domain.plans import Resolution
from core.domain.policies import FIRST_POLICY

NOW = datetime(2026, 3, 2, tzinfo=UTC)
POLICY = replace(FIRST_POLICY, promote_after=3)
GOOD = Experience(
    approval=ApprovalId("AP-1-1A"),
    type=ExceptionType.MASTER_DATA_GAP,
    resolutions=(Resolution.ASK_DATA,),
    suppliers=(),
    money=Decimal(10),
    days=1,
    tier=2,
    state=ApprovalState.EXECUTED,
    verified=True,
    edited=False,
    bad=False,
    reason_codes=(),
    at=NOW - timedelta(days=1),
)
REJECTED = replace(GOOD, state=ApprovalState.REJECTED, verified=False)


def test_so_many_acceptances_in_a_row_suggest_to_let_it_act_within_what_was_seen() -> None:
    seen = [GOOD, replace(GOOD, money=Decimal(40)), replace(GOOD, days=3)]

    (found,) = suggestions(POLICY, seen, now=NOW)

    assert (found.code, found.kind) == ("promotion E27/R21 3", SuggestionKind.PROMOTION)
    assert found.rule == AutonomyRule(
        type=ExceptionType.MASTER_DATA_GAP,
        resolution=Resolution.ASK_DATA,
        level=Level.ACT,
        most_money=Decimal(40),
        most_days=3,
    )
    assert suggestions(POLICY, seen[::-1], now=NOW) == (found,)


def test_one_that_was_not_good_or_too_long_ago_or_for_people_suggests_nothing() -> None:
    later = [replace(GOOD, at=NOW - timedelta(hours=n)) for n in (1, 2)]
    old = replace(GOOD, at=NOW - timedelta(days=40))
    transfers = replace(GOOD, resolutions=(Resolution.TRANSFER,))

    assert suggestions(POLICY, [GOOD, GOOD, replace(GOOD, bad=True, at=NOW), *later], now=NOW) == ()
    assert suggestions(POLICY, [GOOD, GOOD, old], now=NOW) == ()
    assert suggestions(POLICY, [transfers] * 9, now=NOW) == ()
    acting = AutonomyRule(type=None, resolution=Resolution.ASK_DATA, level=Level.ACT)
    assert suggestions(replace(POLICY, autonomy=(acting,)), [GOOD] * 9, now=NOW) == ()


def test_four_of_five_rejected_suggest_to_observe_and_to_weigh_the_supplier_more() -> None:
    seen = [*[replace(REJECTED, suppliers=("DELTA",))] * 4, replace(GOOD, suppliers=("DELTA",))]

    observe, weigh = suggestions(POLICY, seen, now=NOW)

    assert (observe.code, weigh.code) == ("observe E27/R21 4", "reluctance DELTA 4")
    assert suggestions(POLICY, seen[1:], now=NOW) == ()
    assert suggestions(POLICY, [*seen, GOOD, GOOD, replace(GOOD, suppliers=("DELTA",))], now=NOW) == ()
