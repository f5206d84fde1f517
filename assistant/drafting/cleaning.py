"""Clean prose out of what a model streams: no thinking, no markdown, whole slots.

Two layers. `StreamCleaner` takes out what can be recognised while text comes, and gives the same text however the
stream is cut into pieces. `trimming` takes out what only the whole text shows.
Slots ``{{…}}`` pass untouched through both.
"""

from __future__ import annotations

import re

SLOT_LIMIT = 120
"""Characters between the braces of a slot; what is longer or spans lines is no slot."""

_SPACES = " \t\u3000"
_PLAIN = re.compile(r"[^{<*`\n\r]+")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1)*[ \t]*")
_FENCE = re.compile(r"`+[A-Za-z0-9_+.-]*[ \t]*")
_HASHES = re.compile(r"#+")
_TICKS = re.compile(r"`+")
_STARS = re.compile(r"\*+")
_OPENING = ("<think>", "<thinking>")
_CLOSING = ("</think>", "</thinking>")
# Marks of a chat template that a badly set up server lets through.
_TEMPLATE_MARKS = ("<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "</s>")
_TAGS = (*_OPENING, *_CLOSING, *_TEMPLATE_MARKS)
_END_OF_THINKING = re.compile("|".join(_CLOSING), re.IGNORECASE)
_LONGEST_CLOSING = max(map(len, _CLOSING))


class StreamCleaner:
    """Cleans a stream piece by piece, a line break for each paragraph and no blanks around it.

    What cannot be decided yet, an open slot above all, is held back. Every rule decides only when no further
    character could change its mind: that makes the outcome the same for every way of cutting.

    Attributes:
        text: the cleaned text so far. Where a stream turns out to have begun with thinking that had no opening
            tag, everything before the lone closing tag leaves it as soon as real text follows.
        thinking_chars: characters of tagged thinking so far, which ``text`` leaves out.

    Args:
        mid_text: the stream goes on in the middle of a text, so a line break at its start counts.
    """

    def __init__(self, *, mid_text: bool = False) -> None:
        self.text = ""
        self.thinking_chars = 0
        self._held = ""
        self._added: list[str] = []
        self._begun = mid_text
        self._line_start = not mid_text
        self._line_break = False
        self._spaces = ""
        self._thinking = False
        self._was_thinking = False

    def feed(self, piece: str) -> str:
        """Take a piece in; returns the clean text that it adds."""
        self._held += piece
        return self._drain(final=False)

    def finish(self) -> str:
        """Decide what was held back, at the end of the stream; returns the clean text that this adds."""
        return self._drain(final=True)

    def _drain(self, *, final: bool) -> str:
        position = 0
        while position < len(self._held):
            step = self._step(position, final)
            if step is None:
                break
            position = step
        self._held = self._held[position:]
        added = "".join(self._added)
        self._added.clear()
        return added

    def _step(self, at: int, final: bool) -> int | None:
        """Consume something at this place: the place after it, or None where more must come first."""
        if self._thinking:
            return self._skip_thinking(at, final)
        if self._line_start:
            after = self._line_mark(at, final)
            if after != at:
                return after
        held = self._held
        match held[at]:
            case "{":
                return self._brace(at, final)
            case "<":
                return self._tag(at, final)
            case "*":
                return self._stars(at, final)
            case "`" | "\r":
                return at + 1
            case "\n":
                self._end_line()
                return at + 1
        plain = _PLAIN.match(held, at)
        assert plain is not None
        self._emit(plain[0])
        return plain.end()

    def _line_mark(self, at: int, final: bool) -> int | None:
        """Skip a mark at the start of a line; the same place where there is none."""
        held = self._held
        first = held[at]
        if first in _SPACES:
            return at + 1
        if first in ">•●▪◦":
            return at + 1
        following: str | None
        if first in "-*_":
            rule = _RULE.match(held, at)
            assert rule is not None
            if rule.end() == len(held) and not final:
                return None
            if sum(rule[0].count(mark) for mark in "-*_") >= 3 and held[rule.end() : rule.end() + 1] in ("", "\n"):
                return min(rule.end() + 1, len(held))
        if first in "-*+":
            following = held[at + 1 : at + 2]
            if not following and not final:
                return None
            return at + 1 if following and following in " \t\n" else at
        if first == "#" and (hashes := _HASHES.match(held, at)):
            if hashes.end() == len(held) and not final:
                return None
            count, following = len(hashes[0]), held[hashes.end() : hashes.end() + 1]
            # "#1楼" may be meant; two or more marks never are, with a blank after them or without.
            return hashes.end() if count >= 2 or following in ("", " ", "\t", "\n") else at
        if first == "`" and (fence := _FENCE.match(held, at)):
            if fence.end() == len(held) and not final:
                return None
            ticks = _TICKS.match(held, at)
            assert ticks is not None
            if len(ticks[0]) >= 3 and held[fence.end() : fence.end() + 1] in ("", "\n"):
                return min(fence.end() + 1, len(held))
            return ticks.end()
        return at

    def _brace(self, at: int, final: bool) -> int | None:
        held = self._held
        if len(held) - at < 2 and not final:
            return None
        if held[at + 1 : at + 2] != "{":
            self._emit("{")
            return at + 1
        inside = held[at + 2 : at + 2 + SLOT_LIMIT + 2]
        closing, line_end = inside.find("}}"), inside.find("\n")
        if closing >= 0 and not 0 <= line_end < closing:
            end = at + 2 + closing + 2
            self._emit(held[at:end])
            return end
        if line_end < 0 and len(inside) < SLOT_LIMIT + 2 and not final:
            return None
        self._emit("{{")
        return at + 2

    def _tag(self, at: int, final: bool) -> int | None:
        rest = self._held[at : at + 16].lower()
        tag = next((tag for tag in _TAGS if rest.startswith(tag)), None)
        if tag is None:
            if not final and any(tag.startswith(rest) for tag in _TAGS):
                return None
            self._emit("<")
            return at + 1
        if tag in _OPENING:
            self._thinking = True
        elif tag in _CLOSING:
            # Whatever follows begins the text anew.
            self._was_thinking = self._line_start = True
            self._spaces = ""
        return at + len(tag)

    def _skip_thinking(self, at: int, final: bool) -> int | None:
        closing = _END_OF_THINKING.search(self._held, at)
        if closing:
            self._thinking = False
            self.thinking_chars += closing.start() - at
            return closing.end()
        # Only what could be the beginning of the closing tag need stay.
        keep_from = len(self._held) - (0 if final else _LONGEST_CLOSING)
        self.thinking_chars += max(0, keep_from - at)
        return keep_from if keep_from > at else None

    def _stars(self, at: int, final: bool) -> int | None:
        stars = _STARS.match(self._held, at)
        assert stars is not None
        if stars.end() == len(self._held) and not final:
            return None
        if len(stars[0]) == 1:
            self._emit("*")
        return stars.end()

    def _end_line(self) -> None:
        self._line_start = self._line_break = True
        self._spaces = ""

    def _emit(self, part: str) -> None:
        """Show a part. Blanks wait for what follows, so that none stands at the end of a line."""
        part = self._spaces + part
        shown = part.rstrip(_SPACES)
        self._spaces = part[len(shown) :]
        if not shown:
            return
        if self._was_thinking:
            self.text, self._was_thinking, self._begun = "", False, False
        if self._line_break and self._begun:
            shown = f"\n{shown}"
        self._begun, self._line_break, self._line_start = True, False, False
        self.text += shown
        self._added.append(shown)
