"""A ship's certificate made for a test, as the PKCS#12 file that a company would give."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "kept in the safe"
USES = dict.fromkeys(
    ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
     "encipher_only", "decipher_only"), False
)  # fmt: skip


def a_certificate(ship: str = "M/Y Aurora") -> bytes:
    """A key and its certificate for signing, opened by PASSPHRASE."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ship)])
    now = datetime.now(UTC)
    uses = x509.KeyUsage(digital_signature=True, content_commitment=True, **USES)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=400))
        .add_extension(uses, critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    shut = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"ship", key, certificate, None, shut)
