"""The documentation knows every error code, setting, command, invariant and word of the field, and has no dead link."""

import ast
import re
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from core.config import Environment
from core.db.laws import AUDIT_CHAIN, INVARIANTS
from core.domain.approval import ApprovalState
from core.domain.cases import CaseState, ExceptionType
from core.domain.plans import Resolution
from core.domain.proposals import MessageState
from core.domain.users import Role
from core.services.execution import ExecutionState
from tests.architecture.tree import PACKAGES, ROOT, files, parsed, python_files
from ui.cli.main import app

PAGES = [path for path in files() if path.suffix == ".md" and path.parts[len(ROOT.parts)] not in {*PACKAGES, "tests"}]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE_WORD = re.compile(r"[a-z]+(_[a-z]+)+")
_VARIABLE = re.compile(r"\b(?:EXPEDITER|OPENAI|DATABASE_URL)(?:_[A-Z]+)*\b(?<!EXPEDITER)")
_FOR_MAKE = ("PACK", "PYTHON", "ARGS", "UPGRADE")
_CODE_POSITION = {"ApiError": 1, "CompletionError": 1, "problem": 1, "refuse": 1, "ClientError": 0}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first_cells(text: str) -> set[str]:
    """What stands in backquotes in the first column of the tables of a page."""
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def codes_in(tree: ast.Module) -> set[str]:
    """The codes of error classes (`code = "..."`) and of the errors that are given theirs where they are raised."""
    found: list[ast.expr | None] = []
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef():
                for part in node.body:
                    targets = part.targets if isinstance(part, ast.Assign) else [getattr(part, "target", None)]
                    if any(isinstance(target, ast.Name) and target.id == "code" for target in targets):
                        found.append(getattr(part, "value", None))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="_OWN_CODE"), attr="get"), args=[_, otherwise]):
                found.append(otherwise)
            case ast.Call() if (at := _CODE_POSITION.get(called(node))) is not None and len(node.args) > at:
                found.append(node.args[at])
            case ast.Call():
                found.extend(given.value for given in node.keywords if given.arg == "code")
            case ast.AnnAssign(target=ast.Name(id="_OWN_CODE"), value=ast.Dict(values=values)):
                found.extend(values)
    texts = {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if _CODE_WORD.fullmatch(text) or text in {"conflict", "halted"}}


def commands(group: object, name: str) -> dict[str, TyperCommand]:
    """Every command by its full name, those of groups included."""
    if isinstance(group, TyperGroup):
        parts = [commands(part, f"{name} {word}") for word, part in group.commands.items()]
        return {full: command for part in parts for full, command in part.items()}
    assert isinstance(group, TyperCommand)
    return {name: group}


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_error_code_is_explained_and_no_other() -> None:
    codes = set[str]().union(*(codes_in(parsed(path)) for path in python_files(*PACKAGES)))

    assert first_cells(page("docs/errors.md")) == codes


def test_every_setting_is_explained() -> None:
    explained = first_cells(page("docs/configuration.md"))
    named = {name for path in python_files(*PACKAGES) for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}

    assert {*named, *(name.upper() for name in Environment.model_fields)} == explained - set(_FOR_MAKE)


def test_every_invariant_is_explained_in_its_own_words() -> None:
    text = page("docs/invariants.md")

    missing = [law.name for law in (*INVARIANTS.values(), AUDIT_CHAIN) if f"| {law.name} | {law.says} |" not in text]

    assert missing == []


@pytest.mark.parametrize("words", [ExceptionType, Resolution], ids=lambda words: words.__name__)
def test_every_code_of_the_field_has_a_row_in_the_glossary(words: type[ExceptionType] | type[Resolution]) -> None:
    text = page("docs/glossary.md")

    assert [word.value for word in words if f"\n| {word.value} | " not in text] == []


@pytest.mark.parametrize(
    "words", [CaseState, ApprovalState, ExecutionState, MessageState, Role], ids=lambda words: words.__name__
)
def test_every_state_and_role_is_in_the_glossary(words: type[CaseState] | type[Role]) -> None:
    text = page("docs/glossary.md")

    assert [word.value for word in words if f"`{word.value}`" not in text] == []


def test_every_command_and_option_is_explained() -> None:
    text, found = page("docs/cli.md"), commands(get_command(app), "expediter")

    assert [name for name in found if f"\n| `{name}" not in text] == []
    options = {
        option for command in found.values() for one in command.params for option in one.opts if option[0] == "-"
    }
    assert [option for option in sorted(options - {"--help"}) if not re.search(rf"`{option}[`\s]", text)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_named_in_pages_exist(path: Path) -> None:
    known = commands(get_command(app), "expediter")
    known_groups = {name.rsplit(" ", 1)[0] for name in known} - {"expediter"}
    named = re.findall(
        r"(?:^|`|bin/)(expediter ([a-z][a-z-]*)(?: [a-z]+)?)", path.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert [name for name, word in named if not {name, f"expediter {word}"} & {*known, *known_groups}] == []


def test_every_make_target_is_named() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", page("Makefile"), re.MULTILINE)
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)

    assert [target for target in targets if f"`make {target}" not in text and f"\nmake {target}" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    dead: list[str] = []
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)

    assert dead == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_named_in_backquotes_exist(path: Path) -> None:
    named = re.findall(rf"`((?:{'|'.join(PACKAGES)}|docs|tests|\.ci)/[\w./-]*)`", path.read_text(encoding="utf-8"))

    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda path: path.stem)
def test_every_decision_record_is_numbered_and_complete(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.startswith(f"# {path.name[:4]}. ")
    assert [part for part in ("Context", "Decision", "Consequences", "Alternatives") if f"## {part}" not in text] == []
