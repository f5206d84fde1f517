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


def test_those_behind_a_page_that_is_long_at_work_are_still_drawn_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.05)
    order: list[int] = []
    begun = [threading.Event() for _ in range(3)]
    drawing, most = [0], [0]

    def other(number: int) -> None:
        begun[number].set()
        with turns.turn():
            drawing[0] += 1
            most[0] = max(most[0], drawing[0])
            order.append(number)
            threading.Event().wait(0.01)
            drawing[0] -= 1

    threads = [threading.Thread(target=other, args=(number,)) for number in range(3)]
    with turns.turn():
        for number, thread in enumerate(threads):
            thread.start()
            begun[number].wait(30)
            threading.Event().wait(0.01)
        for thread in threads:
            thread.join(30)
    assert most == [1]
    assert sorted(order) == [0, 1, 2]


def test_what_a_page_draws_as_a_part_of_its_own_has_the_turn_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 60.0)
    drawn = turns.in_turn(lambda word: f"{word}了")
    done: list[str] = []

    def page() -> None:
        with turns.turn():
            done.append(drawn("画"))
        done.append(drawn("再画"))

    thread = threading.Thread(target=page, daemon=True)
    thread.start()
    thread.join(30)
    assert done == ["画了", "再画了"]


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
