"""What is kept about a browser: family and network, never the full address or the full user agent (notice N12)."""

import ipaddress

from axes.helpers import get_client_ip_address

# The first word found decides, so the names other browsers borrow stand last.
FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
IPV4_PREFIX = 24
IPV6_PREFIX = 48


def client_ip(request) -> str:
    """The visitor's address as the sign-in limits see it, or an empty string."""
    return get_client_ip_address(request) or ""


def network(address: str) -> str:
    """The network an address is in (`203.0.113.0/24`, `2001:db8:1::/48`); empty for anything that is not an address."""
    return _within(address, IPV4_PREFIX, IPV6_PREFIX)


def counted_as(address: str) -> str:
    """The unit limits are counted on: an IPv4 address, or the /64 a single IPv6 visitor can move about in."""
    return _within(address, 32, 64) or address


def family(user_agent: str) -> str:
    """`Firefox · Linux`, or as much of that as can be told; empty when nothing can."""
    found = (_first(FAMILIES, user_agent), _first(SYSTEMS, user_agent))
    return " · ".join(word for word in found if word)


def picture(request) -> dict:
    """Family and network of one request, named as the columns that keep them."""
    return {"agent": family(request.META.get("HTTP_USER_AGENT", "")), "network": network(client_ip(request))}


def _within(address, ipv4_prefix, ipv6_prefix):
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    prefix = ipv4_prefix if parsed.version == 4 else ipv6_prefix
    return str(ipaddress.ip_network((parsed, prefix), strict=False))


def _first(table, text):
    return next((name for mark, name in table if mark in text), "")
