"""How long an edit takes until the preview on 导出 shows it, as a person at a browser sees it.

A real server, Debian's Chromium. Measured by the browser's own clock: from the Tab that leaves a field of 版头、附件和
版记 to the frame whose pages say what was typed; and from the click on 导出 after an edit of the text to the pages with
it. On the longest sample, plain and with everything around it. Aim: at most a second.

    python benchmarks/preview_edit.py [--rounds 12]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from browser_kit import CHROMIUM, FLAGS, Person, serve  # noqa: E402

from assistant.fittings import Enclosure, Fittings  # noqa: E402

#: Starts the clock at an event and stops it in the first frame in which the pages hold a text.
CLOCK = """
([kind, text]) => {
  window.taken = null;
  let start = null;
  document.addEventListener(kind, (event) => { start ??= event.timeStamp; }, {capture: true, once: true});
  const look = () => {
    const pages = [...document.querySelectorAll('.ng-sheets')].map((box) => box.textContent).join('');
    if (start !== null && pages.includes(text)) window.taken = performance.now() - start;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""
FULL = Fittings(
    head=True, mark="中共清河镇委员会文件", number="清党〔2026〕5号", signers=("张建国", "李明"), sealed=True,
    attachments=(Enclosure(title="民兵组织情况表", table="民兵分队"), Enclosure(title="说明", text="说明如下。")),
    copies=("区人武部", "区委办公室"), printer="清河镇党政综合办公室",
)  # fmt: skip


def told(what: str, taken: list[float]) -> None:
    ordered = sorted(taken)
    print(f"{what:32} median {median(ordered):5.0f} ms   worst of {len(ordered)} {ordered[-1]:5.0f} ms")


def taken(person: Person) -> float:
    person.page.wait_for_function("window.taken !== null", timeout=60_000)
    return float(person.page.evaluate("window.taken"))


def fields(person: Person, rounds: int) -> list[float]:
    box = person.page.get_by_label("附注", exact=True)
    found = []
    for number in range(rounds):
        words = f"联系人：李文书{number}号"
        box.fill(words)
        person.page.evaluate(CLOCK, ["keydown", words])
        box.press("Tab")
        found.append(taken(person))
        person.settle()
    return found


def turns(person: Person, rounds: int, key: str) -> list[float]:
    found = []
    for number in range(rounds):
        person.visit("起草")
        words = f"工作扎实推进{number}轮。"
        person.write(key, words)
        person.saved(key, words)
        person.settle()
        person.page.evaluate(CLOCK, ["click", words])
        person.visit("导出")
        found.append(taken(person))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        doc = app.desk.create_from_example("qinghe-work-a.yaml").id
        app.desk.draft_all(doc)
        app.desk.wait(doc, 60)
        key = next(section.key for section in app.desk.report(doc).written if len(section.text) > 100)
        for name, fittings in (("plain", Fittings()), ("with everything around it", FULL)):
            app.desk.put_fittings(doc, fittings)
            person = Person(browser, app)
            person.open("export", doc)
            person.page.get_by_text("版头、附件和版记", exact=True).click()
            person.settle()
            print(f"{name}, {person.page.locator('.ng-sheet').count()} pages")
            told("  a field that is left", fields(person, rounds))
            told("  导出 after an edit of the text", turns(person, rounds, key))
            person.context.close()
        browser.close()


if __name__ == "__main__":
    main()
