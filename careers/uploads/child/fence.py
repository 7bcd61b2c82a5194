"""What a process that opens strangers' documents may use (T20, F24)."""

import os
import resource

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
WRITES = 64 * 1024 * 1024
# Standard input, output and error, and the file for the answer.
FILES = 4


def limit() -> None:
    """Memory, time and written bytes; before anything of a document is read."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)


def close_doors() -> None:
    """From here on no file and no connection can be opened: there is no number left for one."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
