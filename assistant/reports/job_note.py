"""How far a draft is, as it is kept while it is being written: what a killed process leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.reports.report import Origin


@dataclass(frozen=True, slots=True)
class JobNote:
    """One job at one moment.

    Attributes:
        run: the job's own name; another job on the same section has another.
        state: ``queued``, ``running``, ``done``, ``failed``, ``stopped``.
        text: slot text that is nowhere else yet.
        base_revision: where the section stood when the job began.
        error: why it failed, for a person; "" while nothing failed.
    """

    run: str
    report_id: str
    section_key: str
    state: str
    text: str
    origin: Origin
    engine: str
    model: str
    seed: int
    instruction: str
    base_revision: int
    error: str = ""
