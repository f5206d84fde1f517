"""What the assistant says where nothing had to be computed: one place for its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.chatting.telling import some
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import FactSheet
from assistant.intake.chat_unknown import Unknown
from assistant.reports.chat import Choice, Link, Said
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section

#: Offered in an empty conversation: words of the button, what it says.
EXAMPLES = (
    Choice(words="还缺哪些数？", say="还缺哪些数？"),
    Choice(words="有没有矛盾？", say="有没有矛盾？"),
    Choice(words="多少字了？", say="多少字了？"),
    Choice(words="全部起草", say="全部起草"),
)
#: Under the word that drafting began, for as long as something is being written.
STOP = Choice(words="停止", say="停止")
CAN = (
    "我能做这些：\n"
    "· 记数：把今年的数直接告诉我，我列成表请您确认；说错了再说一遍就改，不要了就说删掉。\n"
    "· 改稿：说哪一节、怎么改，新稿放在旁边由您选用。\n"
    "· 查问：缺哪些数、哪里用了某个数、有没有矛盾、多少字、用的哪年的数。\n"
    "· 操作：全部起草、停止、撤销、核校、导出、打开事实。"
)
WITHOUT_MODEL = "没有接模型，按写作要求改写这件事我做不了，只能给一节换一种写法；其他几样都行。"
_SETTINGS = Link(kind="page", target="settings", words="去接一个模型")


def can(*, with_model: bool) -> Said:
    """What the assistant is good for."""
    text = CAN if with_model else f"{CAN}\n{WITHOUT_MODEL}"
    return Said(text=text, choices=EXAMPLES, links=() if with_model else (_SETTINGS,))


def no_such_fact(one: Unknown, sheet: FactSheet) -> Said:
    """武装部长是李建国: nothing of that name is in the sheet; the near ones are offered, a button each."""
    text = f"事实表里没有“{one.name}”这一项，“{_short(one.value)}”没有记。"
    own = Link(kind="page", target="facts", words="去“事实”页")
    if not one.near:
        return Said(text=f"{text}文字里要写到的话，请直接在纸上改。", links=(own,))
    told = "、".join(f"“{label}”（{plain(label, sheet)}）" for label in one.near)
    choices = tuple(
        Choice(words=f"{label}改成{_short(one.value)}", say=f"{label}改成{one.value}") for label in one.near
    )
    return Said(text=f"{text}相近的是{told}。是要改它吗？不是的话，请直接在纸上写。", choices=choices, links=(own,))


def plain(label: str, sheet: FactSheet) -> str:
    """A fact's value as text, 未填 for none."""
    fact = sheet.fact(label)
    return "未填" if fact.empty else plain_text(fact.value, sheet.schema.by_label[label], fact.approximate)


def not_understood(words: Iterable[str], *, nothing_else: bool, figures: Sequence[str] = ()) -> Said:
    """The rules do not know these words and there is no model to ask.

    Args:
        figures: those of the words that name no fact.
    """
    if figures:
        return Said(
            text=f"听到了{some(figures)}，但不知道说的是哪一项，没有记。请连事实的名称一起说，或者在“事实”页填。",
            links=(Link(kind="page", target="facts", words="去“事实”页"),),
        )
    quoted = "、".join(f"“{_short(one)}”" for one in words)
    head = f"{quoted}这句我没有听懂。" if quoted else "这句我没有听懂。"
    if re.search(r"[A-Za-z]", quoted) and not re.search(r"[\u4e00-\u9fff]", quoted):
        head += "请用中文说。"
    if not nothing_else:
        return Said(text=head)
    return Said(
        text=f"{head}没有接模型，我只认几类话：报数、指定章节换写法、查问、操作。",
        choices=EXAMPLES,
        links=(_SETTINGS,),
    )


def which_section(sections: Iterable[Section], report: Report, instruction: str, *, together: bool) -> Said:
    """Asks which section is meant, a button each. ``together``: all of them may be meant, by one more."""
    numbered = numbers(report.sections)
    every = list(sections)
    choices = [
        Choice(words=f"{numbered[section.key]}{section.title}", say=f"“{section.title}”这一节，{instruction}")
        for section in every
    ]
    if together and len(every) > 1:
        say = "、".join(f"“{one.title}”" for one in every) + f"这几节，{instruction}"
        choices.append(Choice(words=f"这 {len(every)} 节都改", say=say))
    return Said(text="要改的是哪一节？", choices=tuple(choices))


def which_sections(groups: Iterable[Sequence[Section]], report: Report, instruction: str) -> Said:
    """Asks which of several groups of sections is meant, a button each."""
    numbered = numbers(report.sections)
    choices = [
        Choice(
            words="和".join(f"{numbered[one.key]}{one.title}" for one in group),
            say="、".join(f"“{one.title}”" for one in group) + f"这几节，{instruction}",
        )
        for group in groups
    ]
    return Said(text="要改的是哪几节？", choices=tuple(choices))


def left_alone(sections: Sequence[Section], report: Report, *, nothing_else: bool) -> Said:
    """Sections that are not to be touched."""
    told = "、".join(f"“{section.title}”" for section in sections)
    if not nothing_else:
        return Said(text=f"{told}不动。")
    return Said(
        text=f"好，{told}不动。要一直不动，请在纸上把它锁定。",
        links=tuple(
            Link(kind="section", target=one.key, words=f"{numbers(report.sections)[one.key]}{one.title}")
            for one in sections
        ),
    )


def locked(section: Section) -> Said:
    return Said(
        text=f"“{section.title}”已锁定，没有动。要改请先在纸上解锁。",
        links=(Link(kind="section", target=section.key, words=f"去“{section.title}”"),),
    )


def edited_by_hand(section: Section, instruction: str) -> Said:
    """The soft lock, asked in words: once a section in a conversation."""
    plain = section.title in instruction and "这" not in instruction
    say = f"{instruction if plain else _named(section, instruction)}，新稿放在旁边"
    return Said(
        text=f"“{section.title}”里有您改过的文字。新稿会放在旁边，由您逐处选用，不会覆盖您写的。要写吗？",
        choices=(Choice(words="写新稿", say=say),),
    )


def _named(section: Section, instruction: str) -> str:
    """The instruction with the section's name in front, whichever one is chosen when the button is pressed."""
    name = f"“{section.title}”这一节"
    return f"{name}，{instruction.removeprefix(name).lstrip('，, ')}"


def other_wording_only(section: Section, instruction: str) -> Said:
    """The embedded engine cannot follow an instruction."""
    ways = ("换个写法", "更精简", "更详实")
    return Said(
        text=f"没有接模型，做不到“{_short(instruction)}”，只能给“{section.title}”换一种写法、写短些或写细些，"
        "或者您直接在纸上改。",
        choices=tuple(Choice(words=way, say=f"“{section.title}”这一节，{way}") for way in ways),
        links=(_SETTINGS,),
    )


def also_said(commands: Sequence[str]) -> Said:
    """A command that stood beside something else: one press does it."""
    told = "、".join(f"“{one}”" for one in commands)
    return Said(text=f"{told}还没有做，要做请按下面。", choices=tuple(Choice(words=one, say=one) for one in commands))


REDRAFT = Said(
    text="要各节都重写，请按左边的“全部重写”：旧稿留在“历次稿”里，锁定的和您改过的不动。只改一节，直接说哪一节、怎么改。"
)
KEEP = Said(text="留存全文，请在“起草”页的“留存稿”里写上名称，按“留存”；助手不能代存。")
INVENT = Said(
    text="数和事例要由您来报，我不编。还不知道的先空着，文字里会标【待补】，导出前再补。",
    choices=(Choice(words="还缺哪些数？", say="还缺哪些数？"),),
)


def voice(document: str, now: str) -> Said:
    """The kind of report is changed with its title, byline and texts, and not as a fact."""
    if document == now:
        return Said(text=f"这份报告现在就是{document}，不用改。")
    return Said(
        text=f"改为{document}，标题、署名和各节的口吻要一起改，不能只改一项：请按左边的“编辑提纲”，"
        f"再按“改为{document}……”，看清要改哪些再定。"
    )


#: Under an answer, where the same message tells figures that nobody took yet.
AS_IT_STANDS = "这是按事实表里现在的数答的；刚才报的数，采用后才算进去。"
OUTLINE = Said(text="章节的增减、改名和调整顺序，请按左边的“编辑提纲”；我只改一节里的文字。")


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip("。！？!?；; ")
    return line if len(line) <= 24 else f"{line[:24]}…"
