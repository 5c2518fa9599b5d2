"""The order life drawn in docs/orders.md is the table of transitions; `--rewrite-snapshots` draws it anew."""

import pytest

from core.domain.order_life import TRANSITIONS
from core.domain.order_life_diagram import order_life_diagram
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "orders.md"
BEGIN, END = "<!-- order-life -->\n", "<!-- /order-life -->"


@pytest.mark.usefixtures("snapshot")  # so that `--rewrite-snapshots` runs it
def test_the_page_draws_the_table(request: pytest.FixtureRequest) -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    drawn = f"{before}{BEGIN}```mermaid\n{order_life_diagram()}\n```\n{END}{after}"
    if request.config.getoption("rewrite_snapshots"):
        PAGE.write_text(drawn, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == drawn, "docs/orders.md is old; `make snapshots` draws it anew"


def test_every_step_is_an_arrow() -> None:
    arrows = [line for line in order_life_diagram().splitlines() if " --> " in line]

    steps = sum(map(len, TRANSITIONS.values()))
    ends = sum(not follows for follows in TRANSITIONS.values())
    assert len(arrows) == steps + ends + 1
    assert "    on_hold --> confirmed" in arrows
