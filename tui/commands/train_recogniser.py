"""`broadsheet train-recogniser`: a model of one's own, from texts in which somebody has marked the names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import counted, say
from tui.commands.printing import is_drawn, make_console, print_json, print_line, text_of
from tui.commands.request import Request, examples, shared_options
from tui.errors import BroadsheetError, UsageError

if TYPE_CHECKING:
    from tui.entities.evaluation import Score
    from tui.entities.lessons import Document

COMPLAINTS = 20
"""How many lines that could not be used are named; the rest is counted."""
_USUAL_TEST_SHARE = 0.1
_MOST_TEST_SHARE = 0.9

Progress = Callable[[int, int, float], None]


class NothingToLearn(BroadsheetError):
    """The data has no name in it."""


class CannotWrite(BroadsheetError):
    """There is no place for the model."""


@click.command(
    "train-recogniser",
    epilog=examples(
        "broadsheet train-recogniser annotated.jsonl --output own.model",
        "broadsheet train-recogniser annotated.jsonl --licence 'CC BY 4.0' --output own.model",
    ),
)
@shared_options
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The model to make; one that is there is replaced when the new one is done.",
)
@click.option(
    "--development",
    "developments",
    multiple=True,
    metavar="DATA",
    type=click.Path(exists=True, path_type=Path),
    help="Annotated data to score the model on; may be given several times.",
)
@click.option(
    "--licence",
    "licences",
    multiple=True,
    metavar="TEXT",
    help="The data's licence, for the model's card: once for all, or once for each DATA, in their order.",
)
@click.option(
    "--test-share",
    metavar="SHARE",
    type=click.FloatRange(0, _MOST_TEST_SHARE),
    help="The share of the documents that is kept from training, to score the model on."
    "  [default: 0.1; with --development 0]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the model's card as JSON.")
@click.pass_context
def train_command(
    context: click.Context,
    data: tuple[Path, ...],
    output: Path,
    developments: tuple[Path, ...],
    licences: tuple[str, ...],
    test_share: float | None,
    as_json: bool,
) -> int:
    """Train a recogniser on annotated DATA: files, or folders of them.

    DATA is CoNLL (a token a line, its tag in the last or another column; BIO, IOB1, IOBES), CoNLL-U with names,
    JSON lines {"text", "entities": [{"start", "end", "label"}]}, or text with [[Vladimir Putin|person]] in it.
    The labels that are in use (PER, PERSON, ORG, LOC, GPE, NORP, MISC and others) become person, organisation,
    place and misc.

    The model is used by --recogniser model:FILE, or recogniser = "model:FILE" in the settings. Its card, which is
    printed and kept in it, says what it was made from and how well it does. A line that can't be used is named
    and left out; the exit code is then 1.
    """
    request = context.ensure_object(Request)
    if len(licences) not in (0, 1, len(data)):
        raise click.UsageError(
            f"--licence is given {len(licences)} times, for {len(data)} DATA: once, or for each"
        )
    _check_replaceable(output, (*data, *developments))
    _check_writable(output)
    complaints = _Complaints()
    card = _train(data, developments, licences, test_share, output, complaints)
    complaints.count()
    if as_json:
        print_json(card)
    elif is_drawn(request):
        _draw(card, output)
    else:
        _print_lines(card)
    return NOT_ALL if complaints.total else DONE


def _train(
    paths: Sequence[Path],
    developments: Sequence[Path],
    licences: Sequence[str],
    test_share: float | None,
    output: Path,
    complain: Callable[[str], None],
) -> dict[str, Any]:
    """Train, score, and keep the card in the model; returns the card.

    Raises:
        NothingToLearn: The data has no name in it.
    """
    from tui.entities import own_model
    from tui.entities.lessons import held_out, read_data

    each: list[str | None] = [*licences] or [None]
    each = each * len(paths) if len(each) == 1 else each
    data = read_data(paths, each, complain)
    development = read_data(developments, [None] * len(developments), complain)
    if test_share is None:
        test_share = 0.0 if developments else _USUAL_TEST_SHARE
    lessons, test = held_out([document for part in data for document in part.documents], test_share)
    if not any(
        sentence.labels.count("O") < len(sentence.labels) for document in lessons for sentence in document
    ):
        raise NothingToLearn(
            f"No name is marked in {', '.join(map(str, paths))}: there is nothing to learn from"
        )
    card = _card(data, development, test, test_share)
    with _showing_progress() as progress:
        own_model.train(lessons, output, card=card, progress=progress)
    _score(card, output, [document for part in development for document in part.documents], test)
    return card


def _card(
    data: Sequence[Any], development: Sequence[Any], test: Sequence[Document], test_share: float
) -> dict[str, Any]:
    import datetime

    import tui
    from tui.entities.lessons import counts

    return {
        "data": [part.card() for part in data],
        "development": [part.card() for part in development],
        "test": {"share": test_share, **counts(test)},
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "broadsheet": tui.__version__,
        "scores": {},
    }


def _score(
    card: dict[str, Any], output: Path, development: Sequence[Document], test: Sequence[Document]
) -> None:
    """Score the model that was made, and write the scores into its card."""
    from dataclasses import replace

    from tui.entities.evaluation import score
    from tui.entities.model import read_model, recogniser_of, write_model

    model = read_model(output)
    recogniser = recogniser_of(model)
    for name, documents in (("development", development), ("test", test)):
        if documents:
            scores = score(recogniser, documents)
            card["scores"][name] = {kind: _rounded(of_kind) for kind, of_kind in scores.items()}
    write_model(output, replace(model, card={**model.card, **card}))


def _rounded(score: Score) -> dict[str, float | int | None]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in score._asdict().items()
    }


def _check_replaceable(output: Path, inputs: Sequence[Path]) -> None:
    """Whether nothing but a model would be lost by writing one there.

    Raises:
        UsageError: Something would.
    """
    from tui.entities.model import is_model

    for path in (output, _beside(output)):
        if not path.exists():
            continue
        if any(path.samefile(data) for data in inputs):
            raise UsageError(f"{path} is the data to learn from: the model needs a file of its own")
        try:
            replaceable = is_model(path)
        except OSError as error:
            raise UsageError(f"{path} can't be read: {error.strerror or error}") from None
        if not replaceable:
            raise UsageError(f"{path} is there and no model, and would be overwritten: name another file")


def _beside(output: Path) -> Path:
    """Where a model is written before it takes its place."""
    return output.with_name(f"{output.name}.new")


def _check_writable(output: Path) -> None:
    """Better to hear now than after an hour that it can't be written.

    Raises:
        CannotWrite: It can't.
    """
    beside = _beside(output)
    try:
        beside.touch()
        beside.unlink()
    except OSError as error:
        raise CannotWrite(f"{output} can't be written: {error.strerror or error}") from None


class _Complaints:
    """Says what could not be used, as far as a person reads on, and counts the rest."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, complaint: str) -> None:
        self.total += 1
        if self.total <= COMPLAINTS:
            say(complaint)

    def count(self) -> None:
        """Say how many there were beyond those that were said."""
        if self.total > COMPLAINTS:
            say(f"and {counted(self.total - COMPLAINTS, 'more line')} of data that could not be used")


@contextmanager
def _showing_progress() -> Iterator[Progress | None]:
    """A callback that draws a bar while the context lasts; off a terminal, none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(file=sys.stderr, highlight=False, markup=False, emoji=False)
    columns = (
        TextColumn("training"),
        BarColumn(bar_width=None),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} steps, loss {task.fields[loss]:.3f}"),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task("", total=1, loss=0.0)
        yield lambda done, total, loss: bar.update(task, completed=done, total=total, loss=loss)


def _data_lines(card: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None, Mapping[str, Any]]]:
    """Each set of data: what it is for, path, licence, counts."""
    for use in ("data", "development"):
        for part in card[use]:
            yield use, part["path"], part["licence"], part


def _print_lines(card: Mapping[str, Any]) -> None:
    for use, path, licence, part in _data_lines(card):
        numbers = [part["documents"], part["sentences"], part["tokens"], *part["names"].values()]
        print_line(use, path, licence, *numbers)
    for name, scores in card["scores"].items():
        for kind, score in scores.items():
            print_line("score", name, kind, score["wanted"], score["precision"], score["recall"], score["f1"])
    for name in ("date", "broadsheet"):
        print_line(name, card[name])


def _draw(card: Mapping[str, Any], output: Path) -> None:
    from rich.table import Table

    console = make_console()
    console.print(text_of(f"A model was made: {output}", "bold"))
    for use, path, licence, part in _data_lines(card):
        names = ", ".join(f"{number:,} {kind}" for kind, number in part["names"].items())
        console.print()
        console.print(text_of(f"{use}: {path}, licence {licence or 'not given'}"))
        size = f"{counted(part['documents'], 'document')}, {counted(part['sentences'], 'sentence')}"
        console.print(text_of(f"  {size}, names: {names}", "dim"))
    for name, scores in card["scores"].items():
        table = Table.grid(padding=(0, 2))
        table.add_row(*(text_of(word, "dim") for word in (name, "names", "precision", "recall", "F1")))
        for kind, score in scores.items():
            cells = [_percent(score[what]) for what in ("precision", "recall", "f1")]
            table.add_row(
                text_of(kind, "bold" if kind == "all" else ""), text_of(score["wanted"]), *map(text_of, cells)
            )
        console.print()
        console.print(table)
    console.print()
    console.print(text_of(f'To use it: recogniser = "model:{output.absolute()}" in the settings'))


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:.1f}"
