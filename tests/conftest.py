"""How the whole suite is spread over the cores; every test draws the same random numbers at every run."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# How long an example takes on a busy machine is no failure.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

#: Each worker holds the app's modules and may run a LibreOffice.
MOST_WORKERS = 4
#: Folders whose tests never run side by side.
_ONE_BY_ONE = frozenset({"browser", "live"})


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker a core for a folder of tests; none for single files, which start sooner without, nor for what waits
    in real time: the browser's tests, and a real model that answers one request at a time.
    """
    asked = [Path(config.invocation_params.dir, name.partition("::")[0]).resolve() for name in config.args]
    if not any(place.is_dir() and place.name not in _ONE_BY_ONE for place in asked):
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS) if cores > 1 else 0


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file stays with one worker, for its fixtures; the browser's tests begin at once and have one of their own.

    They wait for a page in real time, which is half of the whole run when nothing is done beside.
    """
    items.sort(key=lambda item: item.path.parent.name != "browser")
    for item in items:
        folder = item.path.parent
        group = folder.name if folder.name in _ONE_BY_ONE else item.path.relative_to(ROOT).as_posix()
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(autouse=True)
def _same_random_numbers(request: pytest.FixtureRequest) -> None:
    """A new report's seed is drawn at random: what failed once must fail again."""
    random.seed(request.node.nodeid.partition("@")[0])
