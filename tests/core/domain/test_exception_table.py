"""The page of exceptions is the table of the program, row by row, under the names of the glossary."""

import re

from core.domain.cases import ExceptionType
from core.domain.exception_table import KINDS
from tests.architecture.tree import ROOT


def _cells(name: str) -> dict[str, list[str]]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (E\d\d) \| (.+) \|$", text, re.MULTILINE)
    return {code: [cell.strip() for cell in rest.split(" | ")] for code, rest in rows}


def test_the_page_says_of_each_type_what_the_program_does() -> None:
    said = {code: (cells[1], cells[4], cells[5]) for code, cells in _cells("exceptions.md").items()}

    assert said == {
        kind.value: (
            KINDS[kind].words,
            ", ".join(role.value for role in KINDS[kind].owners),
            " ".join(KINDS[kind].candidates),
        )
        for kind in ExceptionType
    }


def test_the_page_and_the_glossary_have_the_same_names_and_leave_nothing_out() -> None:
    page = _cells("exceptions.md")

    assert {code: cells[0] for code, cells in page.items()} == {c: x[0] for c, x in _cells("glossary.md").items()}
    assert all(len(cells) == 7 and all(cells) for cells in page.values())
