"""Where the workbench may keep its data, and how its server is set up."""

import socket
from pathlib import Path

import pytest

from wayforward.cli.workbench import address
from wayforward.web import server


def test_a_folder_on_this_machine_will_do_and_is_made(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    assert server.complaint(home) == ""
    assert home.is_dir()
    assert list(home.iterdir()) == []


def test_a_file_in_the_way_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    said = server.complaint(tmp_path / "home")
    assert "can't be written" in said
    assert "Set WAYFORWARD_HOME" in said


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(dir: Path) -> None:
        raise PermissionError(13, "Permission denied", str(dir))

    monkeypatch.setattr(server.tempfile, "TemporaryFile", refused)
    assert server.complaint(tmp_path) == (
        f"{tmp_path} can't be written (Permission denied). Set WAYFORWARD_HOME to a folder that may be."
    )


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted = [("/", "ext4"), (str(tmp_path), "nfs4")]
    monkeypatch.setattr(server, "mounts", lambda: mounted)
    said = server.complaint(tmp_path / "var")
    assert "network file system (nfs4)" in said
    assert "Set WAYFORWARD_HOME" in said


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data/var", "cifs"),
        ("/srv/database", "ext4"),  # /srv/data is no folder above it
        ("/home/a", "tmpfs"),  # the later of two mounts on one place hides the earlier
    ],
)
def test_the_deepest_mount_decides(path: str, kind: str) -> None:
    mounted = [("/", "ext4"), ("/srv/data", "cifs"), ("/home", "nfs"), ("/home", "tmpfs")]
    assert server.file_system(Path(path), mounted) == kind


def test_a_machine_that_does_not_tell_its_mounts_is_trusted() -> None:
    assert server.file_system(Path("/anywhere"), []) == ""


def test_an_address_that_is_taken_or_is_none_is_told_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        assert f"can't listen at {taken}" in server.occupied(taken)
    assert server.occupied(taken) == ""
    for none in ("8000", "localhost", "127.0.0.1:http", "127.0.0.1:99999", "127.0.0.1:²"):
        assert "Give one as 127.0.0.1:8000" in server.no_address(none)
    for good in ("127.0.0.1:8000", "[::1]:80", "localhost:0"):
        assert server.no_address(good) == ""


def test_gunicorn_takes_every_setting_and_opens_no_control_socket() -> None:
    bench = server.Workbench(server.options("127.0.0.1:8000", 2))
    assert bench.cfg.control_socket_disable is True
    assert bench.cfg.worker_class_str == "gthread"
    assert bench.cfg.workers == 2
    assert bench.cfg.graceful_timeout == 30
    assert bench.cfg.forwarded_allow_ips == []
    assert bench.cfg.umask == 0o077


@pytest.mark.parametrize(
    ("url", "listens"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://localhost", "localhost:80"),
        ("https://options.example.org", "127.0.0.1:8000"),
        ("http://[::1]:9000", "[::1]:9000"),
    ],
)
def test_it_listens_where_its_address_says(url: str, listens: str) -> None:
    assert address(url) == listens
