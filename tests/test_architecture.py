"""The layers: who may import whom, checked by reading every import, those inside functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "cityplanner"
ROOT = Path(__file__).resolve().parents[1] / PACKAGE
LAYERS = ("base", "model", "store", "planning", "exchange", "reports", "cli", "ui", "__main__")
BESIDE = ({"exchange", "reports"}, {"cli", "ui"})
"""Layers of the same height, which do not know each other."""
ONLY_IN = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "sqlalchemy": {"model", "store"},
    "alembic": {"store"},
    "sqlite3": {"store"},
    "reportlab": {"reports"},
}
DIAGNOSES_QT = {"__main__"}
"""Says which of Qt's libraries are missing, so it has to try one."""
LONGEST_FILE = 400


@dataclass(frozen=True, slots=True)
class Import:
    """One import: by which module, of which, where."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def module_name(root: Path, path: Path) -> str:
    """The dotted name of a file below the package's folder."""
    parts = (PACKAGE, *path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules(root: Path) -> dict[str, ast.Module]:
    """Every module of the package, parsed."""
    return {
        module_name(root, path): ast.parse(path.read_text("utf-8")) for path in sorted(root.rglob("*.py"))
    }


def imports(root: Path) -> Iterator[Import]:
    """Every import of every module, wherever it stands; `from package import module` names the module."""
    known = modules(root)
    for importer, tree in known.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield Import(importer, name.name, node.lineno)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                assert node.level == 0, f"{importer}:{node.lineno} is a relative import"
                for name in node.names:
                    whole = f"{base}.{name.name}"
                    yield Import(importer, whole if whole in known else base, node.lineno)


def layer_of(module: str) -> str:
    """The layer a module of the package belongs to; empty for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def wrong_ways(root: Path) -> list[str]:
    """Imports that run against the layers."""
    found = []
    for one in imports(root):
        if not one.imported.startswith(f"{PACKAGE}."):
            continue
        lower, upper = layer_of(one.imported), layer_of(one.importer)
        if upper not in LAYERS or lower not in LAYERS:
            found.append(f"{one} (unknown layer)")
        elif LAYERS.index(lower) > LAYERS.index(upper) or any({lower, upper} == pair for pair in BESIDE):
            found.append(str(one))
    return found


def strays(root: Path) -> list[str]:
    """Imports of a library outside the layer it belongs to."""
    found = (
        str(one)
        for one in imports(root)
        if (allowed := ONLY_IN.get(one.imported.split(".")[0])) is not None
        and layer_of(one.importer) not in allowed | (DIAGNOSES_QT if "PySide6" in one.imported else set())
        and not _only_for_types(root, one)
    )
    return list(dict.fromkeys(found))


def _only_for_types(root: Path, one: Import) -> bool:
    """Whether an import stands under `if TYPE_CHECKING`: naming a type of what one is handed is no use of it."""
    for node in ast.walk(modules(root)[one.importer]):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            last = node.body[-1].end_lineno or node.body[-1].lineno
            if node.body[0].lineno <= one.line <= last:
                return True
    # A handed-over session may be named as well: the class says what a function takes, it makes no SQL.
    return one.imported == "sqlalchemy.orm" and _names(root, one) <= {"Session"}


def _names(root: Path, one: Import) -> set[str]:
    return {
        name.name
        for node in ast.walk(modules(root)[one.importer])
        if isinstance(node, ast.ImportFrom) and node.lineno == one.line
        for name in node.names
    }


def knots(root: Path) -> list[list[str]]:
    """Groups of modules that import each other in a circle (Tarjan's strongly connected components)."""
    known = modules(root)
    graph: dict[str, set[str]] = {name: set() for name in known}
    for one in imports(root):
        if one.imported in known and one.imported != one.importer:
            graph[one.importer].add(one.imported)
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in graph[name]:
            if other not in index:
                visit(other)
            if other in stack:
                low[name] = min(low[name], low[other])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in graph:
        if name not in index:
            visit(name)
    return found


def without_docstring(root: Path) -> list[str]:
    """Modules that do not say what they are for; an `__init__` may be empty."""
    return [name for name, tree in modules(root).items() if tree.body and not ast.get_docstring(tree)]


def too_long(root: Path) -> list[str]:
    """Files of more lines than anybody reads; migrations only list columns."""
    return [
        f"{path.relative_to(root)}: {lines}"
        for path in sorted(root.rglob("*.py"))
        if "migrations" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    ]


def test_imports_run_one_way_through_the_layers() -> None:
    assert wrong_ways(ROOT) == []


def test_qt_sql_and_reportlab_stay_in_their_layers() -> None:
    assert strays(ROOT) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert knots(ROOT) == []


def test_every_module_says_what_it_is_for() -> None:
    assert without_docstring(ROOT) == []


def test_no_file_is_too_long_to_read() -> None:
    assert too_long(ROOT) == []


PLANTED = {
    "base/low.py": '"""Low."""\n\n\ndef f():\n    from cityplanner.store import high\n',
    "store/high.py": '"""High."""\nimport cityplanner.base.low\n',
    "planning/sums.py": '"""Sums."""\nfrom sqlalchemy import select\n',
    "exchange/cards.py": '"""Cards."""\nfrom cityplanner.reports import paper\n',
    "reports/paper.py": '"""Paper."""\nimport PySide6.QtGui\n',
    "model/thing.py": '"""Thing."""\nimport reportlab\n',
    "cli/run.py": '"""Run."""\n\n\ndef run():\n    import cityplanner.ui.window\n',
    "ui/window.py": "import os\n" * 401,
    "ui/query.py": '"""Query."""\nfrom sqlalchemy.orm import Session, aliased\n',
    "elsewhere/odd.py": '"""Odd."""\nfrom cityplanner.base import low\n',
}


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A package that breaks every rule."""
    for name, text in PLANTED.items():
        path = tmp_path / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / PACKAGE


def test_planted_imports_against_the_layers_are_found(planted: Path) -> None:
    assert wrong_ways(planted) == [
        "cityplanner.base.low:5 imports cityplanner.store.high",
        "cityplanner.cli.run:5 imports cityplanner.ui.window",
        "cityplanner.elsewhere.odd:2 imports cityplanner.base.low (unknown layer)",
        "cityplanner.exchange.cards:2 imports cityplanner.reports.paper",
    ]


def test_planted_libraries_outside_their_layer_are_found(planted: Path) -> None:
    assert strays(planted) == [
        "cityplanner.model.thing:2 imports reportlab",
        "cityplanner.planning.sums:2 imports sqlalchemy",
        "cityplanner.reports.paper:2 imports PySide6.QtGui",
        "cityplanner.ui.query:2 imports sqlalchemy.orm",
    ]


def test_a_planted_circle_is_found_although_one_half_hides_in_a_function(planted: Path) -> None:
    assert knots(planted) == [["cityplanner.base.low", "cityplanner.store.high"]]


def test_a_planted_file_without_docstring_and_of_great_length_is_found(planted: Path) -> None:
    assert without_docstring(planted) == ["cityplanner.ui.window"]
    assert too_long(planted) == ["ui/window.py: 401"]
