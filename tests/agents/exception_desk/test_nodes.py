"""What the code of the nodes may and may not hold, read from its source."""

import ast
import inspect

from agents.exception_desk import advice_by_model, advice_by_rules, facts, findings, graph, nodes, services, state

MODULES = (advice_by_model, advice_by_rules, facts, findings, graph, nodes, services, state)


def test_the_interrupt_node_holds_the_interrupt_and_nothing_else() -> None:
    function = ast.parse(inspect.getsource(nodes.await_decision)).body[0]
    assert isinstance(function, ast.FunctionDef)
    docstring, body = function.body

    called = [node.func for node in ast.walk(body) if isinstance(node, ast.Call)]
    assert isinstance(docstring, ast.Expr)
    assert isinstance(body, ast.Return)
    assert [ast.unparse(function).split(".")[-1].split("(")[0] for function in called] == ["model_dump", "interrupt"]
    assert [argument.arg for argument in function.args.args + function.args.kwonlyargs] == ["state"]


def test_there_is_one_interrupt_in_the_whole_desk() -> None:
    calls = [
        node
        for module in MODULES
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "interrupt"
    ]

    assert len(calls) == 1


def test_no_module_of_the_desk_knows_execution_or_approvals() -> None:
    imported = {
        alias
        for module in MODULES
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        for alias in _imported(node)
    }

    assert not [name for name in imported if name.startswith(("core.services", "core.db", "core.bootstrap"))]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
