"""What a process that opens strangers' documents may use (T20, F24)."""

import codecs
import os
import resource

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
WRITES = 64 * 1024 * 1024
# Standard input, output and error, and the file for the answer.
FILES = 4
# Ways to write letters that documents and archives use; Python reads each from a file when it is first asked for.
_LETTERS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "latin-1", "cp437", "cp850", "mac-roman")
_LETTERS_OF_PAGES = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874")


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
    for name in (*_LETTERS, *_LETTERS_OF_PAGES):
        codecs.lookup(name)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
