"""Seals: PAdES signatures on reports, RFC 3161 time-stamps on them and on bundles.

A seal proves that a file is unaltered since; by whom and since when, as far as one trusts
the authorities behind its certificate and its time-stamp.  It never proves that what the
file says is true.

Nothing here opens a socket: a time-stamp authority is asked by a function that is given.
Needs the extra `sign`.
"""
