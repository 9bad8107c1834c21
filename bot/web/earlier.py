"""The HTML of the earlier conversations, which only the browser keeps."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.turns import Conversation

LONGEST_NAME = 90
"""Characters of a first question that stand for its conversation."""


def earlier_as_html(conversations: Sequence[Conversation], say: Messages) -> Markup:
    """The button for a new conversation, and the earlier ones folded."""
    fresh = _button(say("new_conversation"), "fresh")
    if not conversations:
        return element("div", fresh, class_="presscite-row")
    names = [
        element("li", _button(each.title[:LONGEST_NAME], "reopen", number)) for number, each in enumerate(conversations)
    ]
    listed = element(
        "div",
        element("p", say("kept_here"), class_="presscite-hint"),
        element("ul", joined(names), class_="presscite-names"),
        _button(say("forget"), "forget"),
        class_="presscite-choices",
    )
    summary = element("summary", say("earlier", count=len(conversations)), class_="presscite-button")
    menu = element("details", summary, listed, class_="presscite-menu")
    return element("div", fresh, menu, class_="presscite-row")


def _button(text: str, action: str, conversation: int | None = None) -> Markup:
    return element(
        "button",
        text,
        type="button",
        class_="presscite-button",
        data_do=action,
        data_conversation=conversation,
        dir="auto",
    )
