"""Ctrl-C that neither gets lost nor is taken for more than it is."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SOON = 0.01
"""Seconds until the interrupt is raised again, in code that can pass it on."""


def insist() -> None:
    """Raise a KeyboardInterrupt again that fell into a finaliser.

    Python raises it between any two instructions.  Where no exception can get
    out, in a `__del__` say, it would be printed and forgotten, and the program go on.
    """
    usual = sys.unraisablehook

    def hook(lost: UnraisableHookArgs) -> None:
        if lost.exc_type is KeyboardInterrupt:
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            signal.setitimer(signal.ITIMER_REAL, _SOON)
        else:
            usual(lost)

    sys.unraisablehook = hook


def settle() -> None:
    """Tell Python that the interrupt was dealt with, so that we may exit with a code of our own.

    One that passed through the evaluation of a string, as in the making of a
    dataclass, is noted by the interpreter as unhandled, and would kill the
    process at its end.  The next evaluation takes the note away.
    """
    eval("None")  # noqa: S307 - nothing of anybody's is evaluated
