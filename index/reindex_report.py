"""How far a reindexing is, and what it did."""

from dataclasses import dataclass, field

from index.records import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reindexing is."""

    files_done: int
    files_to_read: int
    embedded: int
    """Passages embedded so far, identical ones counted once."""
    to_embed: int
    """Passages that are known to need it, those that are done included."""


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What one reindexing did, in paths; `problems` are all that the folder has now."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    embedded: int = 0
    """How many passages had to be embedded."""
    problems: tuple[Problem, ...] = ()
    ignored: dict[str, int] = field(default_factory=dict)
    """How many files of each suffix are of a format that is not read."""
    generation: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """How many articles are indexed now."""
        return self.unchanged + len(self.added) + len(self.changed) + len(self.renamed)

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """The files that could not be indexed."""
        return tuple(problem for problem in self.problems if problem.skipped)

    @property
    def did_anything(self) -> bool:
        """Whether the index holds something else than before."""
        return bool(self.added or self.changed or self.renamed or self.removed)


def compared(before: dict[str, str], after: dict[str, str], articles: int) -> ReindexReport:
    """The report of what two states of the store differ in: SHA-256 by path of all that was touched.

    `articles` is how many there are after.
    """
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    by_hash = {before[path]: path for path in sorted(gone, reverse=True)}
    renamed = []
    for path in sorted(new):
        old = by_hash.pop(after[path], None)
        if old is not None:
            renamed.append((old, path))
    return ReindexReport(
        added=tuple(sorted(new - {path for _, path in renamed})),
        changed=tuple(sorted(path for path in before.keys() & after.keys() if before[path] != after[path])),
        renamed=tuple(renamed),
        removed=tuple(sorted(gone - {path for path, _ in renamed})),
        unchanged=articles - len(after) + sum(before[path] == after[path] for path in before.keys() & after.keys()),
    )
