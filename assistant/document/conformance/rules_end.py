"""附件说明 (7.3.4), 落款 (7.3.5), 附件 (7.3.7), 版记 (7.4)."""

from __future__ import annotations

import re

from assistant.document.conformance.finding import Reporter
from assistant.document.conformance.fonts import check_emphasis, check_size, check_text
from assistant.document.conformance.model import Document, Para, width
from assistant.document.conformance.rules_body import check_sequence
from assistant.document.conformance.rules_front import gap
from assistant.document.conformance.structure import Part, Structure

_DATE = re.compile(r"^\d{4}年[1-9]\d?月[1-9]\d?日$")
_SLACK = 0.6
#: A name wider than this has no room for the places of the standard.
_TOO_WIDE = 24.0


def check_end(report: Reporter, document: Document, found: Structure) -> None:
    """Everything below the text."""
    _attachment_note(report, document, found)
    _closing(report, document, found)
    for part in found.attachments:
        _attachment(report, document, part)
    _imprint(report, found)


# ---- 附件说明


def _attachment_note(report: Reporter, document: Document, found: Structure) -> None:
    lines = found.attachment_note
    if not lines:
        return
    rules = report.profile.attachments
    first = lines[0]
    for para in lines:
        check_text(report, para, "attachment_note", "attachment_note")
        if para.text[-1:] in "。；，、.;,":
            report.check("attachment_form", "attachment_note.end", "附件名称后不加标点", f"“{para.text[-1]}”", para)
    if not re.match("^附件：", first.text):
        report.check("attachment_form", "attachment_note.label", "“附件：”", f"“{first.text[:4]}”", first)
    numbers = [re.match(r"^(?:附\s*件\s*[：:]\s*)?(\d+)([.．、)）])?", para.text) for para in lines]
    if len(lines) == 1 and numbers[0] is not None and numbers[0].group(2):
        report.check("attachment_form", "attachment_note.number", "只有一个附件不编号", numbers[0].group(), first)
    for para, number in zip(lines, numbers, strict=True):
        if number is not None and number.group(2) not in (None, "."):
            report.check("attachment_form", "attachment_note.number", "序号用“1.”", number.group(), para)
    layout = first.layout
    begin = first.chars(layout.left) + first.chars(layout.first) + first.leading
    if layout.align in ("center", "right") or abs(begin - rules.note_left.value) > 0.3:
        report.tell(
            "attachment_note.indent", rules.note_left, f"左空{rules.note_left.value:g}字", f"左空{begin:.1f}字", first
        )
    above = found.body.items[-1][0] if found.body.items else None
    if above is not None and not _table_between(document, above, first):
        lines_between = gap(document, above, first)
        if abs(lines_between - rules.note_blank.value) > 0.5:
            expected = f"正文下空{rules.note_blank.value}行"
            report.tell("attachment_note.place", rules.note_blank, expected, f"空{lines_between:.0f}行", first)


def _table_between(document: Document, above: Para, below: Para) -> bool:
    """Numbers count paragraphs in tables too: a jump in them is a table."""
    outside = sum(1 for para in document.paras if above.number < para.number < below.number)
    return below.number - above.number - 1 > outside


# ---- 落款


def _closing(report: Reporter, document: Document, found: Structure) -> None:
    date, names = found.date, found.signature
    for para in (*names, *((date,) if date else ())):
        key = "date" if para is date else "signature"
        check_text(report, para, key, key)
        check_emphasis(report, para, key)
    if date is not None:
        said = date.text.replace(" ", "").replace("\u3000", "")
        if not _DATE.match(said):
            report.check("date_form", "date.form", "如“2026年7月1日”", date.text, date)
    _places(report, found)
    above = (found.attachment_note or [para for para, _ in found.body.items])[-1:]
    first = (*names, *((date,) if date else ()))[:1]
    if above and first and not _table_between(document, above[0], first[0]):
        between = gap(document, above[0], first[0])
        rules = report.profile.closing
        if between < 0.5:
            expected = f"正文下空{rules.unsealed_blank.value}行"
            report.tell("closing.place", rules.unsealed_blank, expected, "没有空行", first[0])
    if names and date is not None and gap(document, names[-1], date) > 0.5:
        report.tell("date.place", report.profile.closing.unsealed_shift, "署名下一行", "中间有空行", date)


def right_gap(report: Reporter, para: Para) -> float | None:
    """How many 字 stand free to the right of a line; None where tabs place it."""
    text = para.raw.rstrip("\n")
    if "\t" in text:
        return None
    total = report.profile.grid.columns.value
    layout = para.layout
    left = para.chars(layout.left) + para.chars(layout.first)
    right = para.chars(layout.right)
    shown = width(text)
    ends = width(text[len(text.rstrip(" \u3000")) :])
    if layout.align == "right":
        return right + ends
    if layout.align == "center":
        return (total - left - right - shown) / 2 + right + ends
    return total - left - shown + ends


def _places(report: Reporter, found: Structure) -> None:
    rules, date = report.profile.closing, found.date
    name = found.signature[-1] if found.signature else None
    total = report.profile.grid.columns.value
    date_gap = right_gap(report, date) if date is not None else None
    name_gap = right_gap(report, name) if name is not None else None
    if date is None or date_gap is None:
        if name is not None and name_gap is not None and width(name.text) < _TOO_WIDE and name_gap > 12:
            report.tell("signature.place", rules.unsealed_right, "右空二字", f"右空{name_gap:.1f}字", name)
        return
    if name is None:
        if min(abs(date_gap - rules.unsealed_right.value), abs(date_gap - rules.sealed_right.value)) > _SLACK:
            report.tell("date.place", rules.unsealed_right, "右空二字（有印章时四字）", f"右空{date_gap:.1f}字", date)
        return
    if name_gap is None or max(width(line.text) for line in found.signature) > _TOO_WIDE:
        return
    named, dated = width(name.text), width(date.text)
    middle = (name_gap + named / 2) - (date_gap + dated / 2)
    if abs(date_gap - rules.sealed_right.value) <= _SLACK and abs(middle) <= _SLACK:
        return
    # A name too wide to be centred on a date four 字 from the margin ends at the margin, the date in its middle.
    if named > dated + 2 * rules.sealed_right.value and abs(name_gap) <= _SLACK and abs(middle) <= _SLACK:
        return
    shift = (total - date_gap - dated) - (total - name_gap - named)
    right = date_gap if dated > named else name_gap
    if abs(right - rules.unsealed_right.value) <= _SLACK and abs(shift - rules.unsealed_shift.value) <= _SLACK:
        return
    if abs(date_gap - rules.sealed_right.value) <= _SLACK:
        found_ = f"署名偏{abs(middle):.1f}字"
        report.tell("signature.place", rules.sealed_right, "署名以成文日期为准居中", found_, name)
        return
    if abs(right - rules.unsealed_right.value) > _SLACK:
        which, para = ("日期", date) if dated > named else ("署名", name)
        report.tell("closing.right", rules.unsealed_right, f"{which}右空二字", f"右空{right:.1f}字", para)
    if abs(shift - rules.unsealed_shift.value) > _SLACK:
        said = f"右移{shift:.1f}字" if shift >= 0 else f"左移{-shift:.1f}字"
        report.tell("date.place", rules.unsealed_shift, "首字比署名首字右移二字", said, date)


# ---- 附件


def _attachment(report: Reporter, document: Document, part: Part) -> None:
    label = part.label
    if label is None:
        return
    before = [para for para in document.paras if para.number < label.number]
    new_page = label.layout.page_break_before or label.starts_page
    for para in reversed(before):
        new_page = new_page or para.ends_page or para.starts_page or para.section != label.section
        if para.text:
            break
    if not new_page:
        report.check("attachment_page", "attachment.page", "附件另面编排", "接在正文之后", label)
    style = report.profile.styles["attachment_label"]
    check_text(report, label, "attachment_label", "attachment")
    indent = label.chars(label.layout.left) + label.chars(label.layout.first) + label.leading
    if label.layout.align in ("center", "right") or abs(indent) > 0.3:
        report.tell("attachment.indent", style.first_line, "顶格", f"左空{indent:.1f}字", label)
    for para in part.title:
        if para.layout.align != "center":
            report.tell("attachment.title", report.profile.styles["attachment_title"].align, "标题居中", "未居中", para)
    if part.title:
        rule = report.profile.attachments.title_blank
        between = gap(document, label, part.title[0])
        if abs(between - rule.value) > 0.5:
            report.tell("attachment.place", rule, "标题在版心第三行", f"第{between + 2:.0f}行", part.title[0])
    check_sequence(report, part)


# ---- 版记


def _imprint(report: Reporter, found: Structure) -> None:
    style, rules = report.profile.styles["imprint"], report.profile.imprint
    for para in found.imprint:
        check_text(report, para, "imprint", "imprint", size=False)
        check_size(report, para, style, "imprint", para.spans)
        indent = para.chars(para.layout.left) + min(0.0, para.chars(para.layout.first)) + para.leading
        if abs(indent - rules.side.value) > 0.3:
            report.tell("imprint.indent", rules.side, f"左空{rules.side.value:g}字", f"左空{indent:.1f}字", para)
        if re.match("^抄\\s*送", para.text):
            if not para.text.endswith("。"):
                report.check("copies_end", "imprint.copies", "末尾标句号", f"“{para.text[-1]}”", para)
            if not re.match("^抄送：", para.text):
                report.check("halfwidth", "imprint.colon", "“抄送：”", f"“{para.text[:3]}”", para)
        elif re.search(r"年0\d月|月0\d日", para.text):
            report.check("date_form", "imprint.date", "月、日不编虚位", para.text, para)
    table = found.imprint_table
    if table is not None:
        want = round(rules.edge.twips / 20 * 8)
        if abs(table.edge - want) > 2:
            said = f"{table.edge / 8:g}磅" if table.edge else "没有分隔线"
            report.tell("imprint.rule", rules.edge, f"首末分隔线{rules.edge.value:g}mm", said, found.imprint[0])
