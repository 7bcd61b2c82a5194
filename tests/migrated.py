"""Migrates the databases a run of tests copies, ahead of the run: python -m tests.migrated"""

import django

if __name__ == "__main__":
    django.setup()

    from tests import databases

    databases.create()
    databases.drop()
