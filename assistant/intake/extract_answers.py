"""Questions with their answers, told as statements: 是否列入预算？多少？答：已列入，30万元 says 列入预算30万元."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.intake.cleaning import Cleaned

_PAIR = re.compile(
    r"^(?P<question>[^\n？?]{2,40}[？?](?:[^\n？?]{1,12}[？?]){0,2})\s*(?:答|回答|答复|答案)[ ]?[：:][ ]*"
    r"(?:(?:是的?|有的?|都有|已?(?:经)?(?:配齐|列入|纳入|落实|召开|完成|做到|组织)了?)[，。、；](?=[0-9一二三四五六七八九十两]))?",
    re.MULTILINE,
)
#: Words that ask and name nothing.
_ASKS = re.compile(
    r"是否|有没有|有无|是不是|哪些|哪几[个项条]|什么|怎么样?|怎样|如何|"
    r"(?:(?:共|一共|总共)?(?:是|有|为)?)?(?:几|多少)(?:人次|课时|[次个人名位户支天元份条块起处家件])?|吗(?=[？?])|呢(?=[？?])|[？?]"
)
_FIGURE = re.compile("[约近共]?[0-9一二三四五六七八九十两]")


def answered(cleaned: Cleaned) -> Cleaned:
    """The text with the words taken out that ask and answer; the very text where nobody does.

    Only an answer that begins with its figure needs the words of its question; any other has words of its own.
    """
    text = cleaned.text
    gone: set[int] = set()
    for pair in _PAIR.finditer(text):
        if not _FIGURE.match(text, pair.end()):
            continue
        question = pair.span("question")
        for asks in _ASKS.finditer(text, *question):
            gone.update(range(*asks.span()))
        gone.update(range(question[1], pair.end()))
    if not gone:
        return cleaned
    kept = [place for place in range(len(text)) if place not in gone]
    return replace(cleaned, text="".join(text[place] for place in kept), places=[cleaned.places[one] for one in kept])
