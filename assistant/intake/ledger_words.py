"""The words of ledgers: what of a header matters, units in it, totals rows, columns with names."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[：:、,，.。;；()（）\[\]【】<>《》_\-—/\\*★☆“”\"'·]+")
_NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）.、．]\s*)+")
_FOOTER = re.compile(r"^(?:填[表报]|制表|审核|负责|主管|联系|单位负责|经办|注[:：]|说明[:：]|备注[:：]|日期)")
_TIME = re.compile(r"^(?:其中|20\d\d年度?|今年|本年度?|当年|全年|年度|去年|上年度?|上一年度?)")
_MONEY_UNIT = r"(?:亿元|万元|千元|百元|元|万)"
_MEASURE = "[人名位个户次份条块台套件处起例场期天课时册张幅面间座班排连支项家辆]"
_UNIT_WORD = rf"(?:{_MONEY_UNIT}|人次|户次|家次|课时|百分比|[%％]|万?{_MEASURE})"
_UNIT = re.compile(rf"[(（\[【](?:计量)?(?:单位)?[:：]?\s*(?P<unit>{_UNIT_WORD})\s*[)）\]】]")
_UNIT_TAIL = re.compile(rf"[/:：]\s*(?P<unit>{_UNIT_WORD})$")
_SHEET_UNITS = re.compile(r"单位\s*:\s*(?=(?P<units>[^:()\[\]【】]{1,24}))")
_BETWEEN = re.compile(r"[、,，/;；和及\s]+")
_SUM = r"(?P<word>合计|小计|总计|共计|累计|汇总|总数|总人数|总金额|total|sum|∑)(?:数|人数|金额)?"
_COUNTED = r"(?:[(（][^()（）]*[)）]|\d+个?[村社区居户家单位]*)?[:：]?"
_TOTAL = re.compile(rf"^(?:全[镇乡街道区办]+)?(?:本页|分组)?(?:{_SUM}{_COUNTED}|[合总][:：]?)$", re.IGNORECASE)
#: 清河镇合计, 共3个村, 全镇: the name of a row, never of a fact.
_TOTAL_NAME = re.compile(
    rf"^(?:.{{0,16}}{_SUM}{_COUNTED}|[共计合]+\d+个?(?:行政)?(?:村|社区|村社区|单位|家)?|(?P<all>全(?:镇|乡|街道|区|县|年|办|部)))$",
    re.IGNORECASE,
)
_MORE = r"(?:总?数|人数|值|量|率|额|情况|完成|完成数|幅度?|[%％])*"
#: 去年同期, 同比增减, 年度目标, 平均, 其中：…: rows that stand beside the units' own figures.
_ASIDE = re.compile(
    rf"^(?:其中.*|(?:去年|上年|上一年|同期|前一?年)(?:度|同期|全年)?{_MORE}"
    rf"|(?:同比|环比)?[比较与]?(?:去年|上年)?(?:同期)?(?:同比|相比)?(?:增减|增长|增加|增幅|升降|下降|变化|同比|环比){_MORE}"
    rf"|(?:全年|年度|年初|今年|本年|上级|下达)?(?:目标|任务|计划|指标)(?:任务)?{_MORE}"
    rf"|(?:村均|户均|人均|平均|均){_MORE}|(?:占比|比例|比率|比重|完成率|排名|名次|位次)[%％]?)$"
)
_LAST_YEAR = re.compile(r"去年|上年|上一年|同期")
_YEAR = re.compile(r"(20\d\d)\s*年?")


_ASIDE_MARKS = re.compile(r"[\s()（）:：]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Headers of the column that names who reported.
NAME_HEADERS = _words(
    "村 社区 村名 村社区 村居 村别 行政村 单位 单位名称 填报单位 上报单位 所属村 所在村 村社区名称 村居名称 社区名称"
    " 片区 乡镇 部门 责任单位"
)
UNIT_HEADERS = _words("单位 计量单位 金额单位 量纲")
NOTE_HEADERS = _words("备注 说明 来源 情况说明")
VALUE_HEADERS = _words("数值 数量 数据 今年 本年 本年度 实际 完成 完成数 完成情况 内容 数字")
SERIAL_HEADERS = _words("序号 编号 号 序 no")


def without_unit(header: str) -> tuple[str, str]:
    """(header without its unit, unit): 金额（万元） → 金额, 万元."""
    text = unicodedata.normalize("NFKC", header).strip()
    for pattern in (_UNIT, _UNIT_TAIL):
        found = pattern.search(text)
        if found:
            unit = found["unit"]
            return (text[: found.start()] + text[found.end() :]).strip(), "万元" if unit == "万" else unit
    return text, ""


def is_unit(text: str) -> bool:
    """A cell that is nothing but a unit: 人, （万元）."""
    plain = unicodedata.normalize("NFKC", text).strip("()[]（） ")
    return bool(re.fullmatch(_UNIT_WORD, plain))


def sheet_unit(text: str) -> str:
    """The unit that a line over the table gives to all its amounts: 单位：人、万元; "" where it names two of money."""
    lists = [found["units"] for found in _SHEET_UNITS.finditer(unicodedata.normalize("NFKC", text))]
    told = [word for units in lists for word in _BETWEEN.split(units.strip())]
    units = {"万元" if word == "万" else word for word in told if re.fullmatch(_MONEY_UNIT, word)}
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


def is_aside(text: str) -> bool:
    """去年同期, 同比增减, 其中：…: a row that is nobody's own, and adds up nothing either."""
    return bool(_ASIDE.match(_ASIDE_MARKS.sub("", unicodedata.normalize("NFKC", text))))


def is_footer(text: str) -> bool:
    """填表人：…, 注：…: a line under the table."""
    return bool(_FOOTER.match(_SPACE.sub("", text)))


def says_last_year(header: str) -> bool:
    return bool(_LAST_YEAR.search(header))


def years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]
