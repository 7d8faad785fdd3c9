"""Files kept by their digest. Digests are worked out by hashlib on the whole content, not by the room itself."""

import hashlib
import os
import time
from io import BytesIO
from pathlib import Path

import pytest

from wayforward.records import files

WORDS = b"What the survey said.\n"
DIGEST = hashlib.sha256(WORDS).hexdigest()


def lying(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_a_file_lies_under_its_digest_and_comes_back(tmp_path: Path) -> None:
    source = BytesIO(WORDS)
    source.seek(5)  # wherever its reader stopped
    stored = files.store(tmp_path, source)
    assert stored == files.Stored(DIGEST, len(WORDS))
    assert lying(tmp_path) == [f"files/{DIGEST[:2]}/{DIGEST}"]
    with files.opened(tmp_path, DIGEST) as file:
        assert file.read() == WORDS
    assert files.place_of(tmp_path, DIGEST).stat().st_mode & 0o777 == 0o600


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    assert files.store(tmp_path, BytesIO(WORDS)) == files.store(tmp_path, BytesIO(WORDS))
    assert len(lying(tmp_path)) == 1


def test_a_source_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("cut off")

    with pytest.raises(OSError, match="cut off"):
        files.store(tmp_path, Broken())
    assert lying(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../secret-key", DIGEST.upper(), f"{DIGEST}/", DIGEST[:-1]])
def test_what_is_no_digest_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret-key").write_text("x")
    with pytest.raises(files.FileLost):
        files.opened(tmp_path, name)


def test_a_file_that_was_changed_on_the_disk_is_not_given_out(tmp_path: Path) -> None:
    files.store(tmp_path, BytesIO(WORDS))
    files.place_of(tmp_path, DIGEST).write_bytes(WORDS + b"!")
    with pytest.raises(files.FileLost, match="not what it was"):
        files.opened(tmp_path, DIGEST)


def test_deleted_twice_is_deleted(tmp_path: Path) -> None:
    files.store(tmp_path, BytesIO(WORDS))
    files.delete(tmp_path, DIGEST)
    files.delete(tmp_path, DIGEST)
    assert lying(tmp_path) == []


def test_only_what_nothing_names_and_has_lain_for_a_day_is_swept(tmp_path: Path) -> None:
    kept, left, new = (files.store(tmp_path, BytesIO(one)).sha256 for one in (b"kept", b"left", b"new"))
    cut_off = tmp_path / "files" / f"{files.COMING}1"
    cut_off.write_bytes(b"half")
    long_ago = time.time() - 2 * files.A_DAY
    for path in (files.place_of(tmp_path, kept), files.place_of(tmp_path, left), cut_off):
        os.utime(path, (long_ago, long_ago))
    assert sorted(files.sweep(tmp_path, {kept})) == sorted([left, cut_off.name])
    assert len(lying(tmp_path)) == 2
    assert files.place_of(tmp_path, new).exists()


def test_a_file_stored_again_is_as_new(tmp_path: Path) -> None:
    files.store(tmp_path, BytesIO(WORDS))
    os.utime(files.place_of(tmp_path, DIGEST), (0, 0))
    files.store(tmp_path, BytesIO(WORDS))
    assert files.sweep(tmp_path, set()) == []
