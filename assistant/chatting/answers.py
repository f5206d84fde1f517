"""Questions on a report, answered by code from its facts, texts and findings: the same with and without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.chatting.told_facts import row_answered, told, used_in
from assistant.chatting.workbench import Workbench
from assistant.checks.coverage_grid import FRAME
from assistant.intake.chat_questions import Question
from assistant.intake.source_year import report_year
from assistant.reports.chat import Choice, Link, Said
from assistant.reports.manuscript import manuscript, section_blocks
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section, SectionState, budget

#: Places that an answer lists; the rest is counted.
MOST = 8
_WHY = "为什么是这样，事实表里没有记，要请您自己判断。"
#: Findings in which figures contradict one another.
_CONFLICTS = ("rule.", "number.conflicting", "stale.", "claim.", "number.direction")


def answer(question: Question, report: Report, desk: Workbench) -> Said:
    """The answer with ways to the places that it speaks of."""
    asked = _Asked(question, report, desk)
    answers: dict[str, Callable[[], Said]] = {
        "missing": asked.missing,
        "uses": asked.uses,
        "conflicts": asked.conflicts,
        "length": asked.length,
        "year": asked.year,
        "unwritten": asked.unwritten,
        "unused": asked.unused,
        "stale": asked.stale,
        "value": asked.value,
        "compared": asked.compared,
        "words": asked.words,
        "used": asked.used,
        "rows": asked.rows,
        "nowhere": asked.nowhere,
    }
    return answers[question.kind]()


def section_link(section: Section, report: Report) -> Link:
    return Link(kind="section", target=section.key, words=f"{numbers(report.sections)[section.key]}{section.title}")


def fact_link(label: str) -> Link:
    return Link(kind="fact", target=label, words=label)


class _Asked:
    """One question on one report."""

    def __init__(self, question: Question, report: Report, desk: Workbench) -> None:
        self._question = question
        self._report = report
        self._desk = desk

    def missing(self) -> Said:
        """Facts that a text or the shape needs and that nobody filled in: those of texts first."""
        rows = [row for row in self._desk.coverage(self._report) if not row.filled]
        if self._question.section:
            rows = [row for row in rows if self._question.section in row.uses or self._question.section in row.home]
        in_texts = [row.label for row in rows if row.used]
        needed = [row.label for row in rows if row.required and not row.used]
        fields = [label for label in (*in_texts, *needed) if label in self._report.sheet.schema.by_label]
        if not fields:
            where = _title(self._report, self._question.section)
            return Said(text=f"{where}不缺必填的事实，文字里也没有待补的地方。")
        parts = []
        if in_texts:
            parts.append(f"文字里用到、还没有填的有 {len(in_texts)} 项：{_listed(in_texts)}。")
        if needed:
            parts.append(f"这份报告应有、还没有填的有 {len(needed)} 项：{_listed(needed)}。")
        return Said(
            text="".join(parts) + "把数直接告诉我就行。", links=tuple(fact_link(label) for label in fields[:MOST])
        )

    def uses(self) -> Said:
        label = self._question.labels[0]
        row = next((row for row in self._desk.coverage(self._report) if row.label == label), None)
        if row is None or not row.used:
            return Said(text=f"“{label}”在报告里还没有用到。", links=_fact_links(label, self._report))
        sections = [section for section in self._report.sections if section.key in row.uses]
        where = "、".join(f"“{section.title}”{row.uses[section.key]} 处" for section in sections)
        frame = f"{'，另有' if sections else ''}标题、落款等处 {row.uses[FRAME]} 处" if row.uses.get(FRAME) else ""
        ways = f"写法有：{'、'.join(row.forms)}。" if row.forms else ""
        return Said(
            text=f"“{label}”（{row.value or '未填'}）共用了 {row.used} 处：{where}{frame}。{ways}",
            links=tuple(section_link(section, self._report) for section in sections[:MOST]),
        )

    def conflicts(self) -> Said:
        only = self._question.section
        findings = [one for one in self._desk.findings(self._report) if not only or one.section_key == only]
        conflicts = [one for one in findings if one.rule.startswith(_CONFLICTS)]
        others = sum(one.severity == "error" and one not in conflicts for one in findings)
        rest = f"另有 {others} 处必须处理的其他问题，见“核校”。" if others else ""
        links = [Link(kind="page", target="review", words="去核校")] if findings else []
        if not conflicts:
            where = _title(self._report, only)
            return Said(text=f"{where}没有发现互相矛盾的数。{rest}", links=tuple(links))
        lines = [f"{place}. {one.message}" for place, one in enumerate(conflicts[:MOST], 1)]
        more = f"\n……共 {len(conflicts)} 处。" if len(conflicts) > MOST else ""
        keys = dict.fromkeys(one.section_key for one in conflicts if one.section_key)
        places = [section_link(section, self._report) for key in keys if (section := self._report.section(key))]
        facts = dict.fromkeys(label for one in conflicts if not one.section_key for label in one.facts)
        own = [fact_link(label) for label in facts if label in self._report.sheet.schema.by_label]
        return Said(
            text=f"有 {len(conflicts)} 处对不上：\n" + "\n".join(lines) + more + (f"\n{rest}" if rest else ""),
            links=(*places[:MOST], *own[:MOST], *links),
        )

    def length(self) -> Said:
        goal = self._desk.goal(self._report)
        if section := self._report.section(self._question.section):
            count = sum(len("".join(block.text.split())) for block in section_blocks(section, "", self._report.sheet))
            share = budget(section, self._report.sections, goal)
            return Said(
                text=f"“{section.title}”现有 {count} 字，按篇幅约 {share} 字。",
                links=(section_link(section, self._report),),
            )
        count = manuscript(self._report).characters
        over = count - goal
        how = f"超出 {over} 字" if over > 0 else f"还差 {-over} 字" if over < 0 else "正好"
        return Said(text=f"全文 {count} 字，目标 {goal} 字（{self._report.length.value}），{how}。")

    def year(self) -> Said:
        year = report_year(self._report.sheet)
        old = [
            label
            for label, fact in self._report.sheet.facts.items()
            if fact.empty and fact.last_year is not None and label in self._report.sheet.schema.by_label
        ]
        head = (
            f"报告写的是 {year} 年，用的是“事实”页里 {year} 年的数。"
            if year
            else "“年度”还没有填，还不知道是哪一年的报告。"
        )
        tail = f"有 {len(old)} 项只有去年数、今年还没有填：{_listed(old)}。" if old else "没有只填了去年数的事实。"
        return Said(text=head + tail, links=tuple(fact_link(label) for label in old[:MOST]))

    def unwritten(self) -> Said:
        empty = [section for section in self._report.written if section.state is SectionState.EMPTY]
        cut = [section for section in self._report.written if section.state is SectionState.INTERRUPTED]
        if not empty and not cut:
            return Said(text=f"{len(self._report.written)} 节都有文字了。")
        parts = []
        if empty:
            parts.append(f"还有 {len(empty)} 节没有写：{_listed(section.title for section in empty)}。")
        if cut:
            parts.append(f"{len(cut)} 节写到一半中断了：{_listed(section.title for section in cut)}。")
        return Said(
            text="".join(parts),
            links=tuple(section_link(section, self._report) for section in (*empty, *cut)[:MOST]),
            choices=(Choice(words="全部起草", say="全部起草"),),
        )

    def unused(self) -> Said:
        only = self._question.section
        sections = [one for one in self._report.written if not only or one.key == only]
        unused = {section.key: self._desk.unused(self._report, section) for section in sections}
        if not any(section.text for section in sections):
            return Said(text="还没有文字，填了的事实都还没有用上。")
        leaving = [section for section in sections if unused[section.key]]
        if not leaving:
            return Said(text="填了的事实在该用的章节里都用上了。")
        lines = [f"“{section.title}”：{_listed(unused[section.key])}" for section in leaving[:MOST]]
        return Said(
            text="这些事实填了、但该用它的那一节没有写到：\n" + "\n".join(lines),
            links=tuple(section_link(section, self._report) for section in leaving[:MOST]),
        )

    def stale(self) -> Said:
        stale = self._desk.stale(self._report)
        sections = [section for section in self._report.written if section.key in stale]
        if not sections:
            return Said(text="没有文字跟不上事实的章节。数变了的地方，文字里的数已经跟着变了。")
        lines = [f"“{section.title}”：{stale[section.key][0].message}" for section in sections[:MOST]]
        return Said(
            text=f"有 {len(sections)} 节的文字可能跟不上事实：\n" + "\n".join(lines),
            links=tuple(section_link(section, self._report) for section in sections[:MOST]),
        )

    def value(self) -> Said:
        last = self._question.last
        lines = [told(label, self._report.sheet, last=last) for label in self._question.labels[:MOST]]
        if self._question.why:
            lines.append(_WHY)
        links = tuple(link for label in self._question.labels[:MOST] for link in _fact_links(label, self._report))
        return Said(text="\n".join(lines), links=links)

    def compared(self) -> Said:
        """This year beside last year: the facts that are named, else all that have both."""
        sheet = self._report.sheet
        if self._question.labels:
            return self.value()
        labels = [label for label, fact in sheet.facts.items() if not fact.empty and fact.last_year is not None]
        if not labels:
            return Said(
                text="还没有填去年的数，比不出来。在“事实”页每项后面可以填去年数，或告诉我“入伍人数去年是10人”。"
            )
        lines = [told(label, sheet) for label in labels[:MOST]]
        more = f"\n……共 {len(labels)} 项，其余在“事实”页看。" if len(labels) > MOST else ""
        return Said(text="\n".join(lines) + more, links=tuple(fact_link(label) for label in labels[:MOST]))

    def used(self) -> Said:
        """The facts that the text of a section uses, or of every one that was meant."""
        keys = self._question.sections
        sections = [one for one in self._report.written if (one.key in keys if keys else one.text)]
        if not sections:
            return Said(text="各节都还没有文字，还没有用到事实。")
        return Said(
            text="\n".join(used_in(section, self._report) for section in sections),
            links=tuple(section_link(section, self._report) for section in sections[:MOST]),
        )

    def rows(self) -> Said:
        rows = self._question.rows[:MOST]
        lines = [told(label, self._report.sheet) for label in self._question.labels[:MOST]]
        lines += [row_answered(row, self._report.sheet) for row in rows]
        if self._question.why:
            lines.append(_WHY)
        tables = dict.fromkeys(row.table for row in rows)
        return Said(text="\n".join(lines), links=tuple(fact_link(table) for table in tables))

    def nowhere(self) -> Said:
        near = self._question.near
        return Said(
            text=f"事实表里没有“{self._question.words}”。相近的有{_listed(f'“{one}”' for one in near)}。",
            choices=tuple(Choice(words=one, say=f"{one}是多少？") for one in near),
        )

    def words(self) -> Said:
        """Where words stand that a person wants to have replaced letter for letter."""
        words = self._question.words
        places = {section.key: section.text.count(words) for section in self._report.written}
        sections = [section for section in self._report.written if places[section.key]]
        if not sections:
            return Said(text=f"正文里没有找到“{words}”。")
        where = "、".join(f"“{section.title}”{places[section.key]} 处" for section in sections)
        return Said(
            text=f"“{words}”在{where}。一字一句的替换请直接在纸上改，我不代您改字。",
            links=tuple(section_link(section, self._report) for section in sections[:MOST]),
        )


def _fact_links(label: str, report: Report) -> tuple[Link, ...]:
    return (fact_link(label),) if label in report.sheet.schema.by_label else ()


def _title(report: Report, key: str) -> str:
    section = report.section(key) if key else None
    return f"“{section.title}”" if section else "这份报告"


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return "、".join(every[:MOST]) + (f"等 {len(every)} 项" if len(every) > MOST else "")
