"""How the whole suite is spread over the cores; every test draws the same random numbers at every run."""

from __future__ import annotations

import os
import random
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

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


class _Files(LoadScopeScheduling):
    """A file stays with one worker, for its fixtures. The first worker takes the browser's files, which come first, the
    others begin at the other end; whoever is done helps, so that they end together.

    Not by marks of pytest-xdist's groups: 3.8.0 writes them where pytest 9.2 does not look, and every test was alone.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        return file.parent.name if file.parent.name == "live" else file.as_posix()

    def _assign_work_unit(self, node: WorkerController) -> None:
        if node is not self.nodes[0]:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return _Files(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests begin at once, the others are done beside: they are half of the whole run."""
    items.sort(key=lambda item: item.path.parent.name != "browser")


@pytest.fixture(autouse=True)
def _same_random_numbers(request: pytest.FixtureRequest) -> None:
    """A new report's seed is drawn at random: what failed once must fail again."""
    random.seed(request.node.nodeid)
