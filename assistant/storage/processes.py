"""Which process runs a job, and whether it still lives."""

from __future__ import annotations

import datetime
import os
import platform
import sys
import uuid

#: This process, whatever number the system gave it.
PROCESS = uuid.uuid4().hex
HOST = platform.node()[:200]
PID = os.getpid()

#: A process that runs jobs shows itself every two seconds; one silent for this long is dead, or asleep.
SILENT = datetime.timedelta(seconds=60)


def dead(host: str, pid: int, process: str, silence: datetime.timedelta) -> bool:
    """Whether the process that showed itself ``silence`` ago runs no more.

    On this machine a missing process number settles it at once; otherwise only the silence does.
    """
    if process == PROCESS:
        return False
    return silence > SILENT or (host == HOST and not _running(pid))


def _running(pid: int) -> bool:
    if pid == PID:
        # Our number, but not our process: it was given again.
        return False
    if sys.platform == "win32":
        # There os.kill(pid, 0) ends the process instead of asking; the silence has to do.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
