#!/usr/bin/env python3
"""Sets walkdesk up on a PC that has only Python and pip, then starts it or tests it.

    python3 installer/bootstrap.py run [--office DIR ...]      what follows `run` goes to walkdesk
    python3 installer/bootstrap.py test [--long] [...]         what follows goes to pytest

`run` opens the window; on a machine without a display it plays the practice year instead. `test` runs the
tests in random order and every other check. Missing system packages are installed when root runs this;
otherwise the one line that brings them is printed.

Exit 2: something is missing that this script may not install.

Only the standard library is used, because nothing else is there yet.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (whoever starts this may have any Python)
    print("Python 3.11 以上が必要です。 / Python 3.11 or newer is needed.", file=sys.stderr)
    sys.exit(2)

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from walkdesk.resources.fonts import missing_fonts  # noqa: E402  (the catalogue needs the standard library only)

VENV = PROJECT / ".venv"
LOCK = PROJECT / "requirements.lock"
WHEELHOUSE = PROJECT / "wheelhouse"
STAMP = VENV / "installed-from"
WINDOWS = sys.platform == "win32"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
# The PC's own Python, also when the one in .venv starts this: that one has no pip and may be replaced.
HOST_PYTHON: str = getattr(sys, "_base_executable", sys.executable)

# What Qt opens even when nothing is shown, and the Debian package that brings it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
# What Qt opens besides for a window on an X display.
DISPLAY_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Programs with which the tests read the papers back, independently of the program that made them.
TEST_TOOLS = {"pdftoppm": "poppler-utils", "pdfsig": "poppler-utils", "qpdf": "qpdf", "openssl": "openssl"}

# With which the long tests watch every file and socket that the program opens, from outside of it, open what it seals
# as a receiver does, hold its letters against an office suite, and print them. Under these names only Debian has them.
LONG_TOOLS = (
    {
        "strace": "strace",
        "chromium": "chromium",
        "soffice": "libreoffice-writer",
        "/usr/sbin/cupsd": "cups-daemon",
        "/usr/sbin/lpadmin": "cups-client",
        "foomatic-rip": "cups-filters",
    }
    if sys.platform == "linux"
    else {}
)
# What the tests counted, for the figures; made anew by each long run.
COUNTS = "counts.xml"

COMMANDS = ("demo", "verify", "doctor")


class SetupError(Exception):
    """Something is missing that this script may not or could not install; the text says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Exit code of the whole: 0 only when everything that was asked for succeeded."""
    jobs: dict[str, Callable[[Sequence[str]], int]] = {"run": run, "test": test}
    if not arguments or arguments[0] not in jobs:
        print(__doc__)
        return 2
    try:
        return jobs[arguments[0]](arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2


def run(rest: Sequence[str]) -> int:
    """Sets up and starts walkdesk, with its window where there is a display."""
    shown = has_display(os.environ)
    set_up({**LIBRARIES, **DISPLAY_LIBRARIES} if shown else LIBRARIES, {})
    return call([PYTHON, "-m", "walkdesk", *walkdesk_arguments(rest, shown)], environment(shown), Path.cwd())


def test(rest: Sequence[str]) -> int:
    """Sets up and runs every check; each one runs even when an earlier one failed.

    ``--long`` runs what is marked so as well, and leaves every figure in ``figures.json``.
    """
    long = "--long" in rest
    set_up(LIBRARIES, {**TEST_TOOLS, **LONG_TOOLS} if long else TEST_TOOLS)
    if long:
        PROJECT.joinpath(COUNTS).unlink(missing_ok=True)
    variables = environment(shown=False) | ({"WALKDESK_LONG": "1"} if long else {})
    # The tests start dozens of rooms: without Python's own files each would compile the program anew.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    results: dict[str, tuple[int, float]] = {}
    for name, command in checks(long, [word for word in rest if word != "--long"]).items():
        say(f"\n== {name}")
        start = time.monotonic()
        results[name] = call(command, variables, PROJECT), time.monotonic() - start
    say("")
    for name, (code, seconds) in results.items():
        say(f"{'ok    ' if code == 0 else 'FAILED'}  {name}  ({seconds:.1f} s)")
    return 1 if any(code for code, _ in results.values()) else 0


def checks(long: bool, pytest_arguments: Sequence[str]) -> dict[str, list[str | Path]]:
    """The commands of `test`, by name. The tests marked `long` are left out unless they are asked for."""
    # The older family of the report is the one that carries a test's own properties.
    chosen = ["--junit-xml", COUNTS, "-o", "junit_family=xunit1"] if long else ["-m", "not long"]
    commands: dict[str, list[str | Path]] = {
        # One worker a core; one that has nothing left takes half of what another still has before it.
        "pytest": [PYTHON, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *chosen, *pytest_arguments],
        "ruff": [PYTHON, "-m", "ruff", "check", "."],
        "mypy": [PYTHON, "-m", "mypy"],
        "import-linter": [SCRIPTS / ("lint-imports.exe" if WINDOWS else "lint-imports")],
    }
    if long and (PROJECT / "tests" / "benchmarks" / "__main__.py").is_file():
        commands["benchmarks"] = [PYTHON, "-m", "tests.benchmarks", "--counts", COUNTS, "--json", "figures.json"]
    return commands


def walkdesk_arguments(rest: Sequence[str], shown: bool) -> list[str]:
    """What walkdesk is started with: without a display only what needs none, the practice year by default."""
    if shown or (rest and rest[0] in COMMANDS):
        return list(rest)
    say("画面がないので、練習用の1年を通しで動かします。 / There is no display: playing the practice year.")
    return ["demo", "--no-window"]


def has_display(variables: Mapping[str, str]) -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def environment(shown: bool) -> dict[str, str]:
    """The variables that walkdesk and its tests start with."""
    return dict(os.environ) if shown else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def set_up(libraries: Mapping[str, str], tools: Mapping[str, str]) -> None:
    """Everything that is missing on this PC, first from the system, then from Python's packages."""
    stale = stamp_of(LOCK) != installed_stamp()
    set_up_system(libraries, tools, with_pip=stale)
    if stale:
        install_packages()


def set_up_system(libraries: Mapping[str, str], tools: Mapping[str, str], *, with_pip: bool) -> None:
    """Installs the missing system packages as root; raises ``SetupError`` when that is not possible."""
    missing = missing_packages(libraries, tools, with_pip=with_pip)
    if not missing:
        return
    if not can_install():
        raise SetupError(missing_message(missing))
    say(f"システムの部品を入れています / installing system packages: {' '.join(missing)}")
    for command in apt_commands(missing):
        quietly(command, {**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    left = missing_packages(libraries, tools, with_pip=with_pip)
    if left:
        raise SetupError(missing_message(left))


def missing_packages(libraries: Mapping[str, str], tools: Mapping[str, str], *, with_pip: bool) -> list[str]:
    """Debian's names of what this PC lacks: libraries (on Linux only), fonts, tools, pip if it is needed."""
    lacking = [package for tool, package in tools.items() if shutil.which(tool) is None]
    if sys.platform == "linux":
        lacking += [package for library, package in libraries.items() if not loads(library)]
    lacking += [entry.package for entry in missing_fonts()]
    if with_pip and not has_pip():
        lacking.append("python3-pip")
    return sorted(set(lacking))


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library: the only question that Qt asks as well."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_pip() -> bool:
    """Whether the PC's Python has its installer."""
    command = [HOST_PYTHON, "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def can_install() -> bool:
    """Root on a system with apt."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_commands(packages: Iterable[str]) -> list[list[str | Path]]:
    """The commands that bring Debian packages."""
    return [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]]


def missing_message(packages: Sequence[str]) -> str:
    """What is missing, and the one line that brings it."""
    if WINDOWS:
        return f"次のものが必要です。 / These are needed: {', '.join(packages)}"
    line = " && ".join(shlex.join(map(str, command)) for command in apt_commands(packages))
    return (
        "このPCに足りないものがあります。管理者 (root) として次の1行を実行し、もう一度始めてください。\n"
        "This PC lacks some system packages. Run this line as root, then start again:\n\n"
        f"{line}"
    )


def stamp_of(lock: Path) -> str:
    """What an installation depends on: the lock's content and the version of Python."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{digest} python{sys.version_info.major}.{sys.version_info.minor}"


def installed_stamp() -> str | None:
    """The stamp of the present `.venv`, or ``None`` when there is none or its Python is gone."""
    if not (STAMP.is_file() and PYTHON.exists()):
        return None
    return STAMP.read_text(encoding="utf-8").strip()


def install_packages() -> None:
    """Builds `.venv` anew from the lock. The stamp comes last: a broken attempt is never taken for whole."""
    say("Python の部品を .venv に入れています / installing Python packages into .venv")
    quietly([HOST_PYTHON, "-m", "venv", "--clear", "--without-pip", VENV], os.environ)
    # The PC's own pip installs into .venv: without the package python3-venv Debian's Python puts none there.
    quietly([HOST_PYTHON, "-m", "pip", "--python", PYTHON, *pip_arguments()], os.environ)
    site_packages(VENV).joinpath("walkdesk.pth").write_text(f"{PROJECT}\n", encoding="locale")
    STAMP.write_text(stamp_of(LOCK) + "\n", encoding="utf-8")


def site_packages(venv: Path) -> Path:
    """Where a virtual environment keeps packages; a `.pth` file there lets walkdesk start from any folder."""
    return Path(sysconfig.get_path("purelib", scheme="venv", vars={"base": str(venv)}))


def pip_arguments() -> list[str | Path]:
    """How pip installs the lock: only known hashes, and from `wheelhouse/` alone when it is there."""
    sources: list[str | Path] = ["--no-index", "--find-links", WHEELHOUSE] if WHEELHOUSE.is_dir() else []
    strict = ["--require-hashes", "--only-binary=:all:"]
    return ["install", "--quiet", "--no-input", "--disable-pip-version-check", *strict, *sources, "-r", LOCK]


def quietly(command: Sequence[str | Path], variables: Mapping[str, str]) -> None:
    """Runs a command without showing what it says, unless it fails."""
    done = subprocess.run(
        command, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace").rstrip()
        line = shlex.join(map(str, command))
        raise SetupError(f"{said}\n\n準備が途中で止まりました。 / The set-up stopped here:\n{line}")


def call(command: Sequence[str | Path], variables: Mapping[str, str], folder: Path) -> int:
    """Runs a command in the open and returns its exit code."""
    code = subprocess.run(command, cwd=folder, env=variables, check=False).returncode
    return code if code >= 0 else 128 - code  # ended by a signal: what a shell reports


def say(text: str) -> None:
    """Prints at once, so that it stands in the right order among the output of the commands."""
    print(text, flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may not know Japanese
    sys.exit(main(sys.argv[1:]))
