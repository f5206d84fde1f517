"""What a chatty model puts around a section: an opening phrase, the heading once more, a closing remark."""

from __future__ import annotations

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
_NUMBER = (
    r"(?:第[一二三四五六七八九十百\d]+[章节部分条]+[、.．:：\s]*|[（(][一二三四五六七八九十\d]+[）)]\s*"
    r"|[一二三四五六七八九十]+[、.．]\s*|\d+(?:\.\d+)*[、.．]\s*)"
)
_NUMBERED = re.compile(rf"^{_NUMBER}")
_TOP_NUMBER = re.compile(r"^[一二三四五六七八九十]+、")
_OWN_HEADING = re.compile(r"^[一二三四五六七八九十]+、[^。；，：！？:;,!?\n{]{1,30}$")
_NOT_LETTERS = re.compile(r"[\s\W_]+")
SIMILAR = 0.75
"""Share of equal characters from which a short first line counts as the heading."""


def trim_section(text: str, heading: str | None = None) -> str:
    """Clean text without what stands around the prose. Never leaves nothing of something."""
    prose = without_foreign_edges(without_talk(text.strip()))
    trimmed = _without_closing(strip_opening(prose))
    if heading:
        # A greeting may stand under the heading as well as above it.
        trimmed = strip_opening(_without_heading(trimmed, heading))
    return trimmed.strip() or text.strip()


def strip_opening(text: str) -> str:
    """Without “好的，以下是……：” and its like."""
    without = _OPENING_PHRASE.sub("", _FOREIGN_OPENING.sub("", text, count=1), count=1)
    return _OPENING_LINE.sub("", without, count=1).lstrip()


def strip_resuming(text: str) -> str:
    """A continuation without “好的，接着上文继续：” and its like."""
    return _RESUMING.sub("", text, count=1)


def _without_closing(text: str) -> str:
    lines = text.split("\n")
    while len(lines) > 1 and (_CLOSING_LINE.match(lines[-1]) or _WORD_COUNT_LINE.match(lines[-1])):
        lines.pop()
    joined = "\n".join(lines).rstrip()
    return _WORD_COUNT.sub("", joined) if "字" in joined[-30:] else joined


def _without_heading(text: str, heading: str) -> str:
    first, _, rest = text.partition("\n")
    bare_heading = _bare(heading)
    if not bare_heading:
        return text
    if rest and _is_heading(first, bare_heading):
        return rest.lstrip()
    if rest and _OWN_HEADING.match(first) and not any(_TOP_NUMBER.match(line) for line in rest.split("\n")):
        return rest.lstrip()
    # "一、基本情况。全年……": the heading runs into the first sentence.
    title = re.escape(_NUMBERED.sub("", heading.strip()))
    inline = re.match(rf"^(?:{_NUMBER})?[【《“]?{title}[】》”]?[：:。]\s*", text)
    return text[inline.end() :] if inline and inline.end() < len(text) else text


def _is_heading(line: str, bare_heading: str) -> bool:
    bare = _bare(line)
    if not bare or len(bare) > len(bare_heading) + 8 or line.rstrip().endswith(("。", "；", "，")):
        return False
    return bare == bare_heading or SequenceMatcher(None, bare, bare_heading, autojunk=False).ratio() >= SIMILAR


def _bare(heading: str) -> str:
    return _NOT_LETTERS.sub("", _NUMBERED.sub("", heading.strip().strip("【】《》“”[] ")))
