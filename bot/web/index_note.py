"""One line on the index: how many articles it has, since when, and what is being done about the rest."""

from bot.library import Library
from bot.refreshing import RefreshState
from bot.web.messages import Messages
from corpus.errors import PressciteError


def index_note(library: Library, state: RefreshState, say: Messages) -> str:
    """The line, as plain text."""
    try:
        with library.store.snapshot() as snapshot:
            statistics = snapshot.statistics
            skipped = sum(problem.skipped for problem in snapshot.problems())
    except PressciteError as error:
        return say.problem(str(error))
    parts = [say("indexed", count=f"{statistics.articles:,}")]
    if statistics.updated:
        parts.append(say("last_changed", when=f"{statistics.updated:%Y-%m-%d %H:%M}"))
    if skipped:
        parts.append(say("unreadable", count=f"{skipped:,}"))
    if state.progress is not None:
        unread = state.progress.files_to_read - state.progress.files_done
        todo = [say("files_to_read", count=f"{unread:,}")] if unread else []
        todo += [say("passages_to_embed", count=f"{statistics.pending:,}")] if statistics.pending else []
        parts.append(say("indexing", todo=", ".join(todo) or say("nearly_done")))
    return " · ".join([*parts, *filter(None, [say.problem(state.problem)])])
