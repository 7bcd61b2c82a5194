"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from privacy import vault

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cn_portal.settings")
application = get_wsgi_application()

# A site that could open nothing does not start (F26). Server processes are forked from this one: no connection stays.
vault.require_keys()
connections.close_all()
