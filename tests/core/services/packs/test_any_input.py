"""Whatever stands in the files, reading them ends in a Company or in one named refusal."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import PackInvalidError
from core.services.packs.formats import FORMATS
from core.services.packs.gaps import GapRule
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import FILES, small_pack

CELLS = st.sampled_from(
    ["", "0", "-1", "1e30", "NaN", "yes", "2026-11-02", "2026-02-30", "VALVE", "SHIP", "SO-1", "\0", "é", '"', "x" * 70]
)


@pytest.mark.parametrize("name", [f"{kind}.csv" for kind in FORMATS if kind != "lanes"])
@pytest.mark.parametrize("quarantine", [False, True])
def test_any_file_may_be_missing(name: str, quarantine: bool, tmp_path: Path) -> None:
    pack = small_pack(tmp_path, {name: None})

    if FORMATS[name.removesuffix(".csv")].needed:
        with pytest.raises(PackInvalidError, match=f"{name}: missing-file"):
            read_pack(pack, quarantine=quarantine)
    elif FORMATS[name.removesuffix(".csv")].wider:
        assert [gap for gap in read_pack(pack, quarantine=True).gaps if gap.rule is GapRule.MISSING_FILE] == []
    else:
        reading = read_pack(pack, quarantine=True)
        assert f"{name}: missing-file {name!r}; loaded without; the pack has none of them" in map(str, reading.gaps)


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, column) for kind, shape in FORMATS.items() for column in shape.required]
)
def test_any_column_may_be_missing(kind: str, column: str, tmp_path: Path) -> None:
    header, rest = FILES[f"{kind}.csv"].split("\n", 1)
    renamed = ",".join("gone" if name == column else name for name in header.split(","))

    with pytest.raises(PackInvalidError) as refusal:
        read_pack(small_pack(tmp_path, {f"{kind}.csv": f"{renamed}\n{rest}"}), quarantine=True)

    assert refusal.value.details["errors"] == 1
    assert f"{kind}.csv line 1 column {column}: missing-column" in refusal.value.message


@settings(max_examples=60)
@given(
    name=st.sampled_from([name for name in FILES if name.endswith(".csv")]),
    row=st.integers(1, 3),
    column=st.integers(0, 8),
    cell=CELLS,
    quarantine=st.booleans(),
)
def test_any_cell_is_read_or_refused(
    name: str, row: int, column: int, cell: str, quarantine: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [line.split(",") for line in FILES[name].splitlines()]
    lines[row % len(lines)][column % len(lines[0])] = cell
    text = "\n".join(",".join(line) for line in lines)
    pack = small_pack(tmp_path_factory.mktemp("pack"), {name: text})

    try:
        reading = read_pack(pack, quarantine=quarantine)
    except PackInvalidError:
        return
    assert quarantine or reading.errors == 0
    orders = {order.number for order in reading.company.sales_orders}
    assert all(line.order in orders for line in reading.company.sales_order_lines)
