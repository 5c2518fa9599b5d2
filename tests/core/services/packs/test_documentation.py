"""docs/company-pack.md names every file, column, rule and overlay there is."""

from pathlib import Path

import pytest

from core.services.packs.formats import FORMATS, NOT_USED_YET
from core.services.packs.gaps import GapLog, GapRule
from core.services.packs.mapping import mapping_from
from core.services.packs.overlay_files import overlay_from

TEXT = (Path(__file__).parents[4] / "docs" / "company-pack.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_column_is_described_in_the_row_of_its_file(kind: str) -> None:
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| `{kind}.csv`")]

    assert row.startswith(f"| `{kind}.csv` (needed) |") is FORMATS[kind].needed
    assert [column for column in FORMATS[kind].required if f"**`{column}`**" not in row] == []
    assert [column for column in FORMATS[kind].optional if f" `{column}`" not in row] == []


def test_every_rule_is_described() -> None:
    assert [rule.value for rule in GapRule if f"`{rule.value}`" not in TEXT] == []


def test_every_file_not_used_yet_is_named() -> None:
    assert [name for name in NOT_USED_YET if f"`{name}.csv`" not in TEXT] == []


def test_the_examples_are_read_without_a_complaint() -> None:
    settings, overlay = [block.split("```")[0] for block in TEXT.split("```toml\n")[1:]]
    log = GapLog()

    mapping = mapping_from(settings, file="pack.toml", log=log)
    change = overlay_from(overlay, file="1.toml", log=log)

    assert log.gaps() == ()
    assert (mapping.files["items"].file, len(mapping.lanes), len(change.changes)) == ("parts.csv", 1, 1)
