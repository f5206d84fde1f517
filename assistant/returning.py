"""A 送审稿 that came back is read in again: the desk's side."""

from __future__ import annotations

from assistant.document.returned import ReturnedFile, read_returned_file
from assistant.errors import InputError
from assistant.outlining import Outlining
from assistant.reports.outline_history import mark_of
from assistant.reports.report import Origin, Report, Section, Version
from assistant.reports.snapshot import snapshot_of
from assistant.returned_changes import Returned, ReturnedChange, compare
from assistant.returned_facts import ReturnedFact, fact_entry


class Returning(Outlining):
    """The desk's side of 读回送审稿."""

    def read_returned(self, report_id: str, data: bytes, name: str, *, accept: bool = True) -> Returned:
        """What the file changes against the report as it is now. What was taken already is no change any more.

        Args:
            accept: whether the file's tracked changes count as accepted.

        Raises:
            DocumentInputError: the file cannot be read.
            InputError: no section of the report is found in it.
        """
        report = self.report(report_id)
        file = read_returned_file(data, name, accept=accept)
        return compare(report, file, self._bases(report, file))

    def _bases(self, report: Report, file: ReturnedFile) -> dict[str, str]:
        """Section key → slot text of the version that the file was made from, where it is known."""
        travelling = file.travelling
        if travelling is None or travelling.report != report.id:
            return {}
        found: dict[str, str] = {}
        for section in report.written:
            number = travelling.revisions.get(section.key, section.revision)
            if number == section.revision:
                continue
            versions: list[Version] = self.store.versions(report.id, section.key)
            then = next((version for version in versions if version.number == number), None)
            if then is not None:
                found[section.key] = then.text
        return found

    def take_returned(self, report_id: str, change: ReturnedChange) -> Section:
        """Puts one change into its section, as a version of origin 导入; a heading as a step of the outline.

        Raises:
            EditConflict: somebody saved the section or the outline meanwhile.
            InputError: the paragraph is not there any more, or its heading is another one.
        """
        report = self.report(report_id)
        section = self._section(report, change.section_key)
        if section.locked:
            raise InputError(f"“{section.title}”已锁定，没有改动。", "请先解锁再采用。")
        if change.kind == "heading":
            return self._take_heading(report, section, change)
        text = _applied(section, change)
        snapshot = snapshot_of(section, text, report.sheet)
        author = self.store.get_setting("name")
        return self.store.save_text(
            report_id, section.key, text, section.revision, Origin.IMPORT, snapshot=snapshot, by=author
        )

    def fact_entry(self, report: Report, fact: ReturnedFact) -> object:
        """The entry that makes the fact what the file says; last year's figure, source and note stay."""
        return fact_entry(report, fact)

    def _take_heading(self, report: Report, section: Section, change: ReturnedChange) -> Section:
        if section.heading != change.before:
            raise InputError("这个标题在这里也改过了，没有自动替换。", "请到“起草”页对照着改。")
        after = self.brief_section(report.id, mark_of(report), section.key, heading=change.after)
        return self._section(after, section.key)


def _applied(section: Section, change: ReturnedChange) -> str:
    """The section's slot text with the change in it. Raises InputError where its paragraph is gone."""
    lines = section.text.split("\n") if section.text else []
    stripped = [line.strip() for line in lines]
    if change.kind == "new":
        front = next((line for line in change.behind if line in stripped), None)
        lines.insert(0 if front is None else stripped.index(front) + 1, change.after)
    elif change.before in stripped:
        place = stripped.index(change.before)
        lines[place : place + 1] = [change.after] if change.kind == "changed" else []
    else:
        raise InputError("这一段在这里也改过了，没有自动替换。", "请到“起草”页对照着改。")
    return "\n".join(lines)
