"""The house of DESIGN.md 3: arrows of import run one way, and each heavy library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "assistant"

#: A floor may import from the floors below it and from itself.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "configuration"}),
    frozenset({"facts"}),
    frozenset({"slots"}),
    frozenset({"reports"}),
    frozenset({"drafting", "checks", "document", "intake", "storage"}),
    frozenset({"repair", "rewriting", "extracting"}),
    frozenset(
        {
            "engines",
            "sending",
            "exporting",
            "fittings",
            "fittings_file",
            "typesetting",
            "headless",
            "reviewing",
            "fact_keeping",
            "copies",
            "returning",
            "returned_changes",
            "returned_facts",
            "returned_sections",
            "office",
            "handing_over",
            "moments",
            "bundle",
            "pending",
            "form_counting",
            "form_review",
            "ledger_review",
            "ledger_columns",
            "model_reading",
            "source_reading",
            "intaking",
            "shaping",
            "chatting",
            "revising",
            "outlining",
            "sizing",
            "voicing",
        }
    ),
    frozenset({"desk"}),
    frozenset(
        {
            "ui",
            "cli",
            "cli_audit",
            "cli_batch",
            "cli_extract",
            "cli_files",
            "cli_format",
            "cli_paper",
            "progress",
            "__main__",
        }
    ),
)
#: Rooms of one floor that may not know each other.
APART = FLOORS[4]
HOMES = {
    "streamlit": "ui",
    "openai": "drafting",
    "docx": "document",
    "openpyxl": "intake",
    "opencc": "slots",
    "pypdf": "intake",
    "sqlalchemy": "storage",
    "alembic": "storage",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    """Every dotted module that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            if node.module == "assistant":
                yield from (f"assistant.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_import_runs_back_up(file: Path) -> None:
    here = room(file)
    if here == "__init__":
        return
    for name in imports(file):
        if not name.startswith("assistant."):
            continue
        there = name.split(".")[1]
        assert floor(there) <= floor(here), f"{here} knows {there}, which stands above it"
        assert not (there != here and {here, there} <= APART), f"{here} and {there} stand side by side"


@pytest.mark.parametrize("file", [ROOT / "app.py", ROOT / "start.py", *modules()], ids=lambda file: file.name)
def test_each_library_has_one_home(file: Path) -> None:
    here = room(file) if PACKAGE in file.parents else file.name
    for name in imports(file):
        home = HOMES.get(name.split(".")[0])
        allowed = {home, "app.py"} if home == "ui" else {home}
        assert home is None or here in allowed, f"{file.name} imports {name}, whose home is {home}"


def test_no_circle_among_modules() -> None:
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in modules()}
    graph = {name: {other for other in imports(file) if other in names} for name, file in names.items()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name in done:
            return
        for other in graph[name]:
            walk(other, (*path, name))
        done.add(name)

    for name in graph:
        walk(name, ())


def test_a_report_type_is_no_python() -> None:
    """No label or key of a report type is known to the code of the house, but for those with a meaning of their own."""
    # 自称 is the voice of a unit; 主送机关 is a part of every 公文 (GB/T 9704, 7.3.2) before it is a fact.
    known = {"自称", "主送机关"}
    from assistant.reports.loader import Library

    labels = {label for found in Library().all() for label in found.facts.by_label} - known
    keys = {found.key for found in Library().all()} - {"armed-forces-work"}
    for file in modules():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        texts = {value for value in constants if isinstance(value, str)}
        assert not texts & keys, f"{file}: {texts & keys}"
        assert not {text for text in texts & labels if len(text) > 2}, f"{file}: {texts & labels}"
