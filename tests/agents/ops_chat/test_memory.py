"""What a conversation is about: kept as JSON values, and back."""

import json

from agents.ops_chat.books import Shelf, named_in
from agents.ops_chat.memory import MOST_LISTED, after, kept, recalled
from agents.ops_chat.names import Kind, book_of
from agents.ops_chat.understood import Memory
from tests.agents.ops_chat.chats import KNOWN

BOOK = book_of(named_in(KNOWN))


def test_what_was_named_and_listed_is_remembered_as_json() -> None:
    memory = after(Memory(), named=("why is SO-1042/2 late?", "GULF"), listed=("CASE-1", "CASE-2"), book=BOOK)

    again = recalled(json.loads(json.dumps(kept(memory))))

    assert (again.last[Kind.ORDER].value, again.last[Kind.ORDER].line) == ("SO-1042", 2)
    assert again.last[Kind.SUPPLIER].value == "GULF"
    assert again.listed == ("CASE-1", "CASE-2")


def test_an_answer_without_a_list_leaves_the_last_one_standing() -> None:
    listed = Memory(listed=("CASE-1",))

    assert after(listed, named=(), listed=(), book=BOOK).listed == ("CASE-1",)


def test_a_list_is_remembered_as_far_as_it_is_shown() -> None:
    many = tuple(f"CASE-{number}" for number in range(50))

    assert len(after(Memory(), named=(), listed=many, book=BOOK).listed) == MOST_LISTED


def test_what_an_older_program_kept_is_forgotten() -> None:
    assert recalled({"last": {"planet": {"value": "Mars", "line": None}}}) == Memory()


def test_the_book_is_made_once_for_the_same_names() -> None:
    shelf = Shelf()

    assert shelf.book(KNOWN) is shelf.book(KNOWN)
    assert {mention.value for mention in shelf.book(KNOWN).find([])} == set()
