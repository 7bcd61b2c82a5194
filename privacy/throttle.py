"""How often one visitor may do something that costs others: counted in the cache, under a keyed hash (T16, T17)."""

import ipaddress

from django.core.cache import cache
from django.utils.crypto import salted_hmac

# What one IPv6 visitor can move about in.
IPV6_PREFIX = 64


def allows(what: str, *, who: str, most: int, seconds: int) -> bool:
    """Count one more ``what`` of ``who``; True for the first ``most`` within ``seconds`` of the first one.

    Without a shared cache every web process counts for itself.
    """
    key = f"privacy.throttle.{what}.{salted_hmac('privacy.throttle', who, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out between the two lines: this is the first of a new period.
        cache.set(key, 1, timeout=seconds)
        return most > 0


def visitor(request) -> str:
    """The unit a visitor is counted as: an IPv4 address, or the /64 of an IPv6 one, as the proxies settled it."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return ""
    return address if version == 4 else str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False))
