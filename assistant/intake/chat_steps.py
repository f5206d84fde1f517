"""Figures that change what stands: 增加3人 and 少报了2人 add, 减少2人 takes away, 增加到20人 does neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.formatting import digits, money
from assistant.slots.numeral import Numeral

_END = r"(?:上|掉|了|进|出|去|的)*$"
_DONE = "(?:开|挂|发|走|去|来|办|搞|做|训|花|用|投|送|招|录|建|设|装|配)"
_AGAIN = r"(?:又|再|还|还要|还得|应该|应当|应|要|得|需要?)"
_RECORDED = r"(?:报|算|填|写|记|录|统计|登记|计|列|说)"
#: What a figure is compared with where it is no change of what was told: 比去年, 较计划.
_BESIDE = re.compile(r"比(?!原来|原先|刚才|刚刚|之前|此前|现在|上次|表[里上中]|填的|报的)|较|同比|环比")
_MORE = re.compile(
    rf"(?:增加|新增|净增|增长|增|(?<![参更附叠])加|新来|新进|调来|调进|调入|转来|转入|补进|补员|添|上升|提高|上调|调高|调增|涨|追加|补报|补登|补录|{_AGAIN}(?:补|算|添补)|"
    rf"{_AGAIN}多{_RECORDED}?|少{_RECORDED}|漏{_RECORDED}?|遗漏|落下|"
    rf"(?:又|再|另外){_DONE}){_END}"
)
_LESS = re.compile(
    rf"(?:减少|减去|减掉|扣除|扣|减|下降|降低|下调|调低|调减|降|去掉|"
    rf"退(?=[了掉出])|调走|调出|调离|转走|转出|退出|退队|清退|离队|离职|辞职|辞退|"
    rf"{_AGAIN}少{_RECORDED}?|(?:多|重复?|虚){_RECORDED}){_END}"
)
#: 少了2人: it went down, or too few were told. Not 至少, 差不多.
_EITHER = re.compile(rf"(?<![不至最差许很好太])[多少](?:{_DONE}|(?![次数半处年名种项人])[一-龥]{{1,2}}(?=了))?{_END}")
#: 还差5人, 缺编2人, 体检刷掉5人: not how many there are. Not 相差, 差不多.
_WANTING = re.compile(
    r"(?:(?<![相误时落温反偏])差|(?<!不)缺|(?<!拖)欠|淘汰|刷(?=[掉下了])|不合格|坏|破|损坏?|丢|歪|报废|没(?:有)?(?:过|合格|通过|登记?|填|报名|来|到|参加))"
    r"(?:编|员|额|口|掉|下来?|上|人|了|着|的|有)*$"
)
#: 俩没过体检
_FAILED = re.compile(
    r"人?(?:没有?|未)(?:能|通)?(?:过|合格|登记|报名|来|到(?!位率)|参加|去|走成|填)|不(?:合格|达标|符合|愿意?|想)"
)
#: In front of the name of what there is more or less of: 新增入伍3人.
_AHEAD = re.compile(r"(?:增加|新增|净增|减少|漏报|少报|多报|补报|补录)了?$")
_COMPARED = re.compile(r"比(?:原来|原先|刚才|刚刚|之前|此前|现在|上次|表[里上中]|填的|报的)[^，。；]{0,4}$")
#: From a change to the sum that it makes: 增加3人，达到21人; 多征了2个兵，一共18个.
_SUM = re.compile(
    r"[人名个次户]?[，, ]*(?:现在|目前|总数|总共|一共|合计|共计|共|应该|应)*"
    r"(?:达到了?|达|到|为|是|变成了?|变为|成了?|成为|改成|改为)(?:总共|一共|共)?"
    r"|[一-龥]{0,4}[，, ]*(?:现在|目前|今年)?(?:总共|一共|合计|共计|累计|总计|共|现有|现在|实际|实有)"
    r"(?:还剩?|剩)?(?:有|是|为|达)?"
)


def steps(left: str, ahead: str = "") -> tuple[int, ...]:
    """By its words in front, whether a figure is added (1) or taken away (-1); both where both may be meant, or none.

    Args:
        ahead: what stands in front of the name, where the figure follows a name at once.
    """
    if _BESIDE.search(left):
        return ()
    if _AHEAD.search(ahead):
        left = ahead
    for signs, pattern in (((1,), _MORE), ((-1,), _LESS)):
        if pattern.search(left):
            return signs
    if found := _EITHER.search(left):
        if _COMPARED.search(left[: found.start()]):
            return (1,) if found.group().startswith("多") else (-1,)
        return (1, -1)
    return ()


def wanting(left: str, behind: str = "") -> bool:
    """Whether a figure tells how many are wanting or fell out, by its words in front or by those right behind."""
    return _WANTING.search(left) is not None or _FAILED.match(behind) is not None


def makes_sum(between: str) -> bool:
    """Whether the next figure is what a change came to."""
    return _SUM.fullmatch(between) is not None


@dataclass(frozen=True)
class Change:
    """What a fact, or a cell of a table, is to be more or less by.

    Attributes:
        name: what it is called in a sentence that sets it: 入伍人数, 应急排的实有人数.
        had: its value, None where it has none. ``measure``: its measure word.
        one, amount: the figure as it was told, and its value.
        signs: as ``steps`` gives them, never none.
    """

    name: str
    had: object
    measure: str
    one: Numeral
    amount: object
    signs: tuple[int, ...]

    def sums(self) -> list[int | Decimal] | str:
        """What it may come to, the lowest first; a sentence where it comes to nothing."""
        if not isinstance(self.had, int | Decimal) or not isinstance(self.amount, int | Decimal):
            return f"“{self.name}”还没有数，不知道是在多少的基础上{self._words}，请直接说一共是多少。"
        found = [self.had + sign * self.amount for sign in sorted(self.signs)]
        found = [one for one in found if one >= 0]
        return found or f"“{self.name}”现在是{self.stands}，减去{self.one.text}会小于零，没有记。"

    def unlike(self, come: int | Decimal) -> str:
        """A doubt where what it is said to have come to is no sum of what stands and the change; "" for none."""
        sums = self.sums()
        if not isinstance(self.had, int | Decimal) or isinstance(sums, str) or come in sums:
            return ""
        return f"现在是{self.stands}，和增减的{self.one.text}对不上，请核对"

    @property
    def stands(self) -> str:
        return self.shown(self.had) if isinstance(self.had, int | Decimal) else ""

    @property
    def told(self) -> str:
        """How the sum came about, to be looked over."""
        return f"由现在的{self.stands}{self._words}得出，请核对"

    def shown(self, value: int | Decimal) -> str:
        return money(Decimal(value)) if self.one.kind == "money" else f"{digits(value)}{self.measure or self.one.unit}"

    @property
    def _words(self) -> str:
        word = "多了或少了" if len(self.signs) > 1 else "加上" if self.signs == (1,) else "减去"
        return f"{word}{self.one.text}"
