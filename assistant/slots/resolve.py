"""The inside of a slot as a model wrote it → the slot that it means.

Certain: a label, an alias, a label with its value or its group glued on, a name so near to one label, and to one only,
that nothing else can be meant. Everything else is a doubt: told, and left as it was written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.facts.sheet import FactSheet
from assistant.slots.forms import MONEY_FORMS, SAME_MEASURES, allowed_forms
from assistant.slots.grammar import Slot, slots_in
from assistant.slots.render import TOTAL

#: How like a known name an unknown one must be, and how much more like it than the next.
NEAR, AHEAD = 0.72, 0.08
#: Comparing names is slow; a text with more unknown names than this is no draft.
MAX_COMPARED = 200

_LOOKALIKES = str.maketrans({"｜": "|", "¦": "|", "│": "|", "．": ".", "\u3000": " ", "\u200b": None, "\ufeff": None})
_GLUED = re.compile(r"([^:：=＝|]+?)\s*(?:[:：=＝]\s*(.*)|[（(](.*)[）)]\s*)", re.DOTALL)
#: What models write for a form. "" asks for the plain value, which is what they mean.
_FORM_NAMES = {
    **dict.fromkeys(("增长率", "增长幅度", "同比增幅", "涨幅", "变化率"), "增幅"),
    **dict.fromkeys(("同比增长", "同比变化", "同比增减", "比去年"), "同比"),
    **dict.fromkeys(("上年", "上年数", "去年数", "上一年", "去年同期"), "去年"),
    **dict.fromkeys(("增加", "差额", "差数", "增减数"), "增减"),
    **dict.fromkeys(("大写", "中文", "中文数字", "汉字数字"), "汉字"),
    **dict.fromkeys(
        ("人数", "数量", "数值", "数字", "个数", "次数", "户数", "金额", "值", "单位", "value", "默认"), ""
    ),
}


@dataclass(frozen=True)
class Resolution:
    """What a name means.

    Attributes:
        slot: None where no fact can be meant.
        why: what was mended, in Chinese; "" when it was written as it should be.
        doubt: what stays wrong, in Chinese.
        exact: the fact was named by its label or an alias, not nearly.
    """

    slot: Slot | None
    why: str = ""
    doubt: str = ""
    exact: bool = True


@dataclass
class Resolver:
    """Resolves names against a schema and, for rows of tables, a sheet. Keeps what it compared."""

    schema: FactSchema
    sheet: FactSheet | None = None
    _near: dict[str, str | None] = field(default_factory=dict)
    _known: dict[str, Resolution] = field(default_factory=dict)

    def resolve(self, body: str) -> Resolution:
        """``body``: what stood between the braces."""
        if body not in self._known:
            self._known[body] = self._resolve(body)
        return self._known[body]

    def _resolve(self, body: str) -> Resolution:
        body = body.translate(_LOOKALIKES).strip()
        glued = _GLUED.fullmatch(body)
        if glued and self.schema.find(body) is None and self.schema.find(glued.group(1).strip()):
            told = (glued.group(2) or glued.group(3) or "").strip()
            found = self.resolve(f"{glued.group(1)}|{told}" if self._is_form(glued.group(1), told) else glued.group(1))
            return replace(found, why=found.why or "去掉了粘在名称后面的值")
        slots = slots_in("{{" + body + "}}")
        if len(slots) == 1:
            return self._slot(slots[0])
        head, *forms = [part.strip() for part in body.split("|")]
        names = tuple(name.strip() for name in head.split("."))
        if not all(names) or len(names) > 3:
            return Resolution(None, doubt=f"“{body[:20]}”不是事实的名称")
        return self._slot(Slot(names, next(filter(None, forms), "")))

    def _is_form(self, name: str, told: str) -> bool:
        item = self.schema.find(name.strip())
        return item is not None and told in allowed_forms(item)

    def _slot(self, slot: Slot) -> Resolution:
        path = slot.path
        if len(path) > 1 and path[0] in self.schema.groups and self.schema.find(path[1]):
            path = path[1:]
        item = self.schema.find(path[0])
        why = "" if path == slot.path else "去掉了分组名"
        if item is None:
            near = self.near(path[0])
            item = self.schema.find(near) if near else None
            if item is None:
                nearest = self.schema.nearest(path[0]) if len(self._near) <= MAX_COMPARED else []
                hint = f"，最接近的是“{nearest[0]}”" if nearest else ""
                return Resolution(None, doubt=f"没有“{path[0]}”这项事实{hint}")
            why = f"“{path[0]}”按最接近的“{item.label}”处理"
        elif item.label != path[0]:
            why = why or "别名改为标签"
        found = self._below(Slot((item.label, *path[1:]), slot.form), item)
        return replace(found, why=why or found.why, exact="最接近" not in why)

    def near(self, name: str) -> str | None:
        """The one label that a misspelt name must mean, or None."""
        if name not in self._near:
            self._near[name] = self._nearest(name) if len(self._near) < MAX_COMPARED and len(name) <= 30 else None
        return self._near[name]

    def _nearest(self, name: str) -> str | None:
        matcher = difflib.SequenceMatcher(b=name, autojunk=False)
        scores: dict[str, float] = {}
        items: tuple[FactField | DerivedFact, ...] = (*self.schema.fields, *self.schema.derived)
        for item in items:
            for known in (item.label, *item.aliases):
                matcher.set_seq1(known)
                if matcher.real_quick_ratio() >= NEAR - AHEAD and matcher.quick_ratio() >= NEAR - AHEAD:
                    scores[item.label] = max(scores.get(item.label, 0), matcher.ratio())
        ranked = sorted(scores, key=lambda label: -scores[label])
        if not ranked or scores[ranked[0]] < NEAR:
            return None
        if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < AHEAD:
            return None
        return ranked[0]

    def _below(self, slot: Slot, item: FactField | DerivedFact) -> Resolution:
        """Row, column and form."""
        if isinstance(item, FactField) and item.type is FieldType.TABLE and len(slot.path) > 1:
            return self._cell(slot, item)
        if isinstance(item, FactField) and item.type is FieldType.LIST and len(slot.path) == 2:
            wrong = not slot.path[1].isdecimal()
            return Resolution(slot, doubt=f"“{item.label}”按序号取，如“{item.label}.1”" if wrong else "")
        if len(slot.path) == 2 and not slot.form:
            return self._formed(Slot((item.label,), slot.path[1]), allowed_forms(item), "量词写在了“|”后面")
        if len(slot.path) > 1:
            return Resolution(slot, doubt=f"“{item.label}”没有下一级“{slot.path[1]}”")
        return self._formed(slot, allowed_forms(item))

    def _formed(self, slot: Slot, allowed: tuple[str, ...], why: str = "") -> Resolution:
        if not slot.form or slot.form in allowed:
            return Resolution(slot, why)
        meant = _FORM_NAMES.get(slot.form)
        if meant is None and slot.form[0].isdecimal():
            meant = ""
        if meant is None or (meant and meant not in allowed):
            choices = "、".join(allowed) or "没有别的形式"
            return Resolution(slot, doubt=f"“{slot.name}”不能写成“{slot.form}”（可用：{choices}）")
        return Resolution(replace(slot, form=meant), f"“{slot.form}”不是可用的形式")

    def _cell(self, slot: Slot, item: FactField) -> Resolution:
        rows = self._rows(item)
        row, why = slot.path[1], ""
        if rows and row != TOTAL and row not in rows:
            like = [name for name in rows if row in name or name in row]
            if len(like) != 1:
                return Resolution(slot, doubt=f"“{item.label}”没有“{row}”这一行（有：{'、'.join(rows[:8])}）")
            why = f"“{row}”按“{like[0]}”处理"
            row = like[0]
        if len(slot.path) == 2:
            return Resolution(Slot((item.label, row), slot.form), why)
        column = item.column(slot.path[2])
        if column is None:
            name = slot.path[2]
            close = [c for c in item.columns if name in c.label or c.label in name]
            # Of several columns, the one that stands for the row in running text.
            close = close if len(close) == 1 else [c for c in close if c.label in item.row]
            if len(close) != 1:
                columns = "、".join(c.label for c in item.columns)
                return Resolution(slot, doubt=f"“{item.label}”没有“{name}”这一列（有：{columns}）")
            column = close[0]
            why = why or f"列“{name}”按“{column.label}”处理"
        measures = (column.measure, *SAME_MEASURES.get(column.measure, ()))
        forms = MONEY_FORMS if column.type is FieldType.MONEY else (*filter(None, measures), "数", "汉字")
        found = self._formed(Slot((item.label, row, column.label), slot.form), forms)
        return replace(found, why=why or found.why)

    def _rows(self, item: FactField) -> tuple[str, ...]:
        value = self.sheet.value(item.label) if self.sheet else None
        rows = value if isinstance(value, tuple) else ()
        return tuple(str(row.get(item.key_column.label, "")) for row in rows if isinstance(row, Mapping))
