"""A document that is not taken; the code is one of `careers.uploads.refusals`."""


class Unwanted(Exception):
    """`code` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
