"""Facts and items that the models add to what the rules found, and what of it they rule out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_context import Role
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import KINDS, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_lists import are_faults, is_no_item, is_praise
from assistant.intake.extract_passages import Passage
from assistant.intake.extract_words import Word, trimmed
from assistant.intake.learned.clauses import NUMBER, Clause, clauses
from assistant.intake.learned.figures import LAST_YEAR, Sight
from assistant.intake.learned.linear import Probabilities
from assistant.intake.learned.reader import Learned
from assistant.intake.learned.siblings import believed_siblings
from assistant.slots.numeral import Numeral

GUESSED = "按上下文推测的，请核对"
#: From where a guess is taken, and from where it is shown as doubtful; an item is taken or not.
SURE, LEAST, LAST_SURE = 0.6, 0.5, 0.75
ITEM_SURE = 0.9
#: What the rules read as an item of a list is none below this.
UNLIKELY = 0.05
#: In a shorter text there is too little around a figure or a clause to weigh.
LEAST_TEXT, _LEAST_ITEM = 300, 4
#: What was done last year, or is only wished, is no item of what was done.
_NOT_DONE = re.compile("去年|上年|前年|明年|来年|争创|力争|希望|打算|想(?=[争创要])")
_LEADING = re.compile(
    r"(?:[^，。；、]{0,10}(?:民兵|他们)[^，。；、]{0,8}(?:完成|参[加与]|干(?!部|群|活|事)|处置|承担)[了过]?"
    r"|[，、；： \u3000]|另外|此外|同时|其中|并且?|还|又|也|(?:再|另|还有)?一个是?|是(?=[一-龥]{4})"
    r"|(?:[镇乡]|街道|办事处)?党工?委[还也又]|我们?(?=[把将在对给为建制推实坚出组])|[我该全][镇乡办村处]|[我该全]街道)++"
)
#: Begins another item in the same sentence.
_ANOTHER = re.compile("另外|此外|同时")


@dataclass(frozen=True)
class Guess:
    """A figure whose fact the words around it tell.

    Attributes:
        place: the number of the figure.
        probability: 0 to 1, among the facts that were still open.
        doubt: why a person should look, "" where the model is sure.
        role: "value" or "last-year", as ``Context`` has it.
    """

    place: int
    label: str
    role: Role
    probability: float
    doubt: str


def guessed(learned: Learned | None, sight: Sight, schema: FactSchema) -> list[Guess]:
    """A fact for each free figure that the model is sure enough of; each fact once, the surest first.

    Last year's value is taken for a fact whose value is known, and only where nothing is doubtful.
    """
    if learned is None or len(sight.cleaned.text) < LEAST_TEXT:
        return []
    known = {one.told for one in sight.seen if one.role_told == "value"}
    known |= {LAST_YEAR + one.told for one in sight.seen if one.role_told == "last-year"}
    found: list[Guess] = []
    for place, answer in zip(sight.free, learned.figures(sight), strict=False):
        one = sight.seen[place]
        name, share = _best(answer, known)
        label = name.removeprefix(LAST_YEAR)
        if not _takes(label, one.figure, schema) or share < (LAST_SURE if name != label else LEAST):
            continue
        if name != label:
            found.append(Guess(place, label, "last-year", share, ""))
        elif one.role == "value":
            found.append(Guess(place, label, "value", share, "" if share >= SURE else GUESSED))
    best: dict[tuple[str, str], Guess] = {}
    for guess in sorted(found, key=lambda guess: -guess.probability):
        best.setdefault((guess.label, guess.role), guess)
    told = known | {label for label, role in best if role == "value"}
    kept = (guess for guess in best.values() if guess.role == "value" or guess.label in told)
    return sorted(kept, key=lambda guess: guess.place)


def _best(answer: Probabilities, known: set[str]) -> tuple[str, float]:
    """The likeliest class among those that are still open, and its share of them."""
    open_ones = {name: share for name, share in answer.items() if name not in known}
    name, share = max(open_ones.items(), key=itemgetter(1))
    return name, share / sum(open_ones.values())


def _takes(label: str, one: Numeral, schema: FactSchema) -> bool:
    """Whether there is a fact of this name that can have such a figure."""
    item, kind = schema.by_label.get(label), KINDS.get(one.kind)
    return item is not None and kind is item.type and value_of_figure(one, kind) is not None


def weighed(
    learned: Learned | None,
    cleaned: Cleaned,
    frame: Frame,
    words: Sequence[Word],
    schema: FactSchema,
    cells: Sequence[Passage],
) -> Iterator[Word]:
    """The words that the rules found but for the items that the model rules out, and the items that it adds.

    Args:
        cells: stretches of a table whose head names the list: the model has no say there.
    """
    told = clauses(frame) if learned is not None and len(cleaned.text) >= LEAST_TEXT else []
    answers = learned.clauses(cleaned, told) if learned is not None and told else []
    if not answers:
        yield from words
        return
    lists = {item.label for item in schema.fields if item.type is FieldType.LIST}
    likely = {id(word): _likely(told, answers, word) for word in words if word.label in lists}
    believed = believed_siblings(frame, [word for word in words if word.label in schema.hints.lists], likely)
    for word in words:
        given = word.label not in lists or any(cell.start <= word.start < cell.end for cell in cells)
        given = given or _speaks_for_itself(word, schema)
        if given or id(word) in believed or likely[id(word)] >= UNLIKELY:
            yield word
    taken = [(word.start, word.end) for word in words if word.label in lists]
    taken += [(cell.start, cell.end) for cell in cells]
    rows = [(word.start, word.end) for word in words if word.row is not None]
    yield from _added(frame, told, answers, taken, rows, schema)


def _speaks_for_itself(word: Word, schema: FactSchema) -> bool:
    """Whether an item's own words say what it is: 断水村寨送水 is a task, wherever it stands."""
    cues, value = schema.hints.runs.get(word.label), word.value
    if cues is None or not isinstance(value, tuple):
        return False
    said = str(value[0])
    return bool(pattern(cues.word).search(said)) and not (cues.own and pattern(cues.own).search(said))


def _likely(told: Sequence[Clause], answers: Sequence[Probabilities], word: Word) -> float:
    """How likely the model finds it that a clause of an item tells its list."""
    return max((answers[at].get(word.label, 1.0) for at in _covered(told, word)), default=1.0)


def _covered(told: Sequence[Clause], word: Word) -> Iterator[int]:
    for at, one in enumerate(told):
        shared = min(one.end, word.end) - max(one.start, word.start)
        if shared > 1 and shared * 2 >= min(one.end - one.start, word.end - word.start):
            yield at


def _added(
    frame: Frame,
    told: Sequence[Clause],
    answers: Sequence[Probabilities],
    taken: Sequence[tuple[int, int]],
    rows: Sequence[tuple[int, int]],
    schema: FactSchema,
) -> Iterator[Word]:
    """Runs of clauses of one sentence that tell an item of the same list."""
    run: list[int] = []
    label = ""

    def ended() -> Iterator[Word]:
        if run and label and max(answers[at][label] for at in run) >= ITEM_SURE:
            for start, end in _apart(frame.text, [told[at] for at in run], whole=label not in schema.hints.runs):
                begin, last = _trimmed(frame.text, start, end)
                passage = label in schema.hints.lists
                # What a person did is no fault, cause or plan; what is wished is nothing that was done.
                deed = is_praise(frame.text, begin, last) or any(a < last and begin < b for a, b in rows)
                other = deed if passage else _NOT_DONE.search(frame.text, begin, last)
                sentence = frame.sentence(begin)
                asked = passage and is_no_item(frame.text, sentence.start, _trimmed(frame.text, begin, sentence.end)[1])
                if last - begin >= _LEAST_ITEM and not (other or asked or is_no_item(frame.text, begin, last)):
                    yield Word(label, (frame.text[begin:last],), begin, last, guessed=True)

    for at, one in enumerate(told):
        name, _ = max(answers[at].items(), key=itemgetter(1))
        shut = one.is_heading or any(start < one.end and one.start < end for start, end in taken)
        item = schema.by_label.get(name)
        mine = name if item is not None and item.type is FieldType.LIST and not shut else ""
        goes_on = (
            run
            and mine == label
            and told[at - 1].paragraph == one.paragraph
            and frame.text[told[at - 1].end - 1] in "，：、"
            and not NUMBER.match(frame.text[one.start : one.end].strip(" \u3000"))
            and not _ANOTHER.match(frame.text, one.start, one.end)
        )
        if not goes_on:
            yield from ended()
            run = []
        label = mine
        if mine:
            run = [*run, at]
    yield from ended()


def _apart(text: str, run: Sequence[Clause], *, whole: bool) -> list[tuple[int, int]]:
    """The stretches of a run that are items each: what 、 parts, where every part could be one.

    Args:
        whole: items are sentences, in which 、 parts only words (人员少、装备旧).
    """
    cuts = [one.end for one in run[:-1] if text[one.end - 1] == "、"]
    places = [run[0].start, *cuts, run[-1].end]
    parts = list(pairwise(places))
    apart = are_faults(text, parts) if whole else all(end - start > _LEAST_ITEM for start, end in parts)
    return parts if apart else [(run[0].start, run[-1].end)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = trimmed(text, start, end)
    number = NUMBER.match(text, start, end)
    start = number.end() if number else start
    lead = _LEADING.match(text, start, end)
    return (lead.end() if lead else start), end
