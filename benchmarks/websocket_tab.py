"""One browser tab as Streamlit's server sees it: a websocket that asks for runs and is sent what to draw.

It speaks the protocol of the pinned Streamlit with that package's own messages, keeps the tree of what is drawn, and
polls as a browser does where a fragment asks to be drawn again by itself.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_SUCCESS = ForwardMsg.FINISHED_SUCCESSFULLY
_FRAGMENT = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
#: Seconds after which a run counts as lost.
LONGEST = 60.0


@dataclass
class _Node:
    """What stands at one place of the page: the element (None for a box), its fragment, the run that drew it."""

    element: Element | None
    fragment: str
    run: str


@dataclass
class _Waiting:
    """Somebody who waits for a run that begins from now on: of a fragment, or of the whole page ("")."""

    fragment: str
    done: asyncio.Future[float]
    begun: bool = False


@dataclass
class Tab:
    """A tab on ``page`` (its path, "" for the first) with ``query`` in the address.

    Attributes:
        bytes_in, messages: what came from the server since the tab was opened.
        polls: seconds that each run took which a fragment asked for by itself.
        on_frame: is told of every frame as it came.
    """

    port: int
    page: str = ""
    query: str = ""
    on_frame: Callable[[bytes], None] = lambda _: None
    bytes_in: int = 0
    messages: int = 0
    polls: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._nodes: dict[tuple[int, ...], _Node] = {}
        self._cached: dict[str, ForwardMsg] = {}
        self._states: dict[str, str] = {}
        self._hash = ""
        self._run = ""
        self._ran: frozenset[str] = frozenset()
        self._waiting: list[_Waiting] = []
        self._timers: dict[str, asyncio.Task[None]] = {}

    async def open(self) -> float:
        """Connects and has the page drawn. Returns seconds until it stood."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self._socket: ClientConnection = await connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        self._reader = asyncio.create_task(self._read())
        self._reader.add_done_callback(self._broken)
        return await self.rerun()

    async def close(self) -> None:
        self._stop_polling()
        await self._socket.close()
        self._reader.cancel()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # ---- what a person does; each returns seconds until the server had drawn all of it

    async def rerun(self) -> float:
        return await self._ask(BackMsg(), "")

    async def press(self, key: str) -> float:
        """Presses the button with this key."""
        node = self.find(key)
        assert node.element is not None
        assert not node.element.button.disabled, f"{key} cannot be pressed"
        ask = BackMsg()
        ask.rerun_script.widget_states.widgets.add(id=node.element.button.id, trigger_value=True)
        return await self._ask(ask, node.fragment)

    async def tell(self, key: str, name: str, value: Any) -> float:
        """What a component keeps from now on (its ``setStateValue``)."""
        node = self.find(key)
        assert node.element is not None
        known = json.loads(self._states.get(node.element.bidi_component.id, "{}"))
        self._states[node.element.bidi_component.id] = json.dumps({**known, name: value}, ensure_ascii=False)
        return await self._ask(BackMsg(), node.fragment)

    async def trigger(self, key: str, name: str, value: Any) -> float:
        """What a component tells once (its ``setTriggerValue``)."""
        node = self.find(key)
        assert node.element is not None
        told = json.dumps([{"event": name, "value": value}], ensure_ascii=False)
        ask = BackMsg()
        place = f"$$STREAMLIT_INTERNAL_KEY_{node.element.bidi_component.id}__events"
        ask.rerun_script.widget_states.widgets.add(id=place, json_trigger_value=told)
        return await self._ask(ask, node.fragment)

    # ---- what stands on the page

    def has(self, key: str) -> bool:
        return any(_id(node.element).endswith(f"-{key}") for node in self._nodes.values())

    def find(self, key: str) -> _Node:
        """The widget with this key. Raises LookupError."""
        for node in self._nodes.values():
            if _id(node.element).endswith(f"-{key}"):
                return node
        raise LookupError(f"{key} is not on the page: {sorted(self.keys())}")

    def keys(self) -> set[str]:
        return {_id(node.element).rsplit("-", 1)[-1] for node in self._nodes.values() if _id(node.element)}

    def given(self, key: str) -> Any:
        """The data of an editor."""
        element = self.find(key).element
        assert element is not None
        [data] = json.loads(element.bidi_component.json)
        return data

    @property
    def elements(self) -> int:
        return len(self._nodes)

    async def until(self, true: Callable[[], bool], seconds: float = 120) -> None:
        """Waits while the page draws itself. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.05)

    # ---- the wire

    async def _ask(self, ask: BackMsg, fragment: str, *, by_itself: bool = False) -> float:
        state = ask.rerun_script
        state.query_string, state.page_script_hash = self.query, self._hash
        if not self._hash:
            state.page_name = self.page
        state.fragment_id, state.is_auto_rerun = fragment, by_itself
        state.cached_message_hashes.extend(self._cached)
        state.context_info.timezone = "Asia/Shanghai"
        for place, told in self._states.items():
            state.widget_states.widgets.add(id=place, json_value=told)
        waiting = _Waiting(fragment, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        began = time.perf_counter()
        await self._socket.send(ask.SerializeToString())
        async with asyncio.timeout(LONGEST):
            return await waiting.done - began

    def _broken(self, reader: asyncio.Task[None]) -> None:
        """Nobody waits for a connection that is gone."""
        fault = None if reader.cancelled() else reader.exception()
        for one in self._waiting:
            if not one.done.done():
                one.done.set_exception(fault or ConnectionError("the server hung up"))

    async def _read(self) -> None:
        async for frame in self._socket:
            assert isinstance(frame, bytes)
            self.bytes_in += len(frame)
            self.messages += 1
            self.on_frame(frame)
            message = ForwardMsg.FromString(frame)
            if message.ref_hash:
                known = ForwardMsg()
                known.CopyFrom(self._cached[message.ref_hash])
                known.metadata.CopyFrom(message.metadata)
                message = known
            elif message.metadata.cacheable:
                self._cached[message.hash] = message
            self._take(message)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begin(message)
        elif kind == "delta":
            path = tuple(message.metadata.delta_path)
            element = message.delta.new_element if message.delta.HasField("new_element") else None
            self._nodes[path] = _Node(element, message.delta.fragment_id, self._run)
        elif kind == "navigation":
            # The entry script alone knows which page the address means.
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._poll(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for name in message.stop_auto_rerun.fragment_ids:
                if name in self._timers:
                    self._timers.pop(name).cancel()
        elif kind == "script_finished" and message.script_finished in (_SUCCESS, _FRAGMENT):
            self._finish(message.script_finished == _SUCCESS)

    def _begin(self, message: ForwardMsg) -> None:
        self._run = message.metadata.run.script_run_id
        self._ran = frozenset(message.metadata.run.fragment_ids)
        if not self._ran:
            self._stop_polling()
        for one in self._waiting:
            # A run of the whole page draws its fragments too.
            one.begun = one.begun or not self._ran or one.fragment in self._ran

    def _finish(self, whole: bool) -> None:
        stale = [
            path
            for path, node in self._nodes.items()
            if node.run != self._run and (whole or node.fragment in self._ran)
        ]
        for path in stale:
            del self._nodes[path]
        now = time.perf_counter()
        for one in [one for one in self._waiting if one.begun]:
            if not one.done.done():
                one.done.set_result(now)
            self._waiting.remove(one)

    def _poll(self, fragment: str, interval: float) -> None:
        if fragment in self._timers:
            self._timers.pop(fragment).cancel()
        self._timers[fragment] = asyncio.create_task(self._polling(fragment, interval))

    async def _polling(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            self.polls.append(await self._ask(BackMsg(), fragment, by_itself=True))

    def _stop_polling(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()


def _id(element: Element | None) -> str:
    kind = element.WhichOneof("type") if element is not None else None
    return str(getattr(getattr(element, kind), "id", "")) if kind else ""
