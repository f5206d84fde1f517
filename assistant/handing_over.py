"""What leaves the desk as Word files: 正式稿 and 送审稿, each checked against its layout, one or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.bundle import Bundle, Progress, bundle
from assistant.copies import ReviewOptions, review_copy
from assistant.document.conformance import ConformanceFinding
from assistant.errors import OpenPlaceholders
from assistant.exporting import ExportedFile, departures, export_report, file_stem, layout_findings
from assistant.moments import Moments
from assistant.reports.report import Report


class HandingOver(Moments):
    """The desk's side of 导出."""

    def export(self, report: Report, *, final: bool) -> ExportedFile:
        """The Word file; ``final`` is refused while errors are open.

        Raises:
            OpenPlaceholders: with how many; ExportError: nothing to write.
        """
        if final:
            errors = [finding for finding in self.findings(report) if finding.severity == "error"]
            if errors:
                first = f"还有 {len(errors)} 处必须处理的问题，首先是：{errors[0].message}"
                raise OpenPlaceholders(first, "请在“核校”页处理后再出正式稿。")
        paper = self.paper(report)
        return export_report(report, file_stem(report), final=final, profile=paper.profile, options=paper.options)

    def review_copy(self, report: Report, options: ReviewOptions | None = None) -> ExportedFile:
        """送审稿 with what is open as comments, ready to be read in again."""
        return review_copy(report, file_stem(report), self.findings(report), options, paper=self.paper(report))

    def layout_findings(self, report: Report) -> list[ConformanceFinding]:
        """版式核对 of the report as it would be handed over now. Raises as ``export`` of a 送审稿 does."""
        return layout_findings(report, self.paper(report))

    def export_many(self, report_ids: Sequence[str], *, final: bool, progress: Progress | None = None) -> Bundle:
        """The files of several reports as one zip; those that are refused are told in it."""

        def made(report: Report) -> ExportedFile:
            file = self.export(report, final=True) if final else self.review_copy(report)
            return replace(file, departures=departures(self.layout_findings(report)))

        reports = [self.report(report_id) for report_id in report_ids]
        return bundle([(file_stem(report), partial(made, report)) for report in reports], progress)
