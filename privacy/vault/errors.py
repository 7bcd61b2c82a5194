"""What can go wrong with something sealed, and the value that stands for what is gone. No message carries a value."""


class VaultError(Exception):
    """Something sealed could not be opened, or something could not be sealed. The message is a sentence for people."""


class KeyDestroyed(VaultError):
    """The person's key was destroyed: what it sealed is gone for good, as it should be after an erasure."""

    def __init__(self, sentence="The key of this value was destroyed; the value is gone."):
        super().__init__(sentence)


class Damaged(VaultError):
    """What lies there is not what was sealed: changed, cut short, or moved from another row (F27)."""

    def __init__(self, sentence="This value is damaged: it is not what was stored here, and it cannot be opened."):
        super().__init__(sentence)


class WrongKey(VaultError):
    """The key-encryption key that is needed is not among FIELD_KEYS (F26)."""

    def __init__(
        self, sentence="A key is wrapped with a key-encryption key that FIELD_KEYS does not hold. Put it back."
    ):
        super().__init__(sentence)


class _Gone(str):
    """An empty, false text, so that pages and forms show nothing; `is_gone` tells it from an empty value."""

    __slots__ = ()

    def __reduce__(self):
        return "GONE"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


GONE = _Gone()


def is_gone(value) -> bool:
    """Whether this is what a sealed value reads as after its key was destroyed."""
    return value is GONE
