"""Accounts: who may sign in, how they prove it is them, and how long a session lasts."""
