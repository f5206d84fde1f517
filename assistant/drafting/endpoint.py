"""The engine with a model: section prompts to an OpenAI-compatible endpoint, its answer mended to slot text."""

from __future__ import annotations

from assistant.drafting.brief import Brief, OnText
from assistant.drafting.completions import Completions
from assistant.drafting.continuation import complete_section
from assistant.drafting.engine import Draft
from assistant.drafting.messages import continue_prompt, messages_for
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import EndpointError
from assistant.slots.normalise import normalise
from assistant.slots.render import render_text

#: Tokens allowed per wanted character: a hanzi is up to one and a half, and slots are wordy.
TOKENS_PER_CHARACTER = 3
LEAST_TOKENS = 400


class EndpointEngine:
    """Drafts by one endpoint. Belongs to the event loop that first drafts with it.

    Args:
        send_values: whether the facts' values may be shown to an endpoint of this reach.
    """

    key = "endpoint"

    def __init__(self, settings: EndpointSettings, send_values: SendValues) -> None:
        self.settings = settings
        self.model = settings.model
        self.label = f"{settings.model}（{settings.host}）"
        self.concurrency = settings.parallel
        self._send_values = send_values.allows(settings)
        self._completions: Completions | None = None

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The section's slot text, normalised.

        Raises:
            EndpointError: ``kept`` holds the slot text that had come, normalised.
        """
        if self._completions is None:
            self._completions = Completions(self.settings)
        schema, sheet = brief.report_type.facts, brief.sheet
        try:
            result = await complete_section(
                self._completions,
                messages_for(brief, send_values=self._send_values),
                max_tokens=max(LEAST_TOKENS, brief.characters * TOKENS_PER_CHARACTER),
                on_text=on_text,
                continue_prompt=continue_prompt(brief.report_type),
                heading=render_text(brief.section.heading, sheet) or None,
            )
        except EndpointError as error:
            error.kept = normalise(error.kept, schema, sheet).text
            raise
        mended = normalise(result.text, schema, sheet)
        notes = tuple(str(note) for note in (*mended.mends, *mended.doubts))
        return Draft(mended.text, complete=not result.cut, usage=result.usage, notes=notes)

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._completions is not None:
            await self._completions.aclose()
