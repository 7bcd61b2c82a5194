"""What is kept about a browser."""

import pytest

from cn_portal.accounts.browser import counted_as, family, network


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_only_the_network_is_kept(address, kept):
    assert network(address) == kept


def test_limits_count_one_ipv4_address_and_one_ipv6_visitor():
    assert counted_as("203.0.113.7") != counted_as("203.0.113.8")
    assert counted_as("2001:db8:1:2::1") == counted_as("2001:db8:1:2:ffff::9")
    assert counted_as("2001:db8:1:2::1") != counted_as("2001:db8:1:3::1")
    assert counted_as("unknown") == "unknown"


@pytest.mark.parametrize(
    ("agent", "kept"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari · iOS"),
        ("curl/8.0", ""),
    ],
)
def test_only_the_family_is_kept(agent, kept):
    assert family(agent) == kept
