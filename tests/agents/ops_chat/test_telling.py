"""What each tool gives, in plain words: exact sentences on small outputs."""

from datetime import date

import pytest

from agents.ops_chat.telling import TELLABLE, tell
from core.domain.ids import ApprovalId, CaseId
from tests.agents.ops_chat.outputs import (
    AVAILABLE,
    CUSTOMER,
    DRAFTED,
    FOOTING,
    IMPACT,
    ITEM,
    KPIS,
    LINE,
    NOON,
    PROPOSAL,
    SCENARIO,
    SHOWN,
    STOCK,
    SUPPLIER,
    SUPPLIERS,
    SUPPLY,
    TODAY,
    explained,
    lines,
    promised,
)
from tests.tools.fakes import FakeCore
from tests.tools.mandates import SECRETS
from tests.tools.samples import CASE
from tools.business import (
    CountRow,
    ProposalList,
    ScanShown,
    TaskList,
    TaskRow,
)
from tools.changing import ChangeProposed
from tools.goods import StockShown, SupplyList
from tools.orders import (
    HoldRow,
    OrderShown,
)
from tools.provenance import Source
from tools.registry import TOOLS, toolset
from tools.scorecards import SupplierList
from tools.spec import NextStep, Refusal, ToolOutput

TOLD: tuple[tuple[ToolOutput, dict[str, object], str], ...] = (
    (
        lines(LINE, left_out=1),
        {"status": "late", "customer": "HARBOR"},
        (
            "2 order lines for Harbor Supply are past their day. The first due is SO-1042/1 for Harbor Supply: 60 "
            "FG-100, due 2026-03-09. 1 more row is left out."
        ),
    ),
    (lines(), {"status": "late", "item": "FG-100"}, "No order line of FG-100 is past its day."),
    (
        lines(at_risk=3),
        {"status": "late"},
        (
            "No order line is past its day. 3 order lines will not be there by the day as supply stands: “which orders"
            " are at risk?”"
        ),
    ),
    (
        OrderShown(
            as_of=date(2026, 3, 10),
            order="SO-1042",
            customer="HARBOR",
            customer_po="99",
            state="open",
            order_date=TODAY,
            currency="USD",
            priority=1,
            ship_from="RENO",
            ship_complete=False,
            lines=(LINE,),
            lines_left_out=0,
            holds=(HoldRow(kind="credit", line=None, why="over its limit"),),
        ),
        {},
        (
            "SO-1042 of HARBOR is open: 1 line still owed, 1 late. Ordered 2026-03-02 as 99. It is held: "
            "credit: over its "
            "limit."
        ),
    ),
    (
        explained(),
        {},
        (
            "SO-1042/1 (60 FG-100 for Harbor Supply) will be 5 days late: due 2026-03-09, all there 2026-03-14. "
            "What holds "
            "it back: item FG-100@RENO: 40 of 60 units come on 2026-03-14."
        ),
    ),
    (
        explained(projected=None, short=40, days_late=None, why=()),
        {},
        "SO-1042/1 (60 FG-100 for Harbor Supply) has no known day: 40 units are covered by nothing, due 2026-03-09.",
    ),
    (explained(owed=False, why=()), {}, "SO-1042/1 is open: nothing of it is owed any more."),
    (
        promised(),
        {},
        (
            "40 FG-100 can leave RENO on 2026-03-12. That is 3 days after 2026-03-09. What holds it back: "
            "FG-100 is made in "
            "10 days. Nothing is held or promised."
        ),
    ),
    (
        promised(complete=None, days_late=None, unplannable=40, dates=()),
        {},
        "Nobody can date all of 40 FG-100 at RENO: 40 have no known day. Nothing is held or promised.",
    ),
    (
        ITEM,
        {},
        (
            "FG-100 is Gate valve, made, with 15 EA free of 20 on hand. 70 units on 2 order lines are owed, 1 "
            "of them late. "
            "Lead time 10 days, safety stock 5, list price 25.50 USD."
        ),
    ),
    (
        StockShown(
            as_of=TODAY,
            item="FG-100",
            name="Gate valve",
            unit="EA",
            on_hand=20,
            reserved=5,
            free=15,
            rows=(STOCK,),
            left_out=0,
        ),
        {"location": "RENO"},
        "20 FG-100 at RENO on hand, 15 of them free.",
    ),
    (
        AVAILABLE,
        {},
        "15 FG-100 can be promised today. From 2026-03-14 on it is 55 at RENO.",
    ),
    (
        SupplyList(as_of=TODAY, supply=(SUPPLY,), left_out=0),
        {"late_only": True, "kind": "purchase", "supplier": "GULF"},
        "1 purchase order line from GULF is late. The first is PO-17/1: 40 FG-100, due 2026-02-27, 3 days overdue.",
    ),
    (SupplyList(as_of=TODAY, supply=(), left_out=0), {"item": "FG-100"}, "No line of open supply of FG-100 is open."),
    (
        IMPACT,
        {"days_later": 7},
        "1 order line would be worse off if PO-17/1 came 7 days later. 1 order line rests on it now.",
    ),
    (FOOTING, {}, "SO-1042/1 rests on 1 piece of supply or stock."),
    (
        CUSTOMER,
        {},
        (
            "Harbor Supply (HARBOR) is owed 2 order lines worth 1,785.00; 1 is late. Terms: tier 1, part "
            "deliveries, no "
            "substitutes, 0.5 % penalty a day late, payment in 30 days. 1 more row is left out."
        ),
    ),
    (
        SUPPLIER,
        {},
        (
            "Gulf Castings (GULF) was on time with 75.0 % of 8 deliveries since 2025-03-02, the others 4.5 days "
            "late on "
            "average. 1 line is open with it, 1 overdue. Plans count on it 3 days after its word."
        ),
    ),
    (
        SUPPLIERS,
        {},
        (
            "2 suppliers had lines due since 2025-03-02; the worst on time is Gulf Castings (GULF) with 40.0 % of its "
            "deliveries."
        ),
    ),
    (
        SupplierList(since=None, as_of=None, suppliers=(), left_out=0),
        {},
        "No line of a supplier was due in the last year, so nothing is known of how they deliver.",
    ),
    (KPIS, {}, "On time in full 91.25 %, from 2025-12-03 to 2026-03-02."),
    (
        ProposalList(proposals=(PROPOSAL,), left_out=0),
        {},
        (
            "1 proposal waits for a decision. The first to run out is AP-1-1A of CASE-1, on 2026-03-03 12:00; "
            "it commits "
            "250.00."
        ),
    ),
    (ProposalList(proposals=(), left_out=0), {"state": "executed"}, "Nothing is executed."),
    (
        SHOWN,
        {},
        (
            "AP-1-1A of CASE-1 is pending: it commits 250.00 and needs 1 person (planner or buyer), by "
            "2026-03-03 12:00. "
            "What would be done: Move 40 FG-100 from GHENT. People decide: `expediter approve AP-1-1A`."
        ),
    ),
    (
        TaskList(
            as_of=TODAY,
            tasks=(
                TaskRow(
                    subject="T-1",
                    text="Was it sent?",
                    kind="unknown",
                    role=None,
                    about="order:SO-1",
                    due=TODAY,
                    overdue=True,
                ),
            ),
            left_out=0,
        ),
        {},
        "1 task is open, 1 of those shown overdue.",
    ),
    (
        ScanShown(as_of=TODAY, at=NOON, assumed={}, open_cases=(CountRow(type="E01", open=2),)),
        {},
        "The last scan was for 2026-03-02, at 2026-03-03 12:00; 2 cases are open.",
    ),
    (
        SCENARIO,
        {},
        (
            "If GULF delivers nothing for 14 days: late order lines would go from 1 to 2, lines that nothing "
            "covers would "
            "stay at 0, what is at risk would go from 100.00 to 350.00. 3 order lines would stand otherwise. Worst: "
            "SO-1042/1 of HARBOR, on time; then late. Supply and plans would cost 20.00 more. Nothing was kept. "
            "2 more rows "
            "are left out."
        ),
    ),
    (
        ChangeProposed(
            approval=ApprovalId("AP-3-1A"),
            summary="proposed, approval AP-3-1A; waits for one person (customer_service)",
            case=CaseId("CASE-3"),
            signal="SIG-1",
            order="SO-1042",
            line=1,
            would=("40 less are needed",),
            frozen_until=date(2026, 3, 5),
            expires_at=NOON,
        ),
        {},
        (
            "Proposed, approval AP-3-1A; waits for one person (customer_service). What it would do: 40 less are "
            "needed. It is inside the frozen days, up to 2026-03-05. The order is as it was. It runs out on "
            "2026-03-03 12:00."
        ),
    ),
    (
        DRAFTED,
        {},
        (
            "Drafted, DRAFT-1 (asking); waits for a person to confirm it. 1 thing must be asked first. 1 of its "
            "sentences "
            "tried to command; they were not followed. Nothing is ordered."
        ),
    ),
    (
        Refusal(code="unknown", message="it is odd", next=NextStep.FAILED),
        {},
        "That did not work: it is odd.",
    ),
)


@pytest.mark.parametrize(("output", "asked", "text"), TOLD)
def test_an_answer_by_rules(output: ToolOutput, asked: dict[str, object], text: str) -> None:
    assert tell(output, asked).text == text


def test_every_tool_can_be_told() -> None:
    assert {tool.gives for tool in TOOLS} == TELLABLE


def test_what_can_be_opened_is_cited_once_and_what_was_listed_can_be_pointed_at() -> None:
    found = tell(lines(LINE, LINE), {})

    assert found.cites == ("order:SO-1042",)
    assert found.listed == ("SO-1042/1",)


def test_a_what_if_shows_before_after_and_the_difference() -> None:
    book, changed = tell(SCENARIO, {}).tables

    assert book.data["columns"] == ["what", "before", "after", "difference"]
    assert book.data["rows"][2] == ["at risk", "100.00", "350.00", "250.00"]
    assert book.data["amounts"] == ["before", "after", "difference"]
    assert (changed.data["amounts"], changed.left_out) == (["more at risk"], 2)


def test_a_chart_is_data() -> None:
    (chart,) = tell(AVAILABLE, {}).charts

    assert chart.series[0].points[0].value == 15


@pytest.mark.parametrize(
    ("by", "how"), [(None, "over the supplier's interface"), ("letter", "by letter, each approved by itself")]
)
def test_a_negotiation_is_told_without_any_price(by: str | None, how: str) -> None:
    asked = {"case": CASE, "supplier": "GULF", **({"by": by} if by else {})}
    output = toolset(FakeCore()).call("propose_negotiation", asked, sources=dict.fromkeys(asked, Source.OPERATOR))

    answer = tell(output, dict(asked))

    first, *others = answer.sentences
    assert first == (
        "Negotiation NEG-7 with GULF proposed, approval AP-NEG-7; waits for one person (buyer or planner), nothing is "
        "offered before."
    )
    assert others == [
        f"It is about 25 of VALVE-3 by 2026-03-20: at most 4 offers {how}, until 2026-03-07.",
        "What may be offered is shown to who decides; it runs out on 2026-03-03 08:00.",
    ]
    assert (answer.cites, answer.listed) == (("approval:AP-NEG-7", f"case:{CASE}"), ("AP-NEG-7",))
    assert not [one for one in SECRETS if one in " ".join(answer.sentences)]
