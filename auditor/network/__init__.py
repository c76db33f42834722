"""The only package that opens a socket.

`door` states what the rest of the auditor sees: questions go in, exchanges come
out.  `live` asks the world, `recorded` a bundle, `declared` a dossier.
"""
