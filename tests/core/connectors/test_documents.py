"""Papers as PDF: the same bytes each time, pages that go on, and names in any script."""

from datetime import date

import pytest

from core.connectors.documents import ReportlabDocuments
from core.domain.papers import Paper

SLIP = Paper(
    title="Packing slip",
    number="SO-2-S1",
    printed_on=date(2024, 10, 4),
    facts=(("Order", "SO-2"), ("Customer", "Mesa Water (MESA)")),
    columns=("Item", "Quantity"),
    rows=(("VALVE-3", "20"),),
    footer="1 packages",
)


def slip(**parts: object) -> Paper:
    """The slip with some of it replaced."""
    return Paper(**{**{name: getattr(SLIP, name) for name in Paper.__slots__}, **parts})


def test_the_same_paper_gives_the_same_bytes() -> None:
    once, again = ReportlabDocuments().pdf(SLIP), ReportlabDocuments().pdf(slip())

    assert once == again
    assert once.startswith(b"%PDF-")
    assert once != ReportlabDocuments().pdf(slip(printed_on=date(2024, 10, 5)))


def test_a_long_table_goes_on_from_page_to_page() -> None:
    rows = tuple((f"ITEM-{number}", "1") for number in range(120))

    assert ReportlabDocuments().pdf(slip(rows=rows)).count(b"/Type /Page\n") == 3


def test_an_empty_table_is_a_page() -> None:
    assert ReportlabDocuments().pdf(slip(rows=(), facts=(), footer="")).count(b"/Type /Page\n") == 1


NAMES = {
    "Latin with accents": "Café Zürich GmbH & Søn",
    "Japanese": "株式会社ポンプ",
    "Chinese": "北京水泵厂",
    "Korean": "한국펌프",
    "Cyrillic": "Насосы Юг",
    "Greek": "Αντλίες Νότος",
    "Arabic": "مضخات الجنوب",
    "emoji": "pump 🚰 shop",
    "direction marks": "Mesa\u202eretaW",
    "no characters at all": "a\x00b\ud800c\ufffe",
    "one very long word": "W" * 5000,
    "line breaks": "Mesa\r\nWater\tInc",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_in_any_script_is_printed(name: str) -> None:
    paper = slip(facts=(("Customer", name),), rows=((name, "1"),), footer=name)

    assert ReportlabDocuments().pdf(paper) == ReportlabDocuments().pdf(paper)
