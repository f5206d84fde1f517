"""What a chatty model puts around a section: an opening phrase, the heading once more, a closing remark."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher

from assistant.drafting.instead import without_foreign_edges, without_talk

# A slot may stand inside a phrase; the phrase's own end may not be looked for within it.
_SLOT = r"\{\{[^{}\n]*\}\}"
_OPENER = r"(?:好的|好|当然可以|当然|没问题|可以|收到|明白|明白了|非常抱歉|抱歉|Sure|OK|Okay|Certainly)"
_ABOUT = (
    r"(?:(?:以下|下面|这|这里)(?:就)?(?:是|为)|(?:现)?(?:根据|按照|结合|基于)(?:您|你|上述|以上|所给|给定|提供|要求)"
    r"|我(?:将|来|会|已|为)|(?:继续|接着)(?:为您|上文|上面|写作|撰写|补充|输出)?)"
)
_TEXT_WORD = r"(?:内容|正文|草稿|初稿|段落|文本|文字|报告|部分|章节|一节|小节|如下|续写|继续|接着)"

_OPENING_PHRASE = re.compile(
    rf"^{_OPENER}[，,。！!：:～~]\s*(?:{_ABOUT}(?:{_SLOT}|[^：:。！!\n{{])*[：:。！!]\s*)?", re.IGNORECASE
)
_OPENING_LINE = re.compile(rf"^{_ABOUT}(?=[^\n]*{_TEXT_WORD})(?:{_SLOT}|[^：:。\n{{]){{0,80}}[：:]\s*(?:\n|$)")
# "Here is the section you asked for: 全年……"
_FOREIGN_OPENING = re.compile(r"^[A-Za-z][A-Za-z ,.!'’\"-]{9,}:\s*(?=[^\nA-Za-z]{0,3}[\u4e00-\u9fff{])")
# A continuation may begin in mid-sentence, so only a phrase that speaks of going on is one.
_RESUMING = re.compile(
    rf"^(?:{_OPENER}[，,。！!]\s*)?(?=[^：:。\n{{]{{0,40}}(?:续写|继续|接着|接上|上文|剩余|后续))[^：:。\n{{]{{0,40}}[：:]\s*"
)
_WORD_COUNT = re.compile(
    r"\s*[（(【\[]\s*(?:注[：:])?\s*(?:全文|本文|本节|本段|本部分|正文|以上)?\s*(?:共计|共|约|大约|总)?\s*(?:字数|约|共|计)"
    r"[^（）()【】\[\]{}\n]{0,24}[）)】\]]\s*$"
)
_WORD_COUNT_LINE = re.compile(r"^(?:全文|本文|本节|本段|本部分|正文)?(?:总)?字数[：:约为共]*\s*\d+\s*字?左?右?[。.]?$")
_CLOSING_LINE = re.compile(
    r"^[（(【\[]?(?:"
    r"希望(?:以上|这|上述|本|对您|能)[^\n]*"
    r"|以上(?:就)?(?:是|为|内容)[^\n]*(?:内容|草稿|初稿|正文|参考|要求|章节|部分|撰写|编写|生成|调整|修改)[^\n]*"
    r"|(?:如果|如|若|如您|假如)(?:您|你|有|需|还|需要)[^\n]*(?:告诉我|告知|提出|随时|联系|修改|调整|补充)[^\n]*"
    r"|(?:请|欢迎)(?:您|随时|告诉我|告知|根据(?:实际|需要|具体))[^\n]*"
    r"|(?:注|备注|说明|提示)[：:][^\n]*(?:以上|上述|本文|占位|标签|双花括号|花括号|字数|实际情况|根据|仅供|未编造|提供的)[^\n]*"
    r")$"
)
# “说明：” on a line of its own, and below it what the model says about its own writing.
_REMARKS = re.compile(
    r"\n[（(【\[]?(?:写作|撰写|起草|使用|改写|修改|编写|字数)?(?:说明|备注|注释|注|提示|要点)[】\])）：:]{0,2}[ ]*\n"
    r"(?P<below>[\s\S]+)$"
)
_OF_WRITING = re.compile(
    r"槽位|占位|标签|花括号|字数|篇幅|原文|改写|虚构|编造|(?:给定|提供|所给)的?(?:事实|信息|资料)|要求(?:撰写|编写|写)"
)
_NUMBER = (
    r"(?:第[一二三四五六七八九十百\d]+[章节部分条]+[、.．:：\s]*|[（(][一二三四五六七八九十\d]+[）)]\s*"
    r"|[一二三四五六七八九十]+[、.．]\s*|\d+(?:\.\d+)*[、.．]\s*)"
)
_NUMBERED = re.compile(rf"^{_NUMBER}")
#: A figure counts as one character however long it is: of a withheld one nothing may show, not even its length.
_IN_FIGURES = r"\d.．〇零一二三四五六七八九十百千万亿两点"
_FIGURE = rf"[{_IN_FIGURES}]++"
_OWN_HEADING = re.compile(
    r"^(?:([一二三四五六七八九十]+、)|[（(][一二三四五六七八九十]+[）)])"
    rf"(?:{_FIGURE}|[^。；，：！？:;,!?\n{{{_IN_FIGURES}]){{1,30}}$"
)
_FIRST = ("（一）", "(一)")
_RUN_IN = re.compile(rf"^((?:{_FIGURE}|[^：:。；！？\n{{{_IN_FIGURES}]){{1,40}})[：:。]")
_NOT_LETTERS = re.compile(r"[\s\W_]+")
#: Characters of a text that stands beside the section's in an object: its name.
_NAME = 20
SIMILAR = 0.75
"""Share of equal characters from which a short first line counts as the heading."""


def trim_section(text: str, heading: str | None = None, title: str = "") -> str:
    """Clean text without what stands around the prose. Never leaves nothing of something.

    Args:
        heading: as it is printed, with or without its number. title: what the outline calls the section.
    """
    prose = without_foreign_edges(without_talk(_out_of_object(text.strip())))
    trimmed = _without_closing(strip_opening(prose))
    if heading or title:
        # A greeting may stand under the heading as well as above it.
        trimmed = strip_opening(_without_heading(trimmed, heading or "", title))
    return trimmed.strip() or text.strip()


def _out_of_object(text: str) -> str:
    """The text of an answer that is a JSON object with one text in it; any other as it is."""
    if not text.startswith("{") or text.startswith("{{"):
        return text
    try:
        read = json.loads(text)
    except json.JSONDecodeError:
        return text
    texts = sorted((value for value in read.values() if isinstance(value, str)), key=len) if len(read) < 5 else []
    alone = bool(texts) and all(len(other) <= _NAME for other in texts[:-1])
    return "\n".join(line.strip() for line in texts[-1].split("\n") if line.strip()) if alone else text


def strip_opening(text: str) -> str:
    """Without “好的，以下是……：” and its like."""
    without = _OPENING_PHRASE.sub("", _FOREIGN_OPENING.sub("", text, count=1), count=1)
    return _OPENING_LINE.sub("", without, count=1).lstrip()


def strip_resuming(text: str) -> str:
    """A continuation without “好的，接着上文继续：” and its like."""
    return _RESUMING.sub("", text, count=1)


def _without_closing(text: str) -> str:
    if (remarks := _REMARKS.search(text)) and _OF_WRITING.search(remarks["below"]):
        text = text[: remarks.start()]
    lines = text.split("\n")
    while len(lines) > 1 and (_CLOSING_LINE.match(lines[-1]) or _WORD_COUNT_LINE.match(lines[-1])):
        lines.pop()
    joined = "\n".join(lines).rstrip()
    return _WORD_COUNT.sub("", joined) if "字" in joined[-30:] else joined


def _without_heading(text: str, heading: str, title: str) -> str:
    names = [name for name in map(_bare, (heading, title)) if name]
    first, _, rest = text.partition("\n")
    if rest and (_is_heading(first, rest, names) or _is_own_heading(first, rest)):
        return rest.lstrip()
    # "一、基本情况。全年……": the heading runs into the first sentence.
    inline = _RUN_IN.match(text)
    behind = text[inline.end() :].lstrip() if inline else ""
    if inline and behind and (_bare(inline[1]) in names or _is_heading(inline[1], behind, names, numbered=True)):
        return behind
    return text


def _is_heading(line: str, rest: str, names: list[str], numbered: bool = False) -> bool:
    """Whether a first line says what the section is called, in its own words or in those that are printed."""
    bare, number = _bare(line), _NUMBERED.match(_unwrapped(line))
    if not bare or line.rstrip().endswith(("。", "；", "，")) or (numbered and not number):
        return False
    near = [name for name in names if len(bare) <= len(name) + 8]
    if any(bare == name or SequenceMatcher(None, bare, name, autojunk=False).ratio() >= SIMILAR for name in near):
        return True
    # （一）双拥宣传 … （二）双拥慰问: items of the section, which are called like it.
    return any(name in bare or (len(bare) > 1 and bare in name) for name in near) and not _counts_on(number, rest)


def _is_own_heading(line: str, rest: str) -> bool:
    """Whether a first line is a heading by its number alone: an own list begins with one and goes on."""
    found = _OWN_HEADING.match(line)
    if found is None or (not found[1] and line.startswith(_FIRST)):
        return False
    return not _counts_on(_NUMBERED.match(line), rest)


def _counts_on(number: re.Match[str] | None, rest: str) -> bool:
    """Whether a line of the rest has a number of the same kind."""
    if number is None:
        return False
    kind = _kind(number[0])
    return any((other := _NUMBERED.match(line)) and _kind(other[0]) == kind for line in rest.split("\n"))


def _kind(number: str) -> str:
    return re.sub(r"[一二三四五六七八九十百\d]+", "", number).strip()


def _unwrapped(line: str) -> str:
    return line.strip().strip("【】《》“”[] ")


def _bare(heading: str) -> str:
    return _NOT_LETTERS.sub("", _NUMBERED.sub("", _unwrapped(heading)))
