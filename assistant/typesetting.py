"""How a report is set on paper: the layout that all reports follow and what stands around the text of each.

The desk's side of 设置 “版式” and of 导出 “版头、附件和版记”.
"""

from __future__ import annotations

from assistant.checks.enclosed import enclosure_findings
from assistant.checks.finding import Finding
from assistant.document.layout import LayoutProfile
from assistant.document.profile import (
    DEFAULT_PROFILE,
    ProfileInfo,
    add_profile,
    load_profile,
    profiles,
    remove_profile,
)  # fmt: skip
from assistant.errors import ConfigurationError, InputError
from assistant.exporting import Paper
from assistant.fittings import Fittings, checked, read_fittings, refuse_marked_fittings, table_facts
from assistant.reports.report import Report, Section
from assistant.reviewing import Reviewing

_LAYOUT = "layout"


class Typesetting(Reviewing):
    """Layout and fittings."""

    # ---- the layout of all reports

    @property
    def layout_name(self) -> str:
        """Name of the chosen layout profile, whether or not it can be used."""
        return self.store.get_setting(_LAYOUT) or DEFAULT_PROFILE

    def layouts(self) -> list[ProfileInfo]:
        return profiles()

    def layout(self) -> LayoutProfile:
        """The chosen layout. One that is gone or broken is told, never replaced silently.

        Raises:
            ConfigurationError: with what is wrong with it.
        """
        try:
            return load_profile(self.layout_name)
        except ConfigurationError as error:
            if self.layout_name == DEFAULT_PROFILE:
                raise
            raise ConfigurationError(
                f"选定的版式“{self.layout_name}”现在不能用：{error.message}",
                "请改正那个文件，或改用标准版式。没有改之前不导出。",
            ) from error

    def use_layout(self, name: str) -> None:
        """All outputs follow it from now on. Raises ConfigurationError for one that cannot be used."""
        load_profile(name)
        self.store.put_setting(_LAYOUT, None if name == DEFAULT_PROFILE else name)

    def add_layout(self, data: bytes, file_name: str) -> ProfileInfo:
        """A profile of the user's own, checked. Raises ConfigurationError, InputError, ExportError."""
        return add_profile(data, file_name)

    def remove_layout(self, name: str) -> None:
        """Takes one of the user's own away; where it was in use, the standard is used. Raises ConfigurationError."""
        remove_profile(name)
        if name == self.layout_name:
            self.store.put_setting(_LAYOUT, None)

    # ---- what stands around the text of one report

    def fittings(self, report_id: str) -> Fittings:
        """Raises InputError where they cannot be read any more."""
        return read_fittings(self.store.get_setting(_kept_as(report_id)))

    def put_fittings(self, report_id: str, fittings: Fittings) -> Fittings:
        """Keeps them with the report, in the form that is printed.

        Raises:
            InputError: what cannot be printed so; nothing is changed.
            SecrecyMarked: a text carries a 密级 mark.
        """
        made = checked(fittings)
        refuse_marked_fittings(made, "保存")
        self.store.put_setting(_kept_as(report_id), None if made == Fittings() else made.model_dump_json())
        return made

    def clear_fittings(self, report_id: str) -> None:
        """The plain paper again."""
        self.store.put_setting(_kept_as(report_id), None)

    def table_facts(self, report: Report) -> list[tuple[Section, str]]:
        """The table facts that have rows, with the section that tells each."""
        return table_facts(report)

    def enclosed(self, report: Report) -> list[Finding]:
        """Where texts and 附件 do not go together. None where the 附件 cannot be read: 导出 says so."""
        try:
            attachments = self.fittings(report.id).attachments
        except InputError:
            return []
        return enclosure_findings(report, [item.table for item in attachments])

    def paper(self, report: Report) -> Paper:
        """How this report is set. Raises ConfigurationError, InputError, SecrecyMarked."""
        self.layout()
        fittings = self.fittings(report.id)
        refuse_marked_fittings(fittings, "导出")
        return Paper(self.layout_name, fittings.options)


def _kept_as(report_id: str) -> str:
    return f"report.{report_id}.fittings"
