"""Report types and their shapes: what a folder under ``prompts/`` says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.facts.fields import DerivedFact, FactField, FactSchema, SheetRule


class Length(StrEnum):
    """How long a report is to be."""

    BRIEF = "精简"
    NORMAL = "标准"
    FULL = "详实"

    @property
    def level(self) -> int:
        """1, 2 or 3, as ``{% say 2 %}`` counts."""
        return list(Length).index(self) + 1


class HeadingStyle(StrEnum):
    """How a section's heading is set.

    ``plain``: no heading. ``numbered``: a line of its own, 一、 or （一） by depth. ``numbered-runin``: （一）heading。
    with the text behind it in one paragraph. ``runin``: the same without a number.
    """

    PLAIN = "plain"
    NUMBERED = "numbered"
    NUMBERED_RUNIN = "numbered-runin"
    RUNIN = "runin"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class SectionTemplate(_Data):
    """A section of a shape.

    Attributes:
        title: its short name in the outline (征兵).
        headings: parallel headings to choose from, slot text, without number and end mark.
        claims: heading → facts of which it speaks; it is taken only where one of them has something to tell.
        template: the file stem in ``sections/`` and ``phrases/``; "" for a section that only holds children.
        facts: labels that it should use; a fact has one home section.
        weight: its share of the report's length.
        instruction: what the writer wants in it.
    """

    key: Key
    title: str
    headings: tuple[str, ...] = ()
    claims: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    style: HeadingStyle = HeadingStyle.NUMBERED
    template: str = ""
    facts: tuple[str, ...] = ()
    weight: int = Field(default=10, ge=0, le=100)
    instruction: str = ""
    children: tuple[SectionTemplate, ...] = ()

    def walk(self, depth: int = 1) -> Iterator[tuple[SectionTemplate, int]]:
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)


class Shape(_Data):
    """A preset outline.

    Attributes:
        document: 文种.
        voice: ``person`` speaks as 我, ``unit`` as the fact 自称 (我镇).
        title: slot text of the report's title.
        byline: slot text of the line under the title (述职: post and name); "" for none.
        addressee, signature: slot text of 主送机关 and 落款单位; "" for none. Left out while their facts are empty.
        presets: facts that this shape fills in beforehand.
    """

    key: Key
    name: str
    description: str = ""
    document: str
    voice: Literal["person", "unit"]
    title: str
    byline: str = ""
    addressee: str = ""
    signature: str = ""
    date: str = ""
    file_name: str = ""
    presets: dict[str, str] = Field(default_factory=dict)
    sections: tuple[SectionTemplate, ...]

    def walk(self) -> Iterator[tuple[SectionTemplate, int]]:
        """Every section in reading order with its depth (1 = 一、)."""
        for section in self.sections:
            yield from section.walk()


class ReportType(_Data):
    """A folder under ``prompts/``.

    Attributes:
        key: the folder's name.
        lengths: characters of a whole report for each length.
        keep_next_year: labels whose values stay when a report is copied to the next year.
        genre: what this kind of report is and how it sounds, for the shared prompt.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    key: Key
    folder: Path
    name: str
    description: str = ""
    genre: str = ""
    lengths: dict[Length, int]
    keep_next_year: tuple[str, ...] = ()
    facts: FactSchema
    shapes: tuple[Shape, ...] = Field(min_length=1)

    def shape(self, key: str) -> Shape | None:
        return next((shape for shape in self.shapes if shape.key == key), None)


class _Group(_Data):
    name: str
    facts: tuple[dict[str, object], ...]


class ReportFile(_Data):
    """``report.yaml`` as it is written: facts stand under their groups, ``required_by: all`` means every shape."""

    name: str
    description: str = ""
    genre: str = ""
    lengths: dict[Length, int] = Field(
        default_factory=lambda: {Length.BRIEF: 1100, Length.NORMAL: 1700, Length.FULL: 2400}
    )
    keep_next_year: tuple[str, ...] = ()
    groups: tuple[_Group, ...]
    derived: tuple[DerivedFact, ...] = ()
    rules: tuple[SheetRule, ...] = ()
    shapes: tuple[Shape, ...] = Field(min_length=1)


__all__ = ["DerivedFact", "FactField", "HeadingStyle", "Length", "ReportFile", "ReportType", "SectionTemplate", "Shape"]
