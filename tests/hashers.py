"""The real password hasher at the least cost it takes: its slowness is its purpose, and only costs time in tests."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 in every way but its price."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
