"""Two figures of one change: 由10人增至12人, 18人→21人, 首次突破60人，达到66人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.slots.numeral import Numeral

FROM = re.compile(
    r"(?:从|由)(?:去年|上年|上一年|年初|原来|过去|最初|20[0-9]{2}年)?(?:同期)?(?:的)?（?$|(?<=原有[一-龥]{4})$|(?<=原有[一-龥]{5})$|(?<=原有[一-龥]{6})$"
)
#: What stands between the two figures of a change: 由30人扩编为36人, 18人→21人.
_CHANGED = re.compile(
    r"(?:[，]?[^，。；、\n]{0,7}，?[^，。；、\n]{0,2}(?:到|至|为|成)(?:了)?"
    r"(?:今年的?|现在的?|20[0-9]{2}年的?)?|[ ]?(?:→|⇒|-+>|=>)[ ]?)"
)
#: 首次突破60人，达到66人: what was passed, and what it came to.
_PASSED, _CAME_TO = ("突破", "超过"), re.compile(r"(?:大关)?，(?:实际|最终|最后)?达到?了?")
_SIDE_BY_SIDE = ("", "、", "，")


class FromTo:
    """The changes that the figures of one text tell."""

    def __init__(self, text: str, figures: Sequence[Numeral]) -> None:
        self._text, self._figures = text, figures

    def amount(self, place: int, step: int) -> int | None:
        """The next figure in a direction that is no year."""
        place += step
        while 0 <= place < len(self._figures) and self._figures[place].kind == "year":
            place += step
        return place if 0 <= place < len(self._figures) else None

    def pair(self, place: int) -> bool:
        """由32人57.6万元增至36人68.4万元: whether the first of such four figures stands here."""
        four = self._figures[max(0, place) : place + 4]
        if place < 0 or len(four) < 4 or (four[0].kind, four[1].kind) != (four[2].kind, four[3].kind):
            return False
        close = all(self._text[one.end : two.start] in _SIDE_BY_SIDE for one, two in (four[:2], four[2:]))
        return (
            close
            and four[0].kind != four[1].kind
            and _CHANGED.fullmatch(self._text, four[1].end, four[2].start) is not None
        )

    def changes(self, begin: int, place: int) -> bool:
        """The first figure of 由10人增至12人."""
        one = self._figures[place]
        if place and self.pair(place - 1):
            return self.changes(begin, place - 1)
        if place + 1 >= len(self._figures):
            return bool(FROM.search(self._text[begin : one.start]))
        if self.pair(place):
            return bool(FROM.search(self._text[begin : one.start]))
        number = self.amount(place, 1)
        after = self._figures[number if number is not None else place + 1]
        between = self._text[one.end : after.start]
        # 参训人次从216提高到240人次: the first has its measure word from the second.
        if not _CHANGED.fullmatch(between) or one.kind not in (after.kind, "number"):
            return False
        return bool(FROM.search(self._text[begin : one.start])) or between.strip() in ("→", "⇒", "->", "-->", "=>")

    def passed(self, place: int) -> bool:
        """The first of the two figures of 突破60人，达到66人."""
        one, following = self._figures[place], self._figures[place + 1 : place + 2]
        passed = one.text.startswith(_PASSED) and bool(following)
        return passed and _CAME_TO.fullmatch(self._text, one.end, following[0].start) is not None
