"""What is to be said of a file besides its finds: who reported what, what was no fact, what must not slip in."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from assistant.checks.finding import Finding
from assistant.checks.leftovers_passages import PassageFinding
from assistant.intake.found import Notice
from assistant.intake.source_year import year_question
from assistant.pending import Offer, Pending
from assistant.reports.report import Report
from assistant.ui.import_hidden import hidden_rows_of
from assistant.ui.import_questioned import questioned_of
from assistant.ui.import_shape import shape_of_file
from assistant.ui.import_units import units_of
from assistant.ui.import_words import own_words
from assistant.ui.session import action, desk
from assistant.ui.twins import side_by_side

_NOTICES = {
    "scrap": "网页杂质", "blank": "空白待填", "slip": "疑似错字", "marker": "多余符号", "unread": "没有读",
    "choice": "请选择", "last-year": "别的年份",
}  # fmt: skip
_SHOWN = 60
#: Passages that are shown beside those of other reports.
_TWINS = 8


@action
def _reassign(import_id: str) -> None:
    desk().reassign(import_id)


def told_of(report: Report, pending: Pending, offers: Sequence[Offer]) -> None:
    """All of it, each behind a line to open."""
    found = pending.extraction
    assert found is not None
    units_of(report, pending)
    if pending.content.kind == "ledger":
        hidden_rows_of(report, pending)
        questioned_of(report, pending)
        left_out = [html.escape(one.message) for one in found.notices if one.kind == "untaken"]
        if left_out:
            st.html(
                f'<div class="ng-units"><span class="warn">{"<br>".join(left_out)}。</span>要取，请重新指定。</div>'
            )
        st.button("重新指定各列是什么", key="reassign", type="tertiary", on_click=_reassign, args=(pending.id,))
    listed = {offer.number for offer in offers}
    hidden = [fact.label for number, fact in enumerate(found.facts) if number not in listed and fact.label]
    if hidden and (pending.content.aim or year_question(found, report.sheet) is None):
        names = "、".join(dict.fromkeys(hidden))
        st.html(f'<div class="ng-eyebrow">去年的文字、日期等 {len(hidden)} 项没有列出：{html.escape(names)}。</div>')
    notices = [one for one in found.notices if one.kind != "untaken"]
    if notices:
        unread = sum(one.kind == "unread" for one in notices)
        of_them = f"，其中 {unread} 处没有读" if unread else ""
        with st.expander(f"没有当作事实、但应当知道的 {len(notices)} 处{of_them}"):
            _lines([(_NOTICES[one.kind], one.place, _said(one)) for one in notices[:_SHOWN]], len(notices))
    left = desk().leftovers(report, pending)
    twins = [finding for finding in left if isinstance(finding, PassageFinding)]
    if left:
        with st.expander(f"残留检查：有 {len(left)} 处不能照搬进今年的稿子"):
            _lines([("", _paragraph(found.text, one.start), _left(one)) for one in left[:_SHOWN]], len(left))
            own_words("found")
    if twins:
        with st.container(key="found-twins"):
            st.html(f'<div class="ng-units">有 {len(twins)} 段和列表里的报告几乎相同：</div>')
            for finding in twins[:_TWINS]:
                side_by_side(finding, "这份材料")
    shape_of_file(report, pending)


def _said(notice: Notice) -> str:
    """What a notice says behind its place: neither the place nor the words again that it names itself."""
    message = notice.message.removeprefix(notice.place).lstrip() if notice.place else notice.message
    quote = notice.quote.strip()
    return f"{message}　“{quote}”" if quote and quote not in message else message


def _left(one: Finding) -> str:
    """A leftover's message, with the words that it is about where it does not begin with them."""
    words = " ".join(one.excerpt.split())
    return one.message if one.message.startswith(f"“{words[:8]}") else f"“{words[:40]}”：{one.message}"


def _paragraph(text: str, start: int) -> str:
    """The place as finds have it: paragraphs with anything in them are counted."""
    return f"第 {sum(1 for line in text[:start].split(chr(10))[:-1] if line.strip()) + 1} 段"


def _lines(lines: Sequence[tuple[str, str, str]], total: int) -> None:
    cells = "".join(
        f"<tr><td>{html.escape(one)}</td><td>{html.escape(place)}</td><td>{html.escape(said)}</td></tr>"
        for one, place, said in lines
    )
    more = f'<div class="ng-note">另有 {total - len(lines)} 处没有列出。</div>' if total > len(lines) else ""
    st.html(f'<table class="ng-lines">{cells}</table>{more}')
