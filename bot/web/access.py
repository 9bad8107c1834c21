"""Who may use the server, and under which names it answers."""

import hashlib
import hmac
import os
import secrets
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from corpus.errors import WrongUseError

AUTH_VARIABLE = "PRESSCITE_AUTH"
"""The environment variable that may hold one "user:password" instead of a file."""

SHORTEST_PASSWORD = 8
"""Characters."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""The names of this machine to itself."""


class Credentials:
    """Names and passwords; they are compared in constant time and never shown."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        # Digests under a key of this process are all of one length, and tell a memory dump nothing.
        self._key = secrets.token_bytes(32)
        self._digests = [(self._digest(name), self._digest(password)) for name, password in passwords.items()]

    def __repr__(self) -> str:
        """Say nothing of what is inside."""
        return f"Credentials({len(self._digests)})"

    def accept(self, name: str, password: str) -> bool:
        """Whether this is one of the names with its password; takes as long whichever it is."""
        given = self._digest(name), self._digest(password)
        matches = [
            hmac.compare_digest(given[0], known[0]) & hmac.compare_digest(given[1], known[1]) for known in self._digests
        ]
        return any(matches)

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Access:
    """What every request is held against before anything else looks at it."""

    credentials: Credentials | None = None
    """None: whoever reaches the server may use it."""
    hosts: frozenset[str] | None = LOOPBACK
    """The names in Host that are answered, in lower case, without ports; None for any."""
    given_hosts: frozenset[str] = frozenset()
    """Those of them that were named for this server; a page under such a name may use it whatever Host says."""
    any_address: bool = False
    """Whether an IP address in Host is answered, too: DNS rebinding needs a name."""
    root_path: str = ""
    """Where a reverse proxy puts the server: "" or "/news"; such a prefix is taken off if it comes through."""

    def answers_for(self, host: str) -> bool:
        """Whether a request for `host`, as its Host header has it, is answered."""
        name = host_name(host)
        if self.hosts is None or name in self.hosts:
            return True
        return self.any_address and _is_address(name)


def access_for(
    host: str,
    *,
    credentials: Credentials | None = None,
    without_login: bool = False,
    allowed_hosts: Iterable[str] = (),
    root_path: str = "",
) -> Access:
    """The access of a server that listens on `host`, an address or name.

    Beyond this machine it needs `credentials`, or the word that it is meant to be open, `without_login`.
    `allowed_hosts` are further names under which it is reached, through a reverse proxy for example. Raises
    `WrongUseError` where that is missing or contradicts itself, and for a `root_path` that is no path.
    """
    allowed = frozenset(host_name(each) for each in allowed_hosts)
    if credentials is not None and without_login:
        raise WrongUseError("--without-login contradicts the given login.", "Leave one of them out.")
    reachable = host if not is_loopback(host) else next(iter(allowed - LOOPBACK), None)
    if reachable is not None and credentials is None and not without_login:
        raise WrongUseError(
            f"Others can reach the chat at {reachable}, so it needs a login.",
            f"Give --auth-file FILE with a line user:password, or set {AUTH_VARIABLE}, or say --without-login.",
        )
    if root_path and (not root_path.startswith("/") or root_path.endswith("/") or "//" in root_path):
        raise WrongUseError(
            f"--root-path {root_path}: is no path.", "Give one such as /news, with no slash at its end."
        )
    wide = not is_loopback(host)
    if wide and credentials is not None:
        # A browser gives a login to the very origin that it was typed for, which a rebound name is not.
        return Access(credentials, None, allowed, root_path=root_path)
    own = {host_name(host), socket.gethostname().lower()} if wide else set()
    return Access(credentials, LOOPBACK | allowed | own, allowed, any_address=wide, root_path=root_path)


def read_credentials(file: Path | None, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """The logins in `file`, a "user:password" a line, or the one in AUTH_VARIABLE; None if neither is given.

    Lines that are empty or begin with "#" are passed over. Raises `WrongUseError`, which never shows a line,
    for a file that cannot be read or that others on this machine can, and for what is no login.
    """
    given = environment.get(AUTH_VARIABLE, "")
    if file is None:
        return Credentials(dict([_login(given, AUTH_VARIABLE)])) if given else None
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise WrongUseError(f"{file}: others on this machine may read it.", f"Type: chmod 600 {file}")
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise WrongUseError(f"{file}: cannot be read ({reason}).", "Give a file with a line user:password.") from None
    logins = [
        _login(line, f"{file}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not logins:
        raise WrongUseError(f"{file}: has no login.", "Put a line user:password into it.")
    return Credentials(dict(logins))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens on `host`."""
    name = host_name(host)
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)


def host_name(host: str) -> str:
    """The name or address in a Host header, or in an address to listen on: no port, no brackets, lower case."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    if name.count(":") == 1:
        name = name.partition(":")[0]
    return name.rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _login(line: str, where: str) -> tuple[str, str]:
    name, colon, password = line.rstrip("\r\n").partition(":")
    if not colon or not name.strip() or not password:
        raise WrongUseError(f"{where}: is not user:password.", "Write a name, a colon, and a password.")
    if len(password) < SHORTEST_PASSWORD:
        raise WrongUseError(f"{where}: the password is shorter than {SHORTEST_PASSWORD} characters.", "Take a longer.")
    return name.strip(), password
