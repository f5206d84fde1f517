"""Names that are another unit's: places, people, and how the unit calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import Ground, Prose
from assistant.checks.leftovers_others import Other
from assistant.checks.leftovers_words import People, Places
from assistant.facts.fields import FactField
from assistant.slots.grammar import Slot, print_slot
from assistant.slots.vocabulary import alternatives, grouped_alternatives

_SUFFIX = re.compile(r"街道|办事处|社区|镇|乡|县|区|村")
#: Behind these a suffix is the beginning of another word.
_OTHER_WORD = {
    "镇": re.compile(r"[静压定守痛长级村区域街]"),
    "乡": re.compile(r"[亲愁情土音村镇贤里间]"),
    "县": re.compile(r"[城级域]"),
    "区": re.compile(r"[别分域间位划块内外长级]"),
    "村": re.compile(r"[级镇庄容务规落组]"),
}
_SUPERIOR = re.compile("([区县旗市])(?:委(?![员托派任])|(?:人民)?政府|人武部|人民武装部|征兵办|国动办|双拥办)")
#: Few words end in 区, 县 and name a place: only with what a district has behind it.
_OF_DISTRICT = re.compile(
    r"委|政府|人民政府|人武部|人民武装部|武装部|双拥|征兵|纪委|国防动员|退役军人|民政|[一-龥]{2,3}(?:镇|乡|街道|办事处)"
)
_OF_VILLAGE = re.compile(
    r"民兵|党支部|党总支|党委|党员|村民|[“”]?两委|书记|支书|主任|连长|[一-龥]{0,2}群众|退役军人|[、，。；]"
)
#: Characters that no name of a place has: pronouns, particles, numbers, verbs of going and coming.
_NEVER = frozenset(
    "各全本我该每两几数多个的了和与及等在对向到为是有无不第驻进返回下入离送出赴往把将被由从其此某级这那同共或者都也就要能可以所"
)
_NUMBERS = frozenset("一二三四五六七八九十百千")
#: What is counted or ranked by a number before it: 百强镇, 三类村; 三河镇 is a name.
_COUNTED = frozenset("强佳类支名家条处座片批次项大小里位线方点些星好无期年月日级")
#: Single characters that end no name before 镇, 乡, 区 ….
_NEVER_LAST = frozenset("城集村乡家故老辖校营库灾景矿园厂街地片军战防市郊小社农县区镇新省道")
_VOICE = re.compile(r"(?![公理事好学成])")
_POSTS = (
    "党工委书记|党委书记|支部书记|总支书记|副书记|书记|武装部长|副部长|部长|副主任|主任|镇长|乡长|连长|排长|班长|分队长|队长"
    "|指导员|教导员|专武干部|武装干事|干事|退役军人|退伍军人|老兵|民兵|队员|战士|新兵|第一责任人"
    "|委员|领导|代表|士兵|军士"
)
_ACTS = (
    "同志(?!们)|勇救|亲自|多次|两次|到场|负责(?!人)|带队|带头|带领|牵头|主动|冒雨|冒雪|冒着|连续|荣立|荣获|被评|被授予|等人|等同志"
    "|全程|跟班|驻村|值守|等?[0-9二两三四五六七八九十](?:名|位|人)同志|等[0-9二三四五六七八九十]|说[:：，]|具体负责|主持|出席|讲述|表态|发言|讲话|每[周月季]|作(?:动员|发言|报告|讲话|部署)"
)
#: Behind these any family name will do: 在书记高翔的带领下.
_UNDER = "的(?:带领|指导|主持|陪同|组织|推动)下"
#: 于 before these is when and where, not who: 部长于汛期带队.
_WHEN = "年月日周节季期初末底前后中间时天夜早晚场线地处边里内外现当本近"
#: Groups of the pattern that name somebody who need not be the one who reports.
_OTHERS = ("post", "under", "double", "led", "called")
_DOUBLE = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|令狐|慕容|夏侯|司徒"
#: Characters that follow a family name by chance: ordinary words and titles.
_NO_GIVEN = "的了是在多些位体等主任书记部长队组同员事各带领率负责牵头抓管第一二三四五六七八九十区镇乡村街委工作上就度"


def place_findings(prose: Prose, ground: Ground, others: Sequence[Other] = ()) -> Iterator[Finding]:
    """Names of other reports' units are certain; other names that look like places are asked about."""
    told: list[tuple[int, int]] = []
    for found in _units(prose, ground, others):
        told.append((found.start, found.end))
        yield found
    yield from _ranks(prose, ground)
    own = ground.text(ground.words.labels.unit).partition("\n")[0]
    # Of a sheet that does not say whose report it is, nothing can be said.
    for start, end in _placelike(prose.open, ground.words.places) if own else ():
        name = prose.text[start:end]
        if name in ground.known or any(start < other_end and end > at for at, other_end in told):
            continue
        village = name.endswith(("村", "社区"))
        rest = "请核对是不是本地的。" if village else f"本报告的单位是“{own}”，请核对。"
        yield prose.finding("place", "hint" if village else "warning", f"“{name}”不在事实里，{rest}", start, end)


def _ranks(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """县委 and 县人武部 in the report of a unit that stands below 区委; above a 区 there is a 市, so that one may."""
    superior = ground.text(ground.words.labels.superior)
    own = set(_SUPERIOR.findall(superior)) - ({"市"} if re.search("[区县旗](?:委|政府|人武部)", superior) else set())
    if len(own) != 1:
        return
    before = _before(ground.words.places)
    for match in _SUPERIOR.finditer(prose.open):
        left = prose.open[max(0, match.start() - 3) : match.start()]
        bare = not left or not "一" <= left[-1] <= "龥" or before.search(left)
        if match.group(1) in own or match.group(1) == "市" or not bare:
            continue
        said = prose.text[match.start() : match.end()]
        message = f"本报告的上级是{superior.partition(chr(10))[0]}，“{said}”可能是别处的稿子里留下的，请核对。"
        yield prose.finding("place", "warning", message, *match.span())


def _units(prose: Prose, ground: Ground, others: Sequence[Other]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for other in others:
        for name in other.units:
            # 清河镇 in the known text may stand inside a longer name; that is fine too.
            if len(name) >= 3 and name not in ground.known:
                owners.setdefault(name, other.title)
    if not owners:
        return
    for match in re.finditer(grouped_alternatives(owners), prose.open):
        name = match.group()
        message = f"“{name}”是另一份报告《{owners[name]}》的单位，请核对是不是旧稿里留下的。"
        yield prose.finding("place", "warning", message, *match.span())


@lru_cache(maxsize=8)
def _before(places: Places) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(places.before)})$")


def _placelike(text: str, places: Places) -> Iterator[tuple[int, int]]:
    """[start, end) of what looks like a name: two or three characters before 镇, 街道 …, a boundary before them."""
    common, before = frozenset(places.common), _before(places)
    for match in _SUFFIX.finditer(text):
        suffix, at, end = match.group(), match.start(), match.end()
        other = _OTHER_WORD.get(suffix)
        if other and other.match(text, end):
            continue
        if suffix in ("区", "县") and not _OF_DISTRICT.match(text, end):
            continue
        if suffix in ("村", "社区") and not _OF_VILLAGE.match(text, end):
            continue
        for length in (2, 3):
            start = at - length
            stem = text[max(0, start) : at]
            if start < 0 or not _is_name(stem, common):
                continue
            left = text[max(0, start - 3) : start]
            if not left or not "一" <= left[-1] <= "龥" or (suffix not in ("村", "社区") and before.search(left)):
                yield start, end
                break
            if suffix in ("村", "社区") and left.endswith(("镇", "乡", "街道", "办事处", "在", "由", "到", "赴")):
                yield start, end
                break


def _is_name(stem: str, common: frozenset[str]) -> bool:
    if not all("一" <= character <= "龥" for character in stem):
        return False
    if stem[-1] in _NEVER_LAST or any(character in _NEVER for character in stem):
        return False
    if any(character in _NUMBERS for character in stem[1:]) or (stem[0] in _NUMBERS and stem[1] in _COUNTED):
        return False
    return not any("".join(pair) in common for pair in pairwise(stem))


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
        rf"|(?<![一-龥])(?P<double>(?:{_DOUBLE}){given}{{1,2}}?)(?={_ACTS}|书记|部长|主任|镇长|乡长|连长|排长|队长)"
        # 在王磊同志带领下, 自孙志刚书记离任: behind these words only a family name that begins no ordinary word.
        rf"|(?<=[在自由与和同向请随])(?P<led>{sure}{given}{{1,2}}?)(?=同志(?!们)|书记|部长|主任|镇长|乡长)"
        rf"|(?<![一-龥])(?P<called>{sure}{given}{{1,2}}?)(?=(?:书记|部长|镇长|乡长)(?:带|牵头|主持|离任|到任|亲自|多次|在|对))"
        rf"|(?<![一-龥])(?P<comrade>{doubtful}{given}{{1,2}})(?=同志(?!们))"
        rf"|(?:述职人|报告人|汇报人|联系人)(?:[:：][ \u3000]*|[ \u3000]+)"
        rf"(?P<teller>{doubtful}{given}{{1,2}})(?![一-龥])"
        rf"|(?:{_POSTS})[ \u3000]+(?P<line>{doubtful}[ \u3000]?{given}{{1,2}})(?=[ \u3000]*$)",
        re.MULTILINE,
    )


def person_findings(prose: Prose, ground: Ground, others: Sequence[Other] = ()) -> Iterator[Finding]:
    """People of other reports are certain; other names behind a post are asked about."""
    owners = {
        name: other.title for other in others for name in other.people if len(name) >= 2 and name not in ground.known
    }
    told: set[int] = set()
    own = "、".join(ground.sheet.text(label) for label in ground.labels(ground.words.labels.person))
    right = f"，本报告的述职人是{own}" if own else ""
    if owners:
        for match in re.finditer(grouped_alternatives(owners), prose.open):
            # Two characters are often part of a word.
            if len(match.group()) == 2 and not re.match(r"同志|[，。、（）：\s]|$", prose.open[match.end() :][:2]):
                continue
            told.add(match.start())
            message = f"“{match.group()}”是另一份报告《{owners[match.group()]}》里的人{right}，请核对。"
            yield prose.finding("person", "warning", message, *match.span())
    if not ground.text(ground.words.labels.unit):
        return
    labels = tuple(ground.labels(ground.words.labels.person))
    for match in _person_pattern(ground.words.people).finditer(prose.open):
        group = match.lastgroup or "post"
        start, end = match.span(group)
        name = "".join(match.group(group).split())
        if start in told or name in ground.known:
            continue
        message = f"“{name}”不在事实里{right}，请核对是不是旧稿里的人名。"
        yield prose.finding("person", "warning", message, start, end, facts=labels if group not in _OTHERS else ())
