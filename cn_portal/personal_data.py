"""The one place outside the databases where the house itself may hold people: the mailbox of the embedded profile."""

from cn_portal import mailbox
from privacy import registry


class Mailbox:
    """Mail written to files instead of being sent. With a mail server there are no files and nothing to find."""

    def find(self, text: str) -> int:
        """How many messages hold the text in receiver, subject or body."""
        wanted = text.casefold()
        return sum(
            1
            for message in mailbox.messages()
            if wanted in f"{message.to}\n{message.subject}\n{message.text}".casefold()
        )

    def forget(self, addresses: list[str]) -> None:
        """Delete every message to these addresses."""
        for address in addresses:
            mailbox.forget(address)


registry.store("mailbox of the embedded profile", Mailbox())
