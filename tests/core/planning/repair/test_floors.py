"""Strategies' floors: what one line gives never makes a line later that keeps what it has."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.evidence import CaseEvidence
from core.domain.plans import Reallocate
from core.planning.netting import net
from core.planning.repair.floors import broken_floor
from core.planning.repair.ideas import Desk
from core.planning.repair.policy import DEFAULT_POLICY
from core.planning.repair.reallocating import ReallocateIdea, reallocate_ideas
from core.planning.repair.terms import CaseTerms
from core.planning.repair.together import CaseOnDesk, plan_cases
from core.planning.repair.wants import want_of
from core.planning.rules import Policy, ScanRules
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, first_case
from tests.core.planning.repair.posed_cases import FREE

RULES = ScanRules(policy=Policy.FIRST_COME)
KEEPS = replace(FREE, may_lose=False)


def behind(*, spare: int, stock: int = 10) -> Snapshot:
    """SO-1 matters most and lacks; SO-2 has the stock; SO-3 waits for what comes next, which has some to spare."""
    return book(
        items=[("A", False, 0, 0, False, "3")],
        demand=[
            ("SO-1", 1, "A", 10, 4, "", 3, 3, 1, "50", 100),
            ("SO-2", 1, "A", stock, 2, "", 0, 1, 3, "50", 10),
            ("SO-3", 1, "A", 10, 3, "", 1, 2, 3, "50", 10),
        ],
        stock=[("A", stock)],
        supply=[("PO", "PO-1", "A", 10 + spare, 3, "", None, "S1"), ("PO", "PO-2", "A", 30, 20, "", None, "S1")],
        sources=[("A", "S1", 30, "3")],
    )


def ideas(books: Snapshot, terms: CaseTerms) -> list[object]:
    result = net(books, RULES)
    case = first_case(books, RULES)
    want = want_of(books, result, case)
    desk = Desk(snapshot=books, evidence=CaseEvidence(), policy=DEFAULT_POLICY, want=want, terms=terms)
    return list(reallocate_ideas(desk, result, case))


@given(spare=st.integers(0, 9), keeps=st.booleans())
@settings(max_examples=20)
def test_what_is_taken_leaves_every_floor_as_it_was(spare: int, keeps: bool) -> None:
    books = behind(spare=spare)
    lines = {("SO-1", 1): FREE, ("SO-2", 1): FREE, ("SO-3", 1): KEEPS if keeps else FREE}

    found = ideas(books, CaseTerms(lines=lines))

    given_up = [idea for idea in found if isinstance(idea, ReallocateIdea)]
    before = net(books, RULES)
    for idea in given_up:
        units = idea.reach.most
        after = net(apply(books, [idea.action(units, needed=units, number="1")]), RULES)
        if keeps:
            assert after.line_available[2] <= max(before.line_available[2], books.demand.due[2])
    most = spare if keeps else 10
    assert [idea.reach.most for idea in given_up] == ([most] if most else [])


def two_behind(*, spare: int) -> Snapshot:
    """SO-1 and SO-2 matter most and lack; SO-3 and SO-4 have the stock; SO-5 waits for what comes next."""
    lacking = [(f"SO-{n}", 1, "A", 10, 4, "", 3, n, 1, "50", 100) for n in (1, 2)]
    giving = [(f"SO-{n}", 1, "A", 10, 2, "", 0, n, 3, "50", 10) for n in (3, 4)]
    return book(
        items=[("A", False, 0, 0, False, "3")],
        demand=[*lacking, *giving, ("SO-5", 1, "A", 10, 3, "", 1, 5, 3, "50", 10)],
        stock=[("A", 20)],
        supply=[("PO", "PO-1", "A", 10 + spare, 3, "", None, "S1"), ("PO", "PO-2", "A", 50, 20, "", None, "S1")],
        sources=[("A", "S1", 30, "3")],
    )


def two_cases(books: Snapshot, terms: CaseTerms) -> list[CaseOnDesk]:
    """A case of each line that lacks."""
    detected = first_case(books, RULES).detected
    impacts = [next(one for one in detected.impacts if one.order == order) for order in ("SO-1", "SO-2")]
    found = [replace(detected, impacts=(one,), lacking=10) for one in impacts]
    return [
        CaseOnDesk(case=case_of(one, number=number), evidence=CaseEvidence(), terms=terms)
        for number, one in enumerate(found)
    ]


@given(spare=st.integers(0, 9), keeps=st.booleans())
@settings(max_examples=12, deadline=None)
def test_what_several_take_together_leaves_every_floor_as_it_was(spare: int, keeps: bool) -> None:
    books, result = two_behind(spare=spare), net(two_behind(spare=spare), RULES)
    lines = {(f"SO-{n}", 1): KEEPS if keeps and n == 5 else FREE for n in range(1, 6)}

    made = plan_cases(books, result, two_cases(books, CaseTerms(lines=lines)))

    taken = [action for action in made.actions if isinstance(action, Reallocate)]
    after = net(apply(books, taken), RULES)
    if keeps:
        assert broken_floor(books, result, lines, taken) == ""
        assert after.line_available[4] <= max(result.line_available[4], books.demand.due[4])
    worth_it = spare if spare > 2 else 0  # fewer cost more to move a line for than they save
    assert sum(action.quantity for action in taken) == (worth_it if keeps else 20)
