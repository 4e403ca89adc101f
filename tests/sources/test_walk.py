"""The walk finds every article file, in order, and never gets lost."""

from __future__ import annotations

import os
import socket
from itertools import islice
from pathlib import Path

import pytest

from tui.sources import Found, Refused, name_as_text, name_from_text, path_of
from tui.sources.walk import walk


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def found(root: Path) -> list[str]:
    return [entry.relative for entry in walk(root) if isinstance(entry, Found)]


def refused(root: Path) -> dict[str, str]:
    return {entry.relative: entry.reason for entry in walk(root) if isinstance(entry, Refused)}


def test_finds_what_may_be_articles_and_counts_the_rest(tmp_path: Path) -> None:
    make(
        tmp_path,
        "a.txt",
        "b.TXT",
        "c.text",
        "d.md",
        "e.Markdown",
        "f",
        "g.2021",
        "Mr. Putin speaks",
        "h.example_12345678",
    )
    make(tmp_path, "x.jpg", "x.html", "x.json", "x.py", "README.md", "LICENSE", "a.txt~")
    make(tmp_path, ".hidden", ".git/a.txt", "__pycache__/a.txt", "sub/.DS_Store")
    walking = walk(tmp_path)
    names = [entry.relative for entry in walking]
    assert names == sorted(
        [
            "a.txt",
            "b.TXT",
            "c.text",
            "d.md",
            "e.Markdown",
            "f",
            "g.2021",
            "Mr. Putin speaks",
            "h.example_12345678",
        ]
    )
    assert walking.ignored == 7


def test_says_size_and_time(tmp_path: Path) -> None:
    make(tmp_path, "sub/a.txt")
    os.utime(tmp_path / "sub/a.txt", ns=(1, 1_600_000_000_123_456_789))
    (entry,) = walk(tmp_path)
    assert isinstance(entry, Found)
    assert (entry.path, entry.relative, entry.size) == (tmp_path / "sub/a.txt", "sub/a.txt", 1)
    assert entry.mtime_ns == (tmp_path / "sub/a.txt").stat().st_mtime_ns


def test_order_is_the_same_every_time(tmp_path: Path) -> None:
    make(tmp_path, *(f"{folder}/{name}.txt" for folder in "zab" for name in ("10", "9", "é", "A")), "m.txt")
    assert found(tmp_path) == found(tmp_path)
    assert found(tmp_path)[:4] == ["a/10.txt", "a/9.txt", "a/A.txt", "a/é.txt"]
    assert found(tmp_path)[8] == "m.txt"


def test_hands_out_as_it_goes(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt", "b/2.txt")
    walking = walk(tmp_path)
    assert [entry.relative for entry in islice(walking, 1)] == ["a/1.txt"]
    make(tmp_path, "b/3.txt")
    assert [entry.relative for entry in walking] == ["b/2.txt", "b/3.txt"]


def test_a_file_as_root(tmp_path: Path) -> None:
    make(tmp_path, "README.html")
    (entry,) = walk(tmp_path / "README.html")
    assert isinstance(entry, Found)
    assert (entry.path, entry.relative) == (tmp_path / "README.html", "README.html")
    assert path_of(tmp_path / "README.html", entry.relative) == tmp_path / "README.html"


def test_missing_root(tmp_path: Path) -> None:
    assert list(walk(tmp_path / "no")) == [
        Refused(tmp_path / "no", "", "no such file or folder", folder=True)
    ]
    assert [entry.reason for entry in walk(Path("a\0b")) if isinstance(entry, Refused)] == [
        "not a possible file name"
    ]


def test_links_to_files(tmp_path: Path) -> None:
    make(tmp_path, "root/a.txt", "outside/b.txt")
    (tmp_path / "root/in.txt").symlink_to("a.txt")
    (tmp_path / "root/out.txt").symlink_to(tmp_path / "outside/b.txt")
    assert found(tmp_path / "root") == ["a.txt", "in.txt", "out.txt"]


def test_links_to_folders_are_followed_once_and_after_real_folders(tmp_path: Path) -> None:
    make(tmp_path, "root/z/a.txt", "outside/b.txt")
    (tmp_path / "root/again").symlink_to("z")
    (tmp_path / "root/out").symlink_to(tmp_path / "outside")
    (tmp_path / "root/out2").symlink_to(tmp_path / "outside")
    assert found(tmp_path / "root") == ["z/a.txt", "out/b.txt"]


def test_folders_of_links_to_each_other_end(tmp_path: Path) -> None:
    for number in range(12):
        make(tmp_path, f"store/{number}/a.txt")
        for other in range(12):
            (tmp_path / f"store/{number}/to{other}").symlink_to(tmp_path / f"store/{other}")
    (tmp_path / "root").mkdir()
    (tmp_path / "root/begin").symlink_to(tmp_path / "store/0")
    assert len(found(tmp_path / "root")) == 12


def test_loops_and_dangling_links_are_reported(tmp_path: Path) -> None:
    make(tmp_path, "root/a.txt", "root/sub/b.txt")
    (tmp_path / "root/sub/up").symlink_to("..")
    (tmp_path / "root/sub/out").symlink_to(tmp_path)
    (tmp_path / "root/self.txt").symlink_to("self.txt")
    (tmp_path / "root/gone.txt").symlink_to("no\x1b[31mwhere")
    assert found(tmp_path / "root") == ["a.txt", "sub/b.txt"]
    assert refused(tmp_path / "root") == {
        "gone.txt": r"dangling link: there is no no\x1b[31mwhere",
        "self.txt": "link loop: the link leads back to itself",
        "sub/up": "link loop: the link leads back to a folder that it stands in",
        "sub/out": "link loop: the link leads back to a folder that it stands in",
    }


def test_what_is_no_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.txt")
    Path("zero").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock")
        assert refused(tmp_path) == {
            "pipe.txt": "a FIFO (named pipe), not a file",
            "sock": "a socket, not a file",
            "zero": "a device, not a file",
        }


def test_folder_that_cannot_be_opened_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "shut/b.txt", "z.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    entries = list(walk(tmp_path))
    assert [entry.relative for entry in entries] == ["a.txt", "shut", "z.txt"]
    assert entries[1] == Refused(tmp_path / "shut", "shut", "can't be read: permission denied", folder=True)


def test_names_of_any_bytes(tmp_path: Path) -> None:
    names = [
        b"b\xff.txt",
        b"esc\x1b[31m.txt",
        b"line\nend.txt",
        b"back\\slash.txt",
        "ü\u202e.txt".encode(),
        b"a b.txt",
    ]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("x")  # noqa: PTH118
    entries = [entry for entry in walk(tmp_path) if isinstance(entry, Found)]
    assert sorted(os.fsencode(entry.path.name) for entry in entries) == sorted(names)
    for entry in entries:
        assert entry.relative.isprintable()
        entry.relative.encode("utf-8")
        assert path_of(tmp_path, entry.relative) == entry.path
        assert name_as_text(name_from_text(entry.relative)) == entry.relative


def test_deeper_than_the_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1_100):
        os.mkdir("d")  # noqa: PTH102
        os.chdir("d")
    Path("a.txt").write_text("x")
    names = found(tmp_path)
    Path("a.txt").unlink()
    for _ in range(1_100):  # What pytest cleans up with is recursive.
        os.chdir("..")
        os.rmdir("d")  # noqa: PTH106
    assert names == ["d/" * 1_100 + "a.txt"]


def test_a_file_that_goes_while_walking_is_no_failure(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", "sub/c.txt")
    walking = walk(tmp_path)
    next(walking)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "sub/c.txt").unlink()
    (tmp_path / "sub").rmdir()
    assert [entry.relative for entry in walking if isinstance(entry, Refused)] == []
