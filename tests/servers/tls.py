"""Certificates for servers of the tests: good ones and each kind of bad one."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


class Authority:
    """A certificate authority of one test run; `trusted` is its own certificate as a file."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.trusted = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.trusted))

    def server(self, host: str, *, expired: bool = False) -> ssl.SSLContext:
        """Give the TLS of a server at this host, expired yesterday where that is asked for."""
        yesterday = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251 -- OpenSSL has no other clock
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host, not_after=yesterday if expired else None).configure_cert(context)
        return context

    def self_signed(self, folder: Path) -> ssl.SSLContext:
        """Give the TLS of a server that vouches for itself."""
        own = trustme.CA()
        chain = folder / "self-signed.pem"
        own.private_key_pem.write_to_path(str(chain))
        own.cert_pem.write_to_path(str(chain), append=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context
