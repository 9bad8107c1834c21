"""The endpoints of Gradio's API that programs call: /ask, /search and /read_article, typed and documented."""

from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api
from pydantic import BaseModel, ValidationError

from bot.web.programs import AT_ONCE, AskArguments, Programs, ReadArticleArguments, SearchArguments, mistakes
from corpus.errors import PressciteError

Arguments = TypeVar("Arguments", bound=BaseModel)


def add_program_endpoints(programs: Programs) -> None:
    """Add the endpoints to the `gr.Blocks` that is being built."""

    def ask(
        question: str,
        since: str | None = None,
        until: str | None = None,
        outlets: list[str] | None = None,
        articles: list[str] | None = None,
        earlier: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question with verbatim, sourced quotes, or say that the articles do not answer it.

        A follow-up is understood after the questions in earlier, the oldest first; "understood" says as what.
        """
        within = {"since": since, "until": until, "outlets": outlets, "articles": articles}
        return _called(programs.ask, AskArguments, question=question, earlier=earlier, **within)

    def search(query: str, count: int = 10) -> dict[str, Any]:
        """Find the passages nearest to some words or a question, verbatim, with their articles and offsets."""
        return _called(programs.search, SearchArguments, query=query, count=count)

    def read_article(article: str, start: int = 0, end: int | None = None) -> dict[str, Any]:
        """Read an article, or the characters from start to end of it, as its file holds them now."""
        return _called(programs.read_article, ReadArticleArguments, article=article, start=start, end=end)

    for function in (ask, search, read_article):
        # Whoever is worked on and whoever waits is counted by `Programs`, together with MCP.
        api(function, api_name=function.__name__, concurrency_limit=2 * AT_ONCE)


def _called(
    call: Callable[[Arguments], dict[str, Any]], arguments: type[Arguments], **values: object
) -> dict[str, Any]:
    try:
        return call(arguments.model_validate(values))
    except ValidationError as error:
        raise gr.Error(mistakes(error), print_exception=False) from None
    except PressciteError as error:
        raise gr.Error(str(error), print_exception=False) from None
