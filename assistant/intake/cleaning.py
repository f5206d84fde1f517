"""A source as it can be read: scraps, blanks, slips and stray signs out of the way, each told with its place.

What is cleaned is only a copy for looking things up. Every character of it knows where it stood in the source, so that
a quote is always the source's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.intake.cleaning_cells import cells_as_tabs
from assistant.intake.cleaning_lines import blanks_as_tabs, hard_wrapped, wrapped
from assistant.intake.found import Notice, NoticeKind
from assistant.slots.legible import SPREAD, full_marks, misread_numbers, simplified, with_digits

#: Stands for a blank that somebody left open; no pattern crosses it.
BLANK = "\ue002"
_FILE = Path(__file__).with_name("scraps.yaml")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\r]")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE |= {ord("％"): ord("%"), ord("．"): ord("."), ord("\u00a0"): ord(" ")}
_HANZI = "一-龥"
_SPACE = re.compile(
    rf"(?<=[{_HANZI}，。；：、（）]) +(?=[0-9])"
    rf"|(?<=[0-9%]) +(?=[{_HANZI}，。；：、（）%])"
    rf"|(?<=[，；：、]) (?=[{_HANZI}])"
)
_BRACKETED = re.compile(rf"[(（](?=[^()（）\n]*[{_HANZI}])[^()（）\n]{{1,40}}[)）]")
#: 举报: 0; 荣誉: 1 项. in a text with half-width marks: between figures too.
_HALF_STOP = re.compile(rf"(?<=[0-9%)）{_HANZI}]);(?=[ \n]|$)|(?<=[0-9%)）]),(?= )|(?<=[)）{_HANZI}])\.(?=[ \n]|$)")
#: What scanners take for one another in words that this field has.
_WORD_SLIPS = tuple(
    (re.compile(wrong), right)
    for wrong, right in (
        ("基[于千](?=民兵)", "基干"), ("[千于](?=部[0-9一二三四五六七八九十名，。、（学集])", "干"),
        ("(?<![军个工专敌万百千十几亿0-9])人(?=伍(?!人))", "入"), ("(?<=[列纳编])人(?=财政|预算|考核|民兵|基干)", "入"),
        ("投人(?=[0-9 一二三四五六七八九十]|民兵|资金|经费)", "投入"), ("末(?=发生|出现|收到|接到)", "未"),
        ("己(?=建成?|有[0-9]|挂|登记|完成|全部|经|配)", "已"), ("问颗", "问题"), ("民乓", "民兵"),
        ("(?<=[二一三四五六七八九〇零])[OoＯ](?=[一二三四五六七八九〇零OoＯ])", "〇"),
    )
)  # fmt: skip
_QUOTED = re.compile(rf'"(?=[^"\n]*[{_HANZI}])[^"\n]{{1,30}}"')
#: Signs that part one item from the next within a line.
_SEPARATORS = re.compile(r"[●■◆▲★▪•◇◎▶►➤✓√◼□▷]|(?<= )[/／](?= )")
#: 编制60/实有60, 110户/118人, 适龄430→登记430: a sign between two things told. 元/户 is a rate, 10→12 a change.
_PARTED = re.compile(
    r"(?<=[0-9一-龥）%])[/／](?=[0-9]+(?:\.[0-9]+)?[一-龥]|(?!(?:户|人|月|年|家|次|名|村|度)(?![一-龥]))[一-龥])"
    r"|(?<=[0-9一-龥）%]) ?(?:→|⇒|➔|➜|-{1,2}>|=>|↘|↗) ?(?=[一-龥])|(?<=[0-9一-龥）]) ?(?:-{1,2}>|=>) ?(?=[0-9])"
    r"|(?<=[一-龥]) ?[—–-]{2} ?(?=[0-9])"
)
#: Lines of a table in plain text keep their blanks: two columns at least.
_COLUMNS = re.compile(r"\S[ \u3000]{2,}\S.*\S[ \u3000]{2,}\S|\t")
_SPREAD_NAME = re.compile(rf"(?<![{_HANZI}])[{_HANZI}](?: [{_HANZI}]){{1,11}}(?![{_HANZI}])")
#: ll 名, l 个: a number of nothing but letters, behind Chinese and in front of a measure word.
_ALL_SLIPS = re.compile(
    r"(?<=[一-龥：，、])(?P<space> ?)(?P<digits>[lI]{1,3}|[Oo]) ?(?=[名人个处次户块条份场期座万%天])|"
    r"（(?P<item>[lI])）"
)
#: 5 .8 万元
_POINT = re.compile(r"(?<=[0-9]) (?=\.[0-9]+ ?[万元%])|(?<=[0-9]\.) (?=[0-9]+ ?[万元%])")
_HALF_DIGITS = str.maketrans("lIOo", "1100")


@dataclass(frozen=True)
class Cleaned:
    """A copy of the source for looking things up.

    Attributes:
        text: the copy.
        places: for each of its characters, where it stood in the source.
        notices: what was taken out or mended.
    """

    source: str
    text: str
    places: list[int]
    notices: tuple[Notice, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source's place of [start, end) of the copy, which must not be empty."""
        return self.places[start], self.places[end - 1] + 1


def clean(source: str) -> Cleaned:
    """Makes the copy. Never fails; the time is linear in the source."""
    notices: list[Notice] = []
    gone = bytearray(len(source))
    text = cells_as_tabs(blanks_as_tabs(_mapped(source)), source)
    for found in _INVISIBLE.finditer(text):
        gone[found.start()] = 1
    text = _slips(text, source, gone, notices)
    text = _blanks(text, source, gone, notices)
    _markers(text, source, gone, notices)
    _scraps(text, source, gone, notices)
    text = _SEPARATORS.sub("；", text)
    text = _PARTED.sub(lambda found: "，" + "\u3000" * (len(found.group()) - 1), text)
    text = _spaced(text)
    columns = [found.span() for found in re.finditer(r"[^\n]+", text) if _COLUMNS.search(found.group())]
    for found in _SPACE.finditer(text):
        if len(found.group()) == 1 or not any(start <= found.start() < end for start, end in columns):
            _take(gone, *found.span())
    for found in _SPREAD_NAME.finditer(text):
        for place in range(*found.span()):
            gone[place] |= text[place] == " "
    for place in (*wrapped(text, gone), *hard_wrapped(text, gone)):
        gone[place] = 1
    places = [place for place in range(len(source)) if not gone[place]]
    notices.sort(key=lambda notice: notice.start)
    return Cleaned(source, "".join([text[place] for place in places]), places, tuple(notices))


#: 征兵 适龄338 登记336: blanks between what is told, and behind the word that opens a line.
_TOLD = re.compile(
    rf"(?<=[0-9一二三四五六七八九十百千万）%])(?P<unit>[人名个次户块条份场期座天支间处起件元万节面顶把班]{{1,2}}|"
    rf"(?<=[0-9）]{{2}})) (?=[{_HANZI}]{{2}}|[共计][0-9])"
    r"(?![万亿余多元人名个次户块条份场期座天支间处起件节面顶把班号月日年])"
)
_OPENED = re.compile(rf"^[{_HANZI}]{{2,4}} (?=[{_HANZI}0-9])", re.MULTILINE)
_LEAST_OPENED, _LEAST_TOLD = 3, 2


def _spaced(text: str) -> str:
    """The text with marks where an author only left blanks; as long as before."""
    if len(_OPENED.findall(text)) >= _LEAST_OPENED:
        text = _OPENED.sub(lambda found: found.group()[:-1] + "：", text)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if len(_TOLD.findall(line)) >= _LEAST_TOLD and not _COLUMNS.search(line):
            lines[number] = _TOLD.sub(lambda found: found.group()[:-1] + "，", line)
    return "\n".join(lines)


#: A line that comes again: the head of a page.
_RUNNING = re.compile(rf"[{_HANZI}《》（）]{{5,30}}")


def line_of(source: str, start: int) -> str:
    """第 3 段: where a person finds a place."""
    return f"第 {sum(1 for line in source[:start].split(chr(10))[:-1] if line.strip()) + 1} 段"


def _mapped(source: str) -> str:
    """Half-width letters, full-width marks, simplified characters; as long as the source."""
    text = source.translate(_WIDE)
    text = simplified(full_marks(text))
    text = _HALF_STOP.sub(lambda found: {";": "；", ",": "，", ".": "。"}[found.group()], text)
    text = _BRACKETED.sub(lambda found: f"（{found.group()[1:-1]}）", text)
    return _QUOTED.sub(lambda found: f"“{found.group()[1:-1]}”", text)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{one})" for one in data[name]), re.MULTILINE) for name in data}


def _slips(text: str, source: str, gone: bytearray, notices: list[Notice]) -> str:
    out, at = [], 0
    for found in misread_numbers(text):
        out += [text[at : found.start()], with_digits(found.group())]
        at = found.end()
        notices.append(_notice("slip", f"“{{}}”按“{out[-1]}”读，请核对原件。", source, found))
    text = "".join([*out, text[at:]])
    for wrong, right in _WORD_SLIPS:
        for found in wrong.finditer(text):
            notices.append(_notice("slip", f"“{{}}”按“{right}”读，请核对原件。", source, found))
        text = wrong.sub(right, text)
    for found in _ALL_SLIPS.finditer(text):
        begin, end = found.span("digits" if found["digits"] else "item")
        text = text[:begin] + text[begin:end].translate(_HALF_DIGITS) + text[end:]
        notices.append(_notice("slip", f"“{{}}”按“{text[begin:end]}”读，请核对原件。", source, (begin, end)))
    for found in _POINT.finditer(text):
        _take(gone, *found.span())
    for found in SPREAD.finditer(text):
        for place in range(*found.span()):
            gone[place] |= text[place] == " "
        notices.append(_notice("slip", f"“{{}}”按“{found.group().replace(' ', '')}”读，请核对原件。", source, found))
    return text


def _blanks(text: str, source: str, gone: bytearray, notices: list[Notice]) -> str:
    out, at = [], 0
    told: Notice | None = None
    for found in _patterns()["blanks"].finditer(text):
        if found.start() < at:
            continue
        out += [text[at : found.start()], BLANK, "\ue003" * (found.end() - found.start() - 1)]
        _take(gone, found.start() + 1, found.end())
        at = found.end()
        if told is None or found.end() > told.end:
            # XX分队XX人 is told once.
            told = _notice("blank", "这里是空着没填的，没有当作事实。", source, found, around=8)
            notices.append(told)
    return "".join([*out, text[at:]])


def _markers(text: str, source: str, gone: bytearray, notices: list[Notice]) -> None:
    for found in _patterns()["markers"].finditer(text):
        _take(gone, *found.span())
        notices.append(_notice("marker", "夹了一个多余的符号“{}”，已略过。", source, found))


def _scraps(text: str, source: str, gone: bytearray, notices: list[Notice]) -> None:
    pattern = _patterns()["lines"]
    heads = Counter(line.strip(" \u3000") for line in text.split("\n"))
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    # The unit's name that opens a text and signs it is no head of its pages.
    named = {*filled[:1], *filled[-_SIGNED:]}
    at = 0
    for number, line in enumerate(lines):
        name = line.strip(" \u3000")
        if heads[name] > 1 and number not in named and _RUNNING.fullmatch(name):
            _take(gone, at, at + len(line))
        for begin, end in _stretches(line):
            part = line[begin:end].strip(" \u3000")
            if part and len(part) < 120 and pattern.search(part):
                _take(gone, at + begin, at + end)
                notices.append(_notice("scrap", "像是网站或扫描留下的字，已略过。", source, (at + begin, at + end)))
        at += len(line) + 1


#: So many lines at the end may be a signature.
_SIGNED = 3
#: A line of more than one sentence, of which one may be a scrap; a short one without figures is all of it.
_LONG = 50


def _stretches(line: str) -> Iterator[tuple[int, int]]:
    """A line, or its sentences where it is a long one or tells figures."""
    if len(line) < _LONG and not _TELLS.search(line):
        yield 0, len(line)
        return
    at = 0
    for found in re.finditer(r"[。！？]", line):
        yield at, found.end()
        at = found.end()
    yield at, len(line)


#: 现场办公4 次。: a sentence in front of another that tells a figure.
_TELLS = re.compile(
    r"[0-9一二两三四五六七八九十百千]+ ?[余多]?(?:人次|[人名位个户次场期份条块元万])[^。！？\n]{0,20}[。！？]."
)


def _take(gone: bytearray, start: int, end: int) -> None:
    gone[start:end] = b"\x01" * (end - start)


def _notice(
    kind: NoticeKind, message: str, source: str, found: re.Match[str] | tuple[int, int], around: int = 0
) -> Notice:
    start, end = found if isinstance(found, tuple) else found.span()
    if around:
        # A blank alone tells nothing: its clause does.
        left = re.search(r"[^，。；\n]*\Z", source[max(0, start - around) : start])
        right = re.match(r"[^，。；\n]*", source[end : end + around])
        start -= len(left.group()) if left else 0
        end += len(right.group()) if right else 0
    quote = source[start:end]
    return Notice(kind, message.replace("{}", quote), quote, start, end, line_of(source, start))
