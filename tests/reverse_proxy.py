"""A reverse proxy that puts a server under a path, for tests; it streams what comes, as one would be set up to."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_BETWEEN_TWO = {"connection", "keep-alive", "transfer-encoding"}
"""Headers that are of one connection only (RFC 9110, 7.6.1)."""


@contextmanager
def proxied(port: int, path: str, *, takes_off: bool) -> Iterator[str]:
    """The URL of a proxy that serves the server at `port` under `path`, and nothing else; it ends in a slash.

    What it asks the server for has `path` before it, unless it `takes_off` the path.
    """

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(f"{path}/"):
                self.send_error(404)
                return
            length = int(self.headers.get("content-length", 0))
            asked = self.path.removeprefix(path) if takes_off else self.path
            # Either side may hang up on a stream.
            with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as server, suppress(OSError, HTTPException):
                server.request(self.command, asked, self.rfile.read(length), dict(self.headers.items()))
                answer = server.getresponse()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in _BETWEEN_TWO:
                        self.send_header(name, value)
                self.send_header("connection", "close")
                self.end_headers()
                while piece := answer.read1():
                    self.wfile.write(piece)
                    self.wfile.flush()

        do_POST = do_GET  # noqa: N815 - the library has these names

        def log_message(self, *_: object) -> None:
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    proxy.daemon_threads = True
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}{path}/"
    finally:
        proxy.shutdown()
        proxy.server_close()
