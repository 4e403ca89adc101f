"""A file is an article or a clear reason, whatever it is, and nothing ever hangs."""

from __future__ import annotations

import os
import pickle
import socket
from pathlib import Path

import pytest

from tui.sources import NotAnArticle, Unreadable, read_article, read_bytes
from tui.sources.reading import source_of
from tui.sources.refusal import LARGEST_FILE

FOUNDING = "Title\n20211216\nhttps://www.a.example/1\nText.\n"


def reason(path: Path) -> NotAnArticle:
    with pytest.raises(NotAnArticle) as refusal:
        read_article(path)
    assert "\n" not in refusal.value.reason
    return refusal.value


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FOUNDING)
    assert read_article(path).article.paragraphs == ("Text.",)
    assert read_bytes(path) == FOUNDING.encode()


def test_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FOUNDING)
    (tmp_path / "b").symlink_to("a.txt")
    assert read_article(tmp_path / "b").article.title == "Title"


def test_too_large_is_refused_without_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert reason(path).reason == "too large (100 MB; the limit is 20 MB)"
    assert LARGEST_FILE == 20_000_000


def test_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reason(tmp_path / "a.txt").reason == "a FIFO (named pipe), not a file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_device(device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    assert reason(Path(device)).reason == "a device or socket, not a file"


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # A socket's path must be short.
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.txt")
        assert reason(Path("a.txt")).reason == "a device or socket, not a file"


def test_folder(tmp_path: Path) -> None:
    assert reason(tmp_path).reason == "a folder, not a file"


def test_missing_dangling_and_looping(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    assert reason(tmp_path / "missing").reason == "no such file or folder"
    assert reason(tmp_path / "dangling").reason == "no such file or folder"
    assert reason(tmp_path / "loop").reason.startswith("link loop")
    assert isinstance(reason(tmp_path / "loop"), Unreadable)


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FOUNDING)

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    refusal = reason(path)
    assert refusal.reason == "can't be read: permission denied"
    assert isinstance(refusal, Unreadable)


def test_impossible_name() -> None:
    assert reason(Path("a\0b")).reason == "not a possible file name"


def test_refusals_travel_between_processes() -> None:
    for refusal in (NotAnArticle("empty"), Unreadable("can't be read")):
        copy = pickle.loads(pickle.dumps(refusal))
        assert (type(copy), copy.reason) == (type(refusal), refusal.reason)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.a.example/1", "a.example"),
        ("HTTP://User:pw@WWW.A.Example:80/1", "a.example"),
        ("https://news.a.example./", "news.a.example"),
        ("https:///1", None),
        ("http://[::1", None),
        ("words", None),
    ],
)
def test_source_is_the_host(url: str, source: str | None) -> None:
    assert source_of(url) == source
