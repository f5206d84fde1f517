"""Facts found in old reports and notes, against the gold corpus: recall, precision and wrong labels per kind.

Run: ``python benchmarks/extraction.py [--half dev|…|held_out_j] [--engine embedded|endpoint]
[--first N] [--show-misses] [--json]``. ``--engine endpoint`` asks the endpoint of ``NIGAO_BASE_URL``, ``NIGAO_MODEL``,
``NIGAO_API_KEY`` through the command ``extract``; a slow model gets the ``--first`` texts. ``--show-misses`` is refused
for a held-out half: what it misses is not looked at, or it stops being held out; ``--unlock`` is for the day on which a
new held-out half is written.
``extraction_match.py`` says how facts are matched.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from extraction_match import ATTRIBUTES, Found, Judgement, Score, judge, total  # noqa: E402
from gold_facts import HALVES, KINDS, LOCKED, TYPE, GoldText, digests, locked, schema, texts  # noqa: E402

from assistant.facts.fields import FactField, FactSchema, FieldType  # noqa: E402
from assistant.facts.values import read_cell, read_value  # noqa: E402

RUNS = 5
PER = 2500
Extractor = Callable[[GoldText, FactSchema], list[Found]]


# ---- the two ways to ask


def by_function(text: GoldText, facts: FactSchema) -> list[Found]:
    """The embedded rules: ``assistant.intake.extract.extract_text``."""
    module = importlib.import_module("assistant.intake.extract")
    return flattened(module.extract_text(text.text, facts, f"{text.name}.txt").facts)


def flattened(facts: Sequence[Any]) -> list[Found]:
    """``FoundFact``s as single values, items and rows."""
    found: list[Found] = []
    for one in facts:
        common = {"quote": one.quote, "start": one.start, "end": one.end, "doubt": one.doubt}
        if one.row is not None:
            found.append(Found(one.label, row=_filled(one.row), **common))
            continue
        value = one.fact.value
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Mapping):
                found.append(Found(one.label, row=_filled(item), **common))
            else:
                last, about = one.fact.last_year, one.fact.approximate
                found.append(Found(one.label, item, approximate=about, last_year=last, **common))
    return found


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if cell not in (None, "")}


def by_command(engine: str) -> Extractor:
    def ask(text: GoldText, facts: FactSchema) -> list[Found]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{text.name}.txt"
            file.write_text(text.text, encoding="utf-8")
            command = [sys.executable, "-m", "assistant", "extract", str(file), "--type", TYPE, "--json"]
            command += ["--engine", engine] if engine != "embedded" else []
            answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ, check=False)
        if answer.returncode == 2 or not answer.stdout.strip():
            raise SystemExit(f"extract: {answer.stderr.strip() or answer.stdout.strip()}")
        return [found for entry in json.loads(answer.stdout)["facts"] for found in _from_json(entry, facts)]

    return ask


def _from_json(entry: Mapping[str, Any], facts: FactSchema) -> list[Found]:
    """Facts of ``extract --json`` (DESIGN.md 4). A value that its field cannot read stays text, and counts as false."""
    label, item = entry["label"], facts.find(entry["label"])
    common = {key: entry.get(key, default) for key, default in (("quote", ""), ("start", -1), ("end", -1))}
    common["doubt"] = entry.get("doubt") or ""
    if "row" in entry and entry["row"] is not None:
        cells = {name: cell for name, cell in _filled(entry["row"]).items()}
        if isinstance(item, FactField):
            cells = {name: read_cell(cell, column) for name, cell in cells.items() if (column := item.column(name))}
        return [Found(label, row=cells, **common)]

    def read(raw: Any) -> Any:
        if raw is None or item is None or item.type in (FieldType.TEXT, FieldType.LIST, FieldType.CHOICE):
            return raw
        field = item if isinstance(item, FactField) else FactField(label=label, type=item.type, group="")
        try:
            return read_value(raw, field)[0]
        except ValueError:
            return str(raw)

    raw = entry.get("value")
    about = "约" if entry.get("approximate") is True else (entry.get("approximate") or "")
    last = read(entry.get("last_year"))
    values = raw if isinstance(raw, list) else [raw]
    return [Found(label, read(value), approximate=about, last_year=last, **common) for value in values]


# ---- measuring


def speed(ask: Extractor, corpus: Sequence[GoldText], facts: FactSchema) -> float:
    """Milliseconds of CPU for 2,500 characters: the median of five runs over the half, after one to warm up."""
    characters = sum(len(text.text) for text in corpus)
    spent = []
    for _ in range(RUNS + 1):
        begun = time.process_time()
        for text in corpus:
            ask(text, facts)
        spent.append(time.process_time() - begun)
    return median(spent[1:]) * 1000 * PER / characters


def as_json(score: Score) -> dict[str, Any]:
    rates = {name: getattr(score, name) for name in ("recall", "precision", "wrong_label_rate")}
    return {**vars(score), **rates}


def share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def row(name: str, score: Score) -> str:
    figures = (score.gold, score.found, score.right, score.wrong_label, score.trapped, score.doubted)
    rates = (share(score.recall), share(score.precision), share(score.wrong_label_rate))
    return f"{name:<28}" + "".join(f"{figure:>9}" for figure in (*figures, *rates))


def print_half(half: str, corpus: Sequence[GoldText], judged: Sequence[Judgement], took: float | None) -> None:
    columns = ("gold", "counted", "right", "wrong l.", "traps", "doubted", "recall", "prec.", "wrong l.")
    head = f"{'':<28}" + "".join(f"{name:>9}" for name in columns)
    print(f"\n== {half}: {len(corpus)} texts, {sum(len(text.text) for text in corpus)} characters\n{head}")
    for kind in KINDS:
        print(row(kind, total(judged, [kind])))
    print(row("all facts", total(judged, KINDS)))
    for name in ATTRIBUTES:
        print(row(name, total(judged, [name])))
    print("-- per text")
    for text, verdict in zip(corpus, judged, strict=True):
        print(row(text.name, total([verdict], KINDS)))
    if took is not None:
        print(f"-- {took:.1f} ms of CPU for {PER} characters")


def print_misses(corpus: Sequence[GoldText], judged: Sequence[Judgement]) -> None:
    for text, verdict in zip(corpus, judged, strict=True):
        for line in verdict.misses:
            print(f"MISSED {text.name} | {line}")
        for line in verdict.falses:
            print(f"FALSE  {text.name} | {line}")


def chosen(engine: str) -> tuple[Extractor, bool]:
    """How to ask, and whether its time says something (a process for each text does not)."""
    if engine == "embedded" and importlib.util.find_spec("assistant.intake.extract"):
        return by_function, True
    return by_command(engine), False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--engine", choices=["embedded", "endpoint"], default="embedded")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N texts of a half")
    parser.add_argument("--show-misses", action="store_true")
    parser.add_argument("--unlock", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.show_misses and options.half in (None, *LOCKED) and not options.unlock:
        parser.error("--show-misses is for halves that are open: what a held-out half misses is not looked at")
    for half in LOCKED:
        if digests(half) != locked(half):
            print(f"{half} has changed since it was locked: its figures compare with no earlier ones", file=sys.stderr)
    ask, timed = chosen(options.engine)
    facts = schema()
    printed: dict[str, Any] = {"engine": options.engine}
    for half in HALVES:
        if options.half not in (None, half):
            continue
        corpus = texts(half)[: options.first]
        judged = [judge(ask(text, facts), text, facts) for text in corpus]
        took = speed(ask, corpus, facts) if timed else None
        printed[half] = {
            "kinds": {kind: as_json(total(judged, [kind])) for kind in (*KINDS, *ATTRIBUTES)},
            "all": as_json(total(judged, KINDS)),
            "texts": {text.name: as_json(total([one], KINDS)) for text, one in zip(corpus, judged, strict=True)},
            "cpu_ms_per_2500_characters": took,
        }
        if not options.json:
            print_half(half, corpus, judged, took)
            if options.show_misses:
                print_misses(corpus, judged)
    if options.json:
        print(json.dumps(printed, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
