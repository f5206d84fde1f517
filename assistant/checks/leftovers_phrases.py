"""Words that belong to another time or another place: epidemic, old names, campaigns, blanks, scraps of web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import BLANK, Ground, Prose, overlapping
from assistant.checks.leftovers_words import OldTitle

#: What our own text prints where a fact is missing; another check tells of it.
_OWN_PLACEHOLDER = re.compile(r"【待补：[^】\n]{0,60}】")
#: A line with scraps in it and no more than so many other characters is a scrap as a whole.
_REST_OF_LINE = 8
#: &nbsp;一、提高认识: what a heading's number stands in is the report's own.
_HEADS = re.compile(r"[一二三四五六七八九十]、|[（(][一二三四五六七八九十]{1,2}[）)][^\n]|[0-9]{1,2}[.．、][一-龥]")
#: A sheet with fewer facts does not tell what the year's work was.
_TELLING_SHEET = 10


def phrase_findings(prose: Prose, ground: Ground) -> Iterator[Finding]:
    scraps = [*_scraps(prose, ground)]
    yield from scraps
    for blank in _blanks(prose, ground):
        # 来源：某某网 is told once.
        if not overlapping(blank, scraps):
            yield blank
    yield from _epidemic(prose, ground)
    yield from _titles(prose, ground)
    yield from _campaigns(prose, ground)


def _blanks(prose: Prose, ground: Ground) -> Iterator[Finding]:
    for match in _OWN_PLACEHOLDER.finditer(prose.open):
        yield prose.finding("blank", "error", f"“{match.group()}”还没有填。", *match.span())
    for match in ground.words.find_blanks(_OWN_PLACEHOLDER.sub(_blanked, prose.open)):
        said = match.group().strip() or "空白"
        yield prose.finding("blank", "error", f"“{said}”是没有填的空，请填上或者删去。", *match.span())


def _blanked(match: re.Match[str]) -> str:
    return BLANK * len(match.group())


def _scraps(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """A line that is little else is told as a whole, so that one press removes it."""
    text = prose.open
    line: list[re.Match[str]] = []
    for match in ground.words.find_scraps(text):
        if line and "\n" in text[line[-1].end() : match.start()]:
            yield from _scraps_of_line(prose, line)
            line = []
        line.append(match)
    if line:
        yield from _scraps_of_line(prose, line)


def _scraps_of_line(prose: Prose, found: list[re.Match[str]]) -> Iterator[Finding]:
    text, first, last = prose.open, found[0].start(), found[-1].end()
    begin = text.rfind("\n", 0, first) + 1
    stop = text.find("\n", last)
    stop = len(text) if stop < 0 else stop
    rest = stop - begin - sum(match.end() - match.start() for match in found)
    heads = _HEADS.search(text, begin, stop) is not None
    if rest <= _REST_OF_LINE and not heads and BLANK not in text[begin:stop] and "。" not in text[begin:first]:
        message = f"“{_short(prose.text[begin:stop])}”像是从网页或范文里带来的，不是报告的内容。"
        end = min(stop + 1, len(text))
        yield prose.finding("scrap", "warning", message, begin, end, fix=("", "删去这一行"))
        return
    for match in found:
        message = f"“{_short(match.group())}”像是从网页或范文里带来的，请删去。"
        yield prose.finding("scrap", "warning", message, *match.span())


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 24 else f"{text[:23]}…"


def _epidemic(prose: Prose, ground: Ground) -> Iterator[Finding]:
    words, text = ground.words.epidemic, prose.untitled
    found = [*ground.words.epidemic_pattern.finditer(text)]
    if (
        not found
        or (ground.year is not None and ground.year <= words.last_year)
        or "疫" in ground.text(ground.words.labels.task)
    ):
        return
    fine = {one.word for one in words.unless if any(ground.sheet.value(label) is not None for label in one.facts)}
    doubtful = {one.word for one in words.unless}
    if ground.sheet.filled() < _TELLING_SHEET:
        fine |= doubtful
    # 动物疫情 is right at any time: what stands inside such an expression is passed over.
    right = {at for one in ground.words.never_epidemic.finditer(text) for at in range(*one.span())}
    for match in found:
        word = match.group()
        if match.start() in right or word in fine:
            continue
        if word in doubtful:
            message = f"“{word}”像是疫情时期的说法，事实里没有这项工作，请核对。"
            yield prose.finding("epidemic", "hint", message, *match.span())
        else:
            message = f"“{word}”是疫情时期的说法，可能是旧稿里留下的；确有这项工作的，请写进事实“专项任务名称”。"
            yield prose.finding("epidemic", "warning", message, *match.span())


def _titles(prose: Prose, ground: Ground) -> Iterator[Finding]:
    words, text = ground.words, prose.untitled
    for match in words.title_pattern.finditer(text):
        # 原济南军区 says itself that it is of old.
        if text[match.start() - 1 : match.start()] not in ("原", "前"):
            yield from _old(prose, ground, words.title(match.group()), match)
    for title in words.titles:
        if title.pattern:
            for match in re.finditer(title.pattern, text):
                yield from _old(prose, ground, title, match)


def _old(prose: Prose, ground: Ground, title: OldTitle, match: re.Match[str]) -> Iterator[Finding]:
    if ground.year is not None and ground.year < title.since:
        return
    message = f"“{match.group()}”是旧名称，现在是“{title.new}”（{title.note}）。"
    # 军士 for 士官, 局 for 局: the new name fits where the old one stands.
    fits = title.new[-1] == title.old[-1] or len(title.new) == len(title.old)
    certain = fits and match.group() == title.old and not title.hint and "、" not in title.new
    fix = (title.new, f"改为{title.new}") if certain else None
    yield prose.finding("title", "hint" if title.hint else "warning", message, *match.span(), fix=fix)


def _campaigns(prose: Prose, ground: Ground) -> Iterator[Finding]:
    if ground.year is None:
        return
    for one in ground.words.campaigns:
        if ground.year in one.years:
            continue
        for match in re.finditer(one.pattern or re.escape(one.name), prose.open):
            if ground.year + 1 in one.years and _about_next_year(prose, ground, match):
                continue
            years = _years(one.years)
            message = f"“{match.group()}”是{years}的活动或提法，本报告是{ground.year}年，请核对是不是旧稿里留下的。"
            yield prose.finding("campaign", "hint", message, *match.span())


def _about_next_year(prose: Prose, ground: Ground, match: re.Match[str]) -> bool:
    """2026年是“十五五”开局之年 among the aims of 2025."""
    sentence = prose.around(*match.span())
    return prose.is_plan(match.start()) or bool(
        ground.words.plan_pattern.search(sentence) or f"{(ground.year or 0) + 1}年" in sentence
    )


def _years(years: Sequence[int]) -> str:
    if len(years) > 2 and list(years) == [*range(years[0], years[-1] + 1)]:
        return f"{years[0]}年至{years[-1]}年"
    return "、".join(f"{year}年" for year in years)
