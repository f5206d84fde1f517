"""Checks of letters that every part of a paper shares: face, size, emphasis, colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.document.conformance.finding import Reporter, listed
from assistant.document.conformance.model import Para, Span, is_hanzi
from assistant.document.layout import LayoutProfile, TextStyle

Judge = Callable[[str], bool]
#: Half a point: files round sizes.
SLACK = 0.25
_BLACK = ("auto", "000000")


def accepted(profile: LayoutProfile, key: str) -> Judge:
    """Whether a font's name is a typeface of the profile, by any of its names."""
    face = profile.typefaces[profile.styles[key].font.value]
    names = {name.casefold() for name in (face.name, *face.same)}
    return lambda name: name.casefold() in names


def expected_font(profile: LayoutProfile, key: str) -> str:
    style = profile.styles[key]
    return f"{style.font.value}（{profile.typefaces[style.font.value].name}）"


def points(size: float) -> str:
    """22.0 → 2号（22磅）."""
    names = {
        22: "2号",
        16: "3号",
        14: "4号",
        18: "小2号",
        15: "小3号",
        12: "小4号",
        10.5: "5号",
        26: "1号",
        24: "小1号",
    }
    number = f"{size:g}磅"
    return f"{names[size]}（{number}）" if size in names else number


def check_text(
    report: Reporter, para: Para, key: str, rule: str, spans: Iterable[Span] | None = None, *, size: bool = True
) -> None:
    """Face and size of a paragraph, or of the spans given, against a style of the profile."""
    profile = report.profile
    style = profile.styles[key]
    given = list(para.spans if spans is None else spans)
    good = accepted(profile, key)
    wrong = [
        span.format.east_asia for span in given if any(map(is_hanzi, span.text)) and not good(span.format.east_asia)
    ]
    if wrong:
        report.tell(f"{rule}.font", style.font, expected_font(profile, key), listed(wrong), para)
    if size:
        check_size(report, para, style, rule, given)


def check_size(report: Reporter, para: Para, style: TextStyle, rule: str, spans: Iterable[Span]) -> None:
    want = style.size.half_points / 2
    wrong = [span.format.size for span in spans if span.text.strip() and abs(span.format.size - want) > SLACK]
    if wrong:
        report.tell(f"{rule}.size", style.size, points(want), "、".join(dict.fromkeys(map(points, wrong))), para)


def check_emphasis(report: Reporter, para: Para, rule: str) -> None:
    """Bold, italic, underline; colour; fonts of the theme; digits and letters; marks."""
    profile = report.profile
    spans = [span for span in para.spans if span.text.strip()]
    for name, said in (("bold", "加粗"), ("italic", "倾斜"), ("underline", "加下划线")):
        if any(getattr(span.format, name) for span in spans):
            report.check("emphasis", f"{rule}.emphasis", f"不{said}", said, para)
    black = {*_BLACK, profile.color.value}
    if wrong := [span.format.color for span in spans if span.format.color not in black]:
        report.tell(f"{rule}.color", profile.color, "黑色", listed(wrong), para)
    if any(span.format.themed and any(map(is_hanzi, span.text)) for span in spans):
        report.check("theme_font", "font.theme", "直接写明字体", "主题字体", para)
    if any(span.format.marked for span in spans):
        report.check("leftovers", "text.marked", "没有突出显示", "突出显示或底纹", para)


def check_latin(report: Reporter, para: Para, rule: str) -> None:
    """Digits and letters: the paragraph's own face or one that the profile lets stand beside it."""
    profile = report.profile
    wrong = [
        span.format.ascii
        for span in para.spans
        if any(char.isascii() and char.isalnum() for char in span.text)
        and span.format.ascii.casefold() not in report.latin
    ]
    if wrong:
        names = "、".join(("与汉字相同", *profile.latin.names))
        report.tell(f"{rule}.latin", profile.latin, f"数字和字母用{names}", listed(wrong), para)
