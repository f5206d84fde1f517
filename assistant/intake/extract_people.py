"""People whom a text praises: 民兵连长罗大山，带队扑灭山火两起; 罗大山（民兵连长），….

A name is taken for one only where a deed follows it: Chinese writes names and words alike, and 民兵高度重视训练 has
neither. What was told without a deed (骨干陈志强、退役军人林小军等) is told again later, with the name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import rjieba

from assistant.facts.cues_tables import PeopleCues
from assistant.facts.fields import FactField
from assistant.facts.values import Value
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_cues import SURNAMES, pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_words import Word

#: Characters of a person's office in front of the word that names it.
_OFFICE = r"(?:(?!{lead})[一-龥]|(?<=[队村区连排班乡镇院校厂店社站所聘])、?的|(?<=老兵)、){{0,12}}?"
_LEAD = (
    "其中|任务|工作中|行动中|训练中|涌现|出现|表彰|期间|一线|典型|先进|榜样|代表|人物|一个|一位|事迹|名单|如|兼|和|与|的|是|位|有|名|个|及|由|以|在|"
    "和|让|中(?=[一-龥]{0,8}民兵)"
)
_NAME = rf"(?:[{SURNAMES}][一-龥]{{1,2}}|[老小][{SURNAMES}])"
#: 同志 behind a name, and what may stand between it and its deed.
_AFTER = r"(?:同志)?(?:的事迹[^，。；\n]{0,12})?"
_TELLS = re.compile(r"[ \u3000]*(?:（|——|[，：])[ \u3000]*(?:他|她)?(?!(?:等|和|民兵|及))|[ \u3000]+")
_JOINS = re.compile(r"等|、|和|与|及|以及")
#: How a deed begins that stands right behind a name.
_BEGINS = (
    r"带人|驾(?=冲锋舟|车|船)|怀抱|抱[着起]|熟悉|组建|设计|输完|带着人|连续|连夜|连着|连日|一连|坚持|坚守|主动|冒着?[雨雪险寒火酷高风]|冒着|率先|率队|率领|率|带头|带队|带领|带着|带病|带上|带伤|跳[进入下]|不顾|不[眠分怕辞]|昼夜|日夜|日[以夜]继|"
    r"把|将|被(?!评|授|表彰|列|推)|从|为(?!民)|放[弃下]|舍[小身己]|始终|自己|自[费掏愿发带驾购制备筹编学告]|全程|全力|全年|全天|累[倒计了]|崴了|摔|背[着起出上负]|扛[着起]|蹚|深夜|深入|凌晨|半夜|夜[里间]|赶|身先|"
    r"身[负患带]|顶[着住风]|迎[着难]|冲[在上锋进到]|奋[战不勇]|奔[波走赴]|值守|守[在住着护]|巡[逻堤查护]|多次|多[日夜天]|先后|先[行是]|第一|利用|驾[驶着]|组织|指挥|挺身|没有|没[日顾合下]|及时|立即|"
    r"迅速|长期|义务|每[天晚日周月次]|帮[助]?|协助|劝[导说]|参[加与]|退[役伍]|克服|转移|救[起出下助]|抢[险修救通]|徒手|徒步|独自|一[人个口]|[两三四五六七八九十几数][次天夜度个名年日进上下过十小]|拦截|"
    r"冬春|[春夏秋冬]季|免费|无偿|自掏|清[雪淤障理]|[0-9]|三[天次进]|十(?:几|余|多)|在(?!线)|于(?=[0-9])|因|刚[刚做出下退]|用[自手身]|拿出|丢下|顾不|轻伤|忍着|拖着|拄|挨[家户]|照[顾料]|发现|扑[灭救]|操作|投[身入]|扎根|"
    r"驻守|蹲守|驻[村点扎]|修复|看护|护送|搜[救寻]|挺着|强忍|二话|毫不|毅然|火速|闻[讯令]|接到|来不及|不仅|同(?=[一-龥]{2,6}一道)|和(?=队员|战友|群众)|送|写下|完成|雨[中夜]|[腿手脚腰胳头][上里]|自家|怀着|忍|捞|蹚|喊|雪[中夜]|大火|洪水|放着|牺牲|省下|兼任|圆满|开着|骑着|跑"
)
_DEED_START = re.compile(_BEGINS)
#: Behind a name of three characters, the longest there are, one character is a verb.
_VERB = re.compile("[驻修蹲抱拉推抬喊敲救抓搬垒堵填撤护看陪捐做打捞游爬翻搜找连日值巡]")
#: 有坚守卡口四十天的村民兵连长殷福海: the deed stands in front.
_IN_FRONT = re.compile(r"(?<=有)(?P<deed>[^，。；：、\n有]{6,24})的$")
_FORM = re.compile(
    r"姓名[：:]?[ \u3000]*(?P<name>[一-龥]{2,4})[ \u3000，；|｜\n]+"
    r"(?:身份|职务)[：:]?[ \u3000]*(?P<office>[一-龥]{2,16})"
    r"[ \u3000，；|｜\n]+(?:主要)?事迹[：:]?[ \u3000]*(?P<deed>[^。；\n]{4,60})"
)
_SECOND = r"(?:，(?!另|还有|其他|同时|被|受到|受|获|得到|赢得|深受)[^。；）\n，]{3,30})?"
_DEED = re.compile(rf"(?P<deed>[^。；）\n，、/{BLANK}][^。；）\n，/{BLANK}]{{2,40}}{_SECOND})")
#: Ends of words that lead to an office: 涌现出民兵骨干.
_CUT = re.compile("^(?:现出?了?|出了?|中|推荐|选树|树立|宣传)+")
_FIRST_OFFICE = re.compile(r"(?:^|(?<=[，。；：\n \u3000]))(?P<office>(?:(?!的)[一-龥]){2,14})、$")
#: …送饭等感人事迹: what is said of all the deeds.
_STORY = re.compile("等[一-龥]{0,5}(?:事迹|典型|故事|场景)$")
_LEAST, _LONGEST = 3, 3
#: So many characters tell where a name ends.
_AHEAD = 10
#: 水上救援组的朱小虎: whoever belongs to a team.
_MEMBER = r"(?:民兵)?(?<![一-龥])(?:民兵)?[一-龥]{2,8}(?:分队|组|队|班|排|连)的(?=[一-龥]{2,3}，)"
#: How a second office ends: 民兵排长、船老大江胜利.
_TRADE = "[员师者手长工生匠嫂]|护士|老大|军人|士兵|骨干|干部|书记|委员|主任|老板|店主|大户|老兵|民兵"
#: 我是武装部长郑海涛: who speaks praises others.
_SELF = re.compile("(?:我(?:是|叫|任|担任)|本人(?:是|叫)?|述职人|报告人|汇报人|我[，：])[一-龥、：]{0,8}$")
#: What a soldier from here did in the army, an office's own honour or a form's next line is no deed of the militia.
_NO_DEED = re.compile("(?:今年|去年)?在(?:部队|演训)|荣立[一二三]等功(?!一?次?，)|获评|填报|表现突出，前者")
#: 五十一岁，修自行车的: who he is, not what he did; what he did begins with 他.
_WHO_HE_IS = re.compile("[^，。；、]{0,4}[0-9一二三四五六七八九十]岁[^，。；]{0,4}|[^，。；、]{2,12}的")
_HE = re.compile("，[他她](?!们|说|告诉|跟我|的)(?=[一-龥])")
#: A deed told of somebody named before begins his sentence or clause.
_OPENS, _ENDS = "，。；\n ：（", "，。；、等"


@dataclass(frozen=True)
class _Mention:
    """A name with an office beside it.

    Attributes:
        names: what the name may be, the likelier first, with the place behind each.
    """

    office: str
    start: int
    names: tuple[tuple[str, int], ...]


def people(frame: Frame, item: FactField, cues: PeopleCues) -> Iterator[Word]:
    """A row for each person with a deed, in the order of the text."""
    name, office, deed = cues.columns
    seen: set[str] = set()
    for form in _FORM.finditer(frame.text):
        seen.add(form["name"])
        cells: dict[str, Value | None] = {name: form["name"], office: form["office"], deed: form["deed"]}
        yield Word(item.label, (), *form.span(), row=cells)
    mentions = _mentions(frame, cues)
    for mention in mentions:
        told = _told(frame.text, mention)
        if told is None or told[0] in seen:
            continue
        seen.add(told[0])
        who, first, last = _deed(frame.text, *told)
        last = _until(frame.text, first, last, who, mentions)
        if last - first < _LEAST or _NO_DEED.match(frame.text, first):
            continue
        row: dict[str, Value | None] = {name: who, office: mention.office, deed: frame.text[first:last]}
        yield Word(item.label, (), min(first, mention.start), max(last, mention.names[0][1]), row=row)


def _deed(text: str, who: str, first: int, last: int) -> tuple[str, int, int]:
    """A deed without what only says who he is: 五十一岁，修自行车的，冻雨那天…，他把盐全撒了."""
    begin = first
    while (clause := re.compile("[^，。；\n]+").match(text, begin, last)) and _WHO_HE_IS.fullmatch(clause.group()):
        begin = clause.end() + 1
    stop = re.compile("[。；\n]").search(text, first)
    end = stop.start() if stop else len(text)
    if begin > first or re.match("[^，。；]{0,12}[年月日天夜晚时候]", text[begin:end]):
        he = _HE.search(text, max(first, begin - 1), end)
        if he and (told := _DEED.match(text, he.end())):
            return who, *told.span("deed")
    if begin > first:
        told = _DEED.match(text, begin) if begin < end else None
        return (who, *told.span("deed")) if told else (who, first, first)
    return who, first, last


def _until(text: str, first: int, last: int, who: str, mentions: list[_Mention]) -> int:
    """The end of a deed: what is told of the next one begins with his office or his name."""
    for mention in mentions:
        if first < mention.start < last:
            last = mention.start
        for name, _ in mention.names:
            if name[:2] != who[:2] and (place := text.find(name, first, last)) >= 0:
                last = place
    return first + len(_STORY.sub("", text[first:last]).rstrip("，；、 \u3000"))


def _mentions(frame: Frame, cues: PeopleCues) -> list[_Mention]:
    found = []
    before, behind = _patterns(cues.offices)
    stray = pattern(cues.unless)
    for one in before.finditer(frame.text):
        if _SELF.search(frame.text, max(0, one.start() - 12), one.start("office")):
            continue
        end = one.end("short")
        names = [(frame.text[one.start("short") : end], end)]
        if re.match("[一-龥]", frame.text[end : end + 1]):
            names.insert(0, (frame.text[one.start("short") : end + 1], end + 1))
        office = one["office"] if one["more"] else _office(one["office"])
        found.append(_Mention(office, one.start("office"), tuple(names)))
    for one in behind.finditer(frame.text):
        found.append(_Mention(_office(one["office"]), one.start("name"), ((one["name"], one.end()),)))
    found = [_joined(frame.text, one, found) for one in found]
    near = pattern(cues.near)
    kept = []
    for mention in sorted(found, key=lambda mention: mention.start):
        likely = tuple(name for name in mention.names if not stray.search(name[0]))
        sentence = frame.sentence(mention.start)
        number = frame.number(mention.start)
        begin = frame.sentences[max(0, number - 1)].start
        if likely and near.search(frame.heading(sentence) + frame.text[begin : sentence.end]):
            kept.append(_Mention(mention.office, mention.start, likely))
    return kept


def _joined(text: str, mention: _Mention, others: list[_Mention]) -> _Mention:
    """信息工程学院教师、民兵分队长程远航: two offices of one person; 民兵张三、民兵李四 are two persons."""
    first = _FIRST_OFFICE.search(text, max(0, mention.start - 18), mention.start)
    if first is None or any(first.start("office") <= other.start < mention.start for other in others):
        return mention
    return replace(mention, office=f"{first['office']}、{mention.office}", start=first.start("office"))


@lru_cache(maxsize=8)
def _patterns(offices: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Office and name (only its first two characters), name and office in brackets or between commas."""
    office = f"{_OFFICE.format(lead=_LEAD)}(?:{offices})"
    several = rf"{office}(?P<more>[、兼][一-龥]{{1,8}}?(?:{_TRADE}))?|{_MEMBER}"
    before = re.compile(rf"(?P<office>{several})[ \u3000”]?(?P<short>[{SURNAMES}][一-龥]|[老小][{SURNAMES}])")
    behind = re.compile(
        rf"(?<=[，。；、：（ \n.\u3000是为有报兵])(?P<name>{_NAME})(?:同志)?(?:，|（|——)(?:[男女]，)?"
        rf"(?P<office>[^，。；：（）\n]{{0,12}}(?:{offices}))(?=）|，|：|——)"
    )
    return before, behind


def _office(words: str) -> str:
    return _CUT.sub("", words.replace("的", "").rpartition("、")[2])


def _told(text: str, mention: _Mention) -> tuple[str, int, int] | None:
    """Name and place of the deed; None where nothing is told of this name."""
    front = _IN_FRONT.search(text, max(0, mention.start - 30), mention.start)
    if front and text[mention.names[-1][1] : mention.names[-1][1] + 1] in _ENDS:
        return mention.names[-1][0], *front.span("deed")
    if front and text[mention.names[0][1] : mention.names[0][1] + 1] in _ENDS:
        return mention.names[0][0], *front.span("deed")
    for name, end in mention.names:
        at = re.compile(_AFTER).match(text, end)
        assert at is not None
        place = at.end()
        told = _TELLS.match(text, place)
        if told is None and text[end : end + 1] == "）":
            told = re.compile("）[，：]?").match(text, end)
        if told is not None and (deed := _DEED.match(text, told.end())):
            return name, *deed.span("deed")
        if at.end() > end and (deed := _DEED.match(text, place)):
            return name, *deed.span("deed")
    if _JOINS.match(text, mention.names[0][1]) or _JOINS.match(text, mention.names[-1][1]):
        return next((again for name in mention.names if (again := _again(text, *name))), None)
    if (cut := _cut(text, mention.names)) and (deed := _DEED.match(text, cut[1])):
        return cut[0], *deed.span("deed")
    for name, end in reversed(mention.names):
        begins = _DEED_START.match(text, end) or (len(name) == _LONGEST and _VERB.match(text, end))
        if begins and (deed := _DEED.match(text, end)):
            return name, *deed.span("deed")
    return None


def _cut(text: str, names: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    """The name that stands in front of a deed without a mark: where the words part, and one is known for a name."""
    start = names[0][1] - len(names[0][0])
    end, named = start, False
    for word, kind in rjieba.tag(text[start : start + _AHEAD]):
        end, named = end + len(word), named or kind.startswith("nr")
        for name, last in names:
            if named and end == last and text[end : end + 1] not in _ENDS:
                return name, last
        if end - start >= _LONGEST:
            return None
    return None


def _again(text: str, name: str, end: int) -> tuple[str, int, int] | None:
    """陈志强、林小军等…，陈志强连续奋战36小时: the name alone, at the beginning of a clause."""
    for found in re.finditer(re.escape(name), text[end:]):
        start, place = end + found.start(), end + found.end()
        deed = _DEED.match(text, place)
        if text[start - 1] in _OPENS and deed and _DEED_START.match(text, place):
            return name, *deed.span("deed")
    return None
