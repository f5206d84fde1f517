"""Faults and causes in a frame that says each time what they are: 既有甲的问题，也有乙的问题; 这既与甲有关，也与乙有关.

The word that closes each of them tells the list, whatever the passage is of; what is named a problem behind a word of
causes (究其原因，既有…的问题) is a cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.facts.cues import ListCues
from assistant.intake.extract_closing import closed
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_passage import Passage, outside
from assistant.intake.extract_words import EDGES

#: Faults are spoken of in the later part of a text.
_LATE = 0.5
#: How a member begins and ends. The first may stand behind words of its own: 这里面既有….
_MEMBER = re.compile(
    r"(?:(?<=[，。；：\n])|(?<=[这中里面因，。；：\n])(?=既))[既又还也更]*"
    r"(?:[有是](?P<v>[^，。；：\n]{4,40}?)(?:的|等)(?:[主客]观|内在|外在|自身|现实|历史)?(?P<n>原因|因素|问题|不足|缘故|影响|制约)"
    r"|(?P<w>[与跟和同](?!其他)[^，。；：\n]{4,40}?(?:有关系?|相关|分不开)))(?=[，。；\n]|$)",
    re.MULTILINE,
)
#: 甲的客观原因，也有乙的主观原因: the first of them says less.
_FIRST = re.compile(
    r"(?:(?<=[，。；：\n])|^)(?P<v>(?![既又还也更]*有)[^，。；：\n]{4,40}?)的(?:[主客]观)?(?P<n>原因|因素)"
    r"(?P<w>)(?=，[既又还也更]*有)",
    re.MULTILINE,
)
_LEAST, _FAR = 2, 80
_SENTENCE = re.compile(r"[^。\n]+")
_END = re.compile(r"[。；\n]")
#: 有甲的问题需要解决: what is wished, or was done.
_ABOUT = re.compile("解决|克服|整改|去年|上年|消除|反映")


def framed(frame: Frame, lists: Mapping[str, ListCues], found: list[Passage]) -> list[Passage]:
    """The passages, with the members of such frames in place of what was read there."""
    faults = next((name for name, cues in lists.items() if cues.needs and cues.facts), "")
    causes = next((name for name, cues in lists.items() if cues.given and cues.turned == faults), "")
    if not faults or not causes:
        return found
    last = closed(frame)
    for sentence in _SENTENCE.finditer(frame.text, int(len(frame.text) * _LATE), last):
        for run in _runs(frame.text, *sentence.span()):
            told = frame.text[max(sentence.start(), run[0].start() - _FAR) : run[0].start()]
            found = _instead(found, frame.text, run, _label(run, told, lists[causes], faults, causes))
    return sorted(found, key=lambda part: part.start)


def _runs(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Members side by side, two or more."""
    run: list[re.Match[str]] = []
    members = [*_FIRST.finditer(text, start, end), *_MEMBER.finditer(text, start, end)]
    for one in sorted(members, key=lambda one: one.start()):
        if run and (one.start() - run[-1].end() > 1 or (one["n"] is None) != (run[-1]["n"] is None)):
            yield from [run] if len(run) >= _LEAST else []
            run = []
        if not _ABOUT.search(text, *one.span()):
            run.append(one)
    yield from [run] if len(run) >= _LEAST else []


def _label(run: list[re.Match[str]], told: str, cues: ListCues, faults: str, causes: str) -> str:
    names = {one["n"] for one in run}
    return faults if names <= {"问题", "不足"} and not pattern(cues.word).search(told) else causes


def _instead(found: list[Passage], text: str, run: list[re.Match[str]], label: str) -> list[Passage]:
    """Its members; what stands in front of them (这些问题的产生) is none, and what follows is of their list."""
    start, end = run[0].start(), run[-1].end()
    begin = max(text.rfind(mark, 0, start) for mark in "。；：\n") + 1
    stop = _END.search(text, end)
    last = stop.end() if stop else len(text)
    rest = [Passage(label, end, last)] if any(part.start <= end < part.end for part in found) else []
    spans = (one.span("v" if one["v"] else "w") for one in run)
    members = [Passage(label, *span, whole=True, sure=True) for span in spans]
    return [*outside(found, text, begin, last), *(rest if text[end:last].strip(EDGES) else []), *members]
