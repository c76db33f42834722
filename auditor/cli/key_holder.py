"""Opens the key that seals, with a password that never stands on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.errors import UsageError

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

VARIABLE = "AUDITOR_SEAL_PASSWORD"


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Where the key is, as the options say.

    Attributes:
        certificate: A PKCS#12 file; None when the key is on a token.
        library: Of PKCS#11; None when the key is in a file.
        token: The label of the token, if given.
        key: The label of the key on it, if given.
        password_file: Its first line is the password; `-` is stdin.
    """

    certificate: Path | None
    library: Path | None
    token: str | None
    key: str | None
    password_file: Path | None

    @contextmanager
    def signer(self) -> Iterator[Signer]:
        """The key, open as long as the context.

        Raises:
            UsageError: The password is wrong or missing, or there is no such key.
        """
        from auditor.sealing import signers

        if self.certificate is not None and self.library is not None:
            raise UsageError("--certificate and --pkcs11 name two keys: give one of them")
        if self.library is not None:
            pin = self._given() or _asked("PIN of the token")
            with signers.on_token(self.library, self.token, self.key, pin) as signer:
                yield signer
            return
        if self.certificate is None:
            raise UsageError("say with whose key: --certificate FILE, or --pkcs11 LIBRARY")
        yield self._in_file(self.certificate)

    def _in_file(self, file: Path) -> Signer:
        """The key in a PKCS#12 *file*, which may have no password."""
        from auditor.sealing import signers

        content, called = file.read_bytes(), str(file)
        password = self._given()
        try:
            return signers.from_file(content, password, called)
        except signers.PasswordError:
            if password is not None:
                raise
        return signers.from_file(content, _asked(f"Password of {called}"), called)

    def _given(self) -> str | None:
        """The password that was given beforehand, if any."""
        file = self.password_file
        if file is None:
            return os.environ.get(VARIABLE)
        try:
            content = sys.stdin.buffer.readline() if str(file) == "-" else file.read_bytes()
            return content.decode().splitlines()[0]
        except (IndexError, UnicodeDecodeError):
            raise UsageError(f"{file}: its first line is no password") from None


def _asked(prompt: str) -> str:
    """The password, typed by a person.

    Raises:
        UsageError: There is nobody to ask.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            f"a password is needed: give --password-file FILE, or {VARIABLE} in the environment"
        )
    answer: str = click.prompt(prompt, hide_input=True, err=True)
    return answer
