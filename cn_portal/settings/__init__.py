"""Settings of the portal, put together from one reading of the environment (`env.py`).

`base` says what the house is made of, `stores` where things are kept, `safety` who may do what to it.
"""

from cn_portal.settings.base import *  # noqa: F403
from cn_portal.settings.safety import *  # noqa: F403
from cn_portal.settings.stores import *  # noqa: F403
