"""Where a name without a mark behind it ends, names of minorities, and what is no name of a militiaman.

Chinese writes 刘长水连续奋战 without a space, and a dictionary parts 刘长 from 水. How the deed begins
tells more: 连续 begins one, 水连续 does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.intake.extract_people_deeds import begins

#: The parts of which names of Tibetans, Mongols, Uyghurs and Yi are put together: 尼玛|顿珠, 格桑|多杰.
_PARTS = (
    "尼玛|达瓦|巴桑|边巴|普布|拉巴|扎西|格桑|多杰|多吉|顿珠|东周|措姆|卓玛|卓嘎|央金|央宗|德吉|次仁|才仁|次旦|次旺|才旦|才让|旦增|丹增|旦巴|平措|彭措|洛桑|罗桑|"
    "索朗|索南|强巴|仁青|仁增|仁钦|白玛|班玛|贡布|贡嘎|嘉措|加措|坚参|坚赞|降央|晋美|久美|曲珍|曲扎|群培|顿旦|桑珠|桑杰|拉姆|拉毛|华旦|公保|昂旺|阿旺|旺堆|旺姆|旺久|巴登|罗布|诺布|"
    "泽仁|四郎|其美|益西|土登|图登|赤列|伦珠|确吉|欧珠|加央|更登|更尕|智美|南加|当周|完玛|措毛|吉美|俄日|"
    "巴特尔|巴图|宝音|乌云|其其格|托娅|图雅|苏和|朝鲁|那顺|哈斯|额尔德尼|孟和|布和|敖登|斯琴|高娃|格日勒|呼和|巴雅尔|满都拉|阿拉坦|特木尔|青格乐|萨仁|琪琪格|毕力格|吉日嘎拉|"
    "买买提|麦麦提|买合木提|阿不都|阿卜杜|阿布都|热合曼|艾合买提|吐尔逊|吐尔地|玉素甫|依布拉音|古丽|阿依|努尔|木拉提|叶尔|别克|赛力克|哈那提|加娜|热依|艾力|卡德尔|库尔班|外力|艾山|"
    "沙马|吉克|阿木|木呷|拉铁|尔古|日黑|阿西|曲比|乌嘎|日洛|莫色|吉木|伍呷|尔布|石布|阿各|阿支"
)
MINORITY = rf"(?:{_PARTS}){{1,3}}[·]?(?:(?:{_PARTS}){{1,3}})?"
#: 民兵水电抢修分队（编制30人）: the name of a team.
_TEAM = re.compile(
    "(?:(?![带领率组织指参随在到为的和与])[一-龥]){0,6}?(?:分队|小队|突击队|救援队|中队|大队|[连排班])(?=[（，。；、：0-9]|编|现|共|有|$)"
)
#: 海军战士何明海立三等功: what a soldier does is no deed of the militia.
_SOLDIER = re.compile("海军|陆军|空军|火箭军|武警|现役|服[兵现]?役|部队|边防战士")
_MERIT = re.compile("[一-龥]?(?:荣|又|今年|分别)?(?:立|获|记)(?:了|个人)?[一二三]等功(?:[一1]次)?[，。；、]")
#: So many characters tell where a name ends.
_AHEAD = 10
_LONGEST = 3
_ENDS = "，。；、等"


def no_militiaman(text: str, office: str, start: int, short: int) -> bool:
    """Whether office and the two characters at ``start`` (to ``short``) are a team, or a soldier honoured elsewhere."""
    if _SOLDIER.search(office) or _MERIT.match(text, short):
        return True
    return bool(_TEAM.match(text, start + 1))


def parted(text: str, names: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    """The one of two names behind which alone a deed begins; else as a dictionary parts them."""
    told = [(name, end) for name, end in names if begins(text, end, len(name))]
    return told[0] if len(told) == 1 else _cut(text, names)


def _cut(text: str, names: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    """Where the words part, and one is known for a name."""
    start = names[0][1] - len(names[0][0])
    end, named = start, False
    for word, kind in rjieba.tag(text[start : start + _AHEAD]):
        end, named = end + len(word), named or kind.startswith("nr")
        for name, last in names:
            if named and end == last and text[end : end + 1] not in _ENDS:
                return name, last
        if end - start >= _LONGEST:
            return None
    return None
