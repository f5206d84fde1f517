"""One browser tab of a person, driven through Streamlit's AppTest."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any, Self

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from assistant.desk import Desk
from assistant.reports.report import Report
from assistant.ui import session
from assistant.ui.handing import HANDED, Handed

#: Seconds, on a machine that is busy with other tests.
PATIENCE = 90
ROOT = Path(__file__).resolve().parents[2]
VIEWS = "assistant/ui/views"
PAGES = ("reports", "facts", "draft", "review", "export", "settings")
SHAPES = (
    ("armed-forces-work", "work-a"),
    ("armed-forces-work", "duty-b"),
    ("armed-forces-work", "duty-c"),
    ("armed-forces-work", "duty-d"),
    ("work-safety", "summary"),
)
_ESCAPED = re.compile(r"\\([^\w\s]|_)")
_TAG = re.compile(r"<[^>]*>")


class Tab:
    """A tab with a session of its own. ``Tab(doc)`` is a reload, or a second tab, on a report's address."""

    def __init__(self, doc: str = "", page: str = "") -> None:
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        if doc:
            self.app.query_params["doc"] = doc
        self.app.run()
        if page:
            self.go(page)

    # ---- what a person does

    def go(self, page: str) -> Self:
        self.app.switch_page(f"{VIEWS}/{page}.py").run()
        return self.sound()

    def again(self) -> Self:
        self.app.run()
        return self.sound()

    def press(self, name: str) -> Self:
        """Presses the button with this key, or else with this label (what follows it in the label is left out)."""
        button = next((found for found in self.app.button if found.key == name), None) or next(
            found
            for found in self.app.button
            if found.label == name or found.label.startswith((f"{name} :", f"*{name}* :"))
        )
        assert not button.disabled, f"{name} cannot be pressed"
        button.click().run()
        return self.sound()

    def group(self, name: str) -> Self:
        """Another group of facts on 事实; which one is pressed, a component tells in a browser."""
        assert f'data-group="{name}"' in self.markup, f"no group {name}"
        for kept in ("facts-sought", "facts-kept", "fact-details"):
            if kept in self.app.session_state:
                del self.app.session_state[kept]
        self.app.session_state["group"] = name
        return self.again()

    @property
    def downloads(self) -> list[str]:
        """What the buttons say that hand over a file."""
        return [found.label for found in self.app.button if found.label.startswith(("下载", "存为", "纯文本", "Markd"))]

    def download(self, name: str) -> Handed:
        """Presses such a button; what the browser is given."""
        self.press(name)
        given = self.app.session_state[HANDED]
        assert isinstance(given, Handed)
        return given

    def unfold(self, box: str) -> Self:
        """Opens a box of the panel 本节, which is drawn only when somebody looks into it."""
        self.app.session_state["panel-tab"] = "本节"
        self.app.session_state[f"{box}-open"] = True
        return self.again()

    def type(self, widget: Any, text: str) -> Self:
        widget.set_value(text).run()
        return self.sound()

    def fill(self, label: str, value: Any, part: str = "value") -> Self:
        self.field(label, part).set_value(value).run()
        return self.sound()

    def edit(self, key: str, text: str) -> Self:
        """Opens a section's editor on 起草 and leaves it with this text."""
        self.app.session_state["section"] = key
        self.app.session_state["editing"] = key
        return self.again().type(self.editor, text)

    # ---- what a person sees

    def sound(self) -> Self:
        assert not self.app.exception, [found.value for found in self.app.exception]
        return self

    @property
    def doc(self) -> str:
        return str(self.app.session_state["doc"])

    @property
    def report(self) -> Report:
        return the_desk().report(self.doc)

    @property
    def markup(self) -> str:
        """All HTML of the page but the style sheet."""
        return "\n".join(found.body for found in self.app.html if not found.body.startswith("<style"))

    @property
    def words(self) -> str:
        """Everything that can be read on the page, more or less in order of kind."""
        shown = [html.unescape(_TAG.sub("", self.markup))]
        for kind in ("markdown", "caption", "text", "error", "warning", "info", "success", "toast"):
            shown += [str(found.value) for found in getattr(self.app, kind)]
        shown += [found.label for found in self.app.button]
        return _ESCAPED.sub(r"\1", "\n".join(shown))

    @property
    def told(self) -> str:
        """Errors, warnings and toasts."""
        shown = [found.value for kind in ("error", "warning", "toast") for found in getattr(self.app, kind)]
        return _ESCAPED.sub(r"\1", "\n".join(shown))

    def field(self, label: str, part: str = "value") -> Any:
        """An input of 事实."""
        start = f"fact:{self.doc}:{label}:{part}:"
        for kind in ("text_input", "text_area", "selectbox", "checkbox"):
            for found in getattr(self.app, kind):
                if str(found.key).startswith(start):
                    return found
        raise AssertionError(f"no input for {label}/{part}")

    def note(self, label: str) -> str:
        """What is said beside a fact's input."""
        bodies = [found.body for found in self.app.html]
        body = next(body for body in bodies if f'class="ng-field" data-label="{label}"' in body)
        return html.unescape(_TAG.sub("", body.partition('<div class="ng-note">')[2].partition("<button")[0]))

    @property
    def editor(self) -> Any:
        return next(found for found in self.app.text_area if str(found.key).startswith("body:"))

    def has_button(self, name: str) -> bool:
        return any(name in (found.key, found.label) for found in self.app.button)

    def button(self, name: str) -> Widget:
        return next(found for found in self.app.button if name in (found.key, found.label))


def the_desk() -> Desk:
    """The desk that the pages of this test use."""
    return session.desk()


def drafted(tab: Tab) -> Tab:
    """Waits until nothing is being written and draws the page again."""
    assert the_desk().wait(tab.doc, PATIENCE)
    return tab.again()


def from_example(name: str = "liulin-duty-c.yaml") -> str:
    return the_desk().create_from_example(name).id


def written(name: str = "liulin-duty-c.yaml") -> str:
    """A report with every section drafted by the embedded engine."""
    doc = from_example(name)
    the_desk().draft_all(doc)
    assert the_desk().wait(doc, PATIENCE)
    return doc
