"""A process behind the fence that breaks a limit is ended or refused; this one is not touched."""

import codecs
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from careers.uploads.child import fence

WAY = f"import os, sys; sys.path.append({str(Path(fence.__file__).parents[1])!r})\nfrom child import fence\n"


def ended(program, **limits):
    """How a process of its own ended that set itself these limits and then did that."""
    lowered = "".join(f"fence.{name} = {value}\n" for name, value in limits.items())
    command = [sys.executable, "-I", "-c", f"{WAY}{lowered}fence.limit()\n{program}"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, timeout=20)


def test_within_its_limits_it_does_its_work():
    assert ended("x = bytearray(10 << 20)\nfence.close_doors()\n'å'.encode('cp1252')").returncode == 0


def test_too_much_time_ends_it():
    assert ended("while True: pass", SECONDS=1).returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_too_much_memory_is_refused():
    done = ended("x = bytearray(200 << 20)", MEMORY=150 << 20)
    assert done.returncode == 1 and b"MemoryError" in done.stderr


def test_too_much_written_is_refused(tmp_path):
    program = f"with open({str(tmp_path / 'made')!r}, 'wb') as made: made.write(b'x' * 2000)"
    done = ended(program, WRITES=1000)
    assert done.returncode == 1 and b"File too large" in done.stderr
    assert (tmp_path / "made").stat().st_size == 1000


def test_a_crash_leaves_no_picture_of_its_memory():
    program = "import resource\nraise SystemExit(resource.getrlimit(resource.RLIMIT_CORE) != (0, 0))"
    assert ended(program).returncode == 0


@pytest.mark.parametrize("letters", [*fence._LETTERS, *fence._LETTERS_OF_PAGES])
def test_every_way_to_write_letters_is_known(letters):
    assert codecs.lookup(letters)
