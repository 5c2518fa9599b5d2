"""Nothing in an answer that a client would fetch or run, however it comes in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.api.plain_words import Unlinked, markdown_tables, unlinked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://evil.example)", "![x] (http://evil.example)"),
        ("[x][1] [1]: http://evil.example", "[x] [1] [1] : http://evil.example"),
        ("<img src=x>", "< img src=x>"),
        ("</b><!-- x --><http://evil.example>", "< /b>< !-- x -->< http://evil.example>"),
        ("5 < 6, <= 7, <8 and SO-1042/1 [sic]", "5 < 6, <= 7, <8 and SO-1042/1 [sic]"),
    ],
)
def test_links_pictures_and_tags_are_text(text: str, shown: str) -> None:
    assert unlinked(text) == shown


@given(st.lists(st.text(alphabet="a](<![:", max_size=6)))
def test_pieces_are_the_same_as_the_whole(pieces: list[str]) -> None:
    piecewise = Unlinked()

    assert "".join(map(piecewise, pieces)) == unlinked("".join(pieces))


def test_a_table_cannot_be_broken_out_of() -> None:
    rows = [["a|b\n| c", 12_000], [None, "[x](y)"]]

    shown = markdown_tables([{"title": "Two | rows", "columns": ["what", "many"], "rows": rows, "left_out": 3}])

    assert shown == (
        "\n\n**Two \\| rows**\n\n| what | many |\n| --- | --- |\n| a\\|b \\| c | 12,000 |\n| - | [x] (y) |\n\n3 more"
    )
