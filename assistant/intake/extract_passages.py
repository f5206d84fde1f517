"""Where a text speaks of its faults, their causes and its plans: under headings, and behind the words that open a list.

Authors name these parts in many words. What names one (问题, 短板, 毛病) counts in the later part of a text, where such
parts stand; earlier 解决困难 and 补短板 are work done. Phrasings that are sure (``heading``, ``lead``) count anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.facts.cues import ListCues
from assistant.facts.fields import FactSchema
from assistant.intake.extract_closing import closed
from assistant.intake.extract_cues import past, pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_heading_lines import STYLE, is_line, style_of, tells_more
from assistant.intake.extract_passage import Passage as Passage
from assistant.intake.extract_turns import ENUMERATOR as ENUMERATOR
from assistant.intake.extract_turns import tells, turns

#: In the last part of a text a passage may open a list without a heading; a little earlier a plain heading may.
_TAIL, _LATE = 0.55, 0.4
_SENTENCE = re.compile(r"[。！？\n；]")
#: What may stand in front of the words that open a plan.
_CONNECTED = re.compile(
    r"[ \u3000]*(?:(?:为此|对此|因此|同时|但是?|另外|最后|总之|展望|面向|围绕|(?:针对|对照|对于)[^，。；：]{0,30}"
    r"|(?:以上|这些)问题[^，。；：]{0,8})，?)*+"
)
#: From what opens a list to its first item where no colon and no number parts them.
_IS = re.compile(
    r"主要(?:是|有|表现在|体现在)|(?:表现|体现)(?:为|在)|(?:看|认识|意识)到，|在于|就是|[是有为](?!待|的|了|所)|："
)
#: Two views of a cause, which open it themselves.
_VIEWED = re.compile("[主客]观")
_SHARED = re.compile("(?:、|^)(?P<topic>[一-龥]{2,10})[与和及暨]$")
#: 下步工作中，我镇将：: the items stand in the lines below.
_OPEN_END = re.compile(r"[^。；，\n]{1,24}：[ \u3000]*$")
#: 针对问题，制定整改措施: what follows answers it.
_ABOUT = re.compile("针对|对照|围绕|着眼|聚焦|紧盯|[奔盯]着|盯住|坚持|瞄准")
_SHORT, _MOTTO, _LEAST_PLAN = 26, 10, 12
_AND = re.compile("以及|[和及与、暨]")
_HANZI = str.maketrans("0123456789", "〇一二三四五六七八九")


def passages(frame: Frame, schema: FactSchema, year: int | None = None) -> list[Passage]:
    """Where the sections of list facts stand, in order.

    Args:
        year: the report's; the year after it opens plans.
    """
    return _Finder(frame, schema.hints.lists, year).run()


def next_year(year: int | None) -> str:
    """A pattern of the year after the report's, for ``<次年>``."""
    return "(?!)" if year is None else f"{year + 1}年|{str(year + 1).translate(_HANZI)}年"


class _Finder:
    def __init__(self, frame: Frame, lists: Mapping[str, ListCues], year: int | None) -> None:
        self._frame, self._lists = frame, lists
        self._next_year = next_year(year)

    def run(self) -> list[Passage]:
        frame, found = self._frame, list[Passage]()
        last = closed(frame)
        current = style = ""
        headed, numbered, direct = False, 0, False
        for number, paragraph in enumerate(frame.paragraphs):
            if paragraph.start >= last:
                break
            text = frame.text[paragraph.start : paragraph.end]
            late = paragraph.start >= len(frame.text) * _LATE
            named = self._named(text, late) if paragraph.is_heading else ""
            # Short lines without a number below a numbered heading are its items.
            plain = current and style and late and not style_of(text) and not named
            # So is one that names its own list below a heading of a higher rank: 1. 训练场地不足.
            plain = plain or (current and named == current and self._says_more(text, style))
            # So are short lines right below a heading without one, where no paragraph of their own follows.
            bare = bool(current and direct and not style and not style_of(text)) and is_line(text)
            bare = bare and self._goes_on_short(number, last)
            bare = bare and (not named or (named == current and tells_more(text)))
            plain = plain or bare
            # So are lines with dots below a heading without one.
            plain = plain or (current and style_of(text) == "·" != style)
            if (
                paragraph.is_heading
                and not plain
                and (named or not current or style_of(text) in ("", "一、", "【", style))
            ):
                current, style = named, style_of(text)
                headed, numbered, direct = True, 0, bool(named)
                continue
            direct = bare
            told = current
            label, at = self._opened(text, late, current)
            if not label and (mine := style_of(text)) in ("一、", "（") and (mine == style or not current):
                head = re.match(r"[^。]{2,40}。", text)
                current, style = (self._named(head.group(), late=False) if head else ""), mine
                if current and head:
                    label, at = current, head.end()
            if label:
                current = label
            marked = ENUMERATOR.match(text) is not None
            if current and current == told and not label and not marked and (not headed or numbered > 1):
                # A paragraph behind what was told in one, or behind numbered lines, speaks of something else.
                current = ""
            numbered += marked
            headed = headed and current == told
            tail = at if current else max(at, int(len(frame.text) * _TAIL) - paragraph.start)
            for begin, end, name in self._parts(text, at, current, tail):
                if name and end > begin:
                    found.append(Passage(name, paragraph.start + begin, paragraph.start + end, sure=bare))
                if name and (current or (end <= begin and self._goes_on(number))):
                    # A lead at the end of its paragraph opens the ones that follow.
                    current = name
        return found

    def _says_more(self, text: str, style: str) -> bool:
        """Whether a numbered line tells something, and not only the name of its list."""
        mine = style_of(text)
        if mine in ("", "一、", "【", style) or style not in ("", "一、", "【") or re.search("[？?]|哪些|什么", text):
            return False
        return tells_more(text)

    def _goes_on_short(self, number: int, last: int) -> bool:
        """Whether the next line is as short as a heading, or a paragraph follows no more."""
        following = self._frame.paragraphs[number + 1 : number + 2]
        if not following or following[0].start >= last:
            return True
        return is_line(self._frame.text[following[0].start : following[0].end])

    def _goes_on(self, number: int) -> bool:
        following = self._frame.paragraphs[number + 1 : number + 2]
        return bool(following) and ENUMERATOR.match(self._frame.text, following[0].start) is not None

    # ---- headings

    def _named(self, heading: str, late: bool) -> str:
        """The list that a heading names."""
        heading = heading.strip(" \u3000。：:】【")
        places = [
            (match.start(), label)
            for label, cues in self._lists.items()
            if (match := pattern(cues.heading).search(heading))
            and not (cues.unless and pattern(cues.unless).search(heading))
        ]
        if places:
            place, label = min(places)
            # 经费保障与存在问题: only a part of what stands below, whose own words tell which.
            before = _SHARED.search(heading[:place])
            return self._told(before["topic"], anywhere=True)[0] if before else self._first(heading, place) or label
        return self._headed(heading) if late else ""

    def _first(self, heading: str, place: int) -> str:
        """正视问题，明确下步努力方向: the list that the first clause names, whose items come first."""
        clause = heading[: heading.find("，", 0, place) + 1]
        return self._told(clause, anywhere=True)[0] if clause and not _ABOUT.search(clause) else ""

    def _opened(self, text: str, late: bool, current: str) -> tuple[str, int]:
        """存在问题。…, 原因分析：…: a paragraph with the list's name in front."""
        head = re.match(
            r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.．、])?"
            r"(?P<h>[^。：，；\n]{2,14})[。：:]",
            text,
        )
        if boxed := re.match(r"[ \u3000]*【(?P<h>[^】\n]{2,20})】", text):
            return self._named(boxed["h"], late), boxed.end()
        if head is None:
            return "", 0
        for label, cues in self._lists.items():
            if re.fullmatch(f"(?:目前|当前|主要|工作中|仍)*(?:{cues.heading})[一-龥]{{0,6}}", head["h"]):
                return label, head.end()
        label = self._headed(head["h"]) if late else ""
        # 明年投入6万元更新器材: an item of the plans themselves.
        if label and label != current:
            return label, head.end()
        # 知不足而后进。其一…: a motto in front of the items of its own heading.
        motto = label and len(head["h"]) <= _MOTTO and ENUMERATOR.search(text, head.end() - 1)
        return "", head.end() if motto and not ENUMERATOR.match(text) else 0

    def _headed(self, heading: str) -> str:
        """The list that a heading names by a plain word: at its end, or with words that make it one."""
        label, end = self._told(heading, anywhere=True)
        first, *others = _AND.split(STYLE.sub("", heading))
        if others and (one := self._told(first, anywhere=True)[0]) and one != label:
            # 不足和打算: what is told first comes first.
            return one
        if not label or self._begun_anywhere(heading) or pattern(self._lists[label].beside or "(?!)").search(heading):
            return label
        return label if re.fullmatch("(?:和|及|与|、)?[一-龥]{0,4}", heading[end:]) else ""

    def _begun_anywhere(self, words: str) -> bool:
        begins = (cues.begins.replace("<次年>", self._next_year) for cues in self._lists.values() if cues.begins)
        return any(pattern(one).search(words) for one in begins)

    def _begins(self, words: str) -> tuple[str, int]:
        """The list that the beginning of a sentence opens, and where its items begin."""
        label = self._begun(words)
        return (label, self._told(words, anywhere=False)[1]) if label else ("", 0)

    def _begun(self, words: str) -> str:
        """The list that the beginning of a sentence opens."""
        at = past(_CONNECTED, words)
        for label, cues in self._lists.items():
            if cues.begins and pattern(cues.begins.replace("<次年>", self._next_year)).match(words, at):
                return label
        return ""

    def _told(self, words: str, *, anywhere: bool) -> tuple[str, int]:
        """The list that words tell, and where they end: what opens one, else the last noun (问题的原因)."""
        for label, cues in self._lists.items():
            begins = cues.begins.replace("<次年>", self._next_year)
            if not begins:
                continue
            at = 0 if anywhere else past(_CONNECTED, words)
            found = pattern(begins).search(words) if anywhere else pattern(begins).match(words, at)
            if found:
                return label, found.end()
        best, place, first = "", -1, -1
        for label, cues in self._lists.items():
            if not cues.word or (cues.unless and pattern(cues.unless).search(words)):
                continue
            matches = list(pattern(cues.word).finditer(words))
            if not matches or (not anywhere and cues.beside and not pattern(cues.beside).search(words)):
                continue
            if best and 0 <= matches[-1].start() - first <= 1 and re.search("[及和与、]", words[first : first + 1]):
                # 问题及原因: the first of the two.
                continue
            if matches[-1].start() >= place:
                best, place, first = label, matches[-1].start(), matches[-1].end()
        return best, first

    # ---- inside a paragraph

    def _parts(self, text: str, at: int, current: str, tail: int) -> Iterator[tuple[int, int, str]]:
        """A paragraph cut where the words of another list begin."""
        cuts: list[tuple[int, int, str]] = [(at, at, current)]
        spoken: list[tuple[int, int, str]] = []
        if tail < len(text):
            cuts += self._led(text, at, current, tail)
            spoken = list(self._spoken(text, at, current, tail, {cut[0] for cut in cuts[1:]}))
            cuts += spoken
        cuts.sort(key=lambda cut: (cut[0], cut[1]))
        # One sentence opens one list: the words that come first say which.
        cuts = [cut for number, cut in enumerate(cuts) if not number or cut[0] != cuts[number - 1][0] or number == 1]
        for number, (_, begin, label) in enumerate(cuts):
            end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
            if label == current and not number and len(cuts) > 1 and cuts[1] in spoken and cuts[1][2] == label:
                # 离要求还有距离。主要表现在三个方面：…: what the lead itself says is no item.
                continue
            stop = (
                pattern(self._lists[label].stop).search(text, begin, end) if label and self._lists[label].stop else None
            )
            if stop:
                # What ends a list stands at the beginning of a sentence.
                end = stop.start() if text[: stop.start()].rstrip(" \u3000")[-1:] in ("", "。", "；", "\n") else end
            if label:
                yield from turns(text, begin, end, label, self._begins)

    def _led(self, text: str, at: int, current: str, tail: int) -> Iterator[tuple[int, int, str]]:
        """By phrasings that are sure."""
        for label, cues in self._lists.items():
            if not cues.lead:
                continue
            for found in pattern(cues.lead).finditer(text, tail):
                sentence = max(text.rfind(mark, 0, found.start()) for mark in "。；\n")
                inside = ENUMERATOR.search(text, max(sentence, at), found.end() - 1)
                if label == current and not found.group().endswith("：") and ENUMERATOR.search(text, at, found.start()):
                    # 其三，…；明年再建六处，力争全覆盖: the list goes on.
                    continue
                if (inside and label == current) or self._begun(text[max(sentence + 1, at) : found.end()]) not in (
                    "",
                    label,
                ):
                    continue
                begin = max(sentence + 1, at)
                before = text[begin : found.start()]
                if current not in ("", label) and before.endswith("，") and tells(before):
                    # …还跟不上，究其原因，一方面…: what the sentence begins with is an item.
                    begin = found.start()
                open_end = _OPEN_END.match(text, found.end())
                yield begin, open_end.end() if open_end else found.end(), label

    def _spoken(self, text: str, at: int, current: str, tail: int, known: set[int]) -> Iterator[tuple[int, int, str]]:
        """By plain words, sentence by sentence."""
        start = at
        for stop in [*_SENTENCE.finditer(text, at), None]:
            end = stop.end() if stop else len(text)
            begin, start = start, end
            if end <= begin or begin < tail or any(begin <= place < end for place in known):
                continue
            inner = text[begin - 1 : begin] == "；" and not self._begun(text[begin:end])
            if inner or (ENUMERATOR.match(text, begin, end) and not _VIEWED.match(text, begin, end)):
                continue
            sentence = text[begin:end]
            opens = [place for place in (sentence.find("："), _numbered(sentence)) if place >= 0]
            head = sentence[: min(opens) or len(sentence)] if opens else sentence
            label, last = self._told(head, anywhere=False)
            if not label or (label == current and not opens):
                continue
            if opens:
                place = min(opens)
                yield begin, begin + place + (sentence[place] == "："), label
            elif self._lists[label].begins and last and len(sentence) >= _LEAST_PLAN:
                yield begin, begin + last, label
            elif current and current != label and not _IS.search(sentence, last):
                continue
            elif told := _IS.search(sentence, last if last < len(sentence) - 4 else 0):
                yield begin, begin + told.end(), label
            elif len(sentence) <= _SHORT:
                yield begin, end, label
            current = label


def _numbered(sentence: str) -> int:
    found = ENUMERATOR.search(sentence)
    return found.start() if found else -1
