"""The assistant's voice at the right of 起草: what was said, and one line to say more."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

import streamlit as st

from assistant.chatting.replies import EXAMPLES, STOP
from assistant.checks.bare_numbers import bare_number_findings
from assistant.checks.binding import Binder
from assistant.drafting.jobs import Job
from assistant.errors import ConsentNeeded, NigaoError
from assistant.facts.fields import FieldType
from assistant.facts.sheet import FactSheet
from assistant.reports.chat import Choice, Link, Role, Turn
from assistant.reports.memory import Memory
from assistant.reports.report import Report
from assistant.slots.render import render
from assistant.ui import session
from assistant.ui.chat_cards import fact_card, redraw_card
from assistant.ui.outline import select
from assistant.ui.paper import pieces_html
from assistant.ui.scroll import keep_at_end
from assistant.ui.sending_dialog import ABOUT
from assistant.ui.session import action, desk, renew

TABS = ("助手", "本节")
_TAB = "panel-tab"
_PAGE = 12
_INPUT = "chat-said"
_PLACEHOLDER = "报数，或说怎么改"
#: A model's words with their values and marks; made again only when the words or the facts change.
_spoken: Memory[str] = Memory(256)
_binders: Memory[Binder] = Memory(8)


def tab_to_show() -> str:
    """Decides the tab before it is drawn: a section picked in the outline shows 本节, words to the assistant 助手."""
    turn = st.session_state.get("turn", 0)
    if st.session_state.get(_TAB) not in TABS:
        st.session_state[_TAB] = TABS[1] if st.session_state.get("section") else TABS[0]
    elif turn != st.session_state.get("panel-turn", turn) and st.session_state.get("section"):
        st.session_state[_TAB] = TABS[1]
    st.session_state["panel-turn"] = turn
    return _TAB


def chat(report: Report, live: Mapping[str, Job], selected: str | None, *, shown: bool = True) -> None:
    """The conversation of a report, oldest at the top, and the line to say more.

    Args:
        shown: False draws the line alone, for what stands in it: it would be gone with its box.
    """
    with st.container(key="chat-log", height=460, autoscroll=False):
        last = _log(report, live, selected) if shown else 0
    keep_at_end("chat-log", last)
    st.chat_input(_PLACEHOLDER, key=_INPUT, on_submit=_said, args=(report.id, selected))
    if last:
        st.button("清空对话", key="chat-clear", type="tertiary", on_click=_clear, args=(report.id,))


def _log(report: Report, live: Mapping[str, Job], selected: str | None) -> int:
    """The turns; the last one's number, 0 where there is none."""
    limit = st.session_state.get(f"chat-limit:{report.id}", _PAGE)
    desk().chat.prepare(report)
    turns = desk().chat.turns(report.id, limit + 1)
    earlier, turns = len(turns) > limit, turns[-limit:]
    if earlier:
        st.button("更早的对话", key="chat-earlier", type="tertiary", on_click=_earlier, args=(report.id, limit))
    if not turns:
        _empty(report, selected)
    running = any(job.live for job in live.values())
    stopping = max((turn.number for turn in turns if STOP in turn.said.choices), default=0) if running else 0
    for turn in turns:
        _turn(turn, report, live, selected, stops=turn.number == stopping)
    return turns[-1].number if turns else 0


def _earlier(report_id: str, limit: int) -> None:
    st.session_state[f"chat-limit:{report_id}"] = limit + 2 * _PAGE


def _said(report_id: str, selected: str | None) -> None:
    # Read here: when a question must be agreed to first, it is asked again after the input has been emptied.
    words = st.session_state[_INPUT]
    if words:
        _say(report_id, words, selected, typed=True)


@action
def _say(report_id: str, words: str, selected: str | None, *, typed: bool = False) -> None:
    before = {section.key: section.revision for section in desk().report(report_id).written}
    try:
        reply = desk().chat.say(report_id, words, selected)
    except ConsentNeeded:
        st.session_state[ABOUT] = desk().chat.what_leaves(report_id, words, selected)
        raise
    except NigaoError:
        # What was typed goes back into the box: the browser has emptied it.
        if typed:
            st.session_state[_INPUT] = words
        raise
    if reply.go:
        st.session_state["go"] = reply.go
    for section in desk().report(report_id).written:
        if section.revision != before.get(section.key):
            renew(f"body:{section.key}")
    last = desk().chat.turns(report_id, 1)
    if last and last[0].said.redraws:
        # The section that is written anew comes before the person's eyes; the conversation stays open.
        select(last[0].said.redraws[0].section)
        st.session_state["panel-turn"] = st.session_state["turn"]


@action
def _clear(report_id: str) -> None:
    desk().chat.clear(report_id)


@action
def _unclear(report_id: str) -> None:
    desk().chat.unclear(report_id)


@action
def _stop(report_id: str) -> None:
    desk().chat.stop(report_id)
    desk().chat.askings.wait(report_id, 3)


@action
def _go(link: Link, report_id: str) -> None:
    if link.kind == "section":
        select(link.target)
        st.session_state["panel-turn"] = st.session_state["turn"]
    elif link.kind == "page":
        st.session_state["go"] = link.target
    elif (field := desk().report(report_id).sheet.schema.by_label.get(link.target)) is not None:
        session.show_fact(field)


def _empty(report: Report, selected: str | None) -> None:
    """What can be said, as buttons that say it and as words to imitate."""
    told = "".join(f"<li>{html.escape(words)}</li>" for words in _examples(report))
    model = "" if desk().engines.settings is not None else "没有接模型，按要求改写做不了，只能换写法；其余都行。"
    st.html(
        '<div class="ng-said-empty">把数直接告诉我，或者说哪一节怎么改。我只提建议，您按了“采用”才改，随时可以撤销。'
        f"{model}<ul>{told}</ul></div>"
    )
    _choices("empty", EXAMPLES, report.id, selected)
    if desk().chat.was_cleared(report.id):
        st.button("恢复刚才清空的对话", key="chat-unclear", type="tertiary", on_click=_unclear, args=(report.id,))


def _examples(report: Report) -> Iterator[str]:
    """Words to imitate, of this report's own facts and sections."""
    known = report.sheet.schema.by_label
    sections = [section for section in report.written if section.depth > 1] or report.written
    if not sections:
        return
    section = sections[len(sections) // 2]
    labels = (*section.facts, *(label for other in report.written for label in other.facts))
    counts = [known[label] for label in dict.fromkeys(labels) if label in known]
    counts = [item for item in counts if item.type is FieldType.COUNT and item.measure]
    if counts:
        first = counts[0]
        second = next((item for item in counts[1:] if item.measure == first.measure), counts[-1])
        yield f"今年{first.label}12{first.measure}，{second.label}9{second.measure}"
        yield f"{first.label}改成15{first.measure}"
    yield f"{section.title}那一节{'再精简些' if desk().engines.settings is not None else '换个写法'}"


def _turn(turn: Turn, report: Report, live: Mapping[str, Job], selected: str | None, *, stops: bool) -> None:
    """Args: stops: what is being written may be stopped here; elsewhere, and when all is written, 停止 is gone."""
    said = turn.said
    if turn.role is Role.PERSON:
        st.html(f'<div class="ng-said mine"><span>{_lines(said.text)}</span></div>')
        return
    with st.container(key=f"said-{turn.number}"):
        if said.state == "writing":
            _live(report, turn)
            return
        words = _model_words(turn, report) if said.slots else _lines(said.text)
        told = f'<div class="told">{_lines(said.told)}</div>' if said.told else ""
        tone = " bad" if said.state == "failed" else ""
        if words or told:
            st.html(f'<div class="ng-said{tone}">{words}{told}</div>')
        if said.facts:
            fact_card(turn, report)
        for offer in said.redraws:
            redraw_card(turn, offer, report, live)
        for note in said.notes:
            st.html(f'<div class="ng-said-note">{html.escape(note)}</div>')
        _links(turn, report)
        choices = tuple(choice for choice in said.choices if stops or choice != STOP)
        _choices(str(turn.number), choices, report.id, selected)


def _live(report: Report, turn: Turn) -> None:
    st.fragment(_coming, run_every=0.5)(report.id, turn.number)
    st.button("停止", key="chat-stop", icon=":material/stop:", on_click=_stop, args=(report.id,))


def _coming(report_id: str, number: int) -> None:
    text = desk().chat.coming(report_id, number)
    if text is None:
        st.rerun()
    words = pieces_html(render(text or "", desk().report(report_id).sheet))
    st.html(f'<div class="ng-said">{words or "在想…"}<span class="ng-caret"></span></div>')


def _model_words(turn: Turn, report: Report) -> str:
    """A model's words: code prints the values of its slots, and a number of its own is marked."""

    def made() -> str:
        marks = [(one.start, one.end) for one in bare_number_findings(turn.said.text, _binder(report.sheet, report.id))]
        return pieces_html(render(turn.said.text, report.sheet), marks).replace("\n", "<br>")

    return _spoken.get(f"{report.id}/{turn.number}", (turn.said.text, report.sheet), made)


def _binder(sheet: FactSheet, report_id: str) -> Binder:
    return _binders.get(report_id, sheet, lambda: Binder(sheet))


def _links(turn: Turn, report: Report) -> None:
    if not turn.said.links:
        return
    with st.container(horizontal=True, gap="small", key=f"said-links-{turn.number}"):
        for place, link in enumerate(turn.said.links):
            st.button(
                link.words,
                key=f"said-link-{turn.number}-{place}",
                type="tertiary",
                on_click=_go,
                args=(link, report.id),
            )


def _choices(name: str, choices: tuple[Choice, ...], report_id: str, selected: str | None) -> None:
    if not choices:
        return
    with st.container(horizontal=True, gap="small", key=f"said-choices-{name}"):
        for place, choice in enumerate(choices):
            st.button(
                choice.words, key=f"said-choice-{name}-{place}", on_click=_say, args=(report_id, choice.say, selected)
            )


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
