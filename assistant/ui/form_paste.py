"""粘贴到表格: how pasted columns go to the table's, which cell is wrong, and into the table on confirmation."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assistant.errors import InputError
from assistant.facts.fields import FactField
from assistant.facts.paste import Block, PastedRows, appended, bare_amounts, filled_in, read_block, rows_of
from assistant.facts.pasting import Aside, place
from assistant.facts.sheet import Fact, plain
from assistant.facts.values import Row, table_rows
from assistant.reports.fact_history import FactOrigin
from assistant.reports.report import Report
from assistant.ui.form_commit import entry_of, save
from assistant.ui.form_grids import current, forget_waiting
from assistant.ui.form_regions import entry
from assistant.ui.session import action, desk, generation, renew, tell

_NONE = "不要这一列"
_PREVIEW = 6
_PROBLEMS = 8
#: What amounts stand in.
_UNITS = ("元", "万元")


def paste_box(report: Report, item: FactField) -> None:
    """Closed it is one line; its body is drawn only while it is open."""
    opened = st.expander(
        "粘贴到表格", icon=":material/content_paste:", key=f"paste:{report.id}:{item.label}", on_change="rerun"
    )
    if opened.open:
        with opened:
            _body(report, item)


@dataclass(frozen=True)
class _Landed:
    """Cells that were pasted into the grid. ``why``: what kept them out; ``age``: of the box that shows them."""

    start: str
    why: str
    age: int


@action
def paste_into(report_id: str, told: Mapping[str, Any]) -> None:
    """Cells that were pasted into the grid: into the table, or into 粘贴到表格 where a person has to look first."""
    report = desk().report(report_id)
    item = report.sheet.schema.by_label[told["label"]]
    labels = [column.label for column in item.columns]
    start = labels[min(max(told["column"], 0), len(labels) - 1)]
    rows = table_rows(report.sheet.facts.get(item.label, Fact()).value)
    held = current(report_id, item.label)
    try:
        block = read_block(told["text"], item, start)
    except ValueError as error:
        _set_aside(report_id, item, told, start, str(error))
        return
    if block is None or held is None:
        return
    found = place(block, item, start, len(rows))
    if isinstance(found, Aside):
        _set_aside(report_id, item, told, start, found.why)
        return
    saved = held.grid.paste(told["row"], found.rows, rows)
    if saved is not None:
        entry_ = entry_of(report.sheet.fact(item.label))
        save(report_id, item.label, {**entry_, "value": saved}, FactOrigin.PASTE)
    if found.said:
        tell(found.said, "success")


def _set_aside(report_id: str, item: FactField, told: Mapping[str, Any], start: str, why: str) -> None:
    labels = [column.label for column in item.columns]
    name = _name(report_id, item)
    renew(name)
    state = st.session_state
    # Without their names the cells stay beside the rows that they were pasted beside.
    nameless = labels.index(item.key_column.label) < labels.index(start)
    state[f"{name}:{generation(name)}"] = "\n" * told["row"] * nameless + told["text"]
    state[f"{name}:landed"] = _Landed(start, why, generation(name))
    state[f"paste:{report_id}:{item.label}"] = True


def _name(report_id: str, item: FactField) -> str:
    return f"pasted:{report_id}:{item.label}"


def _body(report: Report, item: FactField) -> None:
    name = _name(report.id, item)
    age = generation(name)
    landed: _Landed | None = st.session_state.get(f"{name}:landed")
    start = ""
    if landed is not None and landed.age == age:
        start = landed.start
        said = f"刚才粘贴的内容还没有放进表里：{landed.why}。请核对下面各列怎么对应，再放进去。"
        st.html(f'<div class="ng-note"><span class="warn">{html.escape(said)}</span></div>')
    text = st.text_area(
        f"粘贴到{item.label}",
        key=f"{name}:{age}",
        placeholder="在 Excel 里选中几列几行（带不带表头都行），复制后粘贴在这里",
        height=120,
        label_visibility="collapsed",
    )
    st.button("看怎么对应", key=f"{name}:look")
    try:
        block = read_block(text or "", item, start)
    except ValueError as error:
        st.html(f'<div class="ng-note"><span class="bad">{html.escape(str(error))}。</span></div>')
        return
    if block is None:
        return
    matched = _matching(block, item, f"{name}:{age}:{hash(text)}")
    units = _units(block, item, matched, f"{name}:{age}:{hash(text)}")
    pasted = rows_of(block, item, matched, {at: unit for at, unit in units.items() if unit})
    _preview(block, matched, pasted)
    _confirm(report, item, matched, pasted, asked=None in units.values())


def _matching(block: Block, item: FactField, name: str) -> list[str]:
    how = "按表头对应" if block.heads else "没有表头，按顺序对应"
    st.html(f'<div class="ng-eyebrow">{how}，不对的可以改：</div>')
    options = [_NONE, *(column.label for column in item.columns)]
    matched: list[str] = []
    with st.container(horizontal=True, key=f"match-{abs(hash(name))}"):
        for place, proposed in enumerate(block.matched):
            head = block.heads[place] if block.heads else (block.rows[0][place] if block.rows else "")
            chosen = st.selectbox(
                f"第{place + 1}列（{head[:8]}）",
                options,
                index=options.index(proposed) if proposed else 0,
                key=f"{name}:{place}",
                width=150,
            )
            matched.append("" if chosen == _NONE else str(chosen))
    return matched


def _units(block: Block, item: FactField, matched: Sequence[str], name: str) -> dict[int, str | None]:
    """Column of the block → what its bare amounts stand in, None before a person has said it."""
    chosen: dict[int, str | None] = {}
    for at in bare_amounts(block, item, matched):
        chosen[at] = st.segmented_control(
            f"“{matched[at]}”没有写单位，按什么算？", _UNITS, key=f"{name}:unit:{at}:{matched[at]}"
        )
    return chosen


def _preview(block: Block, matched: Sequence[str], pasted: PastedRows) -> None:
    # Blank lines only tell beside which rows the others go.
    filled = [(number, cells) for number, cells in enumerate(block.rows, block.first) if any(cells)]
    heads = "".join(f"<th>{html.escape(label) or '—'}</th>" for label in matched)
    lines = "".join(
        f"<tr><td>{number}</td>"
        + "".join(
            f'<td class="{"" if label else "off"}">{html.escape(cell)}</td>'
            for cell, label in zip(cells, matched, strict=True)
        )
        + "</tr>"
        for number, cells in filled[:_PREVIEW]
    )
    st.html(f'<table class="ng-paste"><tr><th>行</th>{heads}</tr>{lines}</table>')
    said = [f"共 {len(filled)} 行" + (f"，这里只列前 {_PREVIEW} 行" if len(filled) > _PREVIEW else "")]
    if pasted.left_out:
        said.append(f"第 {'、'.join(map(str, pasted.left_out))} 行像是合计，没有取")
    st.html(f'<div class="ng-note">{"；".join(said)}。</div>')
    wrong = [html.escape(str(problem)) for problem in pasted.problems]
    if wrong:
        more = [f"还有 {len(wrong) - _PROBLEMS} 处。"] if len(wrong) > _PROBLEMS else []
        lines = "<br>".join([*wrong[:_PROBLEMS], *more])
        st.html(f'<div class="ng-note"><span class="bad">{lines}<br>请在上面改好，再放进表里。</span></div>')


def _confirm(report: Report, item: FactField, matched: Sequence[str], pasted: PastedRows, *, asked: bool) -> None:
    """``asked``: something is to be said first."""
    impossible = asked or bool(pasted.problems) or not pasted.rows
    name = _name(report.id, item)
    with st.container(horizontal=True):
        ways = [("fill", "依次填入已有各行", f"没有“{item.key_column.label}”这一列，按顺序填")]
        if item.key_column.label in matched:
            ways = [
                ("append", "追加到表里", "同名的行更新，其余加在后面"),
                ("replace", "替换整张表", "原有各行都不要了"),
            ]
        for way, label, help_text in ways:
            st.button(
                label, key=f"{name}:{way}", help=help_text, disabled=impossible,
                on_click=entry(_take), args=(report.id, item, pasted.rows, way),
            )  # fmt: skip


@action
def _take(report_id: str, item: FactField, rows: tuple[Row, ...], way: str) -> None:
    fact = desk().report(report_id).sheet.fact(item.label)
    old = table_rows(fact.value)
    try:
        new = {"append": lambda: appended(old, rows, item), "fill": lambda: filled_in(old, rows)}.get(
            way, lambda: list(rows)
        )()
    except ValueError as error:
        raise InputError(f"没有放进“{item.label}”：{error}。", "粘贴的内容还在原处。") from error
    value = [{label: plain(cell) for label, cell in row.items()} for row in new]
    if save(report_id, item.label, {**entry_of(fact), "value": value}, FactOrigin.PASTE) is not None:
        if way == "replace":
            # What waits in the grid belongs to the rows that are gone.
            forget_waiting(report_id, item.label)
        renew(f"{report_id}:{item.label}")
        renew(f"pasted:{report_id}:{item.label}")
