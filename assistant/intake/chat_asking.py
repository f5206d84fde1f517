"""Questions of one sentence: each clause asks by itself, goes on with the question before, or tells what it tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.facts.sheet import FactSheet
from assistant.intake.chat_facts import told_facts
from assistant.intake.chat_questions import Question, labels_asked, question_in, rows_beside, rows_named
from assistant.intake.chat_rows import within
from assistant.intake.chat_sections import CHOSEN, CHOSEN_ALL, Meant
from assistant.intake.chat_words import ASKING, LAST_YEAR, QUESTIONS
from assistant.reports.report import Report
from assistant.slots.numerals import find_numerals

_CLAUSES = re.compile(r"[，,]|(?<=[一-龥?？])\s+(?=[一-龥])")
#: 这几节, 几个村都报了 ask for no number.
_SOME = re.compile(r"(?<=[这那好前后])几(?=[个节段条项部块支年天次])|几(?=[个支][一-龥]{1,4}都(?!有?[多几]))")
#: A clause that asks for certain: who does not get an answer is told so.
_SURELY = re.compile(
    r"[?？]$|[吗呢]$|多少|什么|啥|谁|哪[儿里些几个一]|怎么样|几[个户人块条名次天份]|[了完好过]没有?[?？]?$|对不对"
)
#: What was said is to be looked up: 你看对不对. Not 为什么比去年少.
_CHECKED = re.compile(
    r"对吗|对不对|准不准|是吗|没错吧|错了吗|有没有错|是否(?:正确|对)|是不是(?:[报填写记算搞弄])?[多少错重对]|[哪那]来的|从哪"
)
#: 你看分队加起来对不对 is of something else than what was said.
_SUMS = re.compile(r"加起来|合计|总数|相加")
#: 写得最薄 speaks of the text, and of no fact that was named before.
_USED = re.compile(r"用|出现|提到|写[到在进]")
_WHICH_ONES = re.compile(r"哪|(?<!为)什么|(?<!为)啥")
#: How much it is, and nothing of what.
_ALONE = re.compile(
    r"(?:请问|帮我|看看|查一?下|那|这|你|您|我|们|边|里|现在|目前|今年|去年|上年|本年|一共|总共|共|到底|究竟|实际|表|系统|上|面|填|记|写|报|"
    r"的|是|为|有|比|又|还|才|就|来着|数|人|呢|啊|哦)*(?:多少|几)[^，。]{0,4}"
)
#: 库室呢: the question before, of something else.
_SO_AND = re.compile(r"^(?:那|那么|还有|,|，|\s)*(?P<what>[^？?。]{1,16}?)(?:呢|喃|嘞)[?？。]*$")
#: Questions that need a fact, which the words before may have named.
_OF_FACTS = ("uses", "value", "compared")


@dataclass
class Asking:
    """What a sentence asks.

    Attributes:
        told: the clauses that tell something, with their marks; ``left``: those that ask what nobody answers.
        about: labels that were spoken of last.
    """

    questions: list[Question] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    about: tuple[str, ...] = ()


def asking_in(
    sentence: str,
    report: Report,
    meant: Callable[[str], Meant],
    about: Sequence[str] = (),
    before: Question | None = None,
) -> Asking | None:
    """What a sentence asks; None where it asks nothing that code can answer.

    Args:
        meant: the sections that words mean.
        about: labels that were spoken of last; ``before``: what the message asked before.
    """
    if CHOSEN.match(sentence) or CHOSEN_ALL.match(sentence):
        return None
    sentence = _SOME.sub("些", sentence)
    clauses = [one.strip() for one in _CLAUSES.split(sentence) if one.strip()]
    if not any(ASKING.search(one) for one in clauses):
        return None
    reading = _Reading(report, meant, tuple(about), before)
    for clause in clauses:
        reading.read(clause)
    if not reading.questions:
        whole = question_in(sentence, report, meant) if len(clauses) > 1 else None
        # 预算28万，花了多少: a value is asked for in one clause, or in none.
        sure = whole is not None and whole.kind not in ("value", "rows")
        return Asking([whole], about=whole.labels or tuple(about)) if whole and sure else None
    return Asking(reading.questions, reading.told, reading.left, reading.about)


class _Reading:
    def __init__(
        self, report: Report, meant: Callable[[str], Meant], about: tuple[str, ...], before: Question | None
    ) -> None:
        self._report = report
        self._sheet: FactSheet = report.sheet
        self._meant = meant
        self._before = before
        self.about = about
        self.questions: list[Question] = []
        self.told: list[str] = []
        self.left: list[str] = []
        # The clause before, where it told nothing: 应急排，编制多少人.
        self._topic = ""

    def read(self, clause: str) -> None:
        checks = _CHECKED.search(clause) is not None and not labels_asked(clause, self._sheet.schema)
        if (
            checks
            and not _SUMS.search(clause)
            and self.told
            and (named := labels_asked(self.told[-1], self._sheet.schema))
        ):
            # 议军会开了4回，你看对不对: what was said is to be looked up, and not taken down.
            self.told.pop()
            self._put(Question("value", named))
            return
        asked = self._question(clause)
        if asked is not None:
            self._put(asked)
            return
        if _SURELY.search(clause):
            self.left.append(clause)
            return
        self._topic = "" if told_facts(clause, self._sheet) or find_numerals(clause) else clause
        self.told.append(clause)
        self.about = labels_asked(clause, self._sheet.schema) or self.about

    def _put(self, question: Question) -> None:
        if self._topic:
            self.told.pop()
        self._topic = ""
        self.questions.append(question)
        self._before = question
        self.about = question.labels or self.about

    def _question(self, clause: str) -> Question | None:
        if not ASKING.search(clause):
            return None
        if (so := _SO_AND.match(clause)) and (again := self._again(so["what"])):
            return again
        ahead = f"{self._topic}，{clause}" if self._topic else clause
        asked = question_in(ahead, self._report, self._meant)
        if asked is None and ahead != clause:
            asked = question_in(clause, self._report, self._meant)
        if asked is not None:
            bare = asked.kind == "compared" and not asked.labels and not _WHICH_ONES.search(clause)
            return replace(asked, labels=self.about) if bare and self.about else asked
        kind = next((kind for kind, pattern in QUESTIONS if pattern.search(ahead)), "")
        if kind not in _OF_FACTS or not self.about or labels_asked(clause, self._sheet.schema):
            return None
        if kind == "uses" and not _USED.search(clause):
            return None
        if kind == "value" and not _ALONE.fullmatch(clause):
            # 预算28万，花了多少: of what was spent, and not of the budget.
            return None
        return Question(kind, self.about, last=LAST_YEAR.search(clause) is not None)

    def _again(self, what: str) -> Question | None:
        """The question before, of ``what``: 训练保障是多少，库室呢."""
        before = self._before
        last = LAST_YEAR.search(what) is not None
        bare = re.sub("今年|本年|现在|目前", "", LAST_YEAR.sub("", what)).strip("的")
        if before is not None and before.rows:
            [*_, row] = before.rows
            names = rows_beside(row.table, self._sheet)
            rows = [name for name in names if bare and (name in bare or bare in name)]
            rows = rows or [name for name in names if len(bare) > 1 and within(bare, name)]
            if rows:
                return replace(before, rows=tuple(replace(row, name=name) for name in rows))
        labels = labels_asked(bare, self._sheet.schema) if bare else self.about
        kind = before.kind if before is not None and before.kind in _OF_FACTS else "value"
        if labels:
            now = not bare or before is None
            return Question(kind, labels, last=last or (not now and before is not None and before.last))
        named = rows_named(bare, self._sheet) if len(bare) > 1 else ()
        return Question("rows", rows=named) if named else None
