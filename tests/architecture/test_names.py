"""Where things stand and what they are called (style 4, 42 and design.md)."""

from tests.architecture.tree import PACKAGES, ROOT, at, python_files

TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "docs",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "Makefile",
    "build",
    "dist",
}
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def test_the_top_level_holds_only_what_the_design_lists() -> None:
    visible = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".") and entry.name != "__pycache__"}

    assert visible - TOP_LEVEL == set()


def test_every_folder_with_python_is_a_package() -> None:
    bare = {path.parent for path in python_files() if not (path.parent / "__init__.py").exists()}

    assert sorted(str(folder.relative_to(ROOT)) for folder in bare) == []


def test_no_module_or_folder_has_a_vague_name() -> None:
    vague = [at(path, 1) for path in python_files() if VAGUE & {path.stem, path.parent.name}]

    assert vague == []


def test_no_file_of_the_console_hides_one_of_our_packages() -> None:
    taken = {*PACKAGES, "tests", "pages"}

    hiding = [at(path, 1) for path in python_files("ui/console") if {path.stem, path.parent.name} & taken]

    assert hiding == []
