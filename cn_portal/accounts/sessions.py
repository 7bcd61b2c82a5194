"""Sessions in the database that know their account. Named by SESSION_ENGINE.

The columns of `AccountSession` are filled from the session's own data, so there is one writer and one truth:
`accounts_since` and `accounts_seen` (seconds since 1970), `accounts_agent`, `accounts_network`.
"""

from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

SINCE = "accounts_since"
SEEN = "accounts_seen"
AGENT = "accounts_agent"
NETWORK = "accounts_network"


def _moment(seconds):
    return datetime.fromtimestamp(seconds, UTC) if seconds else timezone.now()


class SessionStore(DatabaseStore):
    """Django's database store with `AccountSession` as its row."""

    @classmethod
    def get_model_class(cls):
        # Imported here because settings name this module before the apps are loaded.
        from cn_portal.accounts.models import AccountSession

        return AccountSession

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        return self._describe(row, data)

    async def acreate_model_instance(self, data):
        row = await super().acreate_model_instance(data)
        return self._describe(row, data)

    def _describe(self, row, data):
        key = data.get(SESSION_KEY)
        row.user_id = get_user_model()._meta.pk.to_python(key) if key else None
        row.created_at = _moment(data.get(SINCE))
        row.last_seen = _moment(data.get(SEEN))
        row.agent = data.get(AGENT, "")
        row.network = data.get(NETWORK, "")
        return row
