"""How prose shortens a name that a fact has: 临江区柳林街道 as 临江区 or 柳林, 沈国安 as 沈书记.

Chinese names places by words: 解放街道, 平安镇. Such a word alone is no name, and hiding it would take 平安建设 out
of a text: a place is known without its rank only where it is no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import rjieba

from assistant.facts.fields import Names

_HANZI = "\u4e00-\u9fff"
_RANKS = (
    "自治区|自治州|自治县|自治旗|街道办事处|办事处|管理区|开发区|街道|社区|新区|苏木|农场|林场"
    "|省|市|州|盟|县|区|旗|镇|乡|村"
)
#: Offices that are called by their place alone: 临江军分区, 临江人武部.
_OFFICES = "军分区|警备区|卫戍区|军区|人民武装部|人武部|武装部"
#: From the beginning on: further inside a name nearly any word could be one. The rank is the last: 郑州市, 新乡市.
_PLACE = re.compile(
    rf"(?P<stem>[{_HANZI}]{{1,10}}?)(?:(?P<office>{_OFFICES})|(?P<rank>{_RANKS})(?!(?!(?P=rank))(?:{_RANKS})))"
)
_BEFORE = re.compile("中国共产党|中国人民解放军|中共|中国")
_APART = re.compile(r"[、，,；;/（）()\s\u3000]+|(?<=[委府部会处])[和与及]")
#: What parts of a name stand in front of a place: 区委柳林街道.
_BODY = re.compile("人民政府|政府|人大常委会|人大|政协|委员会|党工委|党委|工委|纪委|委|人民武装部|人武部|机关|工作")
#: What an area is for: 临江经济技术开发区.
_TRADE = re.compile("(?:国家级|省级|经济|技术|高新|工业|产业|旅游|度假|综合|保税|示范|生态|农业)+$")
#: Whose area it is: 恩施土家族苗族自治州.
_PEOPLES = re.compile(
    "(?:(?:壮|回|苗|彝|藏|侗|瑶|白|傣|黎|羌|满|畲|水|土家?|蒙古|布依|朝鲜|哈尼|哈萨克|柯尔克孜|傈僳|佤|拉祜|纳西|景颇|仡佬|仫佬|毛南"
    "|撒拉|东乡|保安|裕固|锡伯|塔吉克|达斡尔|鄂温克|鄂伦春|怒|独龙|布朗|普米|各)族|维吾尔)+$"
)
#: No name in front of a rank: 市县, 街道社区, 县级, 各村, 驻村.
_NO_STEM = re.compile(
    "(?:省|市|州|盟|县|区|旗|镇|乡|村|街道|社区)*[级属直域]?|[全各本我该某此这那两几每多外邻郊大小老强驻返进入下到在包联帮走出回跨赴]"
)
#: Words that a dictionary takes for names.
_WORDS = re.compile(
    "红旗|和平|友谊|文明|双拥|练兵|曙光|卫国|建国|建军|爱国|爱民|强军|拥军|城市|阳光|卫星|保安|中华|新华|太阳|东方|五星|红星|四海"
    "|同心|黄河|长江|长城|泉水|大桥|广场|公园|花园|新村|新区|山区|地区|小区"
)
_NAMED = ("nr", "ns", "nt", "nz")
#: How often a dictionary must have met a word that is no name; of the rarer ones most are (金水).
_OFTEN = 50
_SHORT = 2

_TITLES = "书记|镇长|乡长|区长|县长|市长|主任|部长|局长|所长|站长|科长|处长|队长|连长|排长|班长|主席|指导员|教导员"
_CALLED = (
    *(f"{deputy}{title}" for title in _TITLES.split("|") for deputy in ("", "副")),
    "政委",
    "干事",
    "委员",
    "同志",
)
_TITLE = "|".join((*_CALLED, "先生", "女士"))
_PERSON = re.compile(
    rf"(?:.*(?:{_TITLE}))?(?P<name>[{_HANZI}]{{2,4}}?|[{_HANZI}]{{2,8}}·[{_HANZI}]{{2,8}}?)(?:{_TITLE})*"
)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]?")
_BETWEEN = re.compile(r"[、，,；;/\n]+")
_COMPOUND = re.compile("欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|长孙|司徒|端木")
#: Surnames that in front of a title are another word: 任书记, 向书记汇报, 和主任.
_NO_SURNAME = frozenset("任向和时由从同与对当代原老总新党常连全")


@dataclass(frozen=True)
class ShortName:
    """What else a name may be called by. ``word``: only where it is a word by itself: 临江, not in 面临江河."""

    text: str
    word: bool = False


def short_names(value: str, names: Names) -> Iterator[ShortName]:
    """The shorter forms of what a text value names."""
    return _of_unit(value) if names is Names.UNIT else _of_people(value)


def _of_unit(value: str) -> Iterator[ShortName]:
    for part in _APART.split(value):
        before = _BEFORE.match(part)
        at = before.end() if before else 0
        while found := _PLACE.match(part, at):
            at = found.end()
            stem = _BODY.split(found["stem"])[-1]
            whole = stem + (found["office"] or found["rank"])
            place = (_PEOPLES if whole.startswith("自治", len(stem)) else _TRADE).sub("", stem)
            # 农村, 乡村, 社区: of a rank and one character every word counts.
            if _NO_STEM.fullmatch(stem) or _is_word(whole, _OFTEN if len(whole) > _SHORT else 0):
                continue
            if found["office"] and _is_word(place):
                continue
            yield ShortName(whole)
            if found["rank"] == "街道办事处":
                yield ShortName(whole.removesuffix("办事处"))
            if len(place) > 1 and not _NO_STEM.fullmatch(place) and not _is_word(place):
                yield ShortName(place, word=True)


def _of_people(value: str) -> Iterator[ShortName]:
    for part in _BETWEEN.split(_ASIDE.sub("", value)):
        apart = part.split()
        # 张　敏 is one name, 张敏 李强 are two.
        for one in apart if all(len(name) > 1 for name in apart) else ("".join(apart),):
            if (found := _PERSON.fullmatch(one)) is None:
                continue
            yield ShortName(found["name"])
            surname = _surname(found["name"])
            if surname not in _NO_SURNAME:
                yield from (ShortName(f"{surname}{title}", word=True) for title in _CALLED)


def _surname(name: str) -> str:
    given, mark, _ = name.partition("·")
    compound = _COMPOUND.match(name)
    return given if mark else compound.group() if compound else name[0]


def _is_word(text: str, often: int = _OFTEN) -> bool:
    """Whether prose knows it as a word that names nothing."""
    if _WORDS.fullmatch(text):
        return True
    if not rjieba.has_word(text) or rjieba.suggest_freq(text) < often:
        return False
    return not any(kind.startswith(_NAMED) for _, kind in rjieba.tag(text))
