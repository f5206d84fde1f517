"""What a message says beside what was taken from it: nothing that a person says is dropped without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts.fields import FieldType
from assistant.facts.sheet import FactSheet
from assistant.intake.chat_making import Ask
from assistant.intake.chat_reading import Reading
from assistant.slots.numerals import find_numerals

_CLAUSE = re.compile(r"[^。；！？;!?\s，,、]+")
#: Words that lead from one figure to the next and say nothing of their own.
_IDLE = re.compile(
    r"(?:麻烦|劳驾|请|帮|替我|记(?:上|下|着)?|我们?|咱们?|来|先|再|报|说下?|"
    r"今年|去年|本年|全年|这边|这里|那边|对了|还有|另外|然后|最后|其他|其它|等(?:会儿?|一?下)|回头|明天|以后|过后|稍后|后面|"
    r"这样|就|这些|那些|大概|差不多|好|嗯|啊|哦|噢|呃|额|都|谢谢|辛苦|你|您|了|吧|呢|的|数据?|数字|情况|"
    r"如下|按|改|填|别|错|核对|核实|过|确定|没错|没问题|刚|刚才|统计|数|问|更正|纠正|一下|一点|搞|写|算|不好意思|抱歉|不对|不是|"
    r"汇总|总的|总体|一共|合计|其中|分别|是|有|要|也|和|以及|跟|第[一二三四五六七八九十]|[一二三四五六七八九十]是|同志|领导|老师|呀|哈|哎|唉|嘛|啦|哟|"
    r"补充|几|个|项|事|那|这|给|听|看|吗|\d{1,2}[.、]|[\s：:、“”\"'（）()\-—…~·*•#>.])*"
)
#: 点验没搞, 没有信访举报, 信访举报没有: a count of none, said without a figure.
_NONE = re.compile(
    r"(?:没有?|没得|莫得|未|还没有?|都没有?|一[次个人场户起]都?[也]?没有?)(?:来得及)?(?:再|去)?"
    r"(?:搞|整|弄|做|开展?|办|组织|进行|举行|举办|发生|出现|收到|安排|实施|落实|发|送|征|挂|训|演练)(?:过|了|成|的|什么|任何)*(?![好完清全透实])|"
    r"(?:没有?|没得|莫得|木有|无|为零|是零|零)(?:了|的|过|啦|呢|哦|哈|嘛|发生)*$|^(?:今年|我们|全年|也|还|都)*(?:没有?|无)(?!法|论|需|关|所)"
)
#: 横幅没变: what stands, stands.
_SAME = re.compile(
    r"(?:没有?|没得|莫得|不|未)(?:什么|啥|再|要|用)*(?:变动?|变化|改动?|动)(?:了|的|过|哦|哈|嘛)*$|照旧$|老样子$"
)
#: 横幅挂完了没
_ASKS = re.compile(r"几|多少|吗|什么|啥|[了完好过]没有?$")
_OF_IT = re.compile(r"(?:没有?|未|不)(?!搞|整|弄|做|开|办|组织|进行|发|挂|训|得)")
#: Beside a name they say no more than it does.
_GENERAL = re.compile(r"工作|方面|[这那]一?(?:块|项|边|个|里|头)|情况|任务|部分|人数|完成")
_LEAST = 2
#: Clauses that are named; the rest is counted.
_SHOWN = 3
_NAMED = 24


class LeftOut:
    """The clauses of one message of which nothing was taken.

    Args:
        quotes: the words that were taken, asked about or told of otherwise.
        whole: those of which nothing else is left, whatever stands between.

    Attributes:
        asks: what may be a zero. ``same``: labels that are said to stand as they do. ``words``: what is left.
    """

    def __init__(self, reading: Reading, sheet: FactSheet, quotes: Sequence[str], whole: Sequence[str] = ()) -> None:
        self._read = reading
        self._sheet = sheet
        self._quotes = [quote for quote in quotes if quote]
        # The words around a figure may begin with something else: 点验没搞、征兵12人.
        self._heads = [words for one in whole for words in re.split("[，,、]", one) if len(words) >= _LEAST]
        self._texts = [*whole, *(quote for quote in self._quotes if not find_numerals(quote))]
        self.asks: list[Ask] = []
        self.same: list[str] = []
        left: list[str] = []
        for start, end in self._beside():
            self._none(start, end)
        for start, end in self._open():
            if not self._none(start, end) and not self._stays(start, end):
                left.append(reading.quote(start, end))
        self.words = tuple(dict.fromkeys(left))

    def _beside(self) -> Iterator[tuple[int, int]]:
        """What stands around the figures of a clause and their own names: 点验没搞 of 点验没搞征兵12人议军会没开."""
        for clause in _CLAUSE.finditer(self._read.text):
            at = clause.start()
            for one in self._read.figures:
                if clause.start() <= one.start < clause.end():
                    own = [name.start for name in self._read.names if at <= name.start and name.end <= one.start]
                    if own:
                        yield at, own[-1]
                    at = one.end
            # 俩没过体检 says it of the figure; 征兵12人没开议军会 of something else.
            if clause.start() < at < clause.end() and not _OF_IT.match(self._read.text, at):
                yield at, clause.end()

    def _open(self) -> Iterator[tuple[int, int]]:
        text = self._read.text
        for clause in _CLAUSE.finditer(text):
            words = clause.group().strip()
            if len(words) < _LEAST or _IDLE.fullmatch(self._without_names(clause.start(), clause.end())):
                continue
            if any(clause.start() <= one.start < clause.end() for one in self._read.figures):
                # Each figure is taken, asked about, or told by itself.
                continue
            quote = self._read.quote(clause.start(), clause.end())
            told = any(one in quote for one in (*self._quotes, *self._heads))
            if not told and not any(quote in one for one in self._texts):
                yield clause.start(), clause.end()

    def _without_names(self, start: int, end: int) -> str:
        """The clause without the names of facts: 征兵呢, whose figure follows, says nothing by itself."""
        text, at, parts = self._read.text, start, []
        if _NONE.search(text[start:end]):
            return text[start:end]
        for name in sorted([*self._read.names, *self._read.places], key=lambda one: one.start):
            if start <= name.start and name.end <= end:
                parts.append(text[at : name.start])
                at = name.end
        rest = "".join([*parts, text[at:end]])
        return _GENERAL.sub("", rest) if parts else rest

    def _none(self, start: int, end: int) -> bool:
        """Asks whether a count is 0. Returns False where the clause says no such thing."""
        words = self._read.text[start:end]
        if not _NONE.search(words) or _ASKS.search(words):
            return False
        if any(start <= one.start < end for one in (*self._read.figures, *self._read.passed)):
            return False
        schema = self._sheet.schema
        labels = [
            label
            for name in self._read.names
            if start <= name.start and name.end <= end
            for label in name.labels
            if (item := schema.by_label.get(label)) and item.type is FieldType.COUNT
        ]
        if not labels:
            return False
        label = labels[0]
        if self._sheet.value(label) == 0:
            self.same.append(label)
        else:
            item = schema.by_label[label]
            quote = self._read.quote(start, end)
            says = {f"记 0{item.measure}": f"{label}改成0{item.measure}"}
            self.asks.append(Ask(quote, says, f"要把“{label}”记成 0 吗？"))
        return True

    def _stays(self, start: int, end: int) -> bool:
        """横幅没变: whether a clause says that a fact stands as it does."""
        named = [name for name in self._read.names if start <= name.start and name.end <= end]
        labels = [label for name in named for label in name.labels[:1] if self._sheet.value(label) is not None]
        if not labels or not _SAME.search(self._read.text[start:end]):
            return False
        self.same += labels
        return True


def told_left(words: Sequence[str]) -> str:
    """What is said of them; "" for none."""
    if not words:
        return ""
    shown = "、".join(f"“{one if len(one) <= _NAMED else one[:_NAMED] + '…'}”" for one in words[:_SHOWN])
    count = f"等 {len(words)} 句" if len(words) > _SHOWN else ""
    return f"{shown}{count}没有听出是哪一项的数，没有记。"
