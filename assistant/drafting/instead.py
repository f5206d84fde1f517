"""Answers that are no text for a report: a model declines or asks back, or writes in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SLOT = re.compile(r"\{\{[^{}\n]*\}\}")
# What others say or write, and where they are found on the net, is no speech of the model's. Every alternative takes
# time linear in the text: a model that has lost its way writes twenty thousand characters without a mark.
_CITED = re.compile(
    r"“[^”\n]*+”?|《[^《》\n]*》"
    r"|(?:https?://|www\.)[A-Za-z0-9_./?=&#%:-]+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9.-]+"
)
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）]*|\n+|$)")

_CANNOT = r"(?:无法|不能|没法|不便|不可以|没有办法|没办法|做不到|(?:还)?没有?学会|不支持|不被允许|拒绝)"
# A person who reports says 我不能有丝毫懈怠 too: the model is known by the deed, one that only a model is asked for.
_OF_THIS = r"(?:这|该|此|您|你|上述|以上|所给|相关|有关|关于|任何|涉及|含有|包含)"
_ASKED = rf"(?:{_OF_THIS}[^，。！？\n]{{0,12}})?(?:请求|指令|提问|话题)"
_KNOWLEDGE = r"(?:具体|准确|确切|实际|真实|外部|实时|最新|详细|相关|有关|所需|更多)"
_STUFF = r"(?:内容|信息|数据|数字|数值|文本|正文|文章|文稿|报告|资料|材料|文件|答案|情况|链接|网页)"
_DEED = (
    rf"(?:(?:为|帮|给|替|向)(?:您|你)|直接|继续|在此|据此|凭空|擅自|随意|按要求|按照要求|为{_STUFF})*(?:"
    r"撰写|编写|起草|草拟|拟写|生成|创作|编造|虚构|捏造"
    rf"|(?:改写|续写|修改|改动|写出?|写作|输出|展示|显示)(?:{_OF_THIS}|{_KNOWLEDGE}|[一几][篇份段节]|数[字据值])"
    rf"|(?:提供|获取|获得|得知|知道|访问|查看|查询|读取|打开|确定|核实|判断)(?:{_OF_THIS}|{_KNOWLEDGE})(?:的)?[^，。！？\n]{{0,10}}{_STUFF}"
    rf"|(?:回答|回复|回应|作答|讨论|谈论|评论)(?:{_OF_THIS}|[^，。！？\n]{{0,8}}(?:话题|问题)|(?=[，。！？\n]|$))"
    rf"|(?:完成|满足|处理|执行|理解|接受|响应|协助|帮助)(?:您|你|完成|{_ASKED}|{_OF_THIS}[^，。！？\n]{{0,6}}(?:要求|写作|章节|内容)(?!的))"
    r")"
)
_I_CANNOT = rf"(?<!\w)(?:但是?|因此|所以|故|很?抱歉|对不起)?我(?:暂时|目前|现在|还|并|确实|实在|恐怕|可能|也)*{_CANNOT}"
_SELF_CANNOT = re.compile(rf"{_I_CANNOT}{_DEED}")
_SELF = re.compile(_I_CANNOT)
_APOLOGISES = r"(?:抱歉|对不起(?=[，,。！!：:\s您你])|不好意思)"
_SORRY = re.compile(
    rf"^\s*(?:(?:您|你)好[，,！!。\s]*)?我?(?:很|非常|十分|真的?|实在|深表)?(?:{_APOLOGISES}|遗憾(?=[，,地]?[^，。\n]{{0,8}}(?:我|您|你)))"
    rf"[^\n]{{0,80}}?{_CANNOT}"
)
_REQUEST_REFUSED = re.compile(
    r"(?:这|该|此|您|你|相关|上述|以上)[^，。！？\n]{0,8}(?:请求|提问|话题|输入|指令|问题)[^。！？\n]{0,20}"
    r"(?:无法|不能|暂不|不予|拒绝)(?:[为给向](?:您|你))?(?:继续)?(?:回答|作答|回应|讨论)(?!不)"
    r"|(?:无法|不能|不予)(?:回答|生成|显示|展示)(?:该|此|相关|您|你|这|上述)[^。，,\n]{0,8}(?:问题|内容|回答|答案|文本|信息|结果)"
    r"|换(?:一)?个话题|聊点?(?:别的|其他)"
)
_MACHINE = re.compile(
    r"作为(?:一[个款名位])?[^，。,\n]{0,8}(?:AI|人工智能|语言模型|大模型|智能助手)|我(?:只)?是(?:一[个款名位])?[^，。,\n]{0,10}(?:AI|人工智能|语言模型|模型|助手)"
)
_ASKS = re.compile(
    r"(?<!\w)请(?:您|你)?(?:先|再|进一步)?(?:提供|补充|告诉我|告知我?|明确一下|确认一下)|您(?:能否|可否|能不能)"
)
_TO_PERSON = re.compile(r"您|(?:为|帮|给|请|告诉|如果|需要)你|你(?:可以|需要|提供|有|的(?:问题|要求|请求|需求))")
_ANNOUNCES = re.compile(r"(?:修改|改写|调整|重写|正文|内容|段落|版本|改)(?:后)?的?[^。：:\n]{0,12}[：:]\s*$")

_HANZI = re.compile(r"[\u3400-\u9fff]")
_LETTER = r"[^\W\d_\u3400-\u9fff]"
_WORD = re.compile(rf"{_LETTER}{{2,}}")
#: Words of another script from which a text may be in another language; an abbreviation or a name has fewer.
_WORDS = 5
_QUOTED = 40
#: Hanzi of prose behind 我无法提供具体数据 alone from which the answer is a draft that begins with a remark.
_PROSE = 60


def declined(text: str) -> str:
    """The words with which a model declines or asks back instead of writing; "" where it wrote something."""
    end, announced = _talk(text)
    rest = text[end:]
    if not end or _SLOT.search(rest) or (announced and rest.strip()) or _goes_on(text[:end], rest):
        return ""
    said = " ".join(text.split())
    return said if len(said) <= _QUOTED else f"{said[:_QUOTED]}……"


def without_talk(text: str) -> str:
    """Without what the model says about what it cannot do, where the text comes behind it."""
    end, _ = _talk(text)
    return text if not end or declined(text) else text[end:].lstrip()


def foreign(text: str) -> bool:
    """Whether a text is in another language than Chinese. Slots and what is quoted do not count."""
    bare = _CITED.sub("", _SLOT.sub("", text))
    words = _WORD.findall(bare)
    return len(words) >= _WORDS and sum(map(len, words)) > 2 * len(_HANZI.findall(bare))


def without_foreign_edges(text: str) -> str:
    """Without the lines in another language above and below the prose, as long as they hold no fact."""
    lines = text.split("\n")
    kept = [not foreign(line) or bool(_SLOT.search(line)) for line in lines]
    if not any(kept):
        return text
    first, last = kept.index(True), len(kept) - kept[::-1].index(True)
    return "\n".join(lines[first:last])


def foreign_sentences(text: str) -> tuple[str, ...]:
    """The sentences that are in another language."""
    return tuple(text[start:end].strip() for start, end in _sentences(text) if foreign(text[start:end]))


def _talk(text: str) -> tuple[int, bool]:
    """Where what is said to the person at the beginning ends, 0 where nothing is; whether it announces a text."""
    end, announced, speaks = 0, False, False
    for start, stop in _sentences(text):
        sentence = _CITED.sub("", text[start:stop])
        if _declines(sentence):
            speaks = True
        elif not (_ANNOUNCES.search(sentence) or _addresses(sentence)):
            break
        end, announced = stop, bool(_ANNOUNCES.search(sentence))
    return (end, announced) if speaks else (0, False)


def _goes_on(talk: str, rest: str) -> bool:
    """Whether a text comes behind a mere 我无法…: no excuse before it, and nothing said to the person behind it."""
    bare, behind = _CITED.sub("", talk), _CITED.sub("", rest)
    excused = any(pattern.search(bare) for pattern in (_SORRY, _REQUEST_REFUSED, _ASKS, _TO_PERSON, _MACHINE))
    return not excused and not _addresses(behind) and len(_HANZI.findall(behind)) >= _PROSE


def _declines(sentence: str) -> bool:
    if any(pattern.search(sentence) for pattern in (_SELF_CANNOT, _SORRY, _REQUEST_REFUSED, _ASKS)):
        return True
    return _SELF.search(sentence) is not None and _addresses(sentence)


def _addresses(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (_TO_PERSON, _MACHINE, _APOLOGY))


_APOLOGY = re.compile(r"^\s*(?:很|非常|十分|真的?|实在)?(?:抱歉|对不起|不好意思)[，,。！!\s]*$")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        if found.end() > found.start():
            yield found.span()
