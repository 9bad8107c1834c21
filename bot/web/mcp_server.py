"""The MCP server: assistants ask, search and read, and can quote with proof; the only file that imports mcp.

Model Context Protocol, https://modelcontextprotocol.io; over "streamable HTTP", without sessions, since no call
depends on another. It has no login of its own: `bot.web.guard` stands before it as before everything else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import anyio.to_thread
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette

from bot.web.guard import MCP_PATH
from bot.web.programs import AskArguments, Programs, ReadArticleArguments, SearchArguments, mistakes
from corpus.errors import PressciteError

_INSTRUCTIONS = (
    "Answers questions from a folder of news articles. Every quote is a verbatim slice of its article, with offsets"
    " and the SHA-256 of the file. Quote it as it stands and name its source; where the status is not_found, the"
    " articles do not say, and where it is disputed, give all positions."
)


@dataclass(frozen=True, slots=True)
class _Tool:
    title: str
    description: str
    arguments: type[BaseModel]
    call: Callable[[Any], dict[str, Any]]

    def described(self, name: str) -> types.Tool:
        return types.Tool(
            name=name,
            title=self.title,
            description=self.description,
            input_schema=self.arguments.model_json_schema(),
            annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
        )


def mcp_application(programs: Programs) -> Starlette:
    """The ASGI application that answers MCP_PATH; its lifespan has to be run."""
    tools = {
        "ask": _Tool(
            "Ask the articles",
            "Answer a question with verbatim, sourced quotes, or say that the articles do not answer it. A follow-up"
            " is understood after the questions in `earlier`; `understood` says as what.",
            AskArguments,
            programs.ask,
        ),
        "search": _Tool(
            "Search the articles",
            "Find the passages nearest to some words or a question, verbatim, with their articles and offsets.",
            SearchArguments,
            programs.search,
        ),
        "read_article": _Tool(
            "Read an article",
            "Read an article, or the characters from start to end of it, as its file holds them now.",
            ReadArticleArguments,
            programs.read_article,
        ),
    }

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool.described(name) for name, tool in tools.items()])

    async def call_tool(_: ServerRequestContext[Any], asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            return _failed(f"There is no tool of this name; there are {', '.join(tools)}.")
        try:
            arguments = tool.arguments.model_validate(asked.arguments or {})
            result = await anyio.to_thread.run_sync(partial(tool.call, arguments))
        except ValidationError as error:
            return _failed(mistakes(error))
        except PressciteError as error:
            return _failed(str(error))
        # Half a character, as JSON may name it, is no UTF-8; escaped it is the same JSON.
        return types.CallToolResult(content=[types.TextContent(text=json.dumps(result))], structured_content=result)

    server: Server[Any] = Server(
        "presscite", title="Presscite", instructions=_INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )
    return server.streamable_http_app(
        streamable_http_path=MCP_PATH,
        json_response=True,
        stateless_http=True,
        # The guard has looked at Host and Origin, and knows under which names this server goes.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )


def _failed(reason: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=reason)], is_error=True)
