"""What a layout profile holds, and what must be true of one before anything is written by it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.document.rules import Alignment, Characters, Color, Count, Flag, Length, Name, Strength


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
    """A font by the name that goes into the file, what else it is called, and what Word may take instead."""

    name: str = Field(min_length=1)
    same: tuple[str, ...] = ()
    substitutes: tuple[str, ...] = ()
    note: str = ""


class Latin(_Part):
    """Fonts that digits and letters may have besides the paragraph's own."""

    names: tuple[str, ...]
    clause: str = ""
    strength: Strength
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
    """页码 (7.5). Where ``odd_even`` is off, all pages have the alignment of the style."""

    dash: Name
    side: Characters
    odd_even: Flag
    tolerance: Length


class HeadRules(_Part):
    """版头: 发文机关标志, 发文字号, 签发人 and the red line (7.2.4 to 7.2.7)."""

    color: Color
    mark_top: Length
    blank_before_number: Count
    number_side: Characters
    signer_side: Characters
    signers_a_row: Count
    rule_gap: Length
    rule_width: Length
    rule_color: Color
    blank_before_title: Count


class AttachmentRules(_Part):
    """附件说明 (7.3.4) and 附件 (7.3.7)."""

    note_blank: Count
    note_left: Characters
    title_blank: Count


class ImprintRules(_Part):
    """版记 (7.4)."""

    edge: Length
    inner: Length
    side: Characters


class TableRules(_Part):
    """Lines of a three-line table."""

    rule: Length
    inner: Length


CHECKS = (
    *("heading_form", "heading_sequence", "heading_end", "heading_level", "title_end", "title_shape", "title_place"),
    *("addressee_colon", "date_form", "number_form", "attachment_form", "attachment_page", "emphasis", "halfwidth"),
    *("quotes", "numerals", "commas", "copies_end", "spaces", "blank_lines", "theme_font", "leftovers", "language"),
    "table_layout",
)
"""Rules of the checker that have no value of their own."""


class CheckRules(_Part):
    """What the checker looks for besides the layout's values, each with its clause and strength."""

    margin_tolerance: Length
    rules: dict[str, Flag]

    @model_validator(mode="after")
    def _complete(self) -> CheckRules:
        if missing := [key for key in CHECKS if key not in self.rules]:
            raise ValueError(f"checks.rules 缺少 {'、'.join(missing)}")
        if unknown := [key for key in self.rules if key not in CHECKS]:
            raise ValueError(f"checks.rules 不认识 {'、'.join(unknown)}")
        return self


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
    "copy_number",
    "urgency",
    "head_mark",
    "head_number",
    "signer",
    "attachment_note",
    "note",
    "attachment_label",
    "attachment_title",
    "imprint",
    "table_caption",
    "table_head",
    "table_cell",
)


class LayoutProfile(_Part):
    """Everything the writer needs to know about a layout."""

    name: str
    source: str
    page: Page
    grid: Grid
    color: Color
    typefaces: dict[str, Typeface]
    latin: Latin
    styles: dict[str, TextStyle]
    title: TitleRules
    closing: ClosingRules
    page_number: PageNumberRules
    head: HeadRules
    attachments: AttachmentRules
    imprint: ImprintRules
    tables: TableRules
    checks: CheckRules

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
