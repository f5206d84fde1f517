"""What is to be done with which section: 民兵整组不要改，征兵写详细点 is one section kept and one rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.intake.chat_sections import CHOSEN, CHOSEN_ALL, Meant
from assistant.intake.chat_words import STYLE

_VERB = r"(?:改|动|碰|变|修改|改动|调整|重写|精简|压缩|缩短|缩减|展开|扩写|扩充|删减|润色|充实)"
#: Hands off a section: 不要改, 先别写, 保持不变. Not 别改得太长.
_KEEP = re.compile(
    rf"(?:(?<![要用])(?:不用|不要)|不必|别|无需|不需要|莫|甭|不能|不准)(?:再|去)?{_VERB}(?!得|成|太|那么|这么|的太)|"
    r"先(?:别|不要?|不用)(?:再)?(?:写|改|动|管)|保持(?:不变|原样|现状)|不(?:变|动|改)(?:了|吧|。|！)*$|照旧|原样不|先放着|跳过"
)
_EXCEPT = re.compile(
    r"除(?:了|开|去)?(?P<what>[^，。；,]{2,24}?)(?:以外|之外|外|，|,|(?=[都全]))[，,]?\s*(?=\S)|(?P<who>[^，。；,]{2,24}?)除外[，,]?\s*(?=\S)"
)
#: 其他都短一点: what was not named.
_OTHERS = re.compile(
    r"^(?:把|将|请)*(?:其他|其它|其余|别的|剩下|剩余|余下)(?:的)?(?:各|几)?(?:个)?(?:章节|节|部分|地方)?(?:都|全(?!文|篇)|全部)?"
)
_ALL = r"都|全部|全文|全篇|整篇|通篇|全|所有(?:的)?(?:章节|部分|段落)?|各(?:节|部分)|每一?(?:节|部分)"
_ALL_FIRST = re.compile(rf"^(?:把|将|请|再|也)*(?:{_ALL})")
_SPOKEN_OF_ALL = re.compile(rf"^(?:其他|其它|其余)?(?:的|部分|{_ALL})*+")
#: 除了征兵，双拥也写长一点: the one that is named first as well.
_TOO = re.compile(r"也|还|同样|一样|另外|再|又")
_TOPIC_FIRST = 4
#: 民兵整组不要改 入伍人数改成15: who leaves something alone goes on without a mark.
PIECES = re.compile(r"[，,]|(?<=[一-龥])\s+(?=[一-龥])|(?=但是?(?!不)|不过)")


@dataclass(frozen=True)
class Part:
    """Words on one section, or on several. ``keep``: it is not to be touched."""

    words: str
    where: Meant
    keep: bool = False


def keeps(sentence: str, meant: Callable[[str], Meant]) -> bool:
    """Whether a sentence names a section that is not to be touched."""
    if CHOSEN.match(sentence) or CHOSEN_ALL.match(sentence):
        return False
    clauses = PIECES.split(sentence)
    if any(_KEEP.search(one) and meant(one).spoken for one in clauses):
        return True
    but = _EXCEPT.search(sentence)
    if but is None or not meant(but["what"] or but["who"]).spoken:
        return False
    return STYLE.search(sentence) is not None or _KEEP.match(_SPOKEN_OF_ALL.sub("", sentence[but.end() :])) is not None


def leaves_alone(clause: str, meant: Callable[[str], Meant]) -> bool:
    """Whether a clause names what is not to be touched, or what is left out: 双拥不要改, 除了征兵."""
    return (_KEEP.search(clause) is not None and meant(clause).spoken) or _EXCEPT.search(f"{clause}，…") is not None


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
    if CHOSEN.match(words) or CHOSEN_ALL.match(words):
        return [Part(words, meant(words))]
    if (but := _EXCEPT.search(words)) and meant(but["what"] or but["who"]).spoken:
        alone, clauses = _left_out(words, but, meant, written)
        kept += [key for part in alone for key in part.where.keys]
        parts += alone
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
            words = _SPOKEN_OF_ALL.sub("", words[rest.end() :]).strip("，, ") or words
            parts.append(Part(words, Meant(others, spoken=True)))
        elif not (kept and not STYLE.search(words) and not meant(words).spoken):
            where = meant(words)
            rest_of_it = tuple(key for key in where.keys if key not in kept)
            parts.append(Part(words, replace(where, keys=rest_of_it) if rest_of_it else where))
    return parts


def _left_out(
    words: str, but: re.Match[str], meant: Callable[[str], Meant], written: Sequence[str]
) -> tuple[list[Part], list[str]]:
    """What 除了 leaves alone, and the clauses that are left to be done."""
    named = but["what"] or but["who"]
    ahead, rest = words[: but.start()].strip("，, "), words[but.end() :]
    left_out, first = meant(named), re.split(r"[，,]", rest)[0]
    of_all = _OTHERS.match(first) or _ALL_FIRST.match(first) or not meant(first).spoken or meant(first).whole
    styled = [named] if STYLE.search(named) else []
    if of_all and _KEEP.match(_SPOKEN_OF_ALL.sub("", _OTHERS.sub("", first))):
        # 除了征兵写短一点，其他都不要动: the one that is named is the one to be written.
        others = tuple(key for key in written if key not in left_out.keys)
        after = rest[len(first) :].strip("，, ")
        return [Part(first, Meant(others, spoken=True), keep=True)], [one for one in (ahead, *styled, after) if one]
    if not of_all and _TOO.search(first):
        return [], [one for one in (ahead, *styled, rest) if one]
    rest = f"其他{rest}" if of_all else rest
    return [Part(but.group(), left_out, keep=True)], [one for one in (ahead, rest) if one]
