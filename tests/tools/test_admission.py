"""Who may use which tool: every tool says what it needs, and whole books are for who sees all of them."""

from dataclasses import replace

import pytest

from core.domain.errors import NotAuthorisedError
from core.domain.identity import Means, Principal, principal_of
from core.domain.permissions import MAY, Permission
from core.domain.scopes import Scope
from core.domain.users import Role, User
from tests.builders import MARIA, PAUL, VIVIAN
from tools.admission import NEEDS, OF_EVERY_CUSTOMER, ROW_BY_ROW, barred, check_may
from tools.registry import TOOLS
from tools.spec import Effect

OF_A_CUSTOMER, OF_A_SITE = Scope.of(None, ["HARBOR"]), Scope.of(["HOU"], None)


def visitor(user: User = MARIA, scope: Scope = Scope()) -> Principal:
    return replace(principal_of(user, Means.KEY), scope=scope)


def test_every_tool_says_what_it_needs() -> None:
    assert set(NEEDS) == {tool.name for tool in TOOLS}
    assert all(NEEDS.values())
    assert set(NEEDS) >= ROW_BY_ROW | OF_EVERY_CUSTOMER
    assert not ROW_BY_ROW & OF_EVERY_CUSTOMER


def test_every_proposal_needs_the_right_to_propose_and_is_for_who_sees_all() -> None:
    proposing = {tool.name for tool in TOOLS if tool.effect is Effect.PROPOSE}

    assert {name for name in proposing if Permission.PROPOSALS_WRITE not in NEEDS[name]} == {"draft_order"}
    assert not proposing & (ROW_BY_ROW | OF_EVERY_CUSTOMER)


@pytest.mark.parametrize("role", list(Role))
def test_a_tool_is_used_by_exactly_the_roles_that_may_what_it_needs(role: Role) -> None:
    somebody = visitor(replace(MARIA, role=role))

    for name, needed in NEEDS.items():
        assert (barred(somebody, name) is None) is (needed <= MAY[role]), name


@pytest.mark.parametrize(
    ("scope", "seen"),
    [(OF_A_CUSTOMER, ROW_BY_ROW), (OF_A_SITE, ROW_BY_ROW | OF_EVERY_CUSTOMER), (Scope(), frozenset(NEEDS))],
    ids=["customer", "site", "all"],
)
def test_who_sees_a_part_asks_only_what_shows_a_part(scope: Scope, seen: frozenset[str]) -> None:
    assert {name for name in NEEDS if barred(visitor(scope=scope), name) is None} == seen


def test_a_refusal_says_what_is_missing() -> None:
    may_not, too_little = barred(visitor(VIVIAN), "propose_option"), barred(visitor(scope=OF_A_SITE), "show_kpis")

    assert may_not is not None
    assert (may_not.code, may_not.next) == ("not_authorised", "failed")
    assert may_not.message == "propose_option needs proposals:write, which is not 'vivian''s here"
    assert too_little is not None
    assert "more of the books than you see (sites HOU, all customers)" in too_little.message
    check_may(visitor(PAUL), Permission.MCP_USE)
    with pytest.raises(NotAuthorisedError, match="'vivian' may not mcp:use here"):
        check_may(visitor(VIVIAN), Permission.MCP_USE)
