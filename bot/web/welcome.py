"""What stands in an empty conversation: what this is, and what can be asked."""

from markupsafe import Markup

from bot.library import Library
from bot.settings import sample_articles
from bot.web.markup import element, joined
from bot.web.messages import Messages

EXAMPLES = (
    "how many detainees?",
    "How many people died?",
    "Why did people protest?",
    "What did the president say about foreign fighters?",
)
"""Questions that the sample articles are asked; of other articles nothing is known beforehand."""


def welcome_as_html(library: Library, say: Messages) -> Markup:
    """The welcome; over the sample articles with questions to choose from."""
    parts = [
        element("p", say("welcome"), class_="presscite-welcome"),
        element("p", say("welcome_how"), class_="presscite-hint"),
    ]
    if library.folder is not None and library.folder.resolve() == sample_articles().resolve():
        buttons = [
            element("button", each, type="button", class_="presscite-button", data_do="ask", data_question=each)
            for each in EXAMPLES
        ]
        parts.append(element("p", say("for_example"), class_="presscite-others"))
        parts.append(element("div", joined(buttons), class_="presscite-examples", lang="en"))
    return element("div", joined(parts), class_="presscite-empty")
