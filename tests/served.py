"""A real server in a process of its own, and how programs talk to it; imported by tests and benchmarks."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from conftest import command

HONEST = "How tall is the lighthouse of Ostrava?"
HONEST_ANSWER = "61 metres"
HONEST_ARTICLE = "The lighthouse of Ostrava is 61 metres tall, its keeper said.\n"
"""A question with one answer, whatever else the articles say."""

PASSWORD = "correct horse"  # noqa: S105
"""Of every login in these tests."""


@dataclass(frozen=True)
class Served:
    """A chat that is being served, over a folder."""

    url: str
    """Ends in a slash."""
    folder: Path
    index: Path
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 80

    def client(self, **options: Any) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=120, **options)


@contextmanager
def served(
    folder: Path,
    index: Path,
    *options: object,
    environment: Mapping[str, str] | None = None,
    may_complain: bool = False,
) -> Iterator[Served]:
    """`presscite chat` over `folder` with these options, until it is stopped as with Ctrl-C.

    Unless it `may_complain`, of calls that make no sense for example, nothing unforeseen may be told on stderr; nor
    ever PASSWORD, or what was asked.
    """
    # Answers are compared with those of a whole index, so it is not made while they are given.
    # It ends with 1 where a file could not be read, which may be what is tested.
    made = subprocess.run(command("index", "--corpus", folder, "--index", index), check=False, capture_output=True)
    assert made.returncode in (0, 1), made.stderr
    start = command("chat", "--no-open", "--corpus", folder, "--index", index, *options)
    with subprocess.Popen(
        start, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().strip()
        if not url:
            raise AssertionError(process.stderr.read())
        try:
            yield Served(url, folder, index, process)
        finally:
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[1]
        assert process.returncode == 0, f"Ctrl-C is clean: {said}"
        assert may_complain or "Traceback" not in said, said
        assert [secret for secret in (PASSWORD, HONEST) if secret in said] == [], said


def call(client: httpx.Client, endpoint: str, **values: object) -> tuple[str, Any]:
    """Call an endpoint of the API as its documentation says: "complete" and the result, or what else came of it."""
    body = json.dumps(values)
    begun = client.post(f"gradio_api/call/v2/{endpoint}", content=body, headers={"content-type": "application/json"})
    if begun.status_code != httpx.codes.OK:
        return str(begun.status_code), begun.text
    event = begun.json()["event_id"]
    with client.stream("GET", f"gradio_api/call/{endpoint}/{event}") as stream:
        name = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and name in ("complete", "error"):
                data = json.loads(line.removeprefix("data: "))
                return name, data[0] if name == "complete" else data
    return "closed", None
