"""start.py as its user meets it. Real pip runs once; elsewhere a stand-in for it tells what it was asked."""

import ast
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import start

SOURCE = Path(start.__file__)
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
FAKE_PYTHON = f"""#!/bin/sh
if [ "$1" = -c ]; then echo {VERSION}; exit 0; fi
echo "ran: $*"; echo "in: $PWD"; echo "search: $PYTHONPATH"; echo "utf8: $PYTHONUTF8"
exit ${{FAKE_EXIT:-0}}
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")


class Tools:
    """Stands in for `python -m venv` and pip."""

    def __init__(self) -> None:
        self.environments = 0
        self.installs: list[list[str]] = []
        self.result: tuple[int, str] = (0, "")
        self.error: OSError | None = None

    def __call__(self, command: list[str], _text: str, _log: Path) -> tuple[int, str]:
        if command[1:3] == ["-m", "venv"]:
            self.environments += 1
            write_python(Path(command[3]), FAKE_PYTHON)
            return 0, ""
        time.sleep(0.02)  # long enough for another start to come in between
        self.installs.append(command)
        if self.error:
            raise self.error
        return self.result


def write_python(venv: Path, script: str) -> None:
    (venv / "bin").mkdir(parents=True, exist_ok=True)
    (venv / "pyvenv.cfg").write_text("")
    (venv / "bin/python").write_text(script)
    (venv / "bin/python").chmod(0o755)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    fake = Tools()
    monkeypatch.setattr(start, "run_quietly", fake)
    return fake


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "拟 稿"
    folder.mkdir()
    shutil.copy(SOURCE, folder)
    (folder / "requirements.txt").write_text("# nothing\n")
    (folder / "requirements-dev.txt").write_text("# nothing\n")
    return folder


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind((start.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def set_up(root: Path) -> int:
    return start.main(["--setup-only"], root)


# --- the Python that runs it


def test_an_old_python_can_read_the_whole_file() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))
    annotations = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            annotations += [node.returns, *(arg.annotation for arg in node.args.args)]
    # Anything but a name or a string would be evaluated, and fail, before the sentence is printed.
    assert all(note is None or isinstance(note, ast.Name | ast.Constant) for note in annotations)


def test_an_old_python_gets_a_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "OLDEST_PYTHON", (3, 99))
    assert start.main(["--help"], root) == 2
    assert f"需要 Python 3.99 或更新的版本，现在这个是 {VERSION}" in capsys.readouterr().err


def test_versions() -> None:
    assert "3.9" in start.too_old((3, 9))
    assert "3.10" in start.too_old((3, 10))
    assert start.too_old((3, 11)) == ""
    assert start.too_old((4, 0)) == ""


def test_a_python_without_venv_names_the_package_to_install(
    root: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else name)
    assert set_up(root) == 2
    assert "apt install python3-venv" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setattr(start, "run_quietly", tools)
    assert set_up(root) == 0


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_no_console_encoding_stops_it(root: Path, encoding: str) -> None:
    env = dict(os.environ, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    done = subprocess.run([sys.executable, "start.py", "--help"], cwd=root, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "用法" in done.stdout.decode()


# --- building .venv


def test_the_second_start_does_not_call_pip(root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up(root) == 0
    assert "第一次启动" in capsys.readouterr().err
    assert set_up(root) == 0
    assert capsys.readouterr().err == ""
    assert (tools.environments, len(tools.installs)) == (1, 1)


def test_changed_requirements_are_installed_into_the_same_environment(root: Path, tools: Tools) -> None:
    set_up(root)
    (root / "requirements.txt").write_text("# another\n")
    assert set_up(root) == 0
    assert (tools.environments, len(tools.installs)) == (1, 2)


def test_tests_add_their_own_requirements_and_cover_the_app_s(root: Path, tools: Tools) -> None:
    assert start.main(["test", "--setup-only"], root) == 0
    assert str(root / "requirements-dev.txt") in tools.installs[0]
    assert set_up(root) == 0
    assert len(tools.installs) == 1


def test_going_back_to_older_requirements_does_not_trust_the_old_stamp(root: Path, tools: Tools) -> None:
    start.main(["test", "--setup-only"], root)
    before = (root / "requirements.txt").read_text()
    (root / "requirements.txt").write_text("# another\n")
    set_up(root)
    (root / "requirements.txt").write_text(before)
    start.main(["test", "--setup-only"], root)
    assert len(tools.installs) == 3


def half_made(venv: Path) -> None:
    (venv / "start.building").touch()


def dangling(venv: Path) -> None:
    (venv / "bin/python").unlink()
    (venv / "bin/python").symlink_to("/nowhere/python3")


def broken(venv: Path) -> None:
    for stamp in venv.glob("*.stamp"):
        stamp.unlink()
    write_python(venv, "#!/bin/sh\nexit 1\n")


def other_version(venv: Path) -> None:
    stamp = venv / "start.run.stamp"
    stamp.write_text("\n".join(["3.5", *stamp.read_text(encoding="utf-8").splitlines()[1:]]), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [(half_made, "没有做完"), (dangling, "已经失效"), (broken, "已损坏"), (other_version, "换了 Python 版本")],
)
def test_a_bad_environment_is_rebuilt_with_one_sentence(
    root: Path, tools: Tools, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None], sentence: str
) -> None:
    set_up(root)
    (root / ".venv/leftover").mkdir()
    (root / ".venv/lib64").symlink_to("leftover")
    damage(root / ".venv")
    capsys.readouterr()
    assert set_up(root) == 0
    said = capsys.readouterr().err
    assert sentence in said
    assert "重新建立" in said
    assert not (root / ".venv/leftover").exists()
    assert set_up(root) == 0
    assert (tools.environments, len(tools.installs)) == (2, 2)


def test_a_moved_folder_is_rebuilt(root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(root)
    moved = root.rename(root.with_name("elsewhere"))
    assert set_up(moved) == 0
    assert "挪过地方" in capsys.readouterr().err
    assert tools.environments == 2


def test_a_working_environment_that_somebody_else_made_is_kept(root: Path, tools: Tools) -> None:
    write_python(root / ".venv", FAKE_PYTHON)
    assert set_up(root) == 0
    assert (tools.environments, len(tools.installs)) == (0, 1)


def test_a_file_in_the_place_of_the_environment_gives_way(root: Path, tools: Tools) -> None:
    (root / ".venv").symlink_to("nowhere")
    assert set_up(root) == 0
    assert tools.environments == 1


def test_two_starts_at_one_moment_build_once(root: Path, tools: Tools) -> None:
    starts = [threading.Thread(target=start.Environment(root).ensure, args=["run"]) for _ in range(3)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert (tools.environments, len(tools.installs)) == (1, 1)
    assert start.Environment(root).ready("run")


def test_a_wheels_folder_is_the_only_source(root: Path, tools: Tools) -> None:
    (root / "wheels").mkdir()
    set_up(root)
    assert "--no-index" in tools.installs[0]
    assert str(root / "wheels") in tools.installs[0]


# --- what can go wrong


def test_a_failed_install_explains_and_the_next_start_tries_again(
    root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.result = (1, "first\n" * 30 + "ERROR: No matching distribution found for nothing\n")
    assert set_up(root) == 2
    said = capsys.readouterr().err
    assert "No matching distribution" in said
    assert said.count("first") < 10
    assert "请检查网络" in said
    assert "PIP_INDEX_URL" in said
    assert "wheels" in said
    tools.result = (0, "")
    assert set_up(root) == 0
    assert (tools.environments, len(tools.installs)) == (1, 2)


def test_an_install_that_broke_off_half_way_is_rebuilt(root: Path, tools: Tools) -> None:
    tools.result = (1, "Installing collected packages: a, b\nERROR: killed")
    assert set_up(root) == 2
    tools.result = (0, "")
    assert set_up(root) == 0
    assert tools.environments == 2


def test_an_interrupted_install_ends_calmly_and_is_rebuilt(
    root: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> tuple[int, str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "run_quietly", interrupted)
    assert set_up(root) == 130
    monkeypatch.setattr(start, "run_quietly", tools)
    capsys.readouterr()
    assert set_up(root) == 0
    assert "没有做完" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘满了"),
        ("OSError: [Errno 13] Permission denied: '/x'", "没有写入权限"),
    ],
)
def test_pip_s_own_trouble_with_the_disk_is_recognised(
    root: Path, tools: Tools, capsys: pytest.CaptureFixture[str], output: str, sentence: str
) -> None:
    tools.result = (1, output)
    assert set_up(root) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "请检查网络" not in said


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "磁盘满了"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "没有写入权限"),
        (errno.EIO, "系统报告错误"),
    ],
)
def test_the_system_s_refusals_are_sentences(
    root: Path, tools: Tools, capsys: pytest.CaptureFixture[str], number: int, sentence: str
) -> None:
    tools.error = OSError(number, os.strerror(number), str(root))
    assert set_up(root) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "重新运行" in said


def test_a_missing_file_of_the_project_is_named(root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "requirements.txt").unlink()
    assert set_up(root) == 2
    assert "requirements.txt" in capsys.readouterr().err
    assert tools.environments == 0


# --- commands


@pytest.mark.parametrize("code", ["0", "1", "7"])
def test_a_command_s_exit_code_is_passed_on(
    root: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: str
) -> None:
    assert set_up(root) == 0
    monkeypatch.setenv("FAKE_EXIT", code)
    monkeypatch.setenv("PYTHONPATH", "/before")
    monkeypatch.chdir(root.parent)
    capfd.readouterr()
    assert start.main(["draft", "表.yaml", "-o", "out.docx"], root) == int(code)
    said = capfd.readouterr()
    assert said.err == ""
    assert "ran: -P -m assistant draft 表.yaml -o out.docx" in said.out
    assert f"in: {root.parent}\n" in said.out  # relative paths are the user's own
    assert f"search: {root}{os.pathsep}/before\n" in said.out
    assert "utf8: 1" in said.out
    assert len(tools.installs) == 1


@pytest.mark.usefixtures("tools")
def test_the_setup_does_not_write_into_a_command_s_output(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert start.main(["audit", "--json"], root) == 0
    said = capfd.readouterr()
    assert said.out.startswith("ran: ")
    assert "第一次启动" in said.err


@pytest.mark.usefixtures("tools")
def test_tests_get_their_arguments(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert start.main(["test", "-k", "slots"], root) == 0
    said = capfd.readouterr().out
    assert "ran: -m pytest -k slots" in said
    assert f"in: {root}\n" in said


def test_help_needs_no_setup(root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--help"], root) == 0
    assert "--no-browser" in capsys.readouterr().out
    assert tools.environments == 0


@pytest.mark.parametrize("args", [["--frob"], ["--port"], ["--port", "x"], ["--port=0"], ["--port", "70000"]])
def test_bad_options_are_refused_before_any_setup(
    root: Path, tools: Tools, capsys: pytest.CaptureFixture[str], args: list[str]
) -> None:
    assert start.main(args, root) == 2
    assert "--" in capsys.readouterr().err
    assert tools.environments == 0


# --- the app


@pytest.mark.usefixtures("tools")
def test_a_port_that_is_taken_is_said(root: Path, taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--no-browser", f"--port={taken_port}"], root) == 2
    assert f"端口 {taken_port} 已被占用" in capsys.readouterr().err


def test_the_first_free_port_is_found_and_kept_from_another_start(
    tmp_path: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "FIRST_PORT", taken_port)
    first, first_lock = start.reserve_port(None, tmp_path)
    second, second_lock = start.reserve_port(None, tmp_path)
    assert taken_port < first < second
    for lock in (first_lock, second_lock):
        assert lock is not None
        lock.release()


@pytest.mark.parametrize(
    ("variables", "shown"),
    [({"DISPLAY": ":0"}, True), ({}, False), ({"DISPLAY": ":0", "CI": "1"}, False), ({"WAYLAND_DISPLAY": "w"}, True)],
)
def test_a_browser_is_opened_only_where_somebody_can_see_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], shown: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert start.can_show_browser() is shown


SERVER = """
import http.server, sys
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
port = int(sys.argv[sys.argv.index("--server.port") + 1])
try:
    http.server.HTTPServer(("127.0.0.1", port), Healthy).serve_forever()
except KeyboardInterrupt:
    pass
"""


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_the_app_s_address_is_printed_and_an_end_is_calm_and_complete(
    root: Path, number: signal.Signals, code: int
) -> None:
    set_up(root)
    (root / "server.py").write_text(SERVER)
    write_python(root / ".venv", f'#!/bin/sh\nexec "{sys.executable}" server.py "$@"\n')
    with socket.socket() as probe:
        probe.bind((start.HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "start.py", "--no-browser", "--port", str(port)]
    # Whoever runs the tests in the background of a script has Ctrl+C ignored, and what they start inherits that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as app:
        signal.signal(signal.SIGINT, before)
        assert app.stdout is not None
        assert f"http://127.0.0.1:{port}" in app.stdout.readline().decode()
        if number == signal.SIGINT:
            os.killpg(app.pid, number)  # Ctrl+C reaches everything in the terminal
        else:
            app.send_signal(number)  # a kill reaches start.py alone: it must take the server along
        try:
            _, said = app.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(app.pid, signal.SIGKILL)
            raise
    assert app.returncode == code
    assert "Traceback" not in said.decode()
    assert not start.answers(port)


# --- once for real


def test_a_real_environment(root: Path) -> None:
    (root / "assistant").mkdir()
    (root / "assistant/__main__.py").write_text("import sys\nprint(sys.prefix)\nsys.exit(len(sys.argv))\n")
    offline = dict(os.environ, PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="0")
    offline.pop("PIP_FIND_LINKS", None)

    def types() -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "start.py", "types"]
        return subprocess.run(command, cwd=root, env=offline, capture_output=True, encoding="utf-8", check=False)

    first = types()
    assert (first.returncode, first.stdout.strip()) == (2, str(root / ".venv")), first.stderr
    assert types().stderr == "", "it is not set up again"
    (root / "requirements.txt").write_text("nigao-no-such-package==1\n")
    failed = types()
    assert failed.returncode == 2
    assert "请检查网络" in failed.stderr
    assert failed.stdout == ""
