"""The reader's own things outlast the session, the store and each other."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from tui.article import ArticleId
from tui.corpus import Desk
from tui.corpus.desk import HISTORY

A, B = ArticleId("a" * 16), ArticleId("b" * 16)


def test_marks_places_queries_and_choices_are_there_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "desk.sqlite"
    desk = Desk("one", path)
    assert not desk.is_read(A) and not desk.starred(A) and desk.place(A) is None and desk.get("theme") is None
    desk.set_read(A, True)
    desk.set_read(B, True)
    desk.set_read(B, False)
    desk.set_starred(B, True)
    desk.set_place(A, 3, 17)
    desk.remember_query("nato")
    desk.remember_query(" source:meridian ")
    desk.remember_query("")
    desk.remember_query("nato")
    desk.set("theme", "dark")
    desk.close()
    again = Desk("one", path)
    assert again.is_read(A) and not again.is_read(B)
    assert again.read_ids() == {A} and again.starred_ids() == {B}
    assert again.place(A) == (3, 17)
    assert again.query_history() == ["nato", "source:meridian"]
    assert again.query_history(1) == ["nato"]
    assert again.get("theme") == "dark" and again.get("other", "x") == "x"
    assert again.problem is None


def test_each_corpus_has_its_own(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    one, other = Desk("one", path), Desk("other", path)
    one.set_starred(A, True)
    one.close()
    assert other.starred_ids() == frozenset()


def test_asking_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    desk = Desk("one", path)
    desk.is_read(A)
    desk.set_read(A, False)
    desk.query_history()
    desk.close()
    assert not path.exists()


def test_marking_waits_for_no_disk(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    Desk("one", path).set_read(A, True)
    desk = Desk("one", path)
    desk.set_read(B, True)
    desk.flush()
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    began = time.perf_counter()
    desk.set_starred(A, True)
    assert desk.starred(A)
    assert time.perf_counter() - began < 0.05
    blocker.execute("ROLLBACK")
    blocker.close()
    desk.close()
    assert Desk("one", path).starred(A)


def test_two_readers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    program = (
        "import sys; from pathlib import Path; from tui.corpus import Desk; desk = Desk('one', Path(sys.argv[1]))\n"
        "for n in range(150):\n"
        "    desk.set_read(f'{sys.argv[2]}{n:015}', True); desk.set_place(f'{n:016}', n, int(sys.argv[2]))\n"
        "    desk.remember_query(f'query {n}')\n"
        "    if n % 30 == 0: desk.flush()\n"
        "desk.close(); assert desk.problem is None, desk.problem"
    )
    programs = [subprocess.Popen([sys.executable, "-c", program, str(path), name]) for name in "12"]
    assert [program.wait() for program in programs] == [0, 0]
    desk = Desk("one", path)
    assert len(desk.read_ids()) == 300
    assert len(desk.query_history(1000)) == 150
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_many_threads(tmp_path: Path) -> None:
    desk = Desk("one", tmp_path / "desk.sqlite")

    def mark(name: int) -> None:
        for number in range(100):
            desk.set_starred(ArticleId(f"{name}{number:015}"), True)
            desk.starred_ids()
            if number % 20 == 0:
                desk.flush()

    threads = [threading.Thread(target=mark, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.close()
    assert len(Desk("one", tmp_path / "desk.sqlite").starred_ids()) == 400


def test_without_a_home_it_works_till_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    desk = Desk("one", tmp_path / "file" / "desk.sqlite")
    desk.set_starred(A, True)
    desk.flush()
    desk.set_starred(B, True)
    assert desk.starred_ids() == {A, B}
    assert desk.problem is not None and "forgotten" in desk.problem and "\n" not in desk.problem
    desk.close()


def test_a_damaged_desk_is_put_aside_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_bytes(b"no database at all" * 100)
    desk = Desk("one", path)
    assert not desk.is_read(A)
    assert desk.problem is not None and "damaged" in desk.problem
    desk.close()
    assert [file.read_bytes()[:11] for file in tmp_path.glob("desk.sqlite.damaged-*")] == [b"no database"]
    again = Desk("one", path)
    again.set_read(A, True)
    again.close()
    assert Desk("one", path).is_read(A)


def test_the_history_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    desk = Desk("one", path)
    for number in range(HISTORY + 50):
        desk.remember_query(f"query {number}")
    desk.flush()
    desk.remember_query("last")
    desk.close()
    history = Desk("one", path).query_history(HISTORY * 2)
    assert history[0] == "last" and HISTORY <= len(history) <= HISTORY + 2
