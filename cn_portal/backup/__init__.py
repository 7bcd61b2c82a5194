"""Backup and restore of everything but the ledger, the keys and the logs (N56, L39, T34).

A backup is a folder with a manifest; it exists under its name when it is whole, never before. The ledger of erasures,
checkpoints and stops is not part of it: a restore replays it, so that nothing a person ended comes back.
"""
