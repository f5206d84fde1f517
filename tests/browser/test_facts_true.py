"""The form in a browser: an entry draws little, and everything that stands on the page is true all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import Locator, expect

#: Counts what comes from the server.
HEARD = """
window.heard = 0;
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => { window.heard += 1; });
  }
};
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


def row(person: Person, label: str) -> Locator:
    return person.page.locator('.st-key-form [class*="st-key-fact-row-"]').filter(
        has=person.page.get_by_label(label, exact=True)
    )


def conscription(person: Person, doc: str) -> None:
    person.open("facts", doc)
    person.press("group-5")


def test_an_entry_asks_little_of_the_browser_and_counts_stay_true(person: Person, app: App) -> None:
    person.page.add_init_script(HEARD)
    doc = app.desk.create("armed-forces-work", "duty-c").id
    conscription(person, doc)
    sheet = app.desk.report(doc).sheet
    lacking = sum(sheet.fact(item.label).empty for item in sheet.schema.required("duty-c"))
    page, group = person.page, person.key("group-5")
    expect(group).to_contain_text("缺")
    before = group.text_content() or ""
    page.evaluate("window.heard = 0")
    person.fill("适龄青年", "12+9+3")
    heard = int(page.evaluate("window.heard"))
    assert 0 < heard < 60, "the whole page is a hundred and fifty"
    expect(page.get_by_label("适龄青年", exact=True)).to_have_value("24")
    expect(row(person, "适龄青年")).to_contain_text("算式：12+9+3")
    filled, total = app.desk.report(doc).sheet.filled(), len(app.desk.report(doc).sheet.schema.fields)
    expect(page.get_by_text(f"事实已填 {filled} / {total}", exact=True)).to_be_visible()
    expect(page.get_by_text(f"必填的还缺 {lacking - 1} 项", exact=True)).to_be_visible()
    expect(group).not_to_have_text(before)
    expect(person.key("undo-facts").first).to_contain_text("撤销：适龄青年")
    person.press("undo-facts")
    expect(page.get_by_label("适龄青年", exact=True)).to_have_value("")
    expect(page.get_by_text(f"必填的还缺 {lacking} 项", exact=True)).to_be_visible()
    expect(group).to_have_text(before)


def test_a_contradiction_is_told_at_every_place_and_goes_from_every_place(person: Person, app: App) -> None:
    doc = app.desk.create("armed-forces-work", "duty-c").id
    conscription(person, doc)
    person.fill("入伍人数", "10")
    person.fill("大学生入伍", "12")
    for label in ("入伍人数", "大学生入伍"):
        expect(row(person, label)).to_contain_text("多于入伍人数（")
    expect(person.page.get_by_text("相互矛盾的事实", exact=False)).to_be_visible()
    expect(person.key("group-5")).to_contain_text("有矛盾")
    person.fill("入伍人数", "12")
    for label in ("入伍人数", "大学生入伍"):
        expect(row(person, label)).not_to_contain_text("多于入伍人数（")
    expect(person.page.get_by_text("相互矛盾的事实", exact=False)).to_have_count(0)
    expect(person.key("group-5")).not_to_contain_text("有矛盾")


def test_what_somebody_else_filled_in_is_counted_at_the_next_entry(person: Person, app: App) -> None:
    doc = app.desk.create("armed-forces-work", "duty-c").id
    conscription(person, doc)
    drill = person.key("group-4")
    expect(drill).to_contain_text("0/")
    app.desk.set_fact(doc, next(app.desk.report(doc).sheet.schema.in_group("教育训练")).label, 3)
    person.fill("适龄青年", "400")
    expect(drill).to_contain_text("1/")


def test_the_title_follows_the_facts_that_it_names(person: Person, app: App) -> None:
    doc = app.desk.create_from_example("liulin-duty-c.yaml").id
    person.open("facts", doc)
    expect(person.page.get_by_text("柳林街道2025年", exact=False)).to_be_visible()
    person.fill("年度", "2026")
    expect(person.page.get_by_text("柳林街道2026年", exact=False)).to_be_visible()


def test_a_report_copied_forward_counts_down_and_shows_last_year(person: Person, app: App) -> None:
    doc = app.desk.copy_to_next_year(app.desk.create_from_example("liulin-duty-c.yaml").id).id
    conscription(person, doc)
    still = person.page.locator(".ng-still")
    count = int("".join(filter(str.isdigit, still.inner_text())))
    expect(person.page.get_by_label("适龄青年", exact=True)).to_have_value("")
    expect(row(person, "适龄青年").get_by_label("去年数", exact=True)).to_have_value("415")
    person.fill("适龄青年", "420")
    expect(still).to_have_text(f"还有 {count - 1} 项要填")


def test_a_group_chosen_by_a_key_begins_at_its_first_field(person: Person, app: App) -> None:
    person.open("facts", app.desk.create("armed-forces-work", "duty-c").id)
    person.key("group-5").focus()
    person.page.keyboard.press("Enter")
    person.settle()
    expect(person.page.get_by_role("heading", name="征兵工作")).to_be_visible()
    expect(person.page.get_by_label("适龄青年", exact=True)).to_be_focused()
    expect(person.key("group-5")).to_have_attribute("aria-current", "true")


def test_a_grid_hands_out_no_raw_cells(person: Person, app: App) -> None:
    """A cell that begins with = + - @ would be a formula in the file that the grid's own tool makes."""
    doc = app.desk.create_from_example("liulin-duty-c.yaml").id
    person.open("facts", doc)
    person.press("group-3")
    grid = person.page.locator('[data-testid="stDataFrame"]').first
    tools = person.page.locator('[data-testid="stElementToolbar"] button')
    grid.hover()
    # Streamlit has them on the page, so the style sheet is what keeps them from hands and keys.
    expect(person.page.get_by_role("button", name="Download as CSV", include_hidden=True)).to_have_count(1)
    expect(tools.locator("visible=true")).to_have_count(0)
    place = grid.bounding_box()
    assert place is not None
    person.page.mouse.click(place["x"] + 12, place["y"] + 50)
    grid.hover()
    expect(tools.locator("visible=true")).to_have_count(1)
    expect(person.page.get_by_role("button", name="Delete row(s)")).to_be_visible()
    expect(person.page.get_by_role("button", name="Download as CSV")).to_have_count(0)
