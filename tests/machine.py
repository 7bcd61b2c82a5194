"""What the tests need from the machine beside Python: browser, PostgreSQL, virus scanner. Installed where allowed."""

import os
import shutil
import subprocess

from tests import postgres

APT = {"DEBIAN_FRONTEND": "noninteractive"}


def get_ready():
    """Installs what is missing with apt, as root on Debian only. Returns sentences about what is still missing."""
    missing = [name for name, is_there in _wanted().items() if not is_there()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing with apt: {', '.join(missing)} …", flush=True)
        _install(missing)
    return list(_complaints())


def has_browser():
    return shutil.which("chromium") is not None


def has_postgres():
    try:
        return bool(postgres.binaries())
    except postgres.NoServer:
        return False


def has_scanner():
    return shutil.which("clamd") is not None


def _wanted():
    return {
        "chromium": has_browser,
        "clamav-daemon": has_scanner,
        "postgresql": lambda: any(postgres.DEBIAN.glob("*/bin/initdb")),
    }


def _install(packages):
    environment = {**os.environ, **APT}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)


def _complaints():
    if not has_browser():
        yield "Chromium is missing: the browser tests were not run. Install Debian's package «chromium»."
    if not has_scanner():
        yield "clamd is missing: the virus scanner was only played. Install Debian's package «clamav-daemon»."
    if not has_postgres():
        yield "PostgreSQL is missing: nothing was run on it. Install Debian's package «postgresql»."
