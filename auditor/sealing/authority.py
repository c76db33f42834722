"""A time-stamp authority (RFC 3161): it signs a digest together with the time of its clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, ClassVar, Final

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper

from auditor.errors import IncompleteError

Post = Callable[[bytes], bytes]
"""Sends a `TimeStampReq` to an authority and returns its `TimeStampResp`, both in DER.

Raises `IncompleteError` when nobody answers.
"""

ALGORITHM: Final = "sha256"
_GRANTED: Final = frozenset({"granted", "granted_with_mods"})


class _Response(tsp.TimeStampResp):  # type: ignore[misc]
    """A response that may be a refusal (RFC 3161, section 2.4.2)."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class Authority(TimeStamper):
    """An authority that is asked through *post*, once for each time-stamp."""

    def __init__(self, post: Post, called: str) -> None:
        """Ask through *post* the authority that messages name *called*."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._post = post
        self._called = called

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token over *message_digest*, as pyHanko asks for it.

        Raises:
            IncompleteError: There is none.
        """
        return self._asked(message_digest, md_algorithm)[1]

    def stamp(self, content: bytes) -> bytes:
        """The authority's response about *content*, as it came: a `TimeStampResp` in DER.

        Raises:
            IncompleteError: It grants no time-stamp.
        """
        return self._asked(hashlib.new(ALGORITHM, content).digest(), ALGORITHM)[0]

    def _asked(self, digest: bytes, algorithm: str) -> tuple[bytes, cms.ContentInfo]:
        """The response, and the token in it."""
        nonce, request = self.request_cms(digest, algorithm)  # type: ignore[no-untyped-call]
        content = self._post(request.dump())
        try:
            response = _Response.load(content, strict=True)
            status = response["status"].native
            granted = status["status"] in _GRANTED
            info = _information(response["time_stamp_token"]) if granted else None
        except (AttributeError, KeyError, TypeError, ValueError):
            raise IncompleteError(
                f"{self._called} answered with something else than a time-stamp (RFC 3161)"
            ) from None
        if info is None:
            said = "; ".join([*(status["status_string"] or ()), *(status["fail_info"] or ())])
            raise IncompleteError(
                f"{self._called} refuses a time-stamp: {said or 'it says no why'}"
            )
        if info["message_imprint"]["hashed_message"] != digest or info["nonce"] != nonce:
            raise IncompleteError(f"{self._called} answered with a time-stamp of something else")
        return content, response["time_stamp_token"]


def _information(token: cms.ContentInfo) -> dict[str, Any]:
    """The `TSTInfo` in *token*."""
    information: dict[str, Any] = token["content"]["encap_content_info"]["content"].parsed.native
    return information
