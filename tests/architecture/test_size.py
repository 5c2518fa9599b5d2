"""Files stop at 400 lines, functions at 40 (style 5)."""

import ast

from tests.architecture.tree import at, files, parsed, python_files

FILE_CAP = 400
FUNCTION_CAP = 40


def test_no_source_file_is_longer_than_the_cap() -> None:
    sources = [path for path in files() if path.suffix in {".py", ".sql"}]

    long = [at(path, lines) for path in sources if (lines := path.read_text("utf-8").count("\n")) > FILE_CAP]

    assert long == []


def test_no_function_is_longer_than_the_cap() -> None:
    long = [
        f"{at(path, node.lineno)} {node.name}"
        for path in python_files()
        if "migrations/versions" not in path.as_posix()  # one function makes the tables of a revision (ADR 0006)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_CAP
    ]

    assert long == []
