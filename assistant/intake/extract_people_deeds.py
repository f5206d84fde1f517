"""How what somebody did is told: how it begins behind a name without a mark, where it ends, what is no deed at all."""

from __future__ import annotations

import re

from assistant.intake.cleaning import BLANK

#: How a deed begins that stands right behind a name.
BEGINS = (
    r"[均都](?=在|[一-龥]{0,2}[连坚主带冒])|双双|带(?=民兵|[一-龥]名)|首[个先批]|细心|吃住|[烧砸摔]伤|救治|攀[上下着]|发明|涉水|潜[水入]|[一两三四五六七八九十几百]{1,4}(?:多|余)?[天夜昼]|[雨雪]夜|白天|台风|在(?!线|[岗编]|内|外)|带人|驾(?=冲锋舟|[车船舟艇]|橡皮艇)|怀抱|抱[着起]|熟悉|组建|设计|输完|带着人|连续|连夜|连着|连日|一连|坚持|坚守|主动|冒着?[雨雪险寒火酷高风]|冒着|率先|率队|率领|率|带头|带队|带领|带着|带病|带上|带伤|跳[进入下]|不顾|不[眠分怕辞]|昼夜|日夜|日[以夜]继|"
    r"把|将|被(?!评|授|表彰|列|推)|从|为(?!民)|放[弃下]|舍[小身己]|始终|自己|自[费掏愿发带驾购制备筹编学告]|全程|全力|全年|全天|累[倒计了]|崴了|摔|背[着起出上负]|扛[着起]|蹚|深夜|深入|凌晨|半夜|夜[里间]|赶|身先|"
    r"身[负患带]|顶[着住风]|迎[着难]|冲[在上锋进到]|奋[战不勇]|奔[波走赴]|值守|守[在住着护]|巡[逻堤查护]|多次|多[日夜天]|先后|先[行是]|第一|利用|驾[驶着]|组织|指挥|挺身|没有|没[日顾合下]|及时|立即|"
    r"迅速|长期|义务|每[天晚日周月次]|帮[助]?|协助|劝[导说]|参[加与]|退[役伍]|克服|转移|救[起出下助]|抢[险修救通]|徒手|徒步|独自|一[人个口]|[两三四五六七八九十几数][次天夜度个名年日进上下过十小]|拦截|"
    r"用(?=[一-龥]{2})|[划撑](?=[一-龥]{0,4}[船艇筏舟篙桨])|[举拎提](?=[着起])|[骑开](?=[一-龥]{0,3}[车船艇])|冬春|[春夏秋冬]季|免费|无偿|自掏|清[雪淤障理]|[0-9]|三[天次进]|十(?:几|余|多)|于(?=[0-9])|因|刚[刚做出下退]|用[自手身]|拿出|丢下|顾不|轻伤|忍着|拖着|拄|挨[家户]|照[顾料]|发现|扑[灭救]|操作|投[身入]|扎根|"
    r"驻守|蹲守|驻[村点扎]|修复|看护|护送|搜[救寻]|挺着|强忍|二话|毫不|毅然|火速|闻[讯令]|接到|来不及|不仅|同(?=[一-龥]{2,6}一道)|和(?=队员|战友|群众)|送|写下|完成|雨[中夜]|[腿手脚腰胳头][上里]|自家|怀着|忍|捞|蹚|喊|雪[中夜]|大火|洪水|放着|牺牲|省下|兼任|圆满|开着|骑着|跑"
)
_START = re.compile(BEGINS)
_LONGEST = 3
#: Behind a name of three characters, the longest there are, one character is a verb.
_VERB = re.compile("[驻修蹲抱拉推抬喊敲救抓搬垒堵填撤护看陪捐做打捞游爬翻搜找连日值巡]")
#: A second clause is his too, an honour among them; what several got together is nobody's own.
_SECOND = (
    r"(?:，(?!另|还有|其他|同时|都|均|双双|分别|一[同起并]|这[几两]|[两二三四五六七八九]人|[他她]们|(?:他|她)?的?(?:先进)?事迹)"
    r"[^。；）\n，]{3,30})?"
)
DEED = re.compile(rf"(?P<deed>[^。；）\n，、/{BLANK}][^。；）\n，/{BLANK}]{{2,40}}{_SECOND})")
#: …送饭等感人事迹: what is said of all the deeds.
STORY = re.compile("等[一-龥]{0,5}(?:事迹|典型|故事|场景)$")
#: What a soldier from here did in the army, an office's own honour or a form's next line is no deed of the militia.
NO_DEED = re.compile(
    "(?:被?(?:评|授予|表彰)[为是]?|荣?获)(?:了|得)?[^，。；]{0,16}征兵[^，。；]{0,12}(?=[，。；]|$)|(?:今年|去年)?在(?:部队|演训)|荣立[一二三]等功(?!一?次?，)|获评|填报|表现突出，前者"
)
#: 五十一岁，修自行车的: who he is, not what he did; what he did begins with 他.
_WHO_HE_IS = re.compile("[^，。；、]{0,4}[0-9一二三四五六七八九十]岁[^，。；]{0,4}|[^，。；、]{2,12}的")
_HE = re.compile("，[他她](?!们|说|告诉|跟我|的)(?=[一-龥])")


def deed_of(text: str, who: str, first: int, last: int) -> tuple[str, int, int]:
    """A deed without what only says who he is: 五十一岁，修自行车的，冻雨那天…，他把盐全撒了."""
    begin = first
    while (clause := re.compile("[^，。；\n]+").match(text, begin, last)) and _WHO_HE_IS.fullmatch(clause.group()):
        begin = clause.end() + 1
    stop = re.compile("[。；\n]").search(text, first)
    end = stop.start() if stop else len(text)
    if begin > first or re.match("[^，。；]{0,12}[年月日天夜晚时候]", text[begin:end]):
        he = _HE.search(text, max(first, begin - 1), end)
        if he and (told := DEED.match(text, he.end())):
            return who, *told.span("deed")
    if begin > first:
        told = DEED.match(text, begin) if begin < end else None
        return (who, *told.span("deed")) if told else (who, first, first)
    return who, first, last


def begins(text: str, place: int, length: int) -> bool:
    """Whether a deed begins at a place, behind a name of so many characters."""
    return bool(_START.match(text, place) or (length == _LONGEST and _VERB.match(text, place)))
