"""A query to a time-stamp authority over HTTP (RFC 3161, section 3.4)."""

from __future__ import annotations

import contextlib
import time
from typing import Final

import requests
import requests.adapters

from auditor.model.exchange import Failure, Reason, Reply
from auditor.network.fetch import TROUBLES, failure
from auditor.settings import Limits

_FIELDS: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}
_LARGEST: Final = 2**20
"""Bytes of a token; one with a long chain of certificates has a few thousand."""
_CHUNK: Final = 16 * 2**10


def ask(url: str, query: bytes, limits: Limits) -> Reply | Failure:
    """What the authority at *url* answers to *query*, a `TimeStampReq` in DER.

    The user named the host, so it may be a private one.  As everywhere, no redirect is
    followed, and nothing is taken from the environment: no proxy and no password.
    """
    end = time.monotonic() + limits.http_deadline
    with contextlib.closing(requests.adapters.HTTPAdapter(max_retries=0)) as adapter:
        try:
            request = requests.Request("POST", url, headers=_FIELDS, data=query).prepare()
            response = adapter.send(
                request, stream=True, timeout=(limits.http_connect, limits.http_deadline)
            )
            if response.status_code != requests.codes.ok:
                said = f"HTTP status {response.status_code} {response.reason or ''}".rstrip()
                return Failure(Reason.STATUS, said)
            body = bytearray()
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > _LARGEST:
                    return Failure(Reason.TOO_LARGE, f"more than {_LARGEST} bytes")
                if time.monotonic() > end:
                    return Failure(Reason.TIMEOUT, "it answers too slowly")
        except TROUBLES as error:
            return failure(_root(error))
    return Reply(bytes(body))


def _root(error: Exception) -> Exception:
    """The trouble that caused *error*; urllib3 calls a refused connection a time-out as well."""
    while isinstance(cause := error.__cause__ or error.__context__, TROUBLES):
        error = cause
    return error
