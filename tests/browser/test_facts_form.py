"""The form in a browser: the keyboard from field to field, search, undo across a reload, cells from a spreadsheet."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import Locator, expect


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


def blank(app: App) -> str:
    return app.desk.create("armed-forces-work", "duty-c").id


def box(person: Person, label: str) -> Locator:
    return person.page.get_by_label(label, exact=True).first


def conscription(person: Person, doc: str) -> None:
    person.open("facts", doc)
    person.press("group-5")


def test_enter_saves_and_goes_down_the_column(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    box(person, "适龄青年").click()
    for typed in ("400", "200＋10×2", "67"):
        person.page.keyboard.type(typed, delay=20)
        person.page.keyboard.press("Enter")
        person.settle()
    expect(box(person, "上站体检")).to_be_focused()
    person.page.keyboard.press("Shift+Enter")
    expect(box(person, "报名应征")).to_be_focused()
    sheet = app.desk.report(doc).sheet
    assert [sheet.value(label) for label in ("适龄青年", "兵役登记", "报名应征")] == [400, 220, 67]
    assert sheet.fact("兵役登记").note == "算式：200+10*2"
    expect(box(person, "兵役登记")).to_have_value("220")
    last_year = person.page.get_by_label("去年数", exact=True)
    last_year.nth(0).click()
    person.page.keyboard.type("390", delay=20)
    person.page.keyboard.press("Enter")
    person.settle()
    expect(last_year.nth(1)).to_be_focused()
    assert app.desk.report(doc).sheet.fact("适龄青年").last_year == 390


def test_tab_goes_from_value_to_approximate_to_last_year(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    box(person, "适龄青年").click()
    person.page.keyboard.type("12+9", delay=20)
    person.page.keyboard.press("Tab")
    person.settle()
    assert person.page.evaluate("document.activeElement.type") == "checkbox"
    person.page.keyboard.press("Tab")
    person.page.keyboard.type("20", delay=20)
    person.page.keyboard.press("Enter")
    person.settle()
    fact = app.desk.report(doc).sheet.fact("适龄青年")
    assert (fact.value, fact.last_year) == (21, 20)


def test_typing_on_while_the_page_answers_loses_nothing(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    box(person, "适龄青年").click()
    labels = ("适龄青年", "兵役登记", "报名应征", "上站体检", "体检合格", "政治考核")
    for number in range(6):
        person.page.keyboard.type(str(90 - number))
        person.page.keyboard.press("Enter")
    person.page.keyboard.press("Tab")
    # A page that answers slowly is still only between two answers when it seems to be done.
    for _ in range(150):
        if app.desk.report(doc).sheet.value(labels[-1]) is not None:
            break
        person.page.wait_for_timeout(200)
    sheet = app.desk.report(doc).sheet
    assert [sheet.value(label) for label in labels] == [90, 89, 88, 87, 86, 85]


def test_sum_with_a_slip_stays_and_is_told(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    person.fill("入伍人数", "(12+9")
    expect(box(person, "入伍人数")).to_have_value("(12+9")
    assert "没有保存：算式里少一个右括号" in person.words
    assert app.desk.report(doc).sheet.value("入伍人数") is None


def test_slash_search_enter_leads_to_the_field_of_another_group(person: Person, app: App) -> None:
    person.open("facts", blank(app))
    search = person.page.locator(".st-key-fact-search input")
    # The page listens to its keys a moment after it is there.
    for _ in range(40):
        person.page.keyboard.press("/")
        if search.evaluate("(box) => box === document.activeElement"):
            break
        person.page.wait_for_timeout(100)
    expect(search).to_have_value("")
    person.page.keyboard.type("rwrs", delay=10)
    person.page.keyboard.press("Enter")
    expect(box(person, "入伍人数")).to_be_focused()
    expect(person.page.get_by_role("heading", name="征兵工作")).to_be_visible()
    expect(search).to_have_value("")
    person.page.keyboard.type("1/2", delay=20)
    expect(box(person, "入伍人数")).to_have_value("1/2")


def test_undo_after_a_reload(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    person.fill("入伍人数", "12")
    person.fill("入伍人数", "15")
    person.reload()
    expect(person.key("undo-facts").first).to_contain_text("撤销：入伍人数 12人 → 15人")
    person.press("undo-facts")
    expect(box(person, "入伍人数")).to_have_value("12")
    expect(person.key("redo-facts").first).to_contain_text("重做：入伍人数 12人 → 15人")
    person.press("redo-facts")
    expect(box(person, "入伍人数")).to_have_value("15")
    assert app.desk.report(doc).sheet.value("入伍人数") == 15


def test_details_say_source_and_who_filled_it_in(person: Person, app: App) -> None:
    doc = blank(app)
    app.desk.set_person("王芳")
    conscription(person, doc)
    person.fill("入伍人数", "12")
    row = person.page.locator('.st-key-form [class*="st-key-fact-row-"]').filter(
        has=person.page.get_by_label("入伍人数", exact=True)
    )
    row.get_by_role("button", name="来源、备注、不外发和修改记录", exact=True).click()
    source = person.page.get_by_label("来源", exact=True)
    source.fill("区人武部通报")
    source.press("Enter")
    person.settle()
    expect(source).to_be_visible()
    assert "王芳 填写" in person.words
    fact = app.desk.report(doc).sheet.fact("入伍人数")
    assert (fact.value, fact.source) == (12, "区人武部通报")


def test_details_come_and_go_by_keyboard_and_are_closed_on_return(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    page = person.page

    def more(label: str) -> Locator:
        row = page.locator('.st-key-form [class*="st-key-fact-row-"]').filter(has=page.get_by_label(label, exact=True))
        return row.get_by_role("button", name="来源、备注、不外发和修改记录", exact=True)

    details = page.locator(".st-key-fact-details:visible")
    more("入伍人数").press("Enter")
    expect(details.get_by_label("来源", exact=True)).to_be_focused()
    # What was not confirmed by Enter is saved by leaving, as in any field.
    page.keyboard.type("花名册")
    page.keyboard.press("Escape")
    expect(more("入伍人数")).to_be_focused()
    expect(details).to_have_count(0)
    person.settle()
    assert app.desk.report(doc).sheet.fact("入伍人数").source == "花名册"
    more("大学生入伍").click()
    expect(details).to_contain_text("大学生入伍")
    more("入伍人数").click()
    expect(details).to_contain_text("入伍人数")
    expect(details).to_have_count(1)
    page.get_by_label("入伍人数", exact=True).click()
    expect(details).to_have_count(0)
    person.settle()
    expect(page.locator(".st-key-fact-details")).to_have_count(0)
    more("入伍人数").click()
    expect(details).to_have_count(1)
    person.visit("起草")
    # Who turns round before the other page is drawn has not left, and Streamlit clears this one first.
    expect(page.locator(".st-key-paper")).to_be_visible()
    person.visit("事实")
    expect(page.get_by_label("入伍人数", exact=True)).to_be_visible()
    expect(page.locator(".st-key-fact-details")).to_have_count(0)


def test_details_that_are_open_do_not_hold_up_the_way_to_another_page(person: Person, app: App) -> None:
    conscription(person, blank(app))
    for way, key in (("起草", "paper"), ("核校", "card-kind-")):
        person.page.locator(".st-key-form .ng-more").first.click()
        expect(person.page.locator(".st-key-fact-details:visible")).to_have_count(1)
        person.settle()
        # All at once, as on a slow machine: pressed where the box closes by itself.
        person.page.evaluate(
            """(way) => [...document.querySelectorAll('[data-testid="stTopNavLink"]')]
                          .find((link) => link.innerText.trim() === way).click()""",
            way,
        )
        expect(person.page.locator(f'[class*="st-key-{key}"]').first).to_be_visible()
        person.settle()
        # What comes from a page that has gone concerns nobody, and is no error.
        person.page.evaluate("window.__nigaoTell('more', { label: '入伍人数', open: false })")
        person.settle()
        assert "encountered an error" not in person.words
        person.visit("事实")
        expect(person.page.locator(".st-key-form .ng-more").first).to_be_visible()
        expect(person.page.locator(".st-key-fact-details")).to_have_count(0)


def test_undo_right_after_typing_takes_back_what_was_typed(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    person.fill("入伍人数", "12")
    box(person, "适龄青年").click()
    person.page.keyboard.type("33", delay=20)
    person.page.locator(".st-key-undo-facts button").first.click()
    expect(person.page.get_by_text("已撤销：适龄青年 （空） → 33人")).to_be_visible()
    expect(box(person, "适龄青年")).to_have_value("")
    sheet = app.desk.report(doc).sheet
    assert sheet.value("适龄青年") is None
    assert sheet.value("入伍人数") == 12


def test_a_press_on_the_page_one_is_on_leaves_its_rows_alive(person: Person, app: App) -> None:
    conscription(person, blank(app))
    person.visit("事实")
    person.page.locator(".st-key-form .ng-more").first.click()
    expect(person.page.locator(".st-key-fact-details:visible input").first).to_be_focused()


def test_block_from_a_spreadsheet_goes_into_a_table(person: Person, app: App) -> None:
    doc = app.desk.create_from_example("liulin-duty-c.yaml").id
    person.open("facts", doc)
    person.press("group-3")
    person.page.get_by_text("粘贴到表格").click()
    person.settle()
    area = person.page.get_by_label("粘贴到民兵分队", exact=True)
    area.fill("序号\t分队名称\t实有\n1\t应急排\t不少\n2\t通信班\t9+9\n\t合计\t46")
    person.press("看怎么对应")
    expect(person.page.get_by_text("第2行“实有人数”写的是“不少”")).to_be_visible()
    expect(person.page.get_by_role("button", name="追加到表里")).to_be_disabled()
    area.fill("序号\t分队名称\t实有\n1\t应急排\t28\n2\t通信班\t9+9\n\t合计\t46")
    person.press("看怎么对应")
    person.press("追加到表里")
    rows = app.desk.report(doc).sheet.fact("民兵分队").value
    assert [(row["名称"], row.get("实有人数")) for row in rows] == [  # type: ignore[union-attr, index]
        ("应急排", 28),
        ("城市治安分队", 40),
        ("心理服务分队", 18),
        ("通信班", 18),
    ]
    expect(area).to_have_value("")
    # What stood is gone with its grid; the page goes on with the new one.
    area.fill("名称\t编制人数\n侦察班\t8")
    person.press("看怎么对应")
    person.press("替换整张表")
    expect(area).to_have_value("")
    assert app.desk.report(doc).sheet.value("民兵分队") == ({"名称": "侦察班", "编制人数": 8},)
    person.settle()
    until = time.monotonic() + 60
    while (rows := app.desk.report(doc).sheet.value("民兵分队"))[0].get("编制人数") != 9:  # type: ignore[union-attr, index]
        assert time.monotonic() < until, rows
        # Not under the page's head: where it stands is looked up each time.
        grid = person.page.locator('[data-testid="stDataFrame"]').first
        grid.evaluate("grid => grid.scrollIntoView({block: 'center', behavior: 'instant'})")
        person.page.wait_for_timeout(300)
        place = grid.locator("canvas").first.bounding_box()
        assert place is not None
        # The first letter of a page waits for the code of a cell's editor, on a busy machine in vain.
        person.page.mouse.click(place["x"] + place["width"] * 0.45, place["y"] + 52)
        person.page.wait_for_timeout(700)
        person.page.keyboard.type("9", delay=60)
        person.page.keyboard.press("Enter")
        person.page.wait_for_timeout(1000)


def test_row_filled_in_stays_while_only_missing_ones_are_shown(person: Person, app: App) -> None:
    doc = app.desk.create_from_example("liulin-duty-c.yaml").id
    for label in ("入伍人数", "体检合格"):
        app.desk.set_fact(doc, label, None)
    conscription(person, doc)
    person.page.get_by_text("只看没填的").click()
    person.settle()
    expect(person.page.locator('.st-key-form [class*="st-key-fact-row-"]')).to_have_count(2)
    box(person, "体检合格").click()
    person.page.keyboard.type("20")
    person.page.keyboard.press("Enter")
    person.settle()
    expect(box(person, "体检合格")).to_have_value("20")
    expect(box(person, "入伍人数")).to_be_focused()
    person.visit("起草")
    person.visit("事实")
    expect(person.page.get_by_label("只看没填的")).to_be_checked()


def test_the_next_group_begins_at_its_first_field(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    person.key("next-group").focus()
    person.page.keyboard.press("Enter")
    person.settle()
    expect(person.page.get_by_role("heading", name="国防教育")).to_be_in_viewport()
    first = person.page.locator('.st-key-form [class*="st-key-fact-row-"]').first
    expect(first.locator("input, textarea").first).to_be_focused()


def test_ctrl_z_takes_back_letters_first_and_then_what_was_saved(person: Person, app: App) -> None:
    doc = blank(app)
    conscription(person, doc)
    keys = person.page.keyboard

    def values() -> list[object]:
        sheet = app.desk.report(doc).sheet
        return [sheet.value(label) for label in ("适龄青年", "兵役登记")]

    box(person, "适龄青年").click()
    for typed in ("400", "390"):
        keys.type(typed, delay=20)
        keys.press("Enter")
        person.settle()
    keys.type("6", delay=20)
    keys.press("Control+z")
    expect(box(person, "报名应征")).to_have_value("")
    assert values() == [400, 390]
    keys.press("Control+z")
    person.settle()
    expect(box(person, "兵役登记")).to_have_value("")
    expect(box(person, "兵役登记")).to_be_focused()
    keys.press("Control+z")
    person.settle()
    expect(box(person, "适龄青年")).to_have_value("")
    assert values() == [None, None]
    keys.press("Control+Shift+z")
    person.settle()
    expect(box(person, "适龄青年")).to_have_value("400")
    keys.press("Control+y")
    person.settle()
    expect(box(person, "兵役登记")).to_have_value("390")
    assert values() == [400, 390]


@pytest.mark.parametrize("pause", [150, 500])
def test_a_table_is_filled_by_the_keyboard(person: Person, app: App, pause: int) -> None:
    """Every entry is saved while the next is typed; none may go into another cell."""
    doc = blank(app)
    person.open("facts", doc)
    person.press("group-3")
    grid = person.page.locator('[data-testid="stDataFrame"]').first
    grid.scroll_into_view_if_needed()
    place = grid.bounding_box()
    assert place is not None

    def typed(cells: list[str], key: str) -> None:
        for cell in cells:
            person.page.keyboard.type(cell, delay=60)
            person.page.keyboard.press(key)
            person.page.wait_for_timeout(pause)
        person.settle()
        person.page.wait_for_timeout(800)

    person.page.mouse.click(place["x"] + 80, place["y"] + 52)
    person.page.wait_for_timeout(500)
    typed(["yjp", "1", "12+9+3", "20", "3", "txb", "2", "10", "9", "1"], "Tab")
    # More rows than stand empty: the line with the + makes one.
    typed(["c", "d", "e", "f", "g", "h"], "Enter")
    rows = [dict(row) for row in app.desk.report(doc).sheet.fact("民兵分队").value]  # type: ignore[union-attr, arg-type]
    assert rows[0] == {"名称": "yjp", "数量": 1, "编制人数": 24, "实有人数": 20, "民兵干部": 3}
    assert rows[1] == {"名称": "txb", "数量": 2, "编制人数": 10, "实有人数": 9, "民兵干部": 1}
    assert [row["名称"] for row in rows] == ["yjp", "txb", "c", "d", "e", "f", "g", "h"]
    expect(person.page.get_by_text("12+9+3 = 24")).to_be_visible()


def test_cells_that_do_not_fit_into_the_grid_are_shown_before_they_go_in(person: Person, app: App) -> None:
    doc = blank(app)
    app.desk.set_fact(doc, "民兵分队", [{"名称": "应急排"}, {"名称": "通信班", "数量": 1}])
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.open("facts", doc)
    person.press("group-3")
    person.settle()
    into_second_row(person, "31\t29\t4\t7")
    expect(box(person, "粘贴到民兵分队")).to_be_in_viewport()
    expect(person.page.get_by_text("有 4 列，从“编制人数”起只有 3 列")).to_be_visible()
    expect(person.page.locator(".ng-paste tr").last).to_have_text("2312947")
    person.press("依次填入已有各行")
    rows = [dict(row) for row in app.desk.report(doc).sheet.fact("民兵分队").value]  # type: ignore[union-attr, arg-type]
    assert rows == [{"名称": "应急排"}, {"名称": "通信班", "数量": 1, "编制人数": 31, "实有人数": 29, "民兵干部": 4}]
    # What fits goes in by itself; the row behind has no name yet.
    into_second_row(person, "三十\n12\n")
    expect(person.page.get_by_text("第3行还没有填“名称”")).to_be_visible()
    rows = [dict(row) for row in app.desk.report(doc).sheet.fact("民兵分队").value]  # type: ignore[union-attr, arg-type]
    assert [row.get("编制人数") for row in rows] == [None, 30]


def into_second_row(person: Person, text: str) -> None:
    """Pastes into the grid, from 编制人数 on."""
    grid = person.page.locator('[data-testid="stDataFrame"]').first
    grid.evaluate("grid => grid.scrollIntoView({block: 'center', behavior: 'instant'})")
    person.page.wait_for_timeout(300)
    place = grid.bounding_box()
    assert place is not None
    person.page.mouse.click(place["x"] + 80, place["y"] + 52)
    person.page.wait_for_timeout(500)
    # The grid drops an arrow that comes while it still goes to the cell of the one before.
    for key, cell in (("ArrowDown", "1-1"), ("ArrowRight", "2-1"), ("ArrowRight", "3-1")):
        person.page.keyboard.press(key)
        expect(person.page.locator(f"#glide-cell-{cell}")).to_be_focused()
    person.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    person.page.keyboard.press("Control+v")
