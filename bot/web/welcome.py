"""What stands in an empty conversation: what this is, and what can be asked."""

from markupsafe import Markup

from bot.library import Library
from bot.settings import sample_articles
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.wording import long_day
from corpus.errors import PressciteError

EXAMPLES = (
    "how many detainees?",
    "How many people died?",
    "Why did people protest?",
    "What did the president say about foreign fighters?",
)
"""Questions that the sample articles are asked; of other articles nothing is known beforehand."""

MOST_NAMED = 8
"""Outlets that are named before a question, and where nothing was found."""


def about_articles(library: Library, say: Messages) -> str:
    """From which days the articles are, and by whom; empty where that is not known."""
    try:
        with library.store.snapshot() as snapshot:
            days, outlets = snapshot.days(), snapshot.outlets()
    except PressciteError:
        # The note on the index says what is wrong with it.
        return ""
    parts = [say("from_days", first=long_day(min(days), say), last=long_day(max(days), say))] if days else []
    if outlets:
        names = ", ".join(outlets[:MOST_NAMED]) + (", …" if len(outlets) > MOST_NAMED else "")
        parts.append(say("by_outlets", names=names))
    return " ".join(parts)


def welcome_as_html(library: Library, say: Messages) -> Markup:
    """The welcome; over the sample articles with questions to choose from."""
    parts = [
        element("p", say("welcome"), class_="presscite-welcome"),
        element("p", say("welcome_how"), class_="presscite-hint"),
        element("p", about_articles(library, say), class_="presscite-hint"),
    ]
    if library.folder is not None and library.folder.resolve() == sample_articles().resolve():
        buttons = [
            element("button", each, type="button", class_="presscite-button", data_do="ask", data_question=each)
            for each in EXAMPLES
        ]
        parts.append(element("p", say("for_example"), class_="presscite-others"))
        parts.append(element("div", joined(buttons), class_="presscite-examples", lang="en"))
    return element("div", joined(parts), class_="presscite-empty")
