"""How much one client may send, and how fast."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from corpus.reading import LARGEST_FILE

_MULTIPART = 1024 * 1024
"""Bytes that a form of several files may add to them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a server that is left running."""

    body: int = 4 * 1024 * 1024
    """Bytes of a request; a conversation of a day is a tenth of it."""
    upload: int = LARGEST_FILE + _MULTIPART
    """Bytes of a request that uploads files, all of them together."""
    requests_per_second: float = 100.0
    """Of one client, over a longer time; a page that is open sends one every second, an office is one client."""
    requests_at_once: int = 1_000
    """Of one client, before it is held to the rate."""
    uploads_per_minute: float = 30.0
    uploads_at_once: int = 60
    failed_logins_per_minute: float = 10.0
    failed_logins_at_once: int = 10
    questions_waiting: int = 100
    """Beyond those that are being answered; one more is told to come again."""
    connections: int = 1_000
    """Open at once, of all clients together."""


class RateLimit:
    """Token buckets, one a client: so many at once, then so many a second.

    Of clients, the `most_clients` that came last are remembered; a forgotten one begins afresh.
    """

    def __init__(
        self,
        per_second: float,
        at_once: int,
        *,
        most_clients: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._at_once = float(at_once)
        self._most_clients = most_clients
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> int:
        """Count one request of `client`: 0 if it may pass, else the seconds after which the next one may."""
        with self._lock:
            tokens = self._tokens(client)
            self._buckets[client] = (tokens - 1 if tokens >= 1 else tokens, self._clock())
            self._buckets.move_to_end(client)
            if len(self._buckets) > self._most_clients:
                self._buckets.popitem(last=False)
        return 0 if tokens >= 1 else math.ceil((1 - tokens) / self._per_second)

    def spent(self, client: str) -> int:
        """The seconds until `take` would let `client` pass, without counting anything."""
        with self._lock:
            tokens = self._tokens(client)
        return 0 if tokens >= 1 else math.ceil((1 - tokens) / self._per_second)

    def _tokens(self, client: str) -> float:
        tokens, then = self._buckets.get(client, (self._at_once, self._clock()))
        return min(self._at_once, tokens + (self._clock() - then) * self._per_second)
