"""One value of a layout profile: with its unit, clause and strength, so that a check can cite it."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

Strength = Literal["规定", "一般", "推荐", "实务"]
"""How binding a value is. 实务 is practice that the standard does not state."""

_TWIPS = {"mm": 1440 / 25.4, "pt": 20.0, "twip": 1.0}


class Rule(BaseModel, Generic[T]):
    """A value and where it comes from.

    Attributes:
        clause: clause of GB/T 9704-2012, "" for 实务.
        note: what a reader of a compliance report should know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: T
    clause: str = ""
    strength: Strength
    note: str = ""


class Length(Rule[float]):
    """A length on paper."""

    unit: Literal["mm", "pt", "twip"]

    @property
    def twips(self) -> int:
        """The length in twips (1/20 pt), Word's unit, rounded."""
        return round(self.value * _TWIPS[self.unit])

    @property
    def half_points(self) -> int:
        """The length in half points, Word's unit for font sizes."""
        return round(self.value * _TWIPS[self.unit] / 10)


class Characters(Rule[float]):
    """A length in 字 of the paragraph's own size."""

    unit: Literal["字"]
    value: float = Field(ge=0)


class Count(Rule[int]):
    """A number of lines (行), characters (字) or things (个)."""

    unit: Literal["行", "字", "个"]
    value: int = Field(ge=0)


class Name(Rule[str]):
    """A font or a character: named rather than measured."""

    value: str = Field(min_length=1)


class Alignment(Rule[Literal["left", "center", "right", "both"]]):
    """How lines stand between the margins; ``both`` is 两端对齐."""


class Color(Rule[str]):
    """A colour as six hexadecimal digits."""

    value: str = Field(pattern="^[0-9A-F]{6}$")


class Flag(Rule[bool]):
    """Yes or no."""
