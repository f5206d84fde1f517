"""Names of places that are another unit's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import Ground, Prose
from assistant.checks.leftovers_others import Other
from assistant.checks.leftovers_words import Places
from assistant.slots.vocabulary import grouped_alternatives

_SUFFIX = re.compile(r"街道|办事处|社区|镇|乡|县|区|市|村")
_ENDS_IN = re.compile(rf"(?:{_SUFFIX.pattern})$")
#: Behind these a suffix is the beginning of another word.
_OTHER_WORD = {
    "镇": re.compile(r"[静压定守痛长级村区域街]"),
    "乡": re.compile(r"[亲愁情土音村镇贤里间]"),
    "县": re.compile(r"[城级域]"),
    "市": re.compile(r"[场民级域郊区直县属辖中]"),
    "区": re.compile(r"[别分域间位划块内外长级]"),
    "村": re.compile(r"[级镇庄容务规落组]"),
}
_SUPERIOR = re.compile("([区县旗市])(?:委(?![员托派任])|(?:人民)?政府|人武部|人民武装部|征兵办|国动办|双拥办)")
#: Few words end in 区, 县 and name a place: only with what a district has behind it.
_OF_DISTRICT = re.compile(
    r"委(?![员托派任])|政府|人民政府|军分区|人武部|人民武装部|武装部|双拥|征兵|纪委|国防动员|退役军人|民政|[一-龥]{2,3}(?:镇|乡|街道|办事处)"
)
_OF_VILLAGE = re.compile(
    r"民兵|党支部|党总支|党委|党员|村民|[“”]?两委|书记|支书|主任|连长|[一-龥]{0,2}群众|退役军人|[、，。；]"
)
#: 位于龙津县西北部, 龙津县境内: a place without any office behind it.
_LIES_IN = re.compile("(?:位于|地处|隶属(?:于)?|坐落于|坐落在)$")
_PART_OF = re.compile("[东西南北中]{1,2}(?:部|端|角)|境内|腹地|县城")
#: Behind these 全 is the end of a word: 安全乡道.
_NOT_WHOLE = ("安", "健", "完", "周", "保", "齐")
#: An office of the unit itself stands right behind 镇.
_OWN_OFFICE = re.compile("[党人]|武装|政府|机关|情|直|属|纪委|综治|应急|退役|征兵|民兵|国防|干部|领导|主要|班子|里|内")
#: What parts the names of two places that lie side by side; 建设新青石镇 is the own one.
_NEIGHBOURS = frozenset("大小古东南西北")
#: Characters that no name of a place has: pronouns, particles, numbers, verbs of going and coming.
_NEVER = frozenset(
    "各全本我该每两几数多个的了和与及等在对向到为是有无不第驻进返回下入离送出赴往把将被由从其此某级这那同共并或者都也就要能可以所"
)
_NUMBERS = frozenset("一二三四五六七八九十百千")
#: What is counted or ranked by a number before it: 百强镇, 三类村; 三河镇 is a name.
_COUNTED = frozenset("强佳类支名家条处座片批次项大小里位线方点些星好无期年月日级")
#: Single characters that end no name before 镇, 乡, 区 ….
_NEVER_LAST = frozenset(
    "城集村乡家故老辖校营库灾景矿园厂街地片军战防市郊小社农县区镇新省道级请报让给交按抓促帮获任来们"
)


def place_findings(prose: Prose, ground: Ground, others: Sequence[Other] = ()) -> Iterator[Finding]:
    """Names of other reports' units; other names that look like places are asked about."""
    told: list[tuple[int, int]] = []
    for found in others_units(prose, ground, others):
        told.append((found.start, found.end))
        yield found
    yield from _ranks(prose, ground)
    own = ground.text(ground.words.labels.unit).partition("\n")[0]
    # Of a sheet that does not say whose report it is, nothing can be said.
    for start, end in _placelike(prose.said, ground.words.places) if own else ():
        name = prose.text[start:end]
        if _is_known(name, ground.known) or any(start < other_end and end > at for at, other_end in told):
            continue
        local = name.endswith(("村", "社区", "市"))
        rest = "请核对是不是本地的。" if local else f"本报告的单位是“{own}”，请核对。"
        behind = _OWN_OFFICE.match(prose.said, end) is not None
        doubtful = local or (behind and _may_be_a_verb(name, own, ground.words.places))
        yield prose.finding("place", "hint" if doubtful else "warning", f"“{name}”不在事实里，{rest}", start, end)


def _is_known(name: str, known: str) -> bool:
    """任青石镇 ends in the own name: what stands before it is a verb. 大青石镇 is a neighbour."""
    stem = len(_ENDS_IN.sub("", name))
    if name[0] in _NEIGHBOURS:
        return name in known
    return any(name[at:] in known for at in range(max(1, stem - 1)))


def _may_be_a_verb(name: str, own: str, places: Places) -> bool:
    """激荡镇党委 in a 镇's own report: 镇党委 is its own, and no place has a name that ends so."""
    stem = _ENDS_IN.sub("", name)
    return own.endswith(name[len(stem) :]) and stem[-1] not in places.ends


def kind_findings(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """全乡, 乡党委 in the report of a 镇; 白石乡党委 is another unit's, and told as a place."""
    labels = ground.words.labels
    own = [text for text in ground.text((*labels.unit, *labels.kind, *labels.voice)).split("\n") if text]
    found = ground.words.find_of_kinds(own, prose.said)
    if not found:
        return
    named = {end for _, end in _placelike(prose.said, ground.words.places)}
    for match in found:
        start, end = match.span()
        left = prose.said[max(0, start - 3) : start]
        whole = match.group().startswith("全") and not left.endswith(_NOT_WHOLE)
        if prose.text[start:end] in ground.known or not named.isdisjoint(range(start + 1, end + 1)):
            continue
        if whole or _begins_name(left, ground.words.places):
            message = f"“{match.group()}”不是{own[0]}这类单位的说法，可能是旧稿里留下的，请核对。"
            yield prose.finding("voice", "warning", message, start, end)


def _ranks(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """县委 and 县人武部 in the report of a unit that stands below 区委; above a 区 there is a 市, so that one may."""
    superior = ground.text(ground.words.labels.superior)
    own = set(_SUPERIOR.findall(superior)) - ({"市"} if re.search("[区县旗](?:委|政府|人武部)", superior) else set())
    if len(own) != 1:
        return
    for match in _SUPERIOR.finditer(prose.open):
        left = prose.open[max(0, match.start() - 3) : match.start()]
        bare = _begins_name(left, ground.words.places)
        if match.group(1) in own or match.group(1) == "市" or not bare:
            continue
        said = prose.text[match.start() : match.end()]
        message = f"本报告的上级是{superior.partition(chr(10))[0]}，“{said}”可能是别处的稿子里留下的，请核对。"
        yield prose.finding("place", "warning", message, *match.span())


def others_units(prose: Prose, ground: Ground, others: Sequence[Other]) -> Iterator[Finding]:
    """Names of other reports' units, certain."""
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
def _boundaries(places: Places) -> frozenset[str]:
    return frozenset((*places.before, *places.verbs))


def _begins_name(left: str, places: Places) -> bool:
    """Whether a name may begin behind these characters, three at most."""
    words = _boundaries(places)
    return not left or not "一" <= left[-1] <= "龥" or any(left[at:] in words for at in range(len(left)))


def _placelike(text: str, places: Places) -> Iterator[tuple[int, int]]:
    """[start, end) of what looks like a name: two or three characters before 镇, 街道 …, a boundary before them."""
    common = _common(places)
    for match in _SUFFIX.finditer(text):
        suffix, at, end = match.group(), match.start(), match.end()
        other = _OTHER_WORD.get(suffix)
        if other and other.match(text, end):
            continue
        if suffix in ("区", "县", "市") and not (_OF_DISTRICT.match(text, end) or _lies_there(text, at, suffix, end)):
            continue
        if suffix in ("村", "社区") and not _OF_VILLAGE.match(text, end):
            continue
        for length in (2, 3):
            start = at - length
            stem = text[max(0, start) : at]
            if start < 0 or not _is_name(stem, common):
                continue
            left = text[max(0, start - 3) : start]
            beside = not left or not "一" <= left[-1] <= "龥"
            if beside or (suffix not in ("村", "社区") and _begins_name(left, places)):
                yield start, end
                break
            if suffix in ("村", "社区") and left.endswith(("镇", "乡", "街道", "办事处", "在", "由", "到", "赴")):
                yield start, end
                break


@lru_cache(maxsize=8)
def _common(places: Places) -> frozenset[str]:
    return frozenset((*places.common, *places.verbs, *(word for word in places.before if len(word) > 1)))


def _lies_there(text: str, at: int, suffix: str, end: int) -> bool:
    if suffix != "县":
        return False
    starts = (at - 2, at - 3)
    return bool(_PART_OF.match(text, end)) or any(_LIES_IN.search(text, max(0, one - 4), one) for one in starts)


def _is_name(stem: str, common: frozenset[str]) -> bool:
    if not all("一" <= character <= "龥" for character in stem):
        return False
    if stem[-1] in _NEVER_LAST or any(character in _NEVER for character in stem):
        return False
    if any(character in _NUMBERS for character in stem[1:]) or (stem[0] in _NUMBERS and stem[1] in _COUNTED):
        return False
    return not any("".join(pair) in common for pair in pairwise(stem))
