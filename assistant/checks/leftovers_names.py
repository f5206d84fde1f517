"""Names that are another unit's: people, and how the unit calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import BLANK, Ground, Prose
from assistant.checks.leftovers_others import Other
from assistant.checks.leftovers_words import People
from assistant.facts.fields import FactField
from assistant.slots.grammar import Slot, print_slot
from assistant.slots.vocabulary import alternatives, grouped_alternatives

_VOICE = re.compile(r"(?![公理事好学成])")
_POSTS = (
    "党工委书记|党委书记|支部书记|总支书记|副书记|书记|武装部长|副部长|部长|副主任|主任|镇长|乡长|连长|排长|班长|分队长|队长"
    "|指导员|教导员|专武干部|武装干事|干事|退役军人|退伍军人|老兵|民兵|队员|战士|新兵|第一责任人"
    "|委员|领导|代表|士兵|军士"
)
_ACTS = (
    "同志(?!们)|勇救|亲自|多次|两次|到场|负责(?!人)|带队|带头|带领|牵头|主动|冒雨|冒雪|冒着|连续|荣立|荣获|被评|被授予|等人|等同志"
    "|全程|跟班|驻村|值守|等?[0-9二两三四五六七八九十](?:名|位|人)同志|等[0-9二三四五六七八九十]|说[:：，]|具体负责|主持|出席|讲述|表态|发言|讲话|每[周月季]|创业|返乡|回乡|连夜|昼夜|挺身|奋不顾身|救起|跳入|跳进|自费|自筹|捐款|入选|当选|率先|作(?:动员|发言|报告|讲话|部署)"
)
#: Behind these any family name will do: 在书记高翔的带领下.
_UNDER = "的(?:带领|指导|主持|陪同|组织|推动)下"
#: 于 before these is when and where, not who: 部长于汛期带队.
_WHEN = "年月日周节季期初末底前后中间时天夜早晚场线地处边里内外现当本近"
#: Groups of the pattern that name somebody who need not be the one who reports.
_OTHERS = ("post", "under", "double", "led", "called", "between")
#: A post behind a family name alone: 谭书记.
_TITLE = "(?:副)?(?:书记|部长|镇长|乡长|主任)"
_DOUBLE = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|令狐|慕容|夏侯|司徒"
#: Characters that follow a family name by chance: ordinary words and titles.
_NO_GIVEN = (
    "的了是在多些位体等主任书记部长队组同员事各带领率负责牵头抓管第一二三四五六七八九十区镇乡村街委工作上就度质量准态效"
)


def voice_findings(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """我街道 in the report of a 镇."""
    for label in ground.labels(ground.words.labels.voice):
        item, own = ground.sheet.schema.find(label), ground.sheet.text(label)
        if not own or not isinstance(item, FactField):
            continue
        wrong = [choice for choice in item.choices if choice != own and not own.startswith(choice)]
        if not wrong:
            continue
        # 本街道 is as much a way to call oneself as 我街道.
        also = [f"本{choice[1:]}" for choice in wrong if choice[0] == "我" and len(choice) > 2]
        pattern = re.compile(f"(?<!自)(?:{alternatives((*wrong, *also))}){_VOICE.pattern}")
        for match in pattern.finditer(prose.open):
            message = f"“{match.group()}”不是本报告的自称，事实“{label}”是“{own}”。"
            fix = (print_slot(Slot((label,))), f"改为{own}")
            yield prose.finding("voice", "error", message, *match.span(), facts=(label,), fix=fix)


@lru_cache(maxsize=8)
def _person_pattern(people: People) -> re.Pattern[str]:
    given = f"(?:(?![{_NO_GIVEN}])[一-龥]|(?<=[{people.surnames}于])长(?![期远年效征时]))"
    sure, doubtful = f"[{people.surnames}]", f"[{people.surnames}{people.doubtful}]"
    return re.compile(
        rf"(?:{_POSTS})(?P<post>{sure}{given}{{1,2}}?|(?![于连])[{people.doubtful}]{given}{{2}}|(?:{_DOUBLE}){given}{{1,2}}?"
        rf"|于(?![^，。；\n]?[{_WHEN}]){given}{{2}})(?={_ACTS}|[、和]{sure}{given}{{1,2}}?(?:{_ACTS}))"
        rf"|(?:{_POSTS})(?P<under>{doubtful}{given}{{1,2}}?)(?={_UNDER})"
        # 武装部谭卫东部长: the office before the name, the post behind it.
        rf"|(?:武装部|人武部|党委|工委|政府|人大)(?P<between>{sure}{given}{{1,2}}?)(?=(?:副)?(?:书记|部长|镇长|乡长|主任|主席))"
        rf"|(?<![一-龥])(?P<double>(?:{_DOUBLE}){given}{{1,2}}?)(?={_ACTS}|书记|部长|主任|镇长|乡长|连长|排长|队长)"
        # 在王磊同志带领下, 自孙志刚书记离任: behind these words only a family name that begins no ordinary word.
        rf"|(?<=[在自由与和同向请随])(?P<led>{sure}{given}{{1,2}}?)(?=同志(?!们)|书记|部长|主任|镇长|乡长|{_UNDER})"
        rf"|(?<![一-龥])(?P<called>{sure}{given}{{1,2}}?)(?=(?:书记|部长|镇长|乡长)(?:带|牵头|主持|离任|到任|亲自|多次|在|对))"
        rf"|(?<![一-龥])(?P<comrade>{doubtful}{given}{{1,2}})(?=同志(?!们))"
        rf"|(?:(?:述职人|报告人|汇报人|联系人)(?:[:：][ \u3000]*|[ \u3000]+)|我叫)"
        rf"(?P<teller>{doubtful}{given}{{1,2}})(?![一-龥])"
        rf"|(?:{_POSTS})[ \u3000]+(?P<line>{doubtful}[ \u3000]?{given}{{1,2}})(?=[ \u3000]*$)",
        re.MULTILINE,
    )


def others_people(prose: Prose, ground: Ground, others: Sequence[Other]) -> Iterator[Finding]:
    """People of other reports, certain."""
    owners = {
        name: other.title for other in others for name in other.people if len(name) >= 2 and name not in ground.known
    }
    if not owners:
        return
    for match in re.finditer(grouped_alternatives(owners), prose.open):
        # Two characters are often part of a word.
        if len(match.group()) == 2 and not re.match(r"同志|[，。、（）：\s]|$", prose.open[match.end() :][:2]):
            continue
        message = f"“{match.group()}”是另一份报告《{owners[match.group()]}》里的人{_right(ground)}，请核对。"
        yield prose.finding("person", "warning", message, *match.span())


def _right(ground: Ground) -> str:
    own = "、".join(ground.sheet.text(label) for label in ground.labels(ground.words.labels.person))
    return f"，本报告的述职人是{own}" if own else ""


def person_findings(prose: Prose, ground: Ground, others: Sequence[Other] = ()) -> Iterator[Finding]:
    """People of other reports; other names behind a post are asked about."""
    told: set[int] = set()
    for found in others_people(prose, ground, others):
        told.add(found.start)
        yield found
    if not ground.text(ground.words.labels.unit):
        return
    labels = tuple(ground.labels(ground.words.labels.person))
    # What somebody did may stand in the facts, word for word, of another one.
    for match in _person_pattern(ground.words.people).finditer(prose.said):
        group = match.lastgroup or "post"
        start, end = match.span(group)
        if BLANK in prose.open[start:end]:
            continue
        name = "".join(match.group(group).split())
        if start in told or name in ground.known or name in ground.words.people.famous:
            continue
        message = f"“{name}”不在事实里{_right(ground)}，请核对是不是旧稿里的人名。"
        yield prose.finding("person", "warning", message, start, end, facts=labels if group not in _OTHERS else ())
    yield from _surnames(prose, ground)


def _surnames(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """谭书记, where no fact names anybody of that family name."""
    surnames = ground.words.people.surnames
    for match in re.finditer(
        rf"(?:(?<![一-龥])|(?<=[在由与和同向请随听据陪]))([{surnames}]){_TITLE}(?!们)", prose.open
    ):
        if match.group(1) not in ground.known:
            message = f"事实里没有姓“{match.group(1)}”的人，“{match.group()}”请核对是不是旧稿里的人。"
            yield prose.finding("person", "hint", message, *match.span())
