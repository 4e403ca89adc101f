"""Build the wheel and the sdist, install the wheel elsewhere, and use the program that it gives.

No index is asked: the installed program sees the test environment's packages through a `.pth` file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import MadeOnce
from tests.terminal.driver import Driver

ROOT = Path(__file__).resolve().parent.parent.parent


def _run(*command: str | Path, cwd: Path = ROOT) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout


def _build_wheel(source: Path, folder: Path) -> Path:
    offline = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", folder, source)
    return _only(folder, "broadsheet-*.whl")


def _only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


@pytest.fixture(scope="session")
def wheel(made_once: MadeOnce) -> Path:
    """The wheel, built from the checkout."""
    return _only(made_once("wheel", lambda folder: _build_wheel(ROOT, folder)), "*.whl")


@pytest.fixture(scope="session")
def sdist(made_once: MadeOnce) -> Path:
    """The source distribution."""
    build = (sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory")
    return _only(made_once("sdist", lambda folder: _run(*build, folder)), "*.tar.gz")


@pytest.fixture(scope="session")
def installed(made_once: MadeOnce, wheel: Path) -> Path:
    """The `bin` folder of an environment in which the wheel is installed."""
    return made_once("environment", lambda folder: _install(wheel, folder)) / "bin"


def _install(wheel: Path, folder: Path) -> None:
    venv.create(folder, with_pip=False, symlinks=True)
    bin_folder = folder / "bin"
    offline = ("--no-index", "--no-deps", "--quiet", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "--python", bin_folder / "python", "install", *offline, wheel)
    site_packages = _only(folder, "lib/python*/site-packages")
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # Comes after the environment's own packages: a Broadsheet installed in there is not the one found.
    (site_packages / "test_environment.pth").write_text("\n".join(sorted(paths)) + "\n")


def _newest_titles(folder: Path) -> list[str]:
    """How the titles begin of the articles of the last day, in a folder in the founding format."""
    headers = [path.read_text(encoding="utf-8").split("\n", 2)[:2] for path in folder.glob("*.txt")]
    last_day = max(day for _, day in headers)
    return [title[:8] for title, day in headers if day == last_day]


def _committed(*folders: str) -> set[str]:
    """Files of the checkout in those folders, without what Python and editors leave there."""
    return {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def test_the_wheel_holds_the_package_and_the_sample_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == _committed("tui") | {f"tui/{name}" for name in _committed("sample_data")}


def test_the_wheel_carries_the_licences_of_the_program_and_of_its_model(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = archive.read(metadata).decode().split("\n\n")[0].split("\n")
        licences = Path(metadata).parent / "licenses"
        for name in ("LICENSE", "tui/entities/data/LICENSE-MODEL"):
            assert f"License-File: {name}" in headers
            assert archive.read(str(licences / name)) == (ROOT / name).read_bytes()
    assert "License-Expression: MIT AND CC-BY-SA-4.0 AND CC-BY-4.0" in headers


def test_the_sdist_holds_what_it_takes_to_build_and_test(sdist: Path, tmp_path: Path, wheel: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    names = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    wanted = _committed("tui", "tests", "sample_data") | {"pyproject.toml", "README.md", "LICENSE"}
    assert wanted - names == set()
    again = _build_wheel(source, tmp_path / "again")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert set(one.namelist()) == set(other.namelist())


def test_the_installed_command_finds_the_sample_data_that_came_with_it(
    installed: Path, tmp_path: Path
) -> None:
    found = _run(
        installed / "python",
        "-c",
        "import tui.corpus; print(tui.__file__); print(tui.corpus.sample_data_path())",
        cwd=tmp_path,
    ).splitlines()
    package = Path(found[0]).parent
    assert package.is_relative_to(installed.parent)
    assert Path(found[1]) == package / "sample_data"
    answer = json.loads(_run(installed / "broadsheet", "search", "--json", "treaty", cwd=tmp_path))
    assert answer["total"] > 0


def test_the_installed_reader_opens_searches_reads_and_quits(installed: Path, tmp_path: Path) -> None:
    """The real program in a real terminal, as on a machine that has just installed it."""
    with Driver([installed / "broadsheet"], cwd=tmp_path, env={"PYTHONPATH": ""}) as reader:
        titles = _newest_titles(ROOT / "sample_data")
        reader.wait_until(lambda: any(title in reader.emulator.text for title in titles), what=str(titles))
        reader.press("/")
        reader.type("ever given canal")
        reader.wait_until(lambda: "Ever Given" in reader.emulator.text, what="an article on the Ever Given")
        reader.press("enter", "enter")
        reader.wait_for(".example")
        reader.press("ctrl+q")
        assert reader.wait_exit() == 0
        reader.assert_restored()
