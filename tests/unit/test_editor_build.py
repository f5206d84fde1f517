"""The editor's built file is what its sources give: told by their digest, and in CI by building it again."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

EDITOR = Path(__file__).resolve().parents[2] / "assistant" / "ui" / "editor"
BUILT = EDITOR / "dist" / "editor.js"


def sources() -> list[str]:
    """As build.mjs lists them."""
    modules = sorted(f"src/{file.name}" for file in (EDITOR / "src").iterdir())
    return ["build.mjs", "package-lock.json", "package.json", *modules]


def test_built_file_names_the_digest_of_its_sources() -> None:
    digest = hashlib.sha256()
    for name in sources():
        digest.update(name.encode() + b"\0" + (EDITOR / name).read_bytes() + b"\0")
    first = BUILT.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"/* sources {digest.hexdigest()} */", "run npm ci && npm run build in assistant/ui/editor"


def test_built_file_fetches_nothing() -> None:
    built = BUILT.read_text(encoding="utf-8")
    # The name of a namespace is no address.
    assert set(re.findall(r"\b(?:https?|wss?)://[\w.-]*", built)) <= {"http://www.w3.org"}
    assert not re.search(r"\b(?:fetch|importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\s*\(", built)
    assert not re.search(r"\bimport\s*\(|\bfrom\s*[\"']", built)


def test_sources_give_the_built_file(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("npm is missing: apt-get install nodejs npm")
        pytest.skip("no npm")
    for name in [*sources(), ".npmrc", "tsconfig.json"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(EDITOR / name, tmp_path / name)
    (tmp_path / "dist").mkdir()
    for command in (["ci", "--no-audit", "--no-fund"], ["run", "check"], ["run", "build"]):
        done = subprocess.run([npm, *command], cwd=tmp_path, capture_output=True, text=True, check=False)
        if command[0] == "ci" and done.returncode and os.environ.get("CI", "").lower() != "true":
            pytest.skip("npm finds no packages here")
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "dist" / "editor.js").read_bytes() == BUILT.read_bytes()
