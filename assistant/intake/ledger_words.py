"""The words of ledgers: what of a header matters, units in it, totals rows, columns with names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from assistant.facts.foreign_money import FOREIGN, foreign_money

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[：:、,，.。;；()（）\[\]【】<>《》_\-—/\\*★☆“”\"'·]+")
_NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）.、．]\s*)+")
_FOOTER = re.compile(r"^(?:填[表报]|制表|审核|负责|主管|联系|单位负责|经办|注[:：]|说明[:：]|备注[:：]|日期)")
_FORM_LINE = re.compile(
    r"[(（]?(?:计量|金额|填[报表写]|制表|上报|报送|统计|编制|编报|汇总|截至|截止)?"
    r"(?:单位|部门|机关|人|时间|日期|年度)(?:[(（][^()（）]*[)）])?[:：]"
)
_TIME = re.compile(r"^(?:其中|20\d\d年度?|今年|本年度?|当年|全年|年度|去年|上年度?|上一年度?)")
_MONEY_UNIT = r"(?:亿元|万元|千元|百元|元|万)"
_MEASURE = "[人名位个户次份条块台套件处起例场期天课时册张幅面间座班排连支项家辆]"
_UNIT_WORD = rf"(?:{_MONEY_UNIT}|{FOREIGN}|人次|户次|家次|课时|百分比|[%％]|万?{_MEASURE})"
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_YUAN = "(?:人民币|RMB|CNY)"
_UNIT_PART = re.compile(
    rf"(?:计量|金额|货币|币种)?(?:单位)?[:：]?(?:{_YUAN}[:：]?)?(?P<unit>{_UNIT_WORD}|(?<=人民币)|(?<=RMB)|(?<=CNY))",
    re.IGNORECASE,
)
#: 慰问金万元: only what no word ends with needs no sign before it.
_UNIT_TAIL = re.compile(
    rf"(?:[/:：,、\s]\s*(?:人民币)?(?P<after>{_UNIT_WORD})|(?P<unit>亿元|万元|千元|百元|{FOREIGN}))$"
)
_SHEET_UNITS = re.compile(r"(?:单\s*位|金额)\s*:\s*(?=(?P<units>[^:()\[\]【】]{1,24}))")
_BETWEEN = re.compile(r"[、,，/;；和及\s]+")
_CARRIED = "过次页|转[下次]页|承[前上]页|接上页"
_SUM = rf"(?P<word>合计|小计|总计|共计|累计|汇总|总数|总人数|总金额|{_CARRIED}|total|sum|∑)(?:数|人数|金额)?"
_COUNTED = r"(?:[(（][^()（）]*[)）]|\d+个?[村社区居户家单位]*)?[:：]?"
_TOTAL = re.compile(rf"^(?:全[镇乡街道区办]+)?(?:本页|分组)?(?:{_SUM}{_COUNTED}|[合总][:：]?)$", re.IGNORECASE)
#: 清河镇合计, 共3个村, 全镇: the name of a row, never of a fact.
_TOTAL_NAME = re.compile(
    rf"^(?:.{{0,16}}{_SUM}{_COUNTED}|[共计合]+\d+个?(?:行政)?(?:村|社区|村社区|单位|家)?(?:[(（][^()（）]*[)）])?|全(?:镇|乡|街道|区|县|年|办|部)共?{_COUNTED})$",
    re.IGNORECASE,
)
_MORE = r"(?:总?数|人数|值|量|率|额|情况|完成|幅度?|[%％])*"
_KINDS = {
    "plan": re.compile(
        rf"^(?:全年|年度|年初|今年|本年|本年度|20\d\d年度?|上级|下达)*(?:目标|任务|计划|指标|预算|应完成|预计)(?:任务|指标)?{_MORE}$"
    ),
    "change": re.compile(
        r"^(?:同比|环比)?[比较与]?(?:去年|上年)?(?:同期)?(?:同比|相比)?"
        rf"(?:增减|增长|增加|增幅|升降|下降|变化|同比|环比){_MORE}$"
    ),
    "rate": re.compile(
        r"^(?:(?:村均|户均|人均|平均|均)(?:总?数|值|[%％])*|(?:占比|比例|比率|比重|完成率|完成比例|完成进度|进度|排名|名次|位次)[%％]?)$"
    ),
    "last": re.compile(rf"^(?:去年|上年|上一年|同期|前一?年)(?:度|同期|全年|实际|实绩)?{_MORE}$"),
    "of": re.compile(r"^其中.*$"),
}
_PLANNED = re.compile("目标|计划|任务|指标|预计|拟|预算")
_LAST_YEAR = re.compile(r"去年|上年|上一年|同期")
_PLACE = re.compile(r"(?:村|社区|居委会|村委会|片区?|镇|乡|街道|屯|寨|[一二三四五六七八九十\d]组)$")
_YEAR = re.compile(r"(20\d\d)\s*年?")
_YEAR_NAME = re.compile(r"(20\d\d)(?!\d)[年度./-]?")
_KIND_MARKS = re.compile(r"[\s()（）:：]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Headers of the column that names who reported.
NAME_HEADERS = _words(
    "村 社区 村名 村社区 村居 村别 行政村 单位 单位名称 填报单位 上报单位 所属村 所在村 村社区名称 村居名称 社区名称"
    " 片区 乡镇 部门 责任单位"
)
#: Headers over labels that have their values beside them.
LABEL_HEADERS = _words("项目 指标 事项 类别 指标名称 项目名称 事项名称 统计项目 统计指标 工作项目")
UNIT_HEADERS = _words("单位 计量单位 金额单位 量纲")
NOTE_HEADERS = _words("备注 说明 来源 情况说明")
VALUE_HEADERS = _words(
    "数值 数量 数据 内容 数字 今年 今年数 本年 本年数 本年度 当年 当年数 实际 实际数 实际完成 实际完成数 完成 完成数"
    " 完成量 完成情况 全年 全年数 金额 数额 人数 本期 本期数 实绩"
)
SERIAL_HEADERS = _words("序号 编号 号 序 no")


def without_unit(header: str) -> tuple[str, str]:
    """(header without its unit, unit): 金额（万元，保留两位小数） → 金额, 万元."""
    text = unicodedata.normalize("NFKC", header).strip()
    for found in _BRACKETS.finditer(text):
        for part in _BETWEEN.split(found[1].strip()):
            told = _UNIT_PART.fullmatch(part)
            if told:
                return (text[: found.start()] + text[found.end() :]).strip(), _unit(told["unit"])
    tail = _UNIT_TAIL.search(text)
    if tail and tail.start():
        return text[: tail.start()].strip(), _unit(tail["after"] or tail["unit"])
    return text, ""


def _unit(word: str) -> str:
    return "万元" if word == "万" else word or "元"


def is_unit(text: str) -> bool:
    """A cell that is nothing but a unit: 人, （万元）."""
    plain = unicodedata.normalize("NFKC", text).strip("()[]（） ")
    return bool(_UNIT_PART.fullmatch(plain))


def heads_pairs(names: Collection[str]) -> bool:
    """Whether the normal forms of a row are 项目 with 数值 or the like beside it."""
    return not LABEL_HEADERS.isdisjoint(names) and not (VALUE_HEADERS | UNIT_HEADERS).isdisjoint(names)


def money_unit(text: str) -> str:
    """The unit in a cell beside an amount: 万元, 人民币元; "" where it is none of money."""
    told = _UNIT_PART.fullmatch(unicodedata.normalize("NFKC", text).strip("()[] "))
    return _unit(told["unit"]) if told and re.fullmatch(_MONEY_UNIT, told["unit"]) else ""


def without_money_unit(text: str) -> tuple[str, str]:
    """(header or name without its unit of money, that unit): 柳林村（万元） → 柳林村, 万元; any other as it is."""
    told, unit = without_unit(text)
    if re.fullmatch(_MONEY_UNIT, unit):
        return told, unit
    return ("", unit) if (unit := money_unit(text)) else (text, "")


def sheet_unit(text: str) -> str:
    """The unit that a line over the table gives to all its amounts: 单位：人、万元; "" where it names two of money.

    美元 is told too, and nothing is taken in it.
    """
    lists = [found["units"] for found in _SHEET_UNITS.finditer(unicodedata.normalize("NFKC", text))]
    told = [word.removeprefix("人民币") for units in lists for word in _BETWEEN.split(units.strip())]
    units = {_unit(word) for word in told if re.fullmatch(_MONEY_UNIT, word) or foreign_money(word)}
    return units.pop() if len(units) == 1 else ""


def normal(text: str) -> str:
    """What of a header matters: 1. 兵役登记 人数： → 兵役登记人数."""
    plain = unicodedata.normalize("NFKC", without_unit(text)[0]).lower()
    plain = _MARKS.sub("", _NUMBERING.sub("", _SPACE.sub("", plain)))
    shorter = _TIME.sub("", plain)
    return shorter if len(shorter) >= 2 else plain


def total_word(text: str) -> str:
    """合计, 小计 … where a text says that it adds up others; "" for any other."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    found = _TOTAL.match(plain)
    return (found["word"] or plain.rstrip(":：")) if found else ""


def total_name(text: str) -> str:
    """The same for the name of a row, which may also say what was added up: 清河镇合计, 共3个村, 全镇."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    found = _TOTAL_NAME.match(plain)
    return total_word(text) or ((found["word"] or plain) if found else "")


def kind_of_figures(text: str) -> str:
    """What a header or a row's name says when it names no figures of its own: "plan", "change", "rate", "last" (year),
    "of" (其中：…); "" for any other.
    """
    plain = _KIND_MARKS.sub("", unicodedata.normalize("NFKC", without_unit(text)[0]))
    return next((kind for kind, pattern in _KINDS.items() if pattern.match(plain)), "")


def is_aside(text: str) -> bool:
    """去年同期, 同比增减, 其中：…: a row that is nobody's own, and adds up nothing either."""
    return bool(kind_of_figures(text))


def says_plan(text: str) -> bool:
    """计划入伍人数: whether anything in it speaks of what is still to be done."""
    return bool(_PLANNED.search(text))


def without_years(text: str) -> str:
    """What stays of a header when next year's is written like it."""
    return normal(_YEAR.sub("", text))


def is_footer(text: str) -> bool:
    """填表人：…, 注：…: a line under the table."""
    return bool(_FOOTER.match(_SPACE.sub("", text)))


def is_form_line(text: str) -> bool:
    """单位：万元, 填报单位：清河镇: a line over the table, no name of a column."""
    return bool(_FORM_LINE.match(_SPACE.sub("", text)))


def is_place(text: str) -> bool:
    """柳林村, 阳光社区: whether it ends as the names of those who report do."""
    return bool(_PLACE.search(_SPACE.sub("", text)))


def year_name(text: str) -> int:
    """The year that a row is named by: 2025, 2025年度, 2025年3月5日; 0 for any other name."""
    found = _YEAR_NAME.match(_SPACE.sub("", text))
    return int(found[1]) if found else 0


def says_last_year(header: str) -> bool:
    return bool(_LAST_YEAR.search(header))


def years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]
