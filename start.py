#!/usr/bin/env python3
"""Set up .venv from the pinned requirements, then start the app, the tests or a command.

Standard library only. The whole file keeps to syntax that Python 3.6 reads, so that an old Python gets as far as
the sentence which tells its user what to install; annotations that it could not evaluate are strings.
"""

import errno
import hashlib
import http.client
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

HOST = "127.0.0.1"
FIRST_PORT = 8501
OLDEST_PYTHON = (3, 11)
BAD_SETUP = 2
INTERRUPTED = 130
REQUIREMENTS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}

HELP = f"""用法：
  python3 start.py [--port N] [--no-browser]   启动拟稿，打开浏览器（默认从 {FIRST_PORT} 起找空闲端口）
  python3 start.py --setup-only                只装好依赖，不启动
  python3 start.py test [pytest 参数…]         装好测试依赖并运行测试（加 --setup-only 则只安装）
  python3 start.py 命令 [参数…]                运行一条命令：types、sheet、draft、batch、audit、extract、
                                               format-check（python3 start.py 命令 --help 看它的参数）
第一次启动会建立 .venv 并安装依赖；之后直接启动。
不能上网时，把依赖的安装包放进 start.py 旁边的 wheels 文件夹，就只从那里安装。
"""

DISK_FULL = "磁盘满了。请腾出约 1 GB 空间，然后重新运行。"
NOT_ALLOWED = "没有写入权限。请关掉正在运行的拟稿，或把拟稿放到自己能写入的文件夹，然后重新运行。"
NO_NETWORK = """多半是连不上软件源，或其中没有上面的版本。
请检查网络；用代理请设 HTTPS_PROXY，用内部软件源请设 PIP_INDEX_URL；然后重新运行。
完全不能上网时，在能上网的同类电脑上运行 python3 -m pip download -r requirements.txt -d wheels，
再把 wheels 文件夹放到 start.py 旁边。"""
NOT_IN_WHEELS = """现在只从 wheels 文件夹安装，其中可能缺少上面提到的安装包。
请补齐，或移走 wheels 改为联网安装，然后重新运行。"""


class Trouble(Exception):
    """The setup cannot go on; carries what happened and what to do next, in the user's words."""


def say(text: str) -> None:
    """Tell the person at the terminal. Not on stdout, which belongs to the command's own result."""
    print(text, file=sys.stderr, flush=True)


def make_output_safe() -> None:
    """Let no console, GBK or ASCII, stop us with an encoding error; pipes get UTF-8, as from our children."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # absent in Python 3.6
        if reconfigure is None:
            continue
        try:
            "拟稿".encode(stream.encoding)
            encoding = stream.encoding if stream.isatty() else "utf-8"
        except (LookupError, UnicodeEncodeError):
            encoding = "utf-8"
        reconfigure(encoding=encoding, errors="replace")


class Progress:
    """Says what is going on: one line counting seconds in a terminal, a plain line now and then in a pipe."""

    EVERY = 15  # seconds between two lines in a pipe

    def __init__(self, text: str) -> None:
        self.text = text
        self.began = time.monotonic()
        self.printed = 0
        self.terminal = sys.stderr.isatty()
        if not self.terminal:
            say(f"{text}…")

    def tick(self) -> None:
        seconds = int(time.monotonic() - self.began)
        if self.terminal:
            print(f"\r{self.text}… {seconds} 秒", end="", file=sys.stderr, flush=True)
        elif seconds - self.printed >= self.EVERY:
            self.printed = seconds
            say(f"{self.text}… 已 {seconds} 秒")

    def done(self) -> None:
        if self.terminal:
            say("")


class Lock:
    """A file that one process holds; the system lets go of it when that process ends, so it cannot go stale."""

    def __init__(self, path: Path) -> None:
        self.file = open(path, "a")  # noqa: SIM115 - held open for as long as the lock is

    def take(self) -> bool:
        """Take the lock if it is free."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Any other error: a file system without locks. Going on beats never starting.
            return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
        return True

    def wait(self) -> None:
        """Take the lock, however long another start holds it."""
        if self.take():
            return
        progress = Progress("另一个启动正在安装依赖，等它完成")
        while not self.take():
            progress.tick()
            time.sleep(0.3)
        progress.done()

    def release(self) -> None:
        self.file.close()


class Environment:
    """The .venv beside start.py: knows whether it is ready, and makes it so."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        self.building = self.folder / "start.building"  # there while a build is under way, or was cut short
        self.lock = self.folder / "start.lock"
        self.log = self.folder / "start.log"

    def stamp(self, kind: str) -> Path:
        return self.folder / f"start.{kind}.stamp"

    def home(self) -> "list[str]":
        """What a .venv is bound to: a Python version and a place."""
        return [f"{sys.version_info[0]}.{sys.version_info[1]}", str(self.folder)]

    def expected(self, kind: str) -> "list[str]":
        digest = hashlib.sha256(b"\0".join((self.root / name).read_bytes() for name in REQUIREMENTS[kind]))
        return [*self.home(), digest.hexdigest()]

    def recorded(self, kind: str) -> "list[str]":
        try:
            return self.stamp(kind).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []

    def ready(self, kind: str) -> bool:
        """Whether everything is installed, told from files alone: the second start must not wait for pip."""
        expected = self.expected(kind)  # first: a missing requirements file is to be said before any work
        whole = self.python.exists() and (self.folder / "pyvenv.cfg").exists() and not self.building.exists()
        return whole and self.recorded(kind) == expected

    def ensure(self, kind: str) -> None:
        """Build or repair .venv as far as needed; two starts at one moment build it once."""
        if self.ready(kind):
            return
        if os.path.lexists(self.folder) and not self.folder.is_dir():
            self.folder.unlink()
        self.folder.mkdir(exist_ok=True)
        lock = Lock(self.lock)
        try:
            lock.wait()
            if self.ready(kind):
                return
            reason = self.reason_to_rebuild()
            if reason:
                say(reason)
                self.create()
            self.install(kind)
        finally:
            lock.release()

    def reason_to_rebuild(self) -> str:
        """Why what is there cannot be used, as a sentence; empty when it can."""
        if self.building.exists():
            return "上次安装没有做完，重新建立 .venv。"
        if not (self.folder / "pyvenv.cfg").exists():
            return "第一次启动：建立 .venv 并安装依赖，约需一两分钟。"
        if not self.python.exists():
            return ".venv 里的 Python 已经失效，重新建立 .venv。"
        if any(self.recorded(kind)[:2] not in ([], self.home()) for kind in REQUIREMENTS):
            return "文件夹挪过地方或换了 Python 版本，重新建立 .venv。"
        probe = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
        try:
            said = subprocess.check_output([str(self.python), "-c", probe], stderr=subprocess.DEVNULL, timeout=60)
        except (OSError, subprocess.SubprocessError):
            said = b""
        return "" if said.decode().strip() == self.home()[0] else ".venv 已损坏或版本不符，重新建立 .venv。"

    def create(self) -> None:
        """Make a fresh virtual environment where the old one stood."""
        check_venv_modules()
        self.building.touch()
        for entry in self.folder.iterdir():
            if entry in (self.building, self.lock):  # our own lock: Windows could not delete it anyway
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        # Whoever starts us with .venv's own Python must not have it built out of itself.
        base = getattr(sys, "_base_executable", None) or sys.executable
        code, output = run_quietly([base, "-m", "venv", str(self.folder)], "正在建立 .venv", self.log)
        if code:
            raise Trouble(self.explain("建立 .venv ", output, "请确认这个 Python 安装完整，然后重新运行。"))

    def install(self, kind: str) -> None:
        """Install the pinned requirements with pip."""
        self.building.touch()
        for other in REQUIREMENTS:  # both: what pip is about to change may be what the other one vouches for
            if self.stamp(other).exists():
                self.stamp(other).unlink()
        command = [str(self.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar", "off"]  # it would fill the log
        wheels = self.root / "wheels"
        if wheels.is_dir():
            command += ["--no-index", "--find-links", str(wheels)]
        for name in REQUIREMENTS[kind]:
            command += ["-r", str(self.root / name)]
        code, output = run_quietly(command, "正在安装依赖", self.log)
        if code:
            if "Installing collected packages" not in output:
                self.building.unlink()  # pip had not changed anything yet: try it again, no need to rebuild
            advice = NOT_IN_WHEELS if wheels.is_dir() else NO_NETWORK
            raise Trouble(self.explain("安装依赖", output, advice))
        for done in REQUIREMENTS if kind == "dev" else [kind]:
            self.stamp(done).write_text("\n".join(self.expected(done)), encoding="utf-8")
        self.building.unlink()
        say("依赖已装好。")

    def explain(self, step: str, output: str, advice: str) -> str:
        """A sentence for a failed step, under the last lines that the tool itself said."""
        tail = [line.strip()[:200] for line in output.splitlines() if line.strip()][-6:]
        # A full disk may have swallowed the tool's own complaint.
        if "No space left" in output or "Errno 28" in output or shutil.disk_usage(self.folder).free < 20 << 20:
            advice = DISK_FULL
        elif "Permission denied" in output or "Errno 13" in output:
            advice = NOT_ALLOWED
        said = [f"  | {line}" for line in tail]
        return "\n".join([*said, f"{step}没有成功。{advice}", f"完整记录在 {self.log}"])


def check_venv_modules() -> None:
    """Debian ships Python without the parts that make a virtual environment."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise Trouble(
            f"这个 Python 缺少 {'、'.join(missing)} 模块，不能建立 .venv。\n"
            "Debian、Ubuntu 请先运行：sudo apt install python3-venv；其他系统请安装 python.org 的完整版。然后重新运行。"
        )


def explain_os_error(error: OSError) -> str:
    """A sentence for what the system refused."""
    if error.errno == errno.ENOSPC:
        return DISK_FULL
    advice = "请确认拟稿的文件完整，或删除 .venv 文件夹，然后重新运行。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        advice = NOT_ALLOWED
    return f"系统报告错误：{error}。\n{advice}"


def children_environment() -> "dict[str, str]":
    return dict(os.environ, PYTHONUTF8="1")


def stop(child: "subprocess.Popen[bytes]", patience: float = 0) -> None:
    """End a child for certain: patiently, then by asking, then by force."""
    for push in (None, child.terminate, child.kill):
        try:
            if push:
                push()
            child.wait(timeout=5 if push else patience)
            return
        except subprocess.TimeoutExpired:
            continue


def run_quietly(command: "list[str]", text: str, log: Path) -> "tuple[int, str]":
    """Run a tool behind one progress line; give back its exit code and what it said."""
    progress = Progress(text)
    with open(log, "wb") as sink:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT, env=children_environment()
        )
        try:
            while child.poll() is None:
                progress.tick()
                time.sleep(0.2)
        finally:
            stop(child)
            progress.done()
    return child.returncode, log.read_text(encoding="utf-8", errors="replace")


def run_command(command: "list[str]", folder: "Path | None" = None, search: "Path | None" = None) -> int:
    """Run a command in the foreground and give back its exit code."""
    env = children_environment()
    if search:
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(search), env.get("PYTHONPATH")]))
    child = subprocess.Popen(command, cwd=folder, env=env)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        stop(child, patience=10)  # Ctrl+C reached it as well; it may be saving its work
        code = INTERRUPTED
    finally:
        stop(child)
    return code if code >= 0 else 128 - code


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform == "win32":  # without it, Windows would let us share a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif sys.platform == "linux":  # a port that was closed a moment ago counts as free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def reserve_port(wanted: "int | None", folder: Path) -> "tuple[int, Lock | None]":
    """A free port, and the lock that keeps another start off it until our server listens."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + 100):
        if not port_is_free(port):
            continue
        try:
            lock = Lock(folder / f"port-{port}.lock")
        except OSError:  # somebody else's .venv, read-only for us
            return port, None
        if lock.take():
            return port, lock
        lock.release()
    if wanted:
        raise Trouble(f"端口 {wanted} 已被占用或不许使用。请用 --port 换一个，或去掉 --port 自动选择。")
    raise Trouble(f"{FIRST_PORT} 到 {FIRST_PORT + 99} 的端口都被占用。请用 --port 指定一个空闲端口。")


def answers(port: int) -> bool:
    """Whether the app's server is up. Not urllib, which would ask a proxy."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def can_show_browser() -> bool:
    if os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_app(env: Environment, wanted: "int | None", browser: bool) -> int:
    """Start the app's server, say where it is, and stay with it until it ends or Ctrl+C."""
    port, lock = reserve_port(wanted, env.folder)
    address = f"http://{HOST}:{port}"
    say("正在启动拟稿…")
    command = [str(env.python), "-m", "streamlit", "run", "app.py", "--server.address", HOST]
    command += ["--server.port", str(port), "--server.headless", "true", "--logger.hideWelcomeMessage", "true"]
    child = subprocess.Popen(command, cwd=env.root, env=children_environment())
    try:
        while child.poll() is None and not answers(port):
            time.sleep(0.1)
        if child.poll() is None:
            print(f"拟稿已启动：{address}  （按 Ctrl+C 结束）", flush=True)
            if browser:
                webbrowser.open(address)
        elif child.returncode:
            say("拟稿没能启动，原因见上。若提到缺少模块（No module named），请删除 .venv 文件夹后重新运行。")
        return child.wait()
    except KeyboardInterrupt:
        stop(child, patience=3)
        say("拟稿已停止。")
        return 0
    finally:
        stop(child)
        if lock:
            lock.release()


def too_old(version: "tuple[int, ...]") -> str:
    """What to tell the user of an old Python; empty when it is new enough."""
    if version >= OLDEST_PYTHON:
        return ""
    hint = "请到 python.org 安装新版，再用它运行 start.py。"
    for minor in range(19, 10, -1):
        if shutil.which(f"python3.{minor}"):
            hint = f"这台电脑上还有更新的，可以试试：python3.{minor} start.py"
            break
    needed = ".".join(map(str, OLDEST_PYTHON))
    return f"拟稿需要 Python {needed} 或更新的版本，现在这个是 {version[0]}.{version[1]}。\n{hint}"


def app_options(args: "list[str]") -> "tuple[int | None, bool, bool]":
    """The options of a plain start: port, whether to open the browser, whether to stop after the setup."""
    port, browser, setup_only = None, True, False
    rest = [part for arg in args for part in (arg.split("=", 1) if arg.startswith("--port=") else [arg])]
    while rest:
        option = rest.pop(0)
        if option == "--no-browser":
            browser = False
        elif option == "--setup-only":
            setup_only = True
        elif option == "--port":
            value = rest.pop(0) if rest else ""
            if not value.isdecimal() or not 1 <= int(value) <= 65535:
                raise Trouble(f"--port 后面要写 1 到 65535 的端口号，而不是“{value}”。例如：--port 8600")
            port = int(value)
        else:
            raise Trouble(f"不认识的选项：{option}。运行 python3 start.py --help 看用法。")
    return port, browser, setup_only


def run(args: "list[str]", root: Path) -> int:
    """Do what the command line asks."""
    env = Environment(root)
    if args and args[0] in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    if args and args[0] == "test":
        env.ensure("dev")
        rest = [arg for arg in args[1:] if arg != "--setup-only"]
        return 0 if rest != args[1:] else run_command([str(env.python), "-m", "pytest", *rest], folder=root)
    if args and not args[0].startswith("-"):
        env.ensure("run")
        # The user's own folder stays current, for relative paths; -P keeps its files from shadowing our modules.
        return run_command([str(env.python), "-P", "-m", "assistant", *args], search=root)
    port, browser, setup_only = app_options(args)
    env.ensure("run")
    return 0 if setup_only else run_app(env, port, browser and can_show_browser())


def main(args: "list[str]", root: "Path | None" = None) -> int:
    """Run, and turn every trouble of the setup into a sentence and exit code 2."""
    make_output_safe()
    old = too_old(sys.version_info[:2])
    if old:
        say(old)
        return BAD_SETUP
    try:
        return run(args, root or Path(__file__).resolve().parent)
    except Trouble as trouble:
        say(str(trouble))
        return BAD_SETUP
    except OSError as error:
        say(explain_os_error(error))
        return BAD_SETUP
    except KeyboardInterrupt:
        say("\n已停止。")
        return INTERRUPTED


if __name__ == "__main__":
    # So that a kill, or a closed terminal, takes the children along as Ctrl+C does. Under nohup they stay.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) != signal.SIG_IGN:
            signal.signal(getattr(signal, name), lambda number, _: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
