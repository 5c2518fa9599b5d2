"""Whatever is asked of the tools: an answer or a refusal comes, no error; and nothing changes but what may."""

from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.roles import dsn_of
from tests.desk import Desk
from tests.tools.over_the_books import scanned
from tools.provenance import Source
from tools.registry import TOOLS
from tools.spec import ToolOutput

MAY_GROW = {
    "approvals", "audit_heads", "audit_log", "case_options", "case_plans", "proposals", "signals",
}  # fmt: skip
MOST_BYTES = 40_000
WORDS = st.sampled_from(
    ["CASE-1", "CASE-1-1A", "A", "SO-1", "so-1", "PO-1", "PO-1/1", "GULF", "delta", "VALVE-3", "RENO", "HARBOR", "late",
     "pending", "AP-1-1A", "", "' OR 1=1 --", "\x00", "%", "../..", "a" * 200, "\ud7ff", "2024-10-20", "9" * 30,
     "otif_promise"]
)  # fmt: skip
PLAIN = WORDS | st.text(max_size=8) | st.integers(-(10**20), 10**20) | st.booleans() | st.none() | st.floats()
KNOWN = sorted({name for tool in TOOLS for name in tool.takes.model_fields} | {"days", "percent", "approve"})
PARTS = st.dictionaries(st.sampled_from(KNOWN), PLAIN, max_size=4)
VALUES = PLAIN | st.lists(PLAIN | PARTS, max_size=3) | PARTS


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A tool or none, with arguments that fit, nearly fit, or do not."""
    tool = draw(st.sampled_from(TOOLS))
    name = draw(st.just(tool.name) | st.just(tool.name) | st.sampled_from(["approve", "execute_proposal", "", "\x00"]))
    arguments = dict(draw(st.sampled_from(tool.examples))) if draw(st.booleans()) else {}
    fitting = st.sampled_from(sorted(tool.takes.model_fields) or KNOWN)
    arguments |= draw(st.dictionaries(fitting | st.sampled_from(KNOWN), VALUES, max_size=3))
    return name, arguments


def counted(desk: Desk) -> dict[str, int]:
    """The rows of every table."""
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        found = owner.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()
        tables = [str(row[0]) for row in found]
        # S608: names of our own tables.
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables)
        return {str(name): int(count) for name, count in owner.execute(counts.encode()).fetchall()}


def test_nothing_that_is_asked_breaks_anything_or_changes_the_books(desk: Desk) -> None:
    tools = scanned(desk)
    before = counted(desk)

    @given(asked=calls())
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    def ask(asked: tuple[str, dict[str, Any]]) -> None:
        name, arguments = asked
        answer = tools.call(name, arguments, sources=dict.fromkeys(arguments, Source.OPERATOR))

        assert isinstance(answer, ToolOutput)
        assert len(answer.model_dump_json()) < MOST_BYTES

    ask()

    after = counted(desk)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= MAY_GROW
    assert not [name for name in changed if after[name] < before[name]]
