"""One TLS handshake with an address that was checked, in a thread: which certificate it shows."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from pathlib import Path

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from auditor.model.exchange import Failure, Reason, Reply, Result
from auditor.network.connection import Connection
from auditor.network.fetch import settled
from auditor.network.tls import compose
from auditor.settings import Limits


class Handshake:
    """A handshake with a server, and nothing after it.

    Attributes:
        connection: The one it is made on.
    """

    def __init__(
        self,
        host: str,
        port: int,
        addresses: Sequence[str],
        limits: Limits,
        authorities: Path | None,
    ) -> None:
        """Prepare to greet *host* at one of *addresses*, trying them in order.

        Args:
            authorities: A file of certificates to trust instead of those of browsers.
        """
        self.connection = Connection(addresses, limits.http_connect)
        self._host = host
        self._port = port
        self._patience = limits.http_deadline
        self._authorities = str(authorities or DEFAULT_CA_BUNDLE_PATH)

    def run(self) -> Result:
        """Do it; blocks."""
        return settled(self.connection, self._run)

    def _run(self) -> Result:
        trusting = ssl.create_default_context(cafile=self._authorities)
        try:
            return _kept(self._shown(trusting), "")
        except ssl.SSLCertVerificationError as error:
            doubt = error.verify_message or "the certificate does not verify"
        # The library keeps no certificate that fails; only a second greeting shows it.
        curious = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        curious.check_hostname = False
        curious.verify_mode = ssl.CERT_NONE
        return _kept(self._shown(curious), doubt)

    def _shown(self, context: ssl.SSLContext) -> bytes:
        """The certificate that the server shows, in DER; empty when it shows none."""
        plain = self.connection.open(self._port)
        plain.settimeout(self._patience)
        # Wrapping takes the socket over, and closes it when the handshake fails.
        with context.wrap_socket(plain, server_hostname=self._host) as secure:
            return secure.getpeercert(binary_form=True) or b""


def _kept(der: bytes, doubt: str) -> Result:
    return Reply(compose(der, doubt)) if der else Failure(Reason.TLS, "no certificate")
