"""What a driver complains of, in a sentence that repeats nothing of it."""

import pytest

from storage.unreached import LOST, UNTOLD, why_unreached

AT = 'connection failed: connection to server at "10.77.0.1", port 5432 failed: '


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"{AT}SSL error: certificate verify failed", "not of an authority"),
        (f'{AT}root certificate file "root.crt" does not exist', "sslrootcert"),
        (f'{AT}server certificate for "db" does not match host name "x"', "another host"),
        (f"{AT}server does not support SSL, but SSL was required", "no TLS"),
        (f"{AT}could not find digest for NID UNDEF", "agree on TLS"),
        (f'{AT}no pg_hba.conf entry for host "x", user "y", no encryption', "pg_hba.conf"),
        (f"{AT}fe_sendauth: no password supplied", "there is none"),
        (f'{AT}FATAL:  password authentication failed for user "x"\npassword retrieved from file '
         '"pgpass"', "refuses this user"),
        (f'{AT}FATAL:  role "x" does not exist', "refuses this user"),
        (f'{AT}FATAL:  database "x" does not exist', "no such database"),
        (f"{AT}FATAL:  sorry, too many clients already", "no room"),
        (f"{AT}FATAL:  remaining connection slots are reserved", "no room"),
        (f"{AT}FATAL:  the database system is starting up", "starting or stopping"),
        ("failed to resolve host 'x': [Errno -3] Temporary failure", "not known here"),
        (f"{AT}Connection refused\n\tIs the server running?", "nothing listens"),
        (f"{AT}No route to host: Network is unreachable", "no way"),
        ("connection timeout expired", "in time"),
        ('connection is bad: invalid sslmode value: "verify-ful"', "cannot be"),
        (f"{AT}FATAL:  Passwort-Authentifizierung fehlgeschlagen", UNTOLD),
        ("consuming input failed: server closed the connection unexpectedly", UNTOLD),
    ],
)  # fmt: skip
def test_why_a_server_cannot_be_used_is_told_by_words(words: str, said: str) -> None:
    assert said in why_unreached(words)


def test_a_lost_connection_is_one_of_two_things_where_nothing_is_known() -> None:
    assert UNTOLD.endswith(f", or {LOST}")
