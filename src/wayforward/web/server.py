"""The web server: gunicorn with threads, set up in the program so that one command starts it."""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from wayforward.jobs.keeper import keep
from wayforward.web.home import CLOSED, close
from wayforward.web.logs import Json, Plain

# SQLite's locks and shared memory do not hold over these.
NETWORK = ("nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ceph", "lustre", "afs")
NETWORK_FUSE = ("fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "macfuse")
THREADS = 4
LAST_PORT = 65_535
REPORT_TAKES_AT_MOST = 120  # seconds


def complaint(home: Path) -> str:
    """Why the workbench can't keep its data in a folder, in a sentence that says what to do; '' where it can."""
    try:
        close(home)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        return f"{home} can't be written ({error.strerror}). Set WAYFORWARD_HOME to a folder that may be."
    kind = file_system(home, mounts())
    if kind in NETWORK or kind in NETWORK_FUSE:
        return (
            f"{home} is on a network file system ({kind}), where the database's locks do not hold. "
            "Set WAYFORWARD_HOME to a folder on a disk of this machine."
        )
    return ""


def no_address(bind: str) -> str:
    """Why a text is no address to listen at; '' where it is one."""
    host, port = _host_and_port(bind)
    if host and port.isdecimal() and int(port) <= LAST_PORT:
        return ""
    return f"{bind!r} is no address to listen at. Give one as 127.0.0.1:8000, with --bind."


def _host_and_port(bind: str) -> tuple[str, str]:
    host, _, port = bind.rpartition(":")
    return host.strip("[]"), port


def occupied(bind: str) -> str:
    """Why an address can't be listened at, in a sentence that says what to do; '' where it can."""
    bare, port = _host_and_port(bind)
    try:
        family, kind, *_, place = socket.getaddrinfo(bare, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(place)
    except OSError as error:
        return (
            f"The workbench can't listen at {bind} ({error.strerror}). "
            "Stop what is there, or choose another address: set WAYFORWARD_URL, or give --bind."
        )
    return ""


def mounts() -> list[tuple[str, str]]:
    """What is mounted where: (folder, kind of file system). Empty where the machine does not tell."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
        found = [line.split(" ") for line in lines]
        return [(parts[1].replace("\\040", " "), parts[2]) for parts in found if len(parts) > 2]
    except OSError:
        pass
    try:  # macOS: '//server/share on /Volumes/share (smbfs, nodev)'
        told = subprocess.run(["mount"], capture_output=True, text=True, check=True, timeout=10).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    pairs = (line.partition(" on ")[2].rpartition(" (") for line in told.splitlines())
    return [(folder, kind.partition(",")[0].rstrip(")")) for folder, _, kind in pairs]


def file_system(path: Path, mounted: list[tuple[str, str]]) -> str:
    """The kind of file system that holds a path: that of the deepest mount above it, the last one there."""
    real = path.resolve()
    above = [(len(Path(folder).parts), kind) for folder, kind in mounted if real.is_relative_to(folder)]
    return max(reversed(above), key=lambda one: one[0], default=(0, ""))[1]


class Words(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own lines, in the form of all others and without what must not stand in them."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        kept = Json() if settings.LOG == "json" else Plain(self.error_fmt, self.datefmt)
        for handler in self.error_log.handlers:
            handler.setFormatter(kept)


class Workbench(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with our settings and nobody else's."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from wayforward.web.wsgi import application

        return application


def options(bind: str, workers: int) -> dict[str, Any]:
    """Gunicorn's settings: threads, a graceful stop, and nothing written outside the workbench's own folder."""
    chosen: dict[str, Any] = {
        "bind": bind,
        "limit_request_line": 8190,  # a what-if of a hundred inputs stands in its address
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": REPORT_TAKES_AT_MOST,
        "graceful_timeout": 30,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",  # whether a request came by https is for the settings to say
        "umask": CLOSED,
        "errorlog": "-",
        "loglevel": "warning",
        "logger_class": Words,
        "post_worker_init": lambda worker: _begun(),
        "worker_exit": lambda server, worker: _counts().end(),
        "proc_name": "wayforward",
        "max_requests": 5000,
        "max_requests_jitter": 500,
    }
    if Path("/dev/shm").is_dir():
        chosen["worker_tmp_dir"] = "/dev/shm"  # a heartbeat on a slow disk kills a busy worker
    return chosen


def run(bind: str, workers: int, long_work: Callable[[], None] | None = None) -> None:
    """Serve until stopped, with a process beside that does long work, where one is given.

    Connections of this process are closed first: they must not be shared by those that are forked from it.
    """
    from django.db import connections

    connections.close_all()
    os.environ.pop("GUNICORN_CMD_ARGS", None)
    chosen = options(bind, workers)
    if long_work is not None:
        keeper = keep(long_work)
        chosen["on_exit"] = lambda server: _end(keeper)
    Workbench(chosen).run()


def _begun() -> None:
    from wayforward.pages import working_out  # as _counts does

    _counts().begin()
    working_out.begin()


def _counts() -> ModuleType:
    from wayforward.web import metrics  # it needs the models, which only the server's processes load

    return metrics


def _end(keeper: int) -> None:
    with suppress(ProcessLookupError):  # it has ended already
        os.kill(keeper, signal.SIGTERM)
