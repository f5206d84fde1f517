"""Figures beside a row's name that are not simply its next column: what counts names, parts and their sum, others'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField
from assistant.intake.extract_columns import FILLER, put, suits
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

#: Nobody counts longer lists in the same sentence.
_MOST_NAMES = 40
#: …、2个共40人的: the figure is that of the next name.
_OF_THE_NEXT = re.compile("(?:各|共)?(?:计|有)?[0-9一二三四五六七八九十百]{1,4}[多余]?[人名](?:组成)?的")
#: 应急分队3个、编制78人, 两个共三十六人: more of the same row follows its count; ，共 would add rows up.
_GOES_ON = re.compile("[，、（](?:编制|应编|定编|核编)(?:人数|数|为|是|有|共)*|共(?:计|有|编)?|（共?(?:计|有|编)?")
#: 下辖3个排各20人，共60人.
_EACH_PART = re.compile("(?:民兵)?(?:排|班|小?组|小队|分队)，?(?:每[个排班组队]|各)(?:有|编|编有|编配|配)?")
_THEIR_SUM = re.compile("[，、（]?(?:一共|共计|合计|总共|总计|共|计)(?:有|编|编有)?")
#: 配有4名民兵干部: what may lead to a figure whose column stands behind it. 共 tells of all rows, 各 of each.
_LEADS = re.compile("[，、（](?:并|另|还|其中|内含|含)?(?:配备|编配|配|设|带|有)?(?:有|了)?")
#: 突击队，66名民兵值守卡口: the people are those of the next clause, and do something there.
_ACTS = re.compile("(?:基干|骨干|村级)?民兵(?!干部|骨干|组成|编成|[，。；、）\\n]|$)")
#: 48人编入应急分队（30人）和防火分队（18人）: the name has people of its own right behind it.
_OWN = re.compile("[（：]?(?:共|计|编)?")


def counts_names(place: int, figures: Sequence[Numeral], text: str, begin: int, cues: TableCues) -> bool:
    """应急排、搜救分队、扑火分队三支: the figure counts the names before it, from the sentence's ``begin`` on."""
    one = figures[place]
    if one.value is None or not 1 < one.value <= _MOST_NAMES:
        return False
    following = figures[place + 1] if place + 1 < len(figures) else None
    if following is not None and _GOES_ON.fullmatch(text, one.end, following.start):
        return False
    names = pattern(cues.key).finditer(text, begin, one.start)
    return one.value == sum(1 for _ in islice(names, _MOST_NAMES + 1))


def counts_what_follows(place: int, figures: Sequence[Numeral], text: str, cues: TableCues) -> bool:
    """医疗救护分队12人两支民兵分队: the two are those of the list."""
    one = figures[place]
    if _OF_THE_NEXT.match(text, one.end):
        return True
    after = text[one.end : one.end + 8]
    named = any(column.say and re.match(column.say, after) for column in cues.columns.values())
    joined = place + 1 < len(figures) and not FILLER.sub("", text[one.end : figures[place + 1].start])
    return bool(re.match("(?![等共合均各左以并和与及])[一-龥]", after)) and not named and not joined


def parts_of_row(place: int, figures: Sequence[Numeral], text: str) -> bool:
    """应急连下辖3个排各20人，共60人: whether a row's parts and what each has stand here, with their sum behind them."""
    if place + 2 >= len(figures):
        return False
    parts, each, whole = figures[place : place + 3]
    if parts.value is None or each.value is None or each.unit != whole.unit or parts.value * each.value != whole.value:
        return False
    told = _EACH_PART.fullmatch(text, parts.end, each.start)
    return told is not None and _THEIR_SUM.fullmatch(text, each.end, whole.start) is not None


def named_behind(row: Row, between: str, one: Numeral, text: str, item: FactField, cues: TableCues) -> str | None:
    """实有40人，配有4名民兵干部: the column whose word stands right behind its figure, and ends the clause."""
    if not _LEADS.fullmatch(between):
        return None
    for label, column in cues.columns.items():
        told = column.say and re.match(f"(?:{column.say})(?=[，。；、）\n]|$)", text[one.end : one.end + 8])
        if told and not column.usual and label not in row.cells and suits(one, item, label, column):
            return label
    return None


def both_in_front(
    row: Row, places: Sequence[int], figures: Sequence[Numeral], text: str, item: FactField, cues: TableCues
) -> bool:
    """编制50人、实有48人的应急连: both figures stand in front of the name, each with its column's word."""
    if len(places) < 2 or text[figures[places[1]].end : row.start] != "的":
        return False
    first, second = (figures[place] for place in places)
    if "。" in text[first.end : second.start]:
        return False
    columns = [_word_of(figures[place], text, cues) for place in places]
    if "" in columns or columns[0] == columns[1]:
        return False
    for label, place in zip(columns, places, strict=True):
        put(row, item, cues, label, figures[place])
        row.used.add(place)
    row.start = first.start
    return True


def _word_of(one: Numeral, text: str, cues: TableCues) -> str:
    """The column whose word stands right in front of a figure; 编为30人的 is the verb of a list and names none."""
    for label, column in cues.columns.items():
        if column.say and pattern(f"(?:{column.say})(?:人数|数)?[：有是]*$").search(
            text, max(0, one.start - 8), one.start
        ):
            return label
    return ""


def acts(text: str, one: Numeral) -> bool:
    """Whether the people that a figure counts begin a clause of their own."""
    return _ACTS.match(text, one.end) is not None


def shares_out(text: str, at: int, figures: Sequence[Numeral], place: int) -> bool:
    """Whether a figure in front of a name is that of several names, for this one has its own where it ends."""
    following = figures[place + 1] if place + 1 < len(figures) else None
    alike = following is not None and (following.kind, following.unit) == (figures[place].kind, figures[place].unit)
    return alike and following is not None and _OWN.fullmatch(text, at, following.start) is not None
