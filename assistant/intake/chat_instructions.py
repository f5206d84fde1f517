"""What is to be done with which section: 民兵整组不要改，征兵写详细点 is one section kept and one rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.intake.chat_sections import CHOSEN, Meant
from assistant.intake.chat_words import STYLE

_VERB = r"(?:改|动|碰|变|修改|改动|调整|重写|精简|压缩|缩短|缩减|展开|扩写|扩充|删减|润色|充实)"
#: Hands off a section: 不要改, 先别写, 保持不变. Not 别改得太长.
_KEEP = re.compile(
    rf"(?:不用|不要|不必|别|无需|不需要|莫|甭|不能|不准)(?:再|去)?{_VERB}(?!得|成|太|那么|这么|的太)|"
    r"先(?:别|不要?|不用)(?:再)?(?:写|改|动|管)|保持(?:不变|原样|现状)|不(?:变|动|改)(?:了|吧|。|！)*$|照旧|原样不|先放着|跳过"
)
_EXCEPT = re.compile(
    r"除(?:了|开|去)?(?P<what>[^，。；,]{2,24}?)(?:以外|之外|外|，|,)[，,]?\s*(?=\S)|(?P<who>[^，。；,]{2,24}?)除外[，,]?\s*(?=\S)"
)
#: 其他都短一点: what was not named.
_OTHERS = re.compile(
    r"^(?:把|将|请)*(?:其他|其它|其余|别的|剩下|剩余|余下)(?:的)?(?:各|几)?(?:个)?(?:章节|节|部分|地方)?(?:都|全|全部)?"
)
_TOPIC_FIRST = 4


@dataclass(frozen=True)
class Part:
    """Words on one section, or on several. ``keep``: it is not to be touched."""

    words: str
    where: Meant
    keep: bool = False


def keeps(sentence: str, meant: Callable[[str], Meant]) -> bool:
    """Whether a sentence names a section that is not to be touched."""
    if CHOSEN.match(sentence):
        return False
    clauses = re.split(r"[，,]", sentence)
    if any(_KEEP.search(one) and meant(one).spoken for one in clauses):
        return True
    but = _EXCEPT.search(sentence)
    return but is not None and meant(but["what"] or but["who"]).spoken and STYLE.search(sentence) is not None


def parts_of_instruction(
    clauses: Sequence[str], meant: Callable[[str], Meant], begins: Callable[[str], int], written: Sequence[str]
) -> list[Part]:
    """The instructions of one sentence, each with its sections.

    Args:
        clauses: what of the sentence tells no fact.
        meant: the sections that words mean; ``begins``: where the first name of one stands, -1 for nowhere.
        written: keys of the sections that hold text.
    """
    parts: list[Part] = []
    kept: list[str] = []
    words = "，".join(clauses)
    if CHOSEN.match(words):
        return [Part(words, meant(words))]
    if (but := _EXCEPT.search(words)) and meant(but["what"] or but["who"]).spoken:
        left_out = meant(but["what"] or but["who"])
        kept += left_out.keys
        parts.append(Part(but.group(), left_out, keep=True))
        clauses = [one for one in (words[: but.start()].strip("，, "), "其他" + words[but.end() :]) if one]
    groups: list[list[str]] = []
    for clause in clauses:
        where = meant(clause)
        if _KEEP.search(clause) and where.spoken:
            kept += where.keys
            parts.append(Part(clause, where, keep=True))
            groups.append([])
            continue
        fresh = where.spoken and -1 < begins(clause) <= _TOPIC_FIRST and not STYLE.search(clause[: begins(clause)])
        before = meant("，".join(groups[-1])) if groups and groups[-1] else None
        other = fresh and before is not None and before.spoken and set(before.keys) != set(where.keys)
        if not groups or (other and STYLE.search("，".join(groups[-1]))) or (kept and _OTHERS.match(clause)):
            groups.append([])
        groups[-1].append(clause)
    for group in groups:
        words = "，".join(group).strip()
        if not words:
            continue
        if kept and (rest := _OTHERS.match(words)):
            others = tuple(key for key in written if key not in kept)
            words = re.sub(r"^(?:其他|其它|其余)?(?:的|都|全|各节)*", "", words[rest.end() :]).strip("，, ") or words
            parts.append(Part(words, Meant(others, spoken=True)))
        elif not (kept and not STYLE.search(words) and not meant(words).spoken):
            parts.append(Part(words, meant(words)))
    return parts
