"""Why a server did not let us in, told by what the driver complains of (pure).

A connection that was never made has no code of the server, only words: the driver's own, and the
server's, which are English unless its `lc_messages` say otherwise. They are not repeated, because
they name users, hosts and files.
"""

import re

LOST = "the connection was lost."
UNTOLD = "it does not answer, or the connection was lost."

_WHY: tuple[tuple[str, str], ...] = (
    ("certificate verify failed", "its certificate is not of an authority that sslrootcert names."),
    ("root certificate file|root\\.crt", "the file that sslrootcert names cannot be read."),
    ("does not match host name", "its certificate is for another host."),
    ("server does not support SSL", "it has no TLS, which the URL asks for."),
    ("certificate file|private key file", "the files of sslcert and sslkey cannot be used."),
    ("no pg_hba\\.conf entry|pg_hba\\.conf rejects",
     "its pg_hba.conf lets this user in from here not at all, or not without TLS."),
    ("SSL|TLS|could not find digest", "it and this host cannot agree on TLS."),
    ("no password supplied|password file", "it asks for a password and there is none."),
    ("authentication failed|role .* does not exist|not permitted to log in",
     "it refuses this user or its password."),
    ("database .* does not exist", "it has no such database."),
    ("permission denied for database", "this user may not use the database."),
    ("too many (clients|connections)|remaining connection slots",
     "it has no room for one more connection."),
    ("starting up|shutting down|recovery mode|not accepting|not yet accepting",
     "it is starting or stopping."),
    ("resolve host|translate host name", "the name of its host is not known here."),
    ("Connection refused|No such file or directory", "nothing listens at its address."),
    ("connection is bad: (invalid|weak) |invalid (integer|.* value)",
     "an option of EIGHTBELLS_DATABASE_URL has a value that cannot be."),
    ("unreachable", "there is no way to its host."),
    ("timeout expired", "it does not answer in time."),
)  # fmt: skip
_SENTENCES = tuple((re.compile(words), why) for words, why in _WHY)


def why_unreached(words: str) -> str:
    """The sentence for a connection that was refused or lost; `UNTOLD` where nothing is known."""
    return next((why for known, why in _SENTENCES if known.search(words)), UNTOLD)
