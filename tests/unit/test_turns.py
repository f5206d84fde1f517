"""Pages are drawn in turn; one that is long at work holds nobody up."""

from __future__ import annotations

import threading

import pytest

from assistant.ui import turns


def test_pages_are_not_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 60.0)
    drawing, most = [0], [0]
    seen = threading.Barrier(4)

    def page() -> None:
        seen.wait(30)
        with turns.turn():
            drawing[0] += 1
            most[0] = max(most[0], drawing[0])
            threading.Event().wait(0.01)
            drawing[0] -= 1

    threads = [threading.Thread(target=page) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1]


def test_a_page_that_is_long_at_work_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    drawn = threading.Event()

    def other() -> None:
        with turns.turn():
            drawn.set()

    with turns.turn():
        thread = threading.Thread(target=other)
        thread.start()
        assert drawn.wait(30)
    thread.join(30)
    with turns.turn():
        pass


def test_a_page_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 60.0)
    with pytest.raises(RuntimeError), turns.turn():
        raise RuntimeError
    drawn: list[bool] = []

    def other() -> None:
        with turns.turn():
            drawn.append(True)

    thread = threading.Thread(target=other, daemon=True)
    thread.start()
    thread.join(30)
    assert drawn
