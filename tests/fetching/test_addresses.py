"""F5: what is not globally routable is refused by our own table, the same on every Python."""

import pytest

from monitor.fetching import why_refused

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.0 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254
169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1
192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
168.63.129.16 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:10.0.0.1
64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 100:0:0:1::1 5f00::1
2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:1ff::1
2001:db8::1 2001:db8:ffff::1 2002:7f00:1::1 2002:a9fe:a9fe::1 2002:808:808::1 3fff::1 3fff:fff::1
fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1
4000::1 8000::1 e000::1 1fff::1
localhost 127.1 0x7f000001 2130706433 0177.0.0.1 1.2.3 ::g 1.2.3.4.5 ①②⑦.0.0.1
""".split()  # noqa: SIM905  # a list of words reads better than quoted strings
PUBLIC = """
1.0.0.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1
169.253.255.255 169.255.0.1 172.15.255.255 172.32.0.1 191.255.255.255 192.0.1.1 192.0.3.1
192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.255 151.101.0.144
2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2001:db9::1 2003::1 2606:4700::1111
2a00:1450:4001::1 3ffe:ffff::1 3fff:1000::1
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused(address):
    """One internal address let through is a way into the network that the monitor runs in."""
    assert why_refused(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes(address):
    """A refused public address would be a source that can never be read."""
    assert why_refused(address) is None


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("127.0.0.1", True),
        ("127.0.9.7", True),
        ("::1", True),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("fe80::1", False),
    ],
)
def test_the_loopback_switch_opens_loopback_alone(address, passes):
    """A workspace served locally needs 127.0.0.0/8 and ::1; nothing else may come with them."""
    assert (why_refused(address, allow_loopback=True) is None) == passes


def test_the_reason_is_for_people():
    """An operator must see from the digest why a source is refused."""
    assert why_refused("169.254.169.254") == "a link-local network (cloud metadata lives there)"
