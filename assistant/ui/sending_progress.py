"""What a draft in progress tells besides its text: its place in line, why it waits, time, length, tokens."""

from __future__ import annotations

import html
from collections.abc import Mapping

from assistant.drafting.jobs import Job
from assistant.drafting.usage import Usage
from assistant.reports.report import Report
from assistant.slots.render import render_text

#: Seconds without a word after which it is said that nothing comes.
LONG = 20.0


def progress_word(job: Job, report: Report) -> str:
    """The short word at the right of a section's line in the outline, for a job that is queued or running."""
    if job.stopping:
        return "正在停"
    if job.state == "queued":
        return f"排队 第{job.place}位" if job.place else "排队"
    if job.waiting:
        return job.waiting
    seconds = f"{job.elapsed:.0f}秒"
    if job.still >= LONG:
        return f"停了{job.still:.0f}秒" if job.text else f"没有来字 {seconds}"
    if not job.text and job.thought:
        return f"思考中 {job.thought}字 {seconds}"
    return f"{len(render_text(job.text, report.sheet))}/{job.budget}字 {seconds}"


def usage_words(usage: Usage) -> str:
    """词元 3,120（缓存 2,800）＋410."""
    cached = f"（其中缓存 {usage.cached_tokens:,}）" if usage.cached_tokens is not None else ""
    return f"发出 {usage.prompt_tokens:,} 词元{cached}，写回 {usage.completion_tokens:,}"


def total_usage(live: Mapping[str, Job]) -> Usage | None:
    """What all drafts of a report took, where the service told."""
    total: Usage | None = None
    for job in live.values():
        if job.usage is not None:
            total = job.usage if total is None else total + job.usage
    return total


def summary(live: Mapping[str, Job]) -> str:
    """Two lines under the outline, as HTML: how many are being written and queued; the tokens; "" for nothing."""
    running = sum(job.state == "running" for job in live.values())
    queued = sum(job.state == "queued" for job in live.values())
    lines = ["，".join(f"{count} 节{word}" for count, word in ((running, "正在写"), (queued, "排队")) if count)]
    if running and any(job.still >= LONG for job in live.values()):
        # A service that sends a byte now and then, or signs of life alone, never runs into the limit of silence.
        lines.append(f"{LONG:.0f} 多秒没有来字：服务很忙或很慢。可以再等，也可以停止，来了的字会留着。")
    if (usage := total_usage(live)) is not None:
        lines.append(usage_words(usage))
    told = "".join(f"<div>{line}</div>" for line in lines if line)
    # As high as it will be at the end: what stands below must not move while text streams.
    height = " ng-total" if running or queued else ""
    return f'<div class="ng-note{height}">{told}</div>' if told else ""


def section_note(job: Job | None) -> str:
    """What the last draft of a section took, as HTML; "" where there was none."""
    if job is None or job.live or not job.elapsed:
        return ""
    parts = [f"上次起草用时 {job.elapsed:.1f} 秒"]
    if job.usage is not None:
        parts.append(usage_words(job.usage))
    told = f"{'，'.join(parts)}。"
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in job.notes if "重新起草" in note)
    return f'<div class="ng-note">{told}{notes}</div>'
