"""An endpoint engine whose drafts are repaired: what a model wrote beside the slots is linked, or sent back once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.checks.binding import Binder
from assistant.checks.finding import Fix
from assistant.drafting.brief import Brief, OnText
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.engine import Draft
from assistant.drafting.outgoing import standing_in
from assistant.drafting.withhold import withholder
from assistant.errors import NigaoError
from assistant.repair.faults import blind_sentences, faults_in, faulty_sentences
from assistant.repair.linking import link
from assistant.repair.splicing import splice
from assistant.slots.normalise import normalise

#: Sentences sent back at most: of a text that is wrong all over, the rest is for a person or another draft.
MOST_SENTENCES = 12
#: Characters of a sentence that a note repeats.
SHOWN = 18


class RepairingEngine:
    """An endpoint engine whose drafts are repaired before anybody gets them."""

    def __init__(self, engine: EndpointEngine) -> None:
        self._engine = engine
        self.key = engine.key
        self.label = engine.label
        self.model = engine.model
        self.concurrency = engine.concurrency

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The endpoint's draft, repaired. Raises EndpointError where the draft itself failed."""
        return await self.repair(brief, await self._engine.draft(brief, on_text), on_text)

    async def repair(self, brief: Brief, draft: Draft, on_text: OnText) -> Draft:
        """Links what is certain, has the model write faulty sentences once more, and tells what stays.

        A repair that fails or makes nothing better leaves the text as it was. Stopped in between, what was last
        handed to ``on_text`` is the whole draft.
        """
        binder = Binder(brief.sheet)
        send_values = self._engine.sends_values
        hidden = withholder(brief.sheet, send_values=send_values)
        text, linked = draft.text, list[Fix]()
        if hidden.hides_numbers:
            # What is sent back may not tell whether a number that the model made up is the withheld one, nor how
            # long a person's is: {{入伍1人}} is so near to a label that it is mended, {{入伍100人}} is not.
            text = draft.answered or draft.text
            faulty = blind_sentences(text, hidden, standing_in(brief.sheet, send_values=send_values))
        else:
            text, linked = link(text, brief, binder)
            faulty = faulty_sentences(text, binder)
        faulty = faulty[:MOST_SENTENCES]
        on_text(link(draft.text, brief, binder)[0])
        notes = list(draft.notes)
        usage = draft.usage
        if faulty:
            pairs = [(sentence.text.strip(), "；".join(fault.wish for fault in sentence.faults)) for sentence in faulty]
            try:
                answer = await self._engine.rewrite(brief, text, pairs)
            except NigaoError as error:
                notes.append(f"有{len(faulty)}句要修复，但没有修成（{error.message.rstrip('。')}），保留原稿")
            else:
                usage = usage + answer.usage if usage and answer.usage else usage or answer.usage
                text, repaired = splice(text, faulty, answer.text, brief, binder)
                notes += (f"“{_short(sentence.text)}”有数字或槽位问题，已由模型改写" for sentence in repaired)
        text, later = link(normalise(text, brief.sheet.schema, brief.sheet).text, brief, binder)
        on_text(text)
        notes += (f"“{fix.before}”已改为引用{fix.after}" for fix in (*linked, *later))
        notes += (f"{fault.note}，留待核对" for fault in faults_in(text, binder))
        return replace(draft, text=text, usage=usage, notes=tuple(dict.fromkeys(notes)))

    async def reword(self, brief: Brief, text: str, sentences: Sequence[str], wish: str) -> Draft:
        """The model's answer to a wish about some sentences, as it came; ``rewriting`` puts it in its place."""
        return await self._engine.reword(brief, text, sentences, wish)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._engine.aclose()


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
