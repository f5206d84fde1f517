"""Lines as scanners, PDF files and messages leave them: broken in a sentence, or cells parted by one blank."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant.intake.extract_of_all import opens_whole

_HEADING = re.compile(
    r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|[0-9]{1,2}[.．、]|【|第[一二三四])"
)
_LEAST_WRAPPED = 28
_MEASURED = re.compile("[ ]?(?:人次|[人名位个户次场期份张册条块面支台套处起件例天元万亿%])")
#: 20:18, 王主任 20:18: lines of a talk, which end where they end.
_CLOCK = re.compile(r"^[^，。；\n]{0,16}?[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?[ \u3000]*$", re.MULTILINE)
_LEAST_TALK = 3
#: 双拥：…, on the next line 出动：…: notes, a line for each matter.
_LABELLED = re.compile("[ \u3000]*[一-龥、（）/]{1,8}[:：]")
#: 大湾村  报名10人, 杨家坝：入伍1名: what one of several places reports, which mostly ends without a mark.
_OF_PLACE = re.compile(
    r"[ \u3000]*(?:[（(]?[0-9]{1,2}[）)、.．][ ]?|[【·*-] ?)?[一-龥]{2,5}"
    r"(?:[】\]]|[一-龥]{0,8}[:：]|[ \u3000]{1,4}|(?:(?<=村)|(?<=社区)|(?<=屯))"
    r"(?=[一-龥]{2,10}[0-9一二两三四五六七八九十]))(?=.*?(?:[0-9一二两三四五六七八九十]|没|无))"
)
_LEAST_PLACES = 2
#: A text broken at one width: lines of so many half-widths, at least so many of them.
_LEAST_WIDTH, _MOST_WIDTH, _LEAST_LINES = 40, 120, 5
#: What a sentence has, or a table whose cells are parted already.
_OF_SENTENCES = re.compile(r"[，。；：！？、\t|｜│┃]|\S[ \u3000]{2,}\S")
_AMOUNT = re.compile(r"[0-9][0-9.,]*[%一-龥]{0,3}")
_YEAR = re.compile("20[0-9]{2}年?度?")
_LEAST_CELLS, _LEAST_FIGURES, _LEAST_ROWS = 3, 2, 2
#: A blank as wide as a hanzi is typed to part cells.
_HEAD_OF_TWO = re.compile(
    r"(?:支出|资金|发放)?(?:项目|名称|类别|等次|品名|内容|用途) (?:金额|人数|数量|支出|经费)(?:[（(][一-龥]{1,2}[）)])?"
)
_WIDE, _FEW, _NAMES = "\u3000", 2, ("姓名", "名字")


def wrapped(text: str, gone: bytearray) -> Iterator[int]:
    """Line ends in the middle of a sentence, as scanners and PDF files leave them."""
    lines = text.split("\n")
    talk = len(_CLOCK.findall(text)) >= _LEAST_TALK
    places = sum(_OF_PLACE.match(line) is not None for line in lines) >= _LEAST_PLACES
    at = 0
    for line, following in itertools.pairwise(lines):
        end = at + len(line)
        kept = line.rstrip(" \u3000") if not all(gone[at:end]) else ""
        if kept and following.strip(" \u3000") and not _HEADING.match(following) and not following[:1].isspace():
            hanging = kept[-1] in "，、" and len(kept) > 12
            # 比上年增加2 and 名 on the next line are one figure.
            open_ = "\u4e00" <= kept[-1] <= "\u9fff" or (kept[-1].isdigit() and _MEASURED.match(following))
            middle = len(kept) >= _LEAST_WRAPPED and open_ and "，" in kept
            middle = middle and not (_LABELLED.match(line) and _LABELLED.match(following))
            # 另外镇里开了3次议军会 goes on with no village's words.
            begins = places and (_OF_PLACE.match(following) is not None or opens_whole(following))
            middle = middle and not begins
            if hanging or (middle and not talk and re.search("[，。；]", following)):
                yield end
        at = end + 1


def hard_wrapped(text: str, gone: bytearray) -> Iterator[int]:
    """Every line's end where a whole text was broken at one width, with page heads in between."""
    lines, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        kept = "" if all(gone[at:end]) else line.rstrip(" \u3000")
        # A line of cells is as wide as its cells are.
        lines.append((kept, 0 if "\t" in kept else sum(1 if sign.isascii() else 2 for sign in kept), end))
        at = end + 1
    wide = sorted(width for _, width, _ in lines if width >= _LEAST_WIDTH)
    if len(wide) < _LEAST_LINES:
        return
    width = wide[len(wide) * 4 // 5]
    full = [kept for kept, mine, _ in lines if 0.8 * width <= mine <= 1.1 * width]
    told = sum(1 for kept, _, _ in lines if kept)
    if not width <= _MOST_WIDTH or wide[-1] > 1.3 * width or 2 * len(full) < told:
        return
    if sum(kept[-1] not in "。：；！？" for kept in full) < max(_LEAST_LINES, 0.6 * len(full)):
        return
    for number, (kept, mine, end) in enumerate(lines):
        if not 0.8 * width <= mine <= 1.1 * width or kept[-1] in "。：！？":
            continue
        stop = end
        for following, _, last in lines[number + 1 :]:
            if following:
                if not _HEADING.match(following):
                    yield from (place for place in range(end, stop + 1) if text[place] == "\n")
                    yield from _indent(text, stop + 1)
                break
            stop = last


def _indent(text: str, at: int) -> Iterator[int]:
    while at < len(text) and text[at] in " \u3000":
        yield at
        at += 1


def blanks_as_tabs(text: str) -> str:
    """A table whose cells one blank parts, as mail and messages leave it, with tabs in the place of the blanks.

    It has a head without figures, and below it at least two lines of as many cells, with two figures or more each.
    Where the blanks are as wide as a hanzi, or the head says 项目 金额, two columns are enough, the last of them
    figures; people (姓名, 身份, 事迹) have none.
    """
    if " " not in text and _WIDE not in text:
        return text
    lines = text.split("\n")
    cells = [[] if _OF_SENTENCES.search(line) else line.split() for line in lines]
    for number, head in enumerate(cells):
        wide = _WIDE in lines[number].strip()
        people = wide and len(head) > _FEW and head[0] in _NAMES
        wide = wide or _HEAD_OF_TWO.fullmatch(lines[number].strip()) is not None
        if len(head) < (_FEW if wide else _LEAST_CELLS) or any(
            _AMOUNT.match(cell) and not _YEAR.fullmatch(cell) for cell in head
        ):
            continue
        last = number + 1
        while last < len(cells) and len(cells[last]) == len(head) and (people or _is_row(cells[last], wide=wide)):
            last += 1
        if last - number > _LEAST_ROWS:
            for at in range(number, last):
                lines[at] = re.sub(r"(?<=\S)[ \u3000](?=\S)", "\t", lines[at])
    return "\n".join(lines)


def _is_row(cells: list[str], *, wide: bool) -> bool:
    if wide and _AMOUNT.fullmatch(cells[-1]) and not _AMOUNT.fullmatch(cells[0]):
        return True
    return sum(1 for cell in cells if _AMOUNT.fullmatch(cell)) >= _LEAST_FIGURES
