"""版头 (7.2), title (7.3.1), the name under it, 主送机关 (7.3.2)."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.document.conformance.finding import Reporter
from assistant.document.conformance.fonts import accepted, check_emphasis, check_text, expected_font
from assistant.document.conformance.model import Document, Para, Span, is_hanzi, width
from assistant.document.conformance.rules_page import pitch
from assistant.document.conformance.structure import Structure

_NUMBER = re.compile(r"^[^\s〔]+〔\d{4}〕[1-9]\d*号$")
_ANY_NUMBER = re.compile(r"\S*?[〔\[［（(【]\s*\d{2,4}\s*[〕\]］）)】]\s*第?\s*\d+\s*号")
_UPWARDS = ("报告", "请示")
_MARKS_END = "。，、；：！？,.;:!?"
_OPENING, _CLOSING = "《“（〔【", "》”）〕】"
_UNITS = "年月日号%％万亿元人名个次届度周第期季"


def gap(document: Document, above: Para, below: Para) -> float:
    """Empty lines between two paragraphs, spacing counted in lines."""
    between = [para for para in document.paras if above.number < para.number < below.number and not para.drawing]
    lines = above.layout.after + below.layout.before
    unit = pitch(document, below) or 580
    total = lines / unit
    for para in between:
        high = pitch(document, para) or unit
        total += (high + para.layout.before + para.layout.after) / unit
    return total


def check_front(report: Reporter, document: Document, found: Structure) -> None:
    """Everything above the text."""
    _head(report, document, found)
    _title(report, document, found)
    for para in found.byline:
        _byline(report, para)
    _addressee(report, found)


# ---- 版头


def _head(report: Reporter, document: Document, found: Structure) -> None:
    if found.number is None:
        return
    rules, profile = report.profile.head, report.profile
    number = found.number
    match = _ANY_NUMBER.search(number.text)
    said = match.group() if match else number.text
    if not _NUMBER.match(said):
        report.check("number_form", "head.number", "如“清党〔2026〕5号”", said, number)
    signed = [para for para in found.head if re.search(r"签\s*发\s*人", para.text)]
    upwards = "".join(para.text for para in found.title).endswith(_UPWARDS)
    if upwards and not signed:
        report.tell("head.signer", rules.signer_side, "上行文标注签发人", "没有签发人", number)
    for para in signed:
        _signers(report, para)
    mark = [para for para in found.head if para is not number and para.size >= 20]
    for para in mark:
        if para.layout.align != "center":
            report.tell("head.mark.align", profile.styles["head_mark"].align, "居中", "未居中", para)
        check_text(report, para, "head_mark", "head.mark", size=False)
        if any(span.format.color != rules.color.value for span in para.spans if span.text.strip()):
            colors = "、".join(dict.fromkeys(span.format.color for span in para.spans if span.text.strip()))
            report.tell("head.mark.color", rules.color, "红色", colors.replace("auto", "黑色"), para)
    below = [para for para in document.paras if number.number < para.number < _first(found)]
    lines = [para.layout.rule_below for para in (*found.head, *below) if para.layout.rule_below]
    if not lines and not any(para.drawing for para in (*found.head, *below)):
        report.tell("head.rule", rules.rule_color, "发文字号之下有红色分隔线", "没有分隔线", number)
    elif lines and rules.rule_color.value not in lines:
        report.tell("head.rule", rules.rule_color, "红色分隔线", "、".join(lines).replace("AUTO", "黑色"), number)
    if not signed and number.layout.align != "center":
        report.tell("head.number.align", profile.styles["head_number"].align, "居中", "未居中", number)
    check_text(report, number, "head_number", "head.number", [s for s in number.spans if s.text.strip() in said])
    if found.title:
        lines_between = gap(document, number, found.title[0])
        if abs(lines_between - rules.blank_before_title.value) > 0.6:
            expected = f"红线下空{rules.blank_before_title.value}行"
            report.tell("title.place", rules.blank_before_title, expected, f"空{lines_between:.0f}行", found.title[0])


def _first(found: Structure) -> int:
    return found.title[0].number if found.title else 0


def _signers(report: Reporter, para: Para) -> None:
    style = report.profile.styles["signer"]
    good = accepted(report.profile, "signer")
    name_begins = re.search(r"签\s*发\s*人\s*[：:]?", para.raw)
    if name_begins is None:
        return
    if "：" not in name_begins.group():
        report.tell(
            "head.signer.colon", report.profile.head.signer_side, "“签发人”后标全角冒号", name_begins.group(), para
        )
    position = 0
    for span in para.spans:
        end = position + len(span.text)
        shown = span.text[max(0, name_begins.end() - position) :]
        if end > name_begins.end() and any(map(is_hanzi, shown)) and not good(span.format.east_asia):
            expected = f"姓名用{expected_font(report.profile, 'signer')}"
            report.tell("head.signer.font", style.font, expected, span.format.east_asia or "未指定", para)
        position = end


# ---- title


def _title(report: Reporter, document: Document, found: Structure) -> None:
    if not found.title:
        return
    style, rules = report.profile.styles["title"], report.profile.title
    names = {"left": "居左", "right": "居右", "both": "两端对齐", "distribute": "分散对齐"}
    for para in found.title:
        check_text(report, para, "title", "title")
        check_emphasis(report, para, "title")
        layout = para.layout
        if layout.align != "center":
            report.tell("title.align", style.align, "居中", names.get(layout.align, layout.align), para)
        elif abs(para.chars(layout.left) + para.chars(layout.first) - para.chars(layout.right)) > 0.3:
            report.tell("title.indent", style.first_line, "无缩进", "有缩进，不居中", para)
    last = found.title[-1]
    if last.text[-1:] in _MARKS_END:
        report.check("title_end", "title.end", "标题末尾不加标点", f"“{last.text[-1]}”", last)
    lines = [line.strip() for para in found.title for line in para.text.split("\n") if line.strip()]
    _shape(report, lines, found.title[0])
    if found.number is None and not found.head:
        above = [para for para in document.paras if para.number < found.title[0].number and not para.drawing]
        if above:
            report.check("title_place", "title.place", "从版心第一行起", f"前面空{len(above)}行", found.title[0])
    if found.addressee is not None:
        below = (found.byline or found.title)[-1]
        between = gap(document, below, found.addressee)
        if abs(between - rules.blank_after.value) > 0.5:
            expected = f"标题下空{rules.blank_after.value}行"
            report.tell("addressee.place", rules.blank_after, expected, f"空{between:.0f}行", found.addressee)


def _shape(report: Reporter, lines: list[str], para: Para) -> None:
    rules = report.profile.title
    narrow = rules.narrow_char.value

    def wide(text: str) -> float:
        full = width(text)
        halves = sum(1 for char in text if char.isascii())
        return full + halves * (narrow - 0.5)

    shown: list[str] = []
    for line in lines:
        shown += _wrapped(line, report)
    if len(shown) > len(lines) and width(shown[-1]) <= 3:
        report.check("title_shape", "title.lines", "词意完整、排列对称", f"末行只有“{shown[-1]}”", para)
    for above, below in pairwise(shown):
        if fault := _cut(above, below):
            report.check("title_shape", "title.sense", "回行词意完整", fault, para)
    widths = [wide(line) for line in shown]
    if len(widths) == 3 and widths[1] < min(widths[0], widths[2]) - 0.5:
        report.check("title_shape", "title.shape", "梯形或菱形", "两头长、中间短", para)


def _wrapped(line: str, report: Reporter) -> list[str]:
    """The lines that a line without breaks takes on paper."""
    limit = report.profile.page.text_width / report.profile.styles["title"].size.twips
    found, begin, used = [], 0, 0.0
    for index, char in enumerate(line):
        used += width(char)
        if used > limit and index > begin:
            found.append(line[begin:index])
            begin, used = index, width(char)
    return [*found, line[begin:]]


def _cut(above: str, below: str) -> str:
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        begin = above.rfind(opening)
        if begin > above.rfind(closing):
            whole = above[begin:] + below.split(closing)[0]
            # What is wider than a line must be cut somewhere.
            if width(whole) <= 18:
                return f"在{opening}{closing}中间断开"
    if above[-1:].isdigit() and (below[:1].isdigit() or below[:1] in _UNITS):
        return f"“{above[-4:]}｜{below[:3]}”断开了数字"
    if below[:1] in "的地得了》”）〕】、，。；：" or above[-1:] in "《“（〔【第":
        return f"“{above[-3:]}｜{below[:3]}”断在词中"
    return ""


def _byline(report: Reporter, para: Para) -> None:
    style = report.profile.styles["byline"]
    check_text(report, para, "byline", "byline")
    if para.layout.align != "center":
        report.tell("byline.align", style.align, "居中", "未居中", para)


# ---- 主送机关


def _addressee(report: Reporter, found: Structure) -> None:
    para = found.addressee
    if para is None:
        return
    style = report.profile.styles["addressee"]
    check_text(report, para, "addressee", "addressee")
    check_emphasis(report, para, "addressee")
    if not para.text.endswith("："):
        last = para.text[-1] if para.text[-1:] == ":" else "没有冒号"
        report.check("addressee_colon", "addressee.colon", "末尾标全角冒号", last.replace(":", "半角冒号"), para)
    layout = para.layout
    indent = para.chars(layout.left) + para.chars(layout.first) + para.leading
    if layout.align in ("center", "right") or abs(indent) > 0.3:
        found_ = {"center": "居中", "right": "居右"}.get(layout.align, f"左空{indent:.1f}字")
        report.tell("addressee.indent", style.first_line, "居左顶格", found_, para)


def spans_from(para: Para, begin: int, end: int) -> list[Span]:
    """The parts of the spans that lie in ``raw[begin:end]``."""
    cut, position = [], 0
    for span in para.spans:
        text = span.text[max(0, begin - position) : max(0, end - position)]
        if text:
            cut.append(Span(text, span.format))
        position += len(span.text)
    return cut
