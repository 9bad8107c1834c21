"""What the commands say of their work, in words and in JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.library import Library
from bot.rendering import printable
from corpus.folder import FolderChanges, compare_folder
from index.records import Problem, Recipe, Statistics
from index.reindex_report import ReindexReport

if TYPE_CHECKING:
    from bot.reader.training.train import TrainingReport
    from bot.verifying import QuoteCheck
    from index.checking import IndexCheck


def counted(number: int, thing: str) -> str:
    """A number and its thing, such as "1 article" or "2 articles"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def suffixes(ignored: Mapping[str, int]) -> str:
    """How many files of which suffix, such as "3 .pdf, 1 .docx", most frequent first."""
    return ", ".join(f"{number} {suffix}" for suffix, number in sorted(ignored.items(), key=lambda item: -item[1]))


def reindex_as_text(report: ReindexReport) -> str:
    """One line on what a reindexing did."""
    done = (
        ("added", report.added),
        ("changed", report.changed),
        ("renamed", report.renamed),
        ("removed", report.removed),
    )
    what = ", ".join(f"{len(paths)} {word}" for word, paths in done if paths) or "nothing changed"
    skipped = f"; {counted(len(report.skipped), 'file')} skipped" if report.skipped else ""
    embedded = counted(report.embedded, "passage")
    return f"{counted(report.total, 'article')}: {what}{skipped}. {embedded} embedded in {report.seconds:.1f} s."


def reindex_as_json(report: ReindexReport) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "articles": report.total,
        "added": list(report.added),
        "changed": list(report.changed),
        "renamed": [{"from": old, "to": new} for old, new in report.renamed],
        "removed": list(report.removed),
        "unchanged": report.unchanged,
        "passages_embedded": report.embedded,
        **_problems_as_json(report.problems),
        "ignored": dict(report.ignored),
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
    }


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is indexed, where, and what has changed in the folder since."""

    corpus: str
    index: Path
    statistics: Statistics
    recipe: Recipe | None
    to_read: tuple[str, ...]
    """Files that are new or may have changed since they were indexed."""
    gone: tuple[str, ...]
    problems: tuple[Problem, ...]
    ignored: Mapping[str, int]

    def as_text(self) -> str:
        """A line a fact."""
        updated = self.statistics.updated
        when = f"{updated:%Y-%m-%d %H:%M} UTC" if updated else "never"
        lines = [
            f"Corpus    {self.corpus}",
            f"Index     {self.index}",
            f"Articles  {self.statistics.articles:,} ({counted(self.statistics.passages, 'passage')})",
            f"Indexed   {when} (generation {self.statistics.generation})",
            f"Model     {self.recipe.model if self.recipe else 'none yet'}",
        ]
        if self.statistics.pending:
            pending = counted(self.statistics.pending, "passage")
            lines.append(f"To embed  {pending}, found by their words only; type presscite index")
        changes = [counted(len(self.to_read), "file") + " to read"] if self.to_read else []
        changes += [counted(len(self.gone), "file") + " gone"] if self.gone else []
        if changes:
            lines.append(f"Changes   {', '.join(changes)}; type presscite index")
        lines += [f"{'Skipped ' if p.skipped else 'Warning '}  {printable(p.reason)}" for p in self.problems]
        if self.ignored:
            lines.append(f"Not read  {suffixes(self.ignored)} (other formats)")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "corpus": self.corpus,
            "index": str(self.index),
            "articles": self.statistics.articles,
            "passages": self.statistics.passages,
            "passages_to_embed": self.statistics.pending,
            "generation": self.statistics.generation,
            "updated": self.statistics.updated.isoformat() if self.statistics.updated else None,
            "model": self.recipe.model if self.recipe else None,
            "to_read": list(self.to_read),
            "gone": list(self.gone),
            **_problems_as_json(self.problems),
            "ignored": dict(self.ignored),
        }


def status_of(library: Library) -> IndexStatus:
    """The status of a library's index, reading no article."""
    with library.store.snapshot() as snapshot:
        statistics, recipe, corpus = snapshot.statistics, snapshot.recipe, snapshot.corpus
        problems, stamps = tuple(snapshot.problems()), snapshot.stamps()
    if library.folder is None:
        changes, where = FolderChanges((), (), (), {}), f"{corpus} (a copy, answering without it)"
    else:
        changes, where = compare_folder(library.folder, stamps), str(library.folder.resolve())
    return IndexStatus(
        where,
        library.store.folder.resolve(),
        statistics,
        recipe,
        changes.to_read,
        changes.gone,
        problems,
        changes.ignored,
    )


def training_as_text(report: "TrainingReport") -> str:
    """What a training did, and how the reader reads the held-out questions."""
    lines = [
        f"{counted(report.learned, 'question')} learned, {report.epochs:.2f} epochs in {report.seconds / 60:.0f} min;"
        f" {report.left_out} left out, as their answers do not stand in their passage."
    ]
    for name, figures in (("before", report.before), ("after", report.after)):
        if figures is not None:
            known = {"exact": figures.exact, "f1": figures.f1, "overall_f1": figures.overall_f1, "area": figures.area}
            shown = ", ".join(f"{key} {value:.3f}" for key, value in known.items() if value is not None)
            lines.append(f"{name}: {shown} on {counted(figures.questions, 'held-out question')}")
    if not report.calibrated:
        lines.append("Too few questions were held out to fit its confidence: it has the bundled reader's.")
    lines.append(f"Written to {report.reader}; use it with --reader {report.reader}")
    return "\n".join(lines)


def index_check_as_text(check: "IndexCheck") -> str:
    """What a check of an index found, a line a fault."""
    looked = (
        f"{counted(check.articles, 'article')}, {counted(check.passages, 'passage')},"
        f" {counted(check.vectors, 'vector')}: texts, words and vectors"
    )
    if check.sound:
        return f"{looked} agree."
    return "\n".join([*check.faults, f"{looked} do not agree; type presscite index --rebuild"])


def check_as_text(check: "QuoteCheck") -> str:
    """One line on one quote of an answer file."""
    name = f" ({printable(str(check.id))})" if check.id is not None else ""
    article = f" {printable(check.article)}:" if check.article else ""
    return f"line {check.line}{name}: {check.state.value}:{article} {printable(check.detail)}"


def check_as_json(check: "QuoteCheck") -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "line": check.line,
        "id": check.id,
        "state": check.state.value,
        "article": check.article,
        "detail": check.detail,
    }


def _problems_as_json(problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "skipped": [{"article": problem.path, "reason": problem.reason} for problem in problems if problem.skipped],
        "warnings": [
            {"article": problem.path, "reason": problem.reason} for problem in problems if not problem.skipped
        ],
    }
