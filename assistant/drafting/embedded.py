"""The engine without a model: sections from the report type's phrases. No network, no invention, at once."""

from __future__ import annotations

import asyncio

from assistant.drafting.brief import Brief, OnText
from assistant.drafting.engine import Draft
from assistant.drafting.phrasebook import phrase
from assistant.drafting.tidy import sentences

#: How many seeds are tried for a wording other than the one on the page.
TRIES = 12
STEPS = 6
IGNORED = "内置范式稿按固定范式成文，不会按写作要求调整；需要照要求改写时，请改用模型或直接修改。"

ANEW = "内置范式不会接着别人的文字往下写，这一节已从头重新起草；中断的那一稿在“历次稿”里。"


class EmbeddedEngine:
    """Writes slot text by rule: the same brief gives the same text, another seed another wording."""

    key = "embedded"
    label = "内置范式稿"
    model = ""
    concurrency = 4

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The section's slot text.

        Raises:
            ReportTypeError: the phrases of the report type cannot be used.
        """
        text = self._text(brief)
        parts = sentences(text)
        step = max(1, -(-len(parts) // STEPS))
        for end in range(step, len(parts) + step, step):
            on_text("".join(parts[:end]).rstrip("\n"))
            await asyncio.sleep(0)
        # How much it is to tell is followed; the section's own instruction is not.
        told = brief.instruction if brief.level is None else brief.section.instruction
        notes = ((IGNORED,) if told else ()) + ((ANEW,) if brief.begun else ())
        return Draft(text, notes=notes)

    @staticmethod
    def _text(brief: Brief) -> str:
        text = phrase(brief, brief.seed)
        for more in range(1, TRIES):
            if not brief.avoid or text != brief.avoid:
                break
            text = phrase(brief, brief.seed + more)
        return text
