"""Who may use the server, under which names it answers, and how often."""

from pathlib import Path

import pytest

from bot.web.access import Access, access_for, host_name, is_loopback, read_credentials
from bot.web.limits import RateLimit
from corpus.errors import WrongUseError

LINE = "ada:correct horse:battery"


@pytest.fixture
def auth_file(tmp_path: Path) -> Path:
    file = tmp_path / "logins"
    file.write_text(f"# who may ask\n\n{LINE}\nолег:пароль-пароль\n", encoding="utf-8")
    file.chmod(0o600)
    return file


@pytest.mark.parametrize(
    ("name", "password", "accepted"),
    [
        ("ada", "correct horse:battery", True),
        ("олег", "пароль-пароль", True),
        ("ada", "пароль-пароль", False),
        ("ada", "correct horse:batter", False),
        ("ada", "", False),
        ("", "", False),
        ("Ada", "correct horse:battery", False),
        ("# who may ask", "", False),
        ("\ud800", "\ud800", False),
    ],
)
def test_a_login_is_a_name_with_its_password(auth_file: Path, name: str, password: str, accepted: bool) -> None:
    credentials = read_credentials(auth_file, {})
    assert credentials is not None
    assert credentials.accept(name, password) is accepted
    assert "horse" not in repr(credentials)


def test_the_environment_may_hold_the_login() -> None:
    credentials = read_credentials(None, {"PRESSCITE_AUTH": LINE})
    assert credentials is not None
    assert credentials.accept("ada", "correct horse:battery")
    assert read_credentials(None, {}) is None


@pytest.mark.parametrize("text", ["", "# nothing\n", "ada\n", "ada:\n", ":password1\n", "ada:secret7\n", "\xff"])
def test_what_is_no_login_is_said_without_showing_it(auth_file: Path, text: str) -> None:
    auth_file.write_bytes(text.encode("latin-1"))
    with pytest.raises(WrongUseError) as raised:
        read_credentials(auth_file, {})
    assert str(auth_file) in str(raised.value)
    assert "secret7" not in str(raised.value)


def test_a_file_that_others_may_read_is_refused(auth_file: Path) -> None:
    auth_file.chmod(0o644)
    with pytest.raises(WrongUseError, match="chmod 600"):
        read_credentials(auth_file, {})
    with pytest.raises(WrongUseError, match="cannot be read"):
        read_credentials(auth_file.with_name("none"), {})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "news.example.org"])  # noqa: S104
def test_beyond_this_machine_a_login_is_needed(host: str, auth_file: Path) -> None:
    with pytest.raises(WrongUseError, match="--auth-file"):
        access_for(host)
    assert access_for(host, without_login=True).credentials is None
    credentials = read_credentials(auth_file, {})
    assert access_for(host, credentials=credentials).credentials is credentials


def test_on_this_machine_none_is_needed_unless_a_proxy_leads_others_here() -> None:
    assert access_for("127.0.0.1") == Access()
    assert access_for("localhost", allowed_hosts=["127.0.0.1"]).credentials is None
    with pytest.raises(WrongUseError, match=r"news\.example\.org"):
        access_for("127.0.0.1", allowed_hosts=["news.example.org"])


def test_contradictions_and_paths_that_are_none_are_said(auth_file: Path) -> None:
    with pytest.raises(WrongUseError, match="contradicts"):
        access_for("127.0.0.1", credentials=read_credentials(auth_file, {}), without_login=True)
    for root_path in ("news", "/news/", "//evil.example", "/"):
        with pytest.raises(WrongUseError, match="--root-path"):
            access_for("127.0.0.1", root_path=root_path)


@pytest.mark.parametrize(
    ("listens_on", "host", "answered"),
    [
        ("127.0.0.1", "127.0.0.1:7860", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "LOCALHOST.:7860", True),
        ("127.0.0.1", "[::1]:7860", True),
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "localhost.evil.example:7860", False),
        ("127.0.0.1", "192.168.1.5", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "news.example.org", False),
        ("0.0.0.0", "192.168.1.5:7860", True),  # noqa: S104
        ("0.0.0.0", "[fe80::1]", True),  # noqa: S104
        ("0.0.0.0", "evil.example", False),  # noqa: S104
        ("0.0.0.0", "localhost", True),  # noqa: S104
    ],
)
def test_only_its_own_names_are_answered(listens_on: str, host: str, answered: bool) -> None:
    access = access_for(listens_on, without_login=True)
    assert access.answers_for(host) is answered


def test_a_name_that_is_allowed_is_answered() -> None:
    access = access_for("127.0.0.1", without_login=True, allowed_hosts=["News.example.org"])
    assert access.answers_for("news.example.org:443")
    assert not access.answers_for("example.org")


@pytest.mark.parametrize(
    ("host", "name"), [("A.b:80", "a.b"), ("[::1]:80", "::1"), ("::1", "::1"), ("a.", "a"), ("[::1", "::1"), ("", "")]
)
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.2", True), ("::1", True), ("0.0.0.0", False), ("x", False)])  # noqa: S104
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_rate_is_so_many_at_once_and_then_so_many_a_second() -> None:
    now = [0.0]
    limit = RateLimit(2.0, 3, most_clients=2, clock=lambda: now[0])
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 1]
    assert limit.take("b") == 0
    now[0] = 0.5
    assert limit.spent("a") == 0
    assert [limit.take("a") for _ in range(2)] == [0, 1]
    now[0] = 1_000.0
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 1]
    limit.take("c")
    limit.take("d")
    assert limit.take("a") == 0, "the longest unseen client is forgotten"
