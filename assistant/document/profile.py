"""A layout profile: GB/T 9704 values as data, each with its unit, clause and strength.

``profiles/gbt9704-2012.yaml`` is the standard. A county's variant is another file that names
the profile it starts from (``based_on``) and states only what differs.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.document.rules import Alignment, Characters, Color, Count, Flag, Length, Name
from assistant.errors import ConfigurationError

PROFILES = Path(__file__).parent / "profiles"
DEFAULT_PROFILE = "gbt9704-2012"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(_Part):
    """Paper and margins (5.1, 5.2.1) and the distance of the footer from the paper's edge."""

    width: Length
    height: Length
    top: Length
    bottom: Length
    left: Length
    right: Length
    gutter: Length
    footer: Length

    @property
    def text_width(self) -> int:
        """版心 width in twips."""
        return self.width.twips - self.left.twips - self.right.twips - self.gutter.twips

    @property
    def text_height(self) -> int:
        """版心 height in twips."""
        return self.height.twips - self.top.twips - self.bottom.twips


class Grid(_Part):
    """Lines a page, characters a line (5.2.3), and the two values that give them in Word."""

    rows: Count
    columns: Count
    pitch: Length
    spacing: Length


class Typeface(_Part):
    """A font by the name that goes into the file, and what Word may take instead."""

    name: str = Field(min_length=1)
    substitutes: tuple[str, ...] = ()
    note: str = ""


class TextStyle(_Part):
    """A paragraph style. ``name`` is what a person sees in Word's style list."""

    name: str = Field(min_length=1)
    font: Name
    size: Length
    align: Alignment
    first_line: Characters
    line: Length
    outline: int | None = Field(default=None, ge=1, le=9)


class TitleRules(_Part):
    """Breaking and placing the title (7.3.1)."""

    max_chars: Count
    narrow_char: Characters
    blank_after: Count


class ClosingRules(_Part):
    """署名 and 成文日期 (7.3.5.1, 7.3.5.2)."""

    unsealed_blank: Count
    unsealed_right: Characters
    unsealed_shift: Characters
    sealed_blank: Count
    sealed_right: Characters


class PageNumberRules(_Part):
    """页码 (7.5)."""

    dash: Name
    side: Characters
    odd_even: Flag


STYLE_KEYS = (
    "title",
    "byline",
    "addressee",
    "body",
    "heading1",
    "heading2",
    "heading3",
    "heading4",
    "signature",
    "date",
    "page_number",
)


class LayoutProfile(_Part):
    """Everything the writer needs to know about a layout."""

    name: str
    source: str
    page: Page
    grid: Grid
    color: Color
    typefaces: dict[str, Typeface]
    styles: dict[str, TextStyle]
    title: TitleRules
    closing: ClosingRules
    page_number: PageNumberRules

    @model_validator(mode="after")
    def _complete(self) -> LayoutProfile:
        if missing := [key for key in STYLE_KEYS if key not in self.styles]:
            raise ValueError(f"styles 缺少 {'、'.join(missing)}")
        if unknown := [key for key in self.styles if key not in STYLE_KEYS]:
            raise ValueError(f"styles 不认识 {'、'.join(unknown)}")
        for key, style in self.styles.items():
            if style.font.value not in self.typefaces:
                raise ValueError(f"styles.{key}.font 的“{style.font.value}”不在 typefaces 中")
        return self

    @model_validator(mode="after")
    def _grid_closes(self) -> LayoutProfile:
        body = self.styles["body"]
        cell = body.size.twips + self.grid.spacing.twips
        pitch = max(self.grid.pitch.twips, body.line.twips)
        if cell <= 0 or pitch <= 0:
            raise ValueError("grid.pitch 或 grid.spacing 使行距或字宽不大于零")
        rows, columns = self.page.text_height // pitch, self.page.text_width // cell
        if (rows, columns) != (self.grid.rows.value, self.grid.columns.value):
            raise ValueError(
                f"grid 要求每页{self.grid.rows.value}行、每行{self.grid.columns.value}字，"
                f"按页边距、行距和字距算出的是{rows}行、{columns}字"
            )
        return self

    @model_validator(mode="after")
    def _footer_fits(self) -> LayoutProfile:
        # A footer taller than its place would push the body up and cost a row.
        if self.page.footer.twips + self.styles["page_number"].line.twips > self.page.bottom.twips:
            raise ValueError("page.footer 加页码行高超过了下边距")
        return self


@lru_cache(maxsize=16)
def load_profile(name: str = DEFAULT_PROFILE, folder: Path = PROFILES) -> LayoutProfile:
    """The profile ``folder/name.yaml``, read and checked once.

    Raises:
        ConfigurationError: no such profile, or a file with a fault; names the file and the field.
    """
    data = _merged(name, folder, ())
    try:
        return LayoutProfile.model_validate(data)
    except ValidationError as error:
        faults = "；".join(_fault(detail) for detail in error.errors())
        raise _broken(name, faults) from error


def _merged(name: str, folder: Path, seen: tuple[str, ...]) -> dict[str, Any]:
    if name in seen:
        raise _broken(name, f"based_on 绕了回来（{' → '.join((*seen, name))}）")
    data = _read(name, folder)
    base = data.pop("based_on", None)
    return data if base is None else _overlay(_merged(str(base), folder, (*seen, name)), data)


def _read(name: str, folder: Path) -> dict[str, Any]:
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        raise ConfigurationError(f"没有名为“{name}”的版式。", f"现有版式：{'、'.join(known) or '无'}。")
    try:
        data = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise _broken(name, f"读不出来（{error}）") from error
    if not isinstance(data, dict):
        raise _broken(name, "内容应为“名称: 值”的映射")
    return data


def _overlay(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        result[key] = _overlay(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _fault(detail: Any) -> str:
    place = ".".join(str(step) for step in detail["loc"]) or "整体"
    return f"{place}：{_sentence(detail)}"


def _sentence(detail: Any) -> str:
    known = {
        "missing": "缺少这一项",
        "extra_forbidden": "不认识这一项",
        "float_parsing": "应为数字",
        "float_type": "应为数字",
        "int_parsing": "应为整数",
        "int_type": "应为整数",
        "int_from_float": "应为整数",
        "model_type": "应为带 value、unit、clause、strength 的一组值",
        "string_too_short": "不能为空",
        "string_pattern_mismatch": "应为六位十六进制颜色，如 000000",
        "greater_than_equal": "不能小于零",
        "literal_error": f"应为 {detail.get('ctx', {}).get('expected', '')}",
    }
    return known.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))


def _broken(name: str, fault: str) -> ConfigurationError:
    return ConfigurationError(f"版式文件 {name}.yaml 有误：{fault}。", "请改正该文件后重试。")
