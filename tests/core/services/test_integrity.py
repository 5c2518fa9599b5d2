"""Every command that changes the books is carried out once under its key; no service forgets it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import core.services

ONCE = "uow.commands.once(command.key, command, "
# Part of a service that carries the command out once: a correction within a count.
PARTS = ["adjusting.corrected"]
SOURCES = sorted(Path(core.services.__file__).parent.rglob("*.py"))
DOMAIN = sorted((Path(core.services.__file__).parents[1] / "domain").rglob("*.py"))


def keyed_commands() -> set[str]:
    """The names of all dataclasses that begin with a key."""
    trees = [ast.parse(path.read_text()) for path in (*SOURCES, *DOMAIN)]
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    return {node.name for node in classes if "key: str" in [ast.unparse(part) for part in node.body]}


def services() -> Iterator[tuple[str, str, str]]:
    """Every public function that takes a command: its name, the command's type and its text with what it calls."""
    for path in SOURCES:
        functions = {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
        for node in functions.values():
            if not node.name.startswith("_"):
                for argument in node.args.args:
                    if argument.arg == "command" and argument.annotation is not None:
                        yield f"{path.stem}.{node.name}", ast.unparse(argument.annotation), text_of(node, functions)


def text_of(node: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> str:
    """The function, and the private one of its module that it hands the command to."""
    text = ast.unparse(node)
    handed = [one for name, one in functions.items() if name.startswith("_") and f"return {name}(uow, command" in text]
    return "\n".join([text, *(ast.unparse(one) for one in handed)])


def test_every_service_that_takes_a_key_is_carried_out_once_under_it() -> None:
    keyed = keyed_commands()
    taking = [(name, text) for name, command, text in services() if command in keyed]

    assert len(taking) >= 60
    assert [name for name, text in taking if ONCE not in text] == PARTS
