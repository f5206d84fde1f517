"""What the conformance checker finds of planted faults, and what it says of good files.

``python benchmarks/format_check.py [--json]`` plants each fault of ``tests/unit/format_faults.py`` in a good file, one
at a time, and counts those told by the rule that must tell them; then checks good files of several makers, where any
error or warning is a false alarm; then prints the time of a check and its peak memory.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "unit")]

from format_faults import FAULTS  # noqa: E402
from format_samples import FULL, GOOD, made  # noqa: E402

from assistant.document.conformance import conformance_findings  # noqa: E402


def measure() -> dict[str, Any]:
    """Everything that is printed."""
    missed, levels, strangers = [], Counter[str](), 0
    for fault in FAULTS:
        found = conformance_findings(fault.planted())
        told = [one for one in found if one.rule.startswith(fault.rule)]
        if told:
            levels[told[0].severity] += 1
        else:
            missed.append(fault.name)
        # A paper that is too narrow has too few characters a line as well: told, but not planted.
        strangers += sum(one.severity != "hint" for one in found if not one.rule.startswith(fault.rule))
    alarms = {}
    for name, make in GOOD.items():
        counted = Counter[str](one.severity for one in conformance_findings(make()))
        alarms[name] = {level: counted[level] for level in ("error", "warning", "hint")}
    data, taken = made(FULL), []
    for _ in range(30):
        start = time.perf_counter()
        conformance_findings(data)
        taken.append(time.perf_counter() - start)
    return {
        "faults": len(FAULTS),
        "told": len(FAULTS) - len(missed),
        "told_as": dict(levels),
        "missed": missed,
        "told_besides": strangers,
        "good_files": alarms,
        "false_alarms": sum(level["error"] + level["warning"] for level in alarms.values()),
        "check_ms": round(statistics.median(taken) * 1000, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> None:
    """Measure and print."""
    result = measure()
    if "--json" in sys.argv[1:]:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"planted faults {result['faults']}, told {result['told']} ({result['told_as']}), missed {result['missed']}")
    print(f"told besides, as what follows from a fault: {result['told_besides']}")
    print(f"good files {len(result['good_files'])}, errors and warnings in them: {result['false_alarms']}")
    for name, level in result["good_files"].items():
        print(f"  {name:56}{level}")
    print(f"one check {result['check_ms']} ms, peak memory {result['peak_mb']} MB")


if __name__ == "__main__":
    main()
