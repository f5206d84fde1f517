"""残留检查: what last year's paper, another unit's or a web page left in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.checks.finding import Finding, Part, by_severity
from assistant.checks.leftovers_figures import Former, figure_findings, former_figures, text_findings
from assistant.checks.leftovers_ground import Ground, Prose, overlapping
from assistant.checks.leftovers_names import others_people, person_findings, voice_findings
from assistant.checks.leftovers_others import Other, other_of
from assistant.checks.leftovers_passages import Passages, Section
from assistant.checks.leftovers_phrasebook import phrase_runs
from assistant.checks.leftovers_phrases import phrase_findings
from assistant.checks.leftovers_places import kind_findings, others_units, place_findings
from assistant.checks.leftovers_years import year_findings
from assistant.checks.plain_audit import AuditReport, audit_text
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Origin, Report
from assistant.reports.types import ReportType

#: Leftovers that are numbers: they take the place of the number's own finding, and a person may keep them.
OF_NUMBERS = frozenset({"leftover.year", "leftover.last_year_figure"})


class Leftovers:
    """The leftovers of one report's texts, as far as its own facts tell them."""

    def __init__(self, sheet: FactSheet) -> None:
        self.ground = Ground(sheet)
        self.formers: Mapping[str, Former] = former_figures(sheet)

    def findings(
        self, text: str, numbers: Sequence[Finding] = (), key: str = "", part: Part = "text", *, plan: bool = False
    ) -> list[Finding]:
        """The findings of one slot text.

        Args:
            numbers: what the number check says of it.
            plan: the section is about the next year.
        """
        prose = self.ground.prose(text, plan)
        return [_placed(finding, key, part) for finding in _told(prose, self.ground, numbers, self.formers)]


def _told(
    prose: Prose,
    ground: Ground,
    numbers: Iterable[Finding],
    formers: Mapping[str, Former],
    others: Sequence[Other] = (),
) -> list[Finding]:
    found = [*year_findings(prose, ground), *figure_findings(prose, numbers, formers)]
    found += (phrases := [*phrase_findings(prose, ground)])
    found += (voices := sorted(voice_findings(prose, ground), key=lambda one: one.start))
    # 我乡党委 is told once.
    found += (one for one in kind_findings(prose, ground) if not overlapping(one, voices))
    # 张某某 is a blank, and no other person's name besides.
    blanks = sorted((one for one in phrases if one.rule == "leftover.blank"), key=lambda one: one.start)
    names = [*place_findings(prose, ground, others), *person_findings(prose, ground, others)]
    return [*found, *(one for one in names if not overlapping(one, blanks))]


def _placed(finding: Finding, key: str, part: Part) -> Finding:
    # A fix is only ever of a section's text.
    return replace(finding, section_key=key, part=part, fix=finding.fix if part == "text" else None)


def told_once(findings: Sequence[Finding], leftovers: Sequence[Finding]) -> list[Finding]:
    """Both, each place told once: last year's figure is told as that and not as a number without a fact.

    The leftover is then as grave as the number was.
    """
    if not leftovers:
        return [*findings]
    numbers = sorted((one for one in findings if one.kind == "number"), key=lambda one: one.start)
    open_places = sorted((one for one in findings if one.kind == "placeholder"), key=lambda one: one.start)
    replaced: set[Finding] = set()
    kept: list[Finding] = []
    for leftover in leftovers:
        if leftover.rule == "leftover.blank" and overlapping(leftover, open_places):
            continue
        same = overlapping(leftover, numbers) if leftover.rule in OF_NUMBERS else []
        if same and leftover.severity == "hint":
            continue
        if same:
            replaced.update(same)
            grave = min((leftover, *same), key=by_severity).severity
            leftover = replace(
                leftover,
                severity=grave,
                expected=next((one.expected for one in same if one.expected), ""),
                fix=leftover.fix or next((one.fix for one in same if one.fix), None),
            )
        kept.append(leftover)
    return [*(one for one in findings if one not in replaced), *kept]


class Comparison:
    """Reports to compare with; built once for a list."""

    def __init__(self, others: Sequence[Other]) -> None:
        self.others = tuple(others)
        self._passages = Passages(self.others)

    def findings(self, report: Report, report_type: ReportType) -> list[Finding]:
        """What only the others can tell: their units and people, last year's texts, passages that are the same."""
        ground, phrases = Ground(report.sheet), phrase_runs(report_type.folder)
        texts = _former_texts(self.others, ground)
        found: list[Finding] = []
        for section in report.sections:
            for part, text in (("heading", section.heading), ("text", section.text)):
                if not text:
                    continue
                prose = ground.prose(text)
                mine = [*others_units(prose, ground, self.others), *others_people(prose, ground, self.others)]
                mine += text_findings(prose, ground, texts)
                found += [_placed(one, section.key, "text" if part == "text" else "heading") for one in mine]
            if section.text:
                built_in = section.engine == "embedded" and section.origin is Origin.DRAFT
                one = Section(section.text, section.key, built_in, section.seed)
                found += self._passages.findings(one, ground, phrases)
        return found


def _former_texts(others: Sequence[Other], ground: Ground) -> dict[str, str]:
    return {text: label for other in others if other.former_of(ground) for text, label in other.texts.items()}


def leftovers_in_text(text: str, sheet: FactSheet, others: Sequence[Other | Report] = ()) -> list[Finding]:
    """Every leftover of a plain text (an old report that is pasted in, a paper that came back), in reading order.

    Args:
        others: reports to compare with: their units and people, and passages that are nearly the same.
    """
    return _in_text(text, sheet, audit_text(text, sheet), others)


def with_leftovers(audit: AuditReport, text: str, sheet: FactSheet) -> AuditReport:
    """The audit of a text with its leftovers, each place told once: what is told as a placeholder is not told again."""
    found = _in_text(text, sheet, audit, ())
    open_places = [one for one in audit.findings if one.kind == "placeholder"]
    found = [one for one in found if not overlapping(one, open_places)]
    told = told_once(audit.findings, found)
    return replace(audit, findings=tuple(sorted(told, key=lambda one: (one.start, one.end))))


def _in_text(text: str, sheet: FactSheet, audit: AuditReport, others: Sequence[Other | Report]) -> list[Finding]:
    ground = Ground(sheet)
    compared = [other_of(other) if isinstance(other, Report) else other for other in others]
    prose = ground.plain(text)
    found = _told(prose, ground, [*audit.findings, *_supported(audit, sheet)], former_figures(sheet), compared)
    if compared:
        found += text_findings(prose, ground, _former_texts(compared, ground))
        found += Passages(compared, plain=True).findings(Section(text), ground)
    # A plain text holds no slots: a fix that would write one is none.
    found = [replace(one, fix=None) if one.fix and "{{" in one.fix.after else one for one in found]
    return sorted(found, key=lambda finding: (finding.start, finding.end))


def _supported(audit: AuditReport, sheet: FactSheet) -> Iterator[Finding]:
    """Numbers that a fact supports, as the check of a slot text tells them: the audit has no finding of them."""
    for one in audit.numbers:
        item = sheet.schema.find(one.fact.partition(".")[0]) if one.status == "grounded" else None
        if item is not None:
            yield Finding("number.linkable", "warning", "", "", one.start, one.end, one.text, facts=(item.label,))
