"""Whoever locks several rows says in which order: two that lock the same rows in different orders wait for ever."""

import ast
import re

from tests.architecture.tree import ROOT

DB = ROOT / "core" / "db"
LOCKS = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+)?(?:UPDATE|SHARE)\b", re.IGNORECASE)
ENDS = re.compile(r';|"{3}|text\(')
BEGINS = re.compile(r"\b(?:SELECT|PERFORM)\b", re.IGNORECASE)
ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
# The key of a balance, which is one row.
ONE_ROW = re.compile(r"WHERE\s+b\.item_id\s*=\s*\S+\s+AND\s+b\.location_id\s*=\s*\S+\s*$", re.IGNORECASE)
# What reads, at most, one row says so in these words.
ONE = ("one_or_none()", ".one()", "self._one(", "transaction.one(", "self._row(", "self._line(")


def unordered_sql(text: str) -> list[str]:
    """The statements of a text that lock rows in whatever order they come."""
    found = list[str]()
    for lock in LOCKS.finditer(text):
        before = ENDS.split(text[: lock.start()])[-1]
        begins = [one.start() for one in BEGINS.finditer(before)]
        statement = before[begins[0] :] if begins else ""
        if begins and not ORDERED.search(statement) and not ONE_ROW.search(statement.rstrip()):
            found.append(" ".join(statement.split())[-100:])
    return found


def unordered_functions(source: str) -> list[str]:
    """The functions that lock rows through the mapper, neither one row nor in an order."""
    found = list[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = ast.unparse(node)
            if "with_for_update(" in body and ".order_by(" not in body and not any(word in body for word in ONE):
                found.append(node.name)
    return found


def test_rows_are_locked_in_an_order_that_is_given() -> None:
    files = sorted((*DB.rglob("*.sql"), *DB.rglob("*.py")))

    assert len(files) > 100
    assert {file.name: found for file in files if (found := unordered_sql(file.read_text(encoding="utf-8")))} == {}
    modules = [file for file in files if file.suffix == ".py"]
    assert {file.name: found for file in modules if (found := unordered_functions(file.read_text("utf-8")))} == {}


def test_a_lock_without_an_order_is_found() -> None:
    assert unordered_sql("x; PERFORM 1 FROM t WHERE t.id = ANY (ids) FOR UPDATE;") != []
    assert unordered_sql("x; PERFORM 1 FROM t WHERE t.id = ANY (ids) ORDER BY t.id FOR UPDATE;") == []
    assert unordered_functions("def f():\n    return session.scalars(select(A).with_for_update()).all()") == ["f"]
