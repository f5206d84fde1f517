"""Who went: 应急排走了两个人 is a team's loss; where nobody is named, or recruits are, people joined the army."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.facts.fields import FactField, FactSchema
from assistant.intake.chat_names import Named

Going = Literal["", "loss", "recruits"]

_GOING = re.compile(r"[多少送]?走[了兵]?|送兵")
#: What may stand between who went and 走了.
_BETWEEN = re.compile(
    r"(?:里头?|上|又|还|也|都|已经?|刚|先后|陆续|前后|一共|总共|共|就|只|才|今年|去年|上年|前年|本年|全年|[上下]半年|最近|[上这]个月|年[初底]|"
    r"的|人|兵|实有|编制|现有|人员|人数|队员|那边|这边)*$"
)
#: 应急排, 防汛分队, 三班. Not 排查, 连续, 班子.
_TEAM = re.compile(
    r"(?<![一安编值加上下当按])(?:排|班|连|分队|小队|支队|大队|队伍|小组|组)(?![查练名长行列水涝除放级续接夜日带同子织建])"
)
#: 走了3个兵
_SOLDIERS = re.compile(r"[0-9一二两三四五六七八九十百]+[个名位]?(?:新?兵|青年|小伙|大学生)")
#: In front of 村 it is no village's name: 各村, 进村, 示范村.
_NO_NAME = "各每全进入下驻包联到本该这那哪几两三多行整中农乡山渔范困点心区个0-9"
#: A village's or a community's name.
_VILLAGE = re.compile(
    rf"(?:^|[，。；、：！!;,\s0-9人名个])(?:今年|我们|其中|另外|还有|光|单|就|只|有|是)*(?P<name>[一-龥]{{1,4}}?"
    rf"(?:(?<![{_NO_NAME}])村(?![级民委居里组社干务上])|(?<![{_NO_NAME}村和与及])(?:社区|居委会|屯)(?![级民居矫服])))"
)
#: It is of everybody, whoever was named before.
_OF_ALL = re.compile(r"全[镇乡街办]|[我本][镇乡街办]|镇里|[乡街]里|合计|一共|总共|共计|总计|累计")


def going(text: str, begin: int, name: Named, names: Sequence[Named], schema: FactSchema) -> Going:
    """Whether a name is only the verb of who is named in front of it; "" where it stands for itself.

    应急排走了 and 专武干部走了 are a ``loss``; 大学生走了 tells ``recruits``.

    Args:
        begin: where its clause begins; ``names``: all that stand in the text.
    """
    if not (name.loose and _GOING.fullmatch(name.name)):
        return ""
    ahead = text[begin : name.start]
    between = _BETWEEN.search(ahead)
    end = name.start - (len(between.group()) if between else 0)
    subject = next((one for one in names if begin <= one.start and one.end == end), None)
    if subject is not None:
        if _parts(subject, name, schema):
            return "recruits"
        return "loss" if _people(subject, schema) and not _together(subject, name, schema) else ""
    if end == begin:
        # 应急排缺编，走了3个: the sentence has named who; 走了16个兵 begins anew.
        sentence = max((text.rfind(mark, 0, begin) for mark in "。；！？;!?\n"), default=-1) + 1
        named_before = [one for one in names if sentence <= one.start < begin and not one.loose]
        ours = named_before or _SOLDIERS.match(text, name.end)
        return "loss" if _TEAM.search(text, sentence, begin) and not ours else ""
    return "loss" if any(team.end() == end for team in _TEAM.finditer(text, begin, end)) else ""


def village_names(text: str) -> list[tuple[int, int]]:
    """Where the names of villages stand."""
    return [one.span("name") for one in _VILLAGE.finditer(text)]


def village(text: str, sentence: int, clause: int, end: int) -> str:
    """The village whose figure stands behind text[clause:end], by its clause or by its sentence; "" for none."""
    for begin in (clause, sentence):
        found = list(_VILLAGE.finditer(text[begin:end]))
        if found:
            last = found[-1]
            return "" if _OF_ALL.search(text, begin + last.end(), end) else last["name"]
    return ""


def _parts(subject: Named, name: Named, schema: FactSchema) -> bool:
    """大学生 of 大学生入伍: the subject's fact is a part of those who go."""
    going_words = {word for label in name.labels for word in (label, *schema.by_label[label].aliases)}
    return not set(subject.labels) & set(name.labels) and any(
        word in label for word in going_words for label in subject.labels
    )


def _people(subject: Named, schema: FactSchema) -> bool:
    """李家湾村走了2个: a village is nobody who goes."""
    measures = {word for label in subject.labels if (item := schema.by_label.get(label)) for word in _measures(item)}
    return bool(measures & {"人", "名", "位"})


def _measures(item: FactField) -> tuple[str, ...]:
    return (item.measure, *item.measures)


def _together(subject: Named, name: Named, schema: FactSchema) -> bool:
    """报名的走了16个: people on their way to the army, who are no loss."""
    groups = {item.group for label in name.labels if (item := schema.by_label.get(label))}
    return any(item.group in groups for label in subject.labels if (item := schema.by_label.get(label)))
