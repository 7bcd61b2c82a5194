"""Settings of a test run: the real ones, in a folder of their own.

The folder is made once per run and handed down to the processes of pytest-xdist through the environment; each of them
has its own room in it. `CN_TEST_DATABASE=postgres` runs everything on a PostgreSQL server of its own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in (
    "DJANGO_ENV",
    "S3_BUCKET",
    "S3_ENDPOINT_URL",
    "EMAIL_URL",
    "REDIS_URL",
    "DATABASE_URL",
    "LEDGER_DATABASE_URL",
    "CN_FAIL",
    "CLAMD_URL",
):
    os.environ.pop(name, None)

if "CN_TEST_FOLDER" not in os.environ:
    os.environ["CN_TEST_FOLDER"] = tempfile.mkdtemp(prefix="cn-tests-")
    atexit.register(shutil.rmtree, os.environ["CN_TEST_FOLDER"], ignore_errors=True)

FOLDER = Path(os.environ["CN_TEST_FOLDER"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["CN_VAR"] = str(FOLDER)
os.environ["DEMO_PASSWORD"] = "correct-horse-battery-staple"
# Playwright's own event loop would make Django refuse the database in browser tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ON_POSTGRES = os.environ.get("CN_TEST_DATABASE") == "postgres"
if ON_POSTGRES:
    from tests.postgres import server_of_this_run

    url = server_of_this_run()
    os.environ["DATABASE_URL"] = f"{url}/portal"
    os.environ["LEDGER_DATABASE_URL"] = f"{url}/ledger"

from cn_portal.settings import *  # noqa: E402, F403
from cn_portal.settings import DATABASES, INSTALLED_APPS, PASSWORD_HASHERS  # noqa: E402
from cn_portal.translations import compile_catalogues  # noqa: E402

compile_catalogues()

for alias, config in DATABASES.items():
    if ON_POSTGRES:
        config["NAME"] = f"test_{alias}_{FOLDER.name}"
        # A connection that is kept would stop a database from being set back between tests.
        config["CONN_MAX_AGE"] = 0
    else:
        # A file and not memory, so that threads, locks and write-ahead logging are the real ones.
        config["NAME"] = str(FOLDER / f"test-{alias}.sqlite3")

REAL_PASSWORD_HASHERS = ["tests.hashers.QuickArgon2", *PASSWORD_HASHERS[1:]]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each client of a test would list thousands of static files anew; the live server answers them itself.
WHITENOISE_USE_FINDERS = False
INSTALLED_APPS = [*INSTALLED_APPS, "tests.toy"]
# All tests of one process come from one place.
MOST_POSTS_A_MINUTE = 1_000_000
