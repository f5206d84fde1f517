"""The engine with a model: section prompts to an OpenAI-compatible endpoint, its answer mended to slot text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.brief import Brief, OnText
from assistant.drafting.completions import Completions, Message
from assistant.drafting.constrain import grammar, obeyed
from assistant.drafting.continuation import DraftResult, complete_section
from assistant.drafting.engine import Draft
from assistant.drafting.leaving import CLOSED, SENDING, About, Gate
from assistant.drafting.messages import continue_prompt, messages_for, repair_messages, reword_messages
from assistant.drafting.offers import offered_slots
from assistant.drafting.secrecy import refuse_marked
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.drafting.shared_prefix import told_facts
from assistant.drafting.withhold import Withholder, withholder
from assistant.errors import EndpointError, EndpointRejected
from assistant.slots.normalise import normalise
from assistant.slots.render import render_text

#: Tokens allowed per wanted character: a hanzi is up to one and a half, and slots are wordy.
TOKENS_PER_CHARACTER = 3
LEAST_TOKENS = 400
#: How a service says that it does not know an option.
_REFUSED = (400, 422)


class EndpointEngine:
    """Drafts by one endpoint. Belongs to the event loop that first drafts with it.

    Args:
        send_values: whether the facts' values may be shown to an endpoint of this reach.
        gate: what lets requests out. The default lets none out to an endpoint elsewhere.
    """

    key = "endpoint"

    def __init__(self, settings: EndpointSettings, send_values: SendValues, gate: Gate = CLOSED) -> None:
        self.settings = settings
        self.model = settings.model
        self.label = f"{settings.model}（{settings.host}）"
        self.concurrency = settings.parallel
        self.sends_values = send_values.allows(settings)
        self._gate = gate
        self._completions: Completions | None = None
        #: Why no grammar is sent although the settings ask for it; "" while it is.
        self._unconstrained = ""

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The section's slot text, normalised.

        Raises:
            SendingError: it may not go to this endpoint; nothing was sent.
            EndpointError: ``kept`` holds the slot text that had come, normalised.
        """
        hidden = self._hidden(brief)
        messages = messages_for(brief, send_values=self.sends_values, hidden=hidden)
        limit = max(LEAST_TOKENS, brief.characters * TOKENS_PER_CHARACTER)
        purpose = "接着写" if brief.begun else "起草"
        return await self._ask(brief, messages, hidden, limit, on_text, purpose, begun=brief.begun)

    async def rewrite(self, brief: Brief, text: str, faulty: Sequence[tuple[str, str]]) -> Draft:
        """The sentences of a text that are wrong, written once more, a line each as far as the model obeys.

        Args:
            faulty: each sentence, and in Chinese what is wrong with it.

        Raises:
            EndpointError: as `draft` does.
        """
        hidden = self._hidden(brief)
        messages = repair_messages(brief, text, faulty, send_values=self.sends_values, hidden=hidden)
        return await self._ask(brief, messages, hidden, _room(messages), lambda _: None, "改句", rounds=1)

    async def reword(self, brief: Brief, text: str, sentences: Sequence[str], wish: str) -> Draft:
        """Sentences that a person chose, written anew as they wish, a line each as far as the model obeys.

        Raises:
            EndpointError: as `draft` does.
        """
        hidden = self._hidden(brief)
        messages = reword_messages(brief, text, sentences, wish, send_values=self.sends_values, hidden=hidden)
        return await self._ask(brief, messages, hidden, _room(messages), lambda _: None, "改句", rounds=1)

    def _hidden(self, brief: Brief) -> Withholder:
        return withholder(brief.sheet, send_values=self.sends_values)

    async def _ask(
        self,
        brief: Brief,
        messages: list[Message],
        hidden: Withholder,
        limit: int,
        on_text: OnText,
        purpose: str,
        rounds: int = 3,
        begun: str = "",
    ) -> Draft:
        if not self.settings.is_local:
            # A mark can stand in a fact that no message shows: then the whole report is no matter for others.
            refuse_marked(brief.report, SENDING)
        schema, sheet = brief.report_type.facts, brief.sheet
        about = About(purpose, told_facts(brief.report))
        wanted = bool(self.settings.grammar_kind)
        told = self._unconstrained

        async def ask(rules: str) -> DraftResult:
            if self._completions is None:
                self._completions = Completions(self.settings, self._gate)
            return await complete_section(
                self._completions,
                messages,
                max_tokens=limit,
                on_text=lambda text: on_text(hidden.back(text)),
                continue_prompt=continue_prompt(brief.report_type),
                heading=render_text(brief.section.heading, sheet) or None,
                title=brief.section.title,
                max_rounds=rounds,
                grammar=rules,
                about=about,
                begun=begun,
                shown=hidden.clean,
            )

        try:
            rules = ""
            if wanted and not self._unconstrained:
                rules = grammar(offered_slots(brief, send_values=self.sends_values))
            try:
                result = await ask(rules)
            except EndpointRejected as error:
                if not rules or error.status not in _REFUSED or error.kept:
                    raise
                # Refused, perhaps for the grammar alone: it was, if the same request passes without.
                result = await ask("")
                self._unconstrained = "模型服务不接受语法约束，已改为不加约束起草"
        except EndpointError as error:
            error.kept = normalise(hidden.back(error.kept), schema, sheet).text
            raise
        if rules and not self._unconstrained and not obeyed(result.text):
            self._unconstrained = "模型服务没有执行语法约束"
        answered = hidden.back(result.text)
        mended = normalise(answered, schema, sheet)
        notes = [str(note) for note in (*mended.mends, *mended.doubts)]
        if self._unconstrained and not told:
            notes.append(self._unconstrained)
        return Draft(mended.text, not result.cut, result.usage, tuple(notes), answered, result.told, result.filtered)

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._completions is not None:
            await self._completions.aclose()


def _room(messages: Sequence[Message]) -> int:
    """Tokens for an answer to the last message: by what is sent, for how long a withheld figure is tells of it."""
    return max(LEAST_TOKENS, len(messages[-1].content) * TOKENS_PER_CHARACTER)
