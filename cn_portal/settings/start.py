"""The values of this start, read once."""

from cn_portal.settings import env

VALUES = env.read()
