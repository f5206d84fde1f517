"""The cues of a report type, compiled: from ``extraction.yaml``, and from labels and aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.facts.cue_patterns import FIGURE as FIGURE
from assistant.facts.cue_patterns import closed, compiled
from assistant.facts.cues import Cue, FigureCues
from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_figures import fits, measures
from assistant.slots.numeral import Numeral

#: What may stand between a noun and its figure and says nothing.
GAP = (
    r"(?:人员|人|者|对象|的)?(?:总?人数|总?次数|总?数量|个数|总量|总额|金额|总数|数|量)?[ \u3000\t]*"
    r"(?:共计|共有|共编|共|总计|合计|累计|一共|总共|全年|年内|一年来|年初以来|截至目前|今年以来|今年|去年|上年|前年|先后|已经|已|均|各|分别|实际|目前|现有|达到了|达到|高达|达|为|是|有|了|到|计|"
    r"就|核(?:实|准|对|出来)?了|只有|仅|还有|完成|配齐|配备|建成|建有|召开|组织|开展|举办|落实|安排|搞|开|做|编|"
    r"花费|花|支出|投入|用去|占比|占|协调|加起来|合起来|加一块|拢共|满打满算|"
    r"我?(?:这儿|这里)?记的|在册|发放了|发了|挂了|换了|印了|上了|一|"
    r"（(?:翻|笑|看|停|掌声|鼓掌|喝)[^（）]{0,5}）|[，：（ \t“”—])*"
)
#: What may stand between a figure and the noun behind it.
BEHIND = r"[）” ]?(?:的|左右|以上)?(?:优质|优秀|合格|高素质|新|我市|现役|本地|多名|家|辖区|村级)*"
_SUFFIXES = ("人数", "次数", "户数", "个数", "总额", "金额", "人次", "天数", "总数", "数")
_BREAKS = r"组织|开展|发放|悬挂|设置|设立|建成|投入|召开|举办|完成|出动|输送|配备|走访|慰问|其中"
#: Surnames, for ``<姓>`` in a pattern.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申"
    "欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂苗盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉"
    "缪简车项芦麦褚娄窦戚岑景宫费卜冷晏席卫米柏宗瞿桂全佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝赖"
    "洪崔闻荆冼敬粟阳花覃宦干丘巴亓仝水帅幸阎鄢邸郗盘谷蔺阚鞠逯晁竺茹栗逄漆钮訾濮宓郦雍芮"
)
#: A cue that only tells what kind of word the figure counts.
_UNIT_ONLY = 2.0
#: Kinds of figures whose cues are remembered: a long text has some thirty.
_KEPT = 512


@dataclass(frozen=True)
class CompiledCue:
    """One cue of one fact.

    Attributes:
        label: "" for a decoy.
        left, right: None where the cue has no words there.
        exact: there is a measure word that the fact itself has.
    """

    label: str
    kind: FieldType
    units: frozenset[str]
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    of: str = ""
    near: re.Pattern[str] | None = None
    unless: tuple[re.Pattern[str], ...] = ()
    doubt: str = ""
    own: frozenset[str] = field(default_factory=frozenset)
    any_kind: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Cues:
    """All cues of a schema.

    Attributes:
        by_kind: cues by the type of figure that they take.
        zero: label → sayings that mean nought.
    """

    by_kind: dict[FieldType, tuple[CompiledCue, ...]]
    zero: dict[str, re.Pattern[str]]
    _fitting: dict[tuple[object, ...], list[CompiledCue]] = field(default_factory=dict, repr=False)

    def fitting(self, one: Numeral, kind: FieldType) -> list[CompiledCue]:
        """The cues whose facts can have a figure of this kind and this measure word."""
        assert one.value is not None
        key = (kind, one.kind, one.unit, one.value == one.value.to_integral_value(), one.value <= 100)
        if (found := self._fitting.get(key)) is None:
            if len(self._fitting) >= _KEPT:
                self._fitting.clear()
            bare = one.kind == "number"
            found = self._fitting[key] = [
                cue
                for cue in self.by_kind[kind]
                if (
                    (not cue.units or one.unit in cue.units)
                    if cue.any_kind
                    else fits(one, cue.kind, cue.units, bare=bare)
                )
            ]
        return found


_CACHE: dict[int, tuple[FactSchema, Cues]] = {}


def cues_of(schema: FactSchema) -> Cues:
    """Compiled once a schema."""
    kept = _CACHE.get(id(schema))
    if kept is None or kept[0] is not schema:
        if len(_CACHE) > 16:
            _CACHE.clear()
        kept = _CACHE[id(schema)] = (schema, _compiled(schema))
    return kept[1]


def past(words: re.Pattern[str], text: str, at: int = 0, end: int | None = None) -> int:
    """Where a text goes on behind words that may stand at ``at``; ``at`` itself where they do not."""
    told = words.match(text, at, len(text) if end is None else end)
    return told.end() if told else at


@lru_cache(maxsize=8192)
def pattern(source: str, *, tail: str = "", head: str = "") -> re.Pattern[str]:
    """A cue's pattern; ``[^…]`` never runs over a figure or a blank."""
    source = source.replace("<姓>", f"[{SURNAMES}]")
    return compiled(head + closed(source, f"{BLANK}|｜") + tail)


def _compiled(schema: FactSchema) -> Cues:
    found: dict[FieldType, list[CompiledCue]] = {kind: [] for kind in FieldType if kind.numeric}
    known: tuple[FactField | DerivedFact, ...] = (*schema.fields, *schema.derived)
    for item in known:
        if not item.type.numeric:
            continue
        hints = schema.hints.facts.get(item.label, FigureCues())
        found[FieldType(item.type)] += _of_item(item, hints)
    for decoy in schema.hints.decoys:
        for kind, cues in found.items():
            cues.append(_cue("", kind, frozenset(decoy.units), decoy, (), any_kind=True))
    zero = {label: compiled("|".join(hints.zero)) for label, hints in schema.hints.facts.items() if hints.zero}
    return Cues({kind: tuple(cues) for kind, cues in found.items()}, zero)


def _of_item(item: FactField | DerivedFact, hints: FigureCues) -> Iterator[CompiledCue]:
    label = item.label if isinstance(item, FactField) else ""
    own = measures(item)
    units = own | frozenset(hints.units)
    kind = FieldType(item.type)
    cues = list(hints.cues)
    if hints.aliases:
        for name in _names(item):
            cues += [Cue(say=f"{re.escape(name)}#"), Cue(say=f"#{re.escape(name)}")]
    unless = (hints.unless,) if hints.unless else ()
    for cue in cues:
        yield replace(_cue(label, kind, units | frozenset(cue.units), cue, unless, own=own), shared=hints.shared)


def _cue(
    label: str,
    kind: FieldType,
    units: frozenset[str],
    cue: Cue,
    unless: tuple[str, ...],
    own: frozenset[str] = frozenset(),
    any_kind: bool = False,
) -> CompiledCue:
    left, right = cue.split or ("", "")
    return CompiledCue(
        label,
        kind,
        units,
        pattern(left, head="(?P<core>", tail=f")(?P<gap>{GAP})$") if left else None,
        pattern(_one_thing(right), head=f"(?P<gap>{BEHIND})(?P<core>", tail=")") if right else None,
        cue.of,
        pattern(cue.near) if cue.near else None,
        tuple(pattern(one) for one in (*unless, cue.unless) if one),
        cue.doubt,
        own,
        any_kind,
    )


def _one_thing(right: str) -> str:
    """What a figure counts stands right behind it: 三次议军会议和五次专题会 are two things."""
    return (
        right.replace("[^，。；、", "[^，。；、和及与", 1)
        if right.startswith(("[^，。；、", "(?:[^，。；、"))
        else right
    )


def _names(item: FactField | DerivedFact) -> list[str]:
    """Label and aliases, also without what only says how they are counted."""
    names = dict.fromkeys((item.label, *item.aliases))
    for name in tuple(names) if isinstance(item, FactField) else ():
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                names[name.removesuffix(suffix)] = None
    return [name for name in names if len(name) >= 2]
