"""Notes of many jobs go to the store together: what comes while one writing is under way is written with the next.

Every writing is a transaction, of which the store takes one at a time, and a hand-over between threads. Fifty drafts
that noted each for itself every two seconds how far they were would have twenty-five of them a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from assistant.drafting.job import Checkpoint
from assistant.errors import NigaoError
from assistant.reports.job_note import JobNote


class Noting:
    """Used on one event loop; the store is called in a thread."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._checkpoint = checkpoint
        self._waiting: list[tuple[JobNote, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def note(self, note: JobNote) -> None:
        """Returns when it is stored. Raises what the store raised for it."""
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((note, stored))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            writing = asyncio.to_thread(self._stored, [note for note, _ in taken])
            [outcome] = await asyncio.gather(writing, return_exceptions=True)
            # A bug in the store is nobody's in particular: all who wait hear of it.
            problems = [outcome] * len(taken) if isinstance(outcome, BaseException) else outcome
            for (_, stored), problem in zip(taken, problems, strict=True):
                if stored.done():
                    continue
                if problem is None:
                    stored.set_result(None)
                else:
                    stored.set_exception(problem)
        self._writing = None

    def _stored(self, notes: Sequence[JobNote]) -> Sequence[BaseException | None]:
        """What went wrong with each; one that cannot be stored (its report was purged) keeps no other from it."""
        try:
            self._checkpoint(notes)
        except NigaoError as error:
            return [error] if len(notes) == 1 else [problem for note in notes for problem in self._stored([note])]
        return [None] * len(notes)
