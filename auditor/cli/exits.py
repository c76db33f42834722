"""Exit codes: a contract with the pipelines that call us."""

from __future__ import annotations

from enum import IntEnum

import click


class Exit(IntEnum):
    """Why the program ended.

    Attributes:
        DONE: The work is done; no threshold was asked for, or none was reached.
        THRESHOLD: A threshold is reached: a finding at or above the `--fail-on` level, a waiver
            that has expired, a score that is too low.
        USAGE: The command, its target, a rule file or a bundle is wrong.
        INCOMPLETE: Evidence could not be reached, and nothing can be said without it; or what
            is unknown leaves open whether a threshold is reached.
        BUG: The auditor itself is wrong.
        INTERRUPTED: Ctrl-C; what was done is kept.
    """

    DONE = 0
    THRESHOLD = 1
    USAGE = 2
    INCOMPLETE = 3
    BUG = 4
    INTERRUPTED = 130


class Interrupted(click.Abort):
    """The user stopped the program; the message says what is kept and how to go on."""
