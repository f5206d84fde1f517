"""The parts of a cleaned report: title, addressee, opening, headings, sentences, signature."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from assistant.facts.cues import Zone

_NUMBERED = (
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2})*[.．、 ]|第[一二三四五六]部分)"
)
_HEADING = re.compile(
    rf"[ \u3000]*(?:{_NUMBERED}[^。；\n]{{2,40}}|【[^】\n]{{1,20}}】|[^。；，：\n]{{2,16}})[。：]?[ \u3000]*"
)
_TOP = re.compile(r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|【|[0-9]{1,2}[.．、 ](?![0-9])|第[一二三四五六]部分)")
_RUN_IN = re.compile(
    rf"[ \u3000]*【[^】\n]{{2,20}}】|"
    rf"[ \u3000]*(?:{_NUMBERED})?(?:[^。：，；\n]{{2,20}}(?:，[^。：，；\n]{{2,12}})?)[。：]"
)
_STOP = re.compile(r"[。！？\n]")
_DATED = re.compile(r"[ \u3000]*(?:[0-9]{4}|[二〇○零一二三四五六七八九]{4})年[^，。]{1,8}[日号]?[ \u3000]*")
#: The speaker above the title.
_SIGNS = re.compile("(?:[镇乡]|街道|党委|工委|武装部|人武部|政府|办|委员会|委会|办事处|支部|[领班]组)$")
_OFFICER = re.compile(r"[ \u3000]*[一-龥]{2,16}(?:书记|主任|镇长|乡长|部长)[ \u3000、]+[一-龥 \u3000]{2,5}")
_NOTE = re.compile(r"[ \u3000]*（[^（）\n]{4,48}）[ \u3000]*")
#: 【底稿说明：照去年的稿子改】: what is said of the paper itself stands above its head.
_REMARK = re.compile(r"[ \u3000]*【[^】\n：]{0,8}(?:说明|备注|注|提示|提醒|按语?)：[^】\n]{1,120}】[ \u3000]*")
_GREETED = re.compile("各位|同志|首长|领导|代表|委员|书记|部长|主任|乡亲")
#: 区委、区人武部：, above which no title stands.
_OFFICES = re.compile(r"(?:[区县市旗](?:委|人民政府|政府|人武部|人民武装部|征兵办)[一-龥]{0,4}[、，]?){1,4}[：:]")
_TITLE = re.compile(r"(?:报告|总结|汇报|材料)[ \u3000]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the cleaned text.

    Attributes:
        heading: the nearest heading above, with the one above that; its own run-in heading is part of its text.
        is_heading: the line is a heading itself.
    """

    start: int
    end: int
    heading: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    paragraph: int


class Frame:
    """A cleaned text with its parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = list(self._split())
        self.sentences = list(self._sentences())
        self._starts = [sentence.start for sentence in self.sentences]

    def _split(self) -> list[Paragraph]:
        found, at, top, here = [], 0, "", ""
        for line in self.text.split("\n"):
            end = at + len(line)
            if line.strip():
                is_heading = bool(_HEADING.fullmatch(line)) and len(line) <= 44 and not line.rstrip().endswith("。")
                if is_heading and (_TOP.match(line) or not top):
                    top, here = line.strip(), ""
                elif is_heading:
                    here = line.strip()
                found.append(Paragraph(at, end, f"{top} {here}", is_heading))
            at = end + 1
        return found

    def _sentences(self) -> list[Sentence]:
        found = []
        for number, paragraph in enumerate(self.paragraphs):
            at = paragraph.start
            for stop in _STOP.finditer(self.text, paragraph.start, paragraph.end):
                found.append(Sentence(at, stop.end(), number))
                at = stop.end()
            if at < paragraph.end:
                found.append(Sentence(at, paragraph.end, number))
        return found

    def sentence(self, place: int) -> Sentence:
        """The sentence in which a place stands (the nearest before it for a place between two)."""
        return self.sentences[self.number(place)]

    def number(self, place: int) -> int:
        """The number of that sentence."""
        return max(0, bisect_right(self._starts, place) - 1)

    def heading(self, sentence: Sentence) -> str:
        """The headings above a sentence, with the run-in heading of its paragraph."""
        paragraph = self.paragraphs[sentence.paragraph]
        run_in = _RUN_IN.match(self.text, paragraph.start, paragraph.end)
        return paragraph.heading + (f" {run_in.group()}" if run_in and run_in.end() - run_in.start() < 40 else "")

    def zone(self, zone: Zone) -> list[tuple[int, int]]:
        """Where the parts of that name stand, line by line."""
        if zone == "all":
            return [(0, len(self.text))]
        return self._zones[zone]

    @cached_property
    def _zones(self) -> dict[Zone, list[tuple[int, int]]]:
        zones: dict[Zone, list[tuple[int, int]]] = {
            name: [] for name in ("title", "byline", "addressee", "opening", "body", "signature")
        }
        rest = self.paragraphs[:]
        head: list[Paragraph] = []
        while len(rest) > 1 and _REMARK.fullmatch(self._line(rest[0])):
            rest.pop(0)
        while rest and len(head) < 8 and self._heads(rest[0]):
            head.append(rest.pop(0))
        if len(head) > 1 and _OFFICER.fullmatch(self._line(head[0])) and _TITLE.search(self._line(head[1])):
            head[:2] = head[1::-1]
        for place, line in enumerate(head):
            text = self._line(line).strip()
            if re.search("[：:]$", text) and (place or _GREETED.search(text) or _OFFICES.fullmatch(text)):
                zones["addressee"].append((line.start, line.end))
            elif place == 0 or (place == 1 and re.search("(?:报告|总结|汇报)(?!人)", text) and not zones["byline"]):
                zones["title"].append((line.start, line.end))
            else:
                zones["byline"].append((line.start, line.end))
        tail: list[Paragraph] = []
        while rest and len(tail) < 4 and self._short(rest[-1]) and not self._item(rest[-1]):
            tail.insert(0, rest.pop())
        rest += self._unsigned(tail)
        if any(_DATED.fullmatch(self._line(line)) for line in tail) or len(tail) <= 2:
            zones["signature"] = [(line.start, line.end) for line in tail]
        prose = [line for line in rest if not line.is_heading]
        # What stands below the first heading of the body is no opening where another paragraph is.
        first = [line for line in prose[:2] if line.heading == prose[0].heading]
        zones["opening"] = [(line.start, line.end) for line in first if line.end - line.start > 16]
        zones["body"] = [(line.start, line.end) for line in rest]
        return zones

    def _line(self, paragraph: Paragraph) -> str:
        return self.text[paragraph.start : paragraph.end]

    def _heads(self, paragraph: Paragraph) -> bool:
        """A line above the first sentence; a note in brackets (初稿，空的请补齐) may be one."""
        line = self._line(paragraph)
        return not _TOP.match(line) and (self._short(paragraph) or _NOTE.fullmatch(line) is not None)

    def _short(self, paragraph: Paragraph) -> bool:
        # A signature may be pushed to the right by blanks: what is written is short.
        line = self._line(paragraph).strip(" \u3000")
        return len(line) <= 50 and not re.search("[。；①-⑳]", line) and "，" not in line[:-1]

    def _unsigned(self, tail: list[Paragraph]) -> list[Paragraph]:
        """Takes the lines out of a signature that stand in front of who signs right above the date: they are items."""
        lines = [self._line(line).strip(" \u3000") for line in tail]
        dated = next((place for place, line in enumerate(lines) if _DATED.fullmatch(line)), 0)
        if dated < 2 or not _SIGNS.search(lines[dated - 1]) or _SIGNS.search(lines[dated - 2]):
            return []
        out = tail[: dated - 1]
        del tail[: dated - 1]
        return out

    def _item(self, paragraph: Paragraph) -> bool:
        return bool(re.match(rf"{_NUMBERED}|【[^】\n]{{1,20}}】.", self._line(paragraph).strip()))
