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
# A report speaks of 我镇, 我办, 我们; 我 alone that cannot do something is the model itself.
_SELF_CANNOT = re.compile(
    rf"(?<!\w)(?:但是?|因此|所以|故|很?抱歉|对不起)?我(?:暂时|目前|现在|还|并|确实|实在|恐怕|可能|也)*{_CANNOT}"
)
_SORRY = re.compile(
    rf"^\s*(?:(?:您|你)好[，,！!。\s]*)?我?(?:很|非常|十分|真的?|实在|深表)?(?:抱歉|对不起|不好意思|遗憾)[^\n]{{0,80}}?{_CANNOT}"
)
_REQUEST_REFUSED = re.compile(
    r"(?:请求|提问|话题|输入|指令|问题)[^。！？\n]{0,20}(?:无法|不能|暂不|不予|拒绝)(?:[为给向](?:您|你))?(?:继续)?(?:回答|作答|回应|讨论)"
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


def declined(text: str) -> str:
    """The words with which a model declines or asks back instead of writing; "" where it wrote something."""
    end, announced = _talk(text)
    rest = text[end:]
    if not end or _SLOT.search(rest) or (announced and rest.strip()):
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


def _declines(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (_SELF_CANNOT, _SORRY, _REQUEST_REFUSED, _ASKS))


def _addresses(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (_TO_PERSON, _MACHINE, _APOLOGY))


_APOLOGY = re.compile(r"^\s*(?:很|非常|十分|真的?|实在)?(?:抱歉|对不起|不好意思)[，,。！!\s]*$")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        if found.end() > found.start():
            yield found.span()
