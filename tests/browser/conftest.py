"""Chromium for a module's tests. Without it they are skipped, in CI they fail."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from browser_kit import CHROMIUM, FLAGS, App, Person
from playwright.sync_api import Browser, sync_playwright


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


# Not longer than a module: Playwright keeps an event loop on this thread, where other tests want to run theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
        pytest.skip(f"no {CHROMIUM}")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def person(browser: Browser, app: App) -> Iterator[Person]:
    """Who must never be found to have sent anything elsewhere."""
    made = Person(browser, app)
    yield made
    made.context.close()
    assert made.strays == [], "requests that left this machine"
