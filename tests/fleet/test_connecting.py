"""A server that does not let us in: one sentence with a code each, and nothing is repeated."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.entries.views import count_entries
from storage.errors import StoreReadOnly, StoreUnreachable
from storage.jobs.actions import claim_next, submit
from tests.builders import an_entry
from tests.clock import ShipClock
from tests.postgresql import Server, running

ROOT = Path(__file__).parents[2]
HBA = """
local all ship trust
hostssl all all 127.0.0.1/32 scram-sha-256
"""


def a_host(name: str) -> tuple[bytes, bytes]:
    """The key of a host and its certificate, which is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    common = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(common).issuer_name(common)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    shut = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return shut, certificate.public_bytes(Encoding.PEM)


class Secured:
    """A server on a port, with TLS and passwords."""

    def __init__(self, server: Server, port: int, folder: Path) -> None:
        self.say, self._port, self._folder = server.say, port, folder

    def url(
        self, user: str = "captain", secret: str = "wahoo", *, host: str = "localhost",
        port: int = 0, place: str = "/eightbells", ca: str = "ca", mode: str = "verify-full",
    ) -> str:  # fmt: skip
        """How a store on it is named."""
        options = f"sslmode={mode}&sslrootcert={self._folder / ca}&hostaddr=127.0.0.1"
        return f"postgresql://{user}:{secret}@{host}:{port or self._port}{place}?{options}"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("authorities")
    key, certificate = a_host("localhost")
    (folder / "ca").write_bytes(certificate)
    (folder / "another").write_bytes(a_host("localhost")[1])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    files = {"server.key": key, "server.crt": certificate, "pg_hba.conf": HBA.encode()}
    with running("listen_addresses = '127.0.0.1'", "ssl = on", port=port, files=files) as server:
        made = Secured(server, port, folder)
        made.say("CREATE ROLE captain LOGIN PASSWORD 'wahoo'")
        made.say("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0 PASSWORD 'wahoo'")
        made.say("CREATE DATABASE eightbells OWNER captain")
        yield made


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    database.close()


def test_a_store_is_made_and_read_over_a_line_whose_other_end_has_proved_itself(
    secured: Secured, at: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at.setenv("EIGHTBELLS_DATABASE_URL", secured.url())
    database.create(tmp_path / "ship")
    submit(SYSTEM, "debug", {})
    assert verify().ok


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"ca": "another"}, "certificate is not of an authority"),
        ({"ca": "nothing"}, "the file that sslrootcert names cannot be read"),
        ({"host": "elsewhere"}, "certificate is for another host"),
        ({"mode": "disable"}, "not without TLS"),
        ({"mode": "verify-ful"}, "a value that cannot be"),
        ({"secret": "barracuda"}, "refuses this user or its password"),
        ({"user": "nobody"}, "refuses this user or its password"),
        ({"place": "/nowhere"}, "no such database"),
        ({"user": "crowd"}, "no room for one more connection"),
        ({"port": 1}, "nothing listens"),
    ],
)
def test_why_a_server_does_not_let_us_in_is_one_sentence(
    secured: Secured, at: pytest.MonkeyPatch, tmp_path: Path, named: dict[str, str], said: str
) -> None:
    at.setenv("EIGHTBELLS_DATABASE_URL", secured.url(**named))
    with pytest.raises(StoreUnreachable, match=said) as refused:
        database.exists(tmp_path)
    assert not any(secret in str(refused.value) for secret in ("wahoo", "captain", str(tmp_path)))


@pytest.fixture
def day(store: Path, server: Server, at: pytest.MonkeyPatch, clock: ShipClock) -> Iterator[Path]:
    """The store opened by the role for the day, with the rights that docs/fleet.md gives it."""
    database.close()
    name = urlsplit(os.environ["EIGHTBELLS_DATABASE_URL"]).path.strip("/")
    page = (ROOT / "docs/fleet.md").read_text()
    lines = [line.strip() for line in page.splitlines() if "eightbells_day" in line]
    for line in lines:
        server.say(line.replace("DATABASE eightbells ", f"DATABASE {name} "), name)
    at.setenv("EIGHTBELLS_DATABASE_URL", server.url(name, "eightbells_day"))
    database.open_store(store, clock=clock)
    yield store
    database.close()
    server.say("DROP OWNED BY eightbells_day", name)
    server.say("DROP ROLE eightbells_day")


def test_a_role_for_the_day_does_the_days_work_and_alters_nothing(day: Path) -> None:
    an_entry("DG2 lube oil weep at the filter housing")
    submit(SYSTEM, "debug", {})
    assert claim_next("a-worker") is not None
    assert verify().ok
    for statement in ("DROP TABLE entry", "TRUNCATE scratch", "CREATE TABLE mine (n INTEGER)"):
        with pytest.raises(StoreReadOnly, match="no right"), database.transaction():
            ledger.execute_sql(statement)


def test_a_server_that_lets_nobody_write_is_read_and_says_so(store: Path) -> None:
    an_entry("Before the server became a standby.")
    ledger.connection().cursor().at_once("SET default_transaction_read_only = on")
    with pytest.raises(StoreReadOnly, match="standby"):
        an_entry("Nobody can write this.")
    assert count_entries() == 1
