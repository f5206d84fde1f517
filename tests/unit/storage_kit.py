"""A small report type in a folder, and a store on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.loader import Library
from assistant.reports.report import Report, sections_of
from assistant.reports.types import Length
from assistant.storage.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
REPORT = """
name: 小报告
groups:
  - name: 基本
    facts:
      - {label: 单位简称, type: text}
      - {label: 年度, type: year}
      - {label: 入伍人数, type: count, measure: 人, measures: [名]}
      - {label: 投入, type: money}
      - label: 民兵分队
        type: table
        columns: [{label: 名称, type: text}, {label: 人数, type: count, measure: 人}]
shapes:
  - key: work
    name: 总结
    document: 总结
    voice: unit
    title: "{{单位简称}}{{年度}}工作总结"
    sections:
      - {key: opening, title: 开头, style: plain, template: s}
      - key: main
        title: 主体
        headings: [主要工作]
        children:
          - {key: enlist, title: 征兵, headings: [抓征兵], style: numbered-runin, template: s, facts: [入伍人数]}
          - {key: militia, title: 民兵, headings: [抓民兵], style: numbered-runin, template: s, facts: [民兵分队]}
"""


def make_library(folder: Path, text: str = REPORT) -> Library:
    for kind in ("sections", "phrases"):
        (folder / "small" / kind).mkdir(parents=True, exist_ok=True)
        (folder / "small" / kind / "s.j2").write_text("完成征兵{{入伍人数}}。", encoding="utf-8")
    (folder / "small" / "report.yaml").write_text(text, encoding="utf-8")
    return Library(folder)


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'nigao.db'}"


def make_store(folder: Path) -> Store:
    return open_store(url_of(folder), make_library(folder / "prompts"))


def make_report(store: Store, unit: str = "清河镇") -> Report:
    kind, shape = store.library.shape("small", "work")
    sheet = FactSheet(kind.facts, {"单位简称": Fact(unit), "年度": Fact(2025)})
    return store.create_report("small", shape, Length.NORMAL, sheet, sections_of(shape, sheet))


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process of this program that runs ``code``; its output is a pipe."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'unit'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
