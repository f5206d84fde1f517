"""The editor of one section on the paper: a component around CodeMirror 6. Its sources are in ``src``.

The same code is three components. A section (``kind: section``) is an editor and tells ``edit``: {client, seq, base,
text, move, rest}, a text to save; ``base`` is the revision that it was written on, ``client`` and ``seq`` number the
saves of one mounted editor, ``move`` names what went from one text to another and is one step with the other's save,
``rest`` says that the person paused or went elsewhere. ``kind: facts`` tells the editors what facts
there are, and ``have``: the digest of those that the browser knows. ``kind: page`` tells ``rest`` when the page is to
follow what was saved, ``enter``: the section that a person went into, ``open_fact``: the label whose chip was pressed,
and ``rewrite``: {section, text, from, to, words}, a selection whose sentences are to become what ``words`` say. It is
given ``presets`` and ``free``: the words that are offered there, and whether others may be written.

``dist/editor.js`` is built from the sources by ``npm ci && npm run build`` in this folder and committed; a test in CI
builds it again. It is fetched once by its address: code handed over with ``js=`` as text would be sent on every run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_HERE = Path(__file__).parent
_PACKAGE, _NAME = "nigao", "editor"

Callback = Callable[[], None]


@cache
def _component(turn: int) -> Callable[..., Any]:
    # Streamlit finds the folder of a component only in the manifest of an installed package; the app is none.
    package, name = _PACKAGE, f"{_NAME}{turn or ''}"
    manifest = ComponentManifest(name=package, version="1", components=[ComponentConfig(name, asset_dir="dist")])
    get_bidi_component_manager().register_from_manifest(manifest, _HERE)
    return st.components.v2.component(f"{package}.{name}", js="editor.js", isolate_styles=False)


def key_of(kind: str, *names: str) -> str:
    """The key of the editor, or of what else is mounted here, that stands for a report or for a section of one.

    Streamlit parts a component's id from what it tells by two underscores, and draws no component whose own key has
    them: one report's id of four hundred does.
    """
    return ":".join((kind, *names)).replace("_", "_.")


def mount(key: str, data: Mapping[str, Any], turn: int = 0, **callbacks: Callback) -> None:
    """Draws an editor, or hands new data to the one that stands there.

    Args:
        key: as ``key_of`` gives it.
        data: what JSON can say.
        turn: with another number the code is fetched under another address. A browser does not ask again for a module
            that it could not fetch. All editors of a page are of one turn: they share what is known of the facts.
        callbacks: ``on_edit_change`` and so on, by what is told; it is in ``st.session_state[key]`` under its name.
    """
    # Of a mapping Streamlit asks each value whether it is a table (measured: a twelfth of a page's run); of a list not.
    _component(turn)(key=key, data=[data], **callbacks)
