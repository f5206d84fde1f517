"""密级 marks (GB/T 9704-2012, 7.2.2) in facts and texts: what carries one is no matter for this program.

A mark is told from the ordinary word by its form: with a star (秘密★10年), after 密级：, or alone on its line as it
stands at the head of a paper. 保守国家秘密 and 机密文件管理 in prose are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.errors import SecrecyMarked
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report
from assistant.slots.grammar import with_names

#: Characters before and after a mark that a sentence repeats.
AROUND = 6

_BLANK = r"[ \t\u3000]"
_LEVEL = rf"(?:[绝絕]{_BLANK}*+密|[机機]{_BLANK}*+密|[秘祕]{_BLANK}*+密)"
_STAR = r"[★☆⭐✩✰✪]\ufe0f?"
#: What is typed for the star where somebody has none.
_FOR_STAR = r"[＊*※·•]"
_TERM = rf"(?:[0-9０-９〇零一二三四五六七八九十]{{1,3}}{_BLANK}*+年|[长長]期)"
_URGENCY = r"(?:特急|加急|特提|平急|急件)"
_OPEN, _CLOSE = r"[【（(\[「『]", r"[】）)\]」』]"
_NO_WORD = r"(?![\u4e00-\u9fff])"
_PAPER = r"(?:件|文|文件|材料|报告|资料|稿)"
_MARKS = (
    # 绝密★, 绝密级★, 机密★10年, 秘密 ★ 长期, 机密*10年
    rf"{_LEVEL}级?{_BLANK}*+{_STAR}",
    rf"{_LEVEL}级?{_BLANK}*+{_FOR_STAR}{_BLANK}*+{_TERM}",
    # ★秘密, ★10年, 内部资料★; a star in front of words is a list's: ★一年来
    rf"{_STAR}{_BLANK}*+(?:{_LEVEL}级?|{_TERM}){_NO_WORD}",
    rf"内部{_PAPER}?{_BLANK}*+{_STAR}",
    # 密级：秘密; 密级 机密; 密级为机密; 定密：秘密; 保密期限：10年
    rf"密{_BLANK}*+级{_BLANK}*+[:：]?{_BLANK}*+{_OPEN}?{_BLANK}*+{_LEVEL}{_NO_WORD}",
    rf"密{_BLANK}*+级{_BLANK}*+[:：]{_BLANK}*+{_OPEN}?{_BLANK}*+{_LEVEL}",
    # 定密：秘密, not 定密：秘密情形的认定
    rf"定密{_BLANK}*+[:：]{_BLANK}*+{_OPEN}?{_BLANK}*+{_LEVEL}[级件]?{_PAPER}?{_NO_WORD}",
    rf"(?:密级|定密)(?:确?定)?[为是]{_LEVEL}级?{_NO_WORD}",
    rf"本{_PAPER}(?:的密级)?(?:属于?|为|系|是|定为){_LEVEL}(?:级|件)?{_NO_WORD}",
    rf"保密期限{_BLANK}*+[:：为]?{_BLANK}*+{_TERM}",
    # The head of a paper: 000123　机密　特急; 秘密 10年; 【绝密】; 秘密级
    rf"(?m:^{_BLANK}*+(?:\d{{6}}{_BLANK}+)?{_OPEN}?{_BLANK}*+{_LEVEL}[级件]?(?:{_BLANK}*+{_CLOSE})?"
    rf"(?:{_BLANK}*+{_TERM})?(?:{_BLANK}+{_URGENCY})?(?:{_BLANK}+\S{{1,12}}[〔\[]\d{{4}}[〕\]]\S{{0,8}})?"
    rf"{_BLANK}*+[。.！!]?{_BLANK}*+$)",
    # 绝密，不得外传
    rf"(?m:^{_BLANK}*+{_OPEN}?{_LEVEL}[级件]?{_CLOSE}?(?:{_BLANK}*+[，,。！!：:]{_BLANK}*+|{_BLANK}++)"
    r"(?:注意|不得|严禁|请勿|禁止|切勿|妥善|阅后|仅供))",
)
_MARK = re.compile("|".join(_MARKS))
_CUT_SLOT = re.compile(r"^[^{}]*\}\}?|\{?\{[^{}]*\}?$")


@dataclass(frozen=True)
class Mark:
    """A 密级 mark: where it stands, in Chinese (事实“备注”, “征兵工作”一节), and as it is written."""

    place: str
    excerpt: str


def mark_in(text: str) -> str:
    """The first mark of a text with a few characters around it; "" where there is none."""
    found = _MARK.search(text)
    if found is None:
        return ""
    around = text[max(0, found.start() - AROUND) : found.end() + AROUND]
    # Of a slot a person knows the name; one that is cut through says nothing.
    whole = with_names(_CUT_SLOT.sub("", around))
    return " ".join(whole.split())


def marks_in_sheet(sheet: FactSheet) -> Iterator[Mark]:
    """The marks in values, last year's values, sources and notes."""
    for label, fact in sheet.facts.items():
        for part, what in (
            (fact.value, ""),
            (fact.last_year, "的去年数"),
            (fact.source, "的来源"),
            (fact.note, "的备注"),
        ):
            for text in _texts(part):
                if excerpt := mark_in(text):
                    yield Mark(f"事实“{label}”{what}", excerpt)


def marks_in_report(report: Report) -> Iterator[Mark]:
    """The marks in the sheet, and in titles, headings, instructions and texts of the sections."""
    yield from marks_in_sheet(report.sheet)
    for section in report.sections:
        for text in (section.title, section.heading, section.instruction, section.text):
            if excerpt := mark_in(text):
                yield Mark(f"“{section.title}”一节", excerpt)
                break


def refuse_marked(report: Report, deed: str) -> None:
    """Refuses a report that carries a mark.

    Args:
        deed: what is not done, in Chinese (发给外部的模型服务, 导出).

    Raises:
        SecrecyMarked: with the first place.
    """
    for mark in marks_in_report(report):
        raise marked(mark, deed)


def marked(mark: Mark, deed: str) -> SecrecyMarked:
    return SecrecyMarked(
        f"{mark.place}里有密级标志（“{mark.excerpt}”），没有{deed}。",
        "涉密内容不得在本软件里处理；确属误写的，请改正后再试。",
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Mapping):
        for cell in value.values():
            yield from _texts(cell)
