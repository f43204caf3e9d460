"""Which addresses may be dialled: our own table, the same on every Python.

``ipaddress.is_global`` changes between versions and lets transition forms through (NAT64, 6to4 and
others carry an IPv4 address inside), so nothing here asks it. IPv4 is refused by a list of blocks.
IPv6 is refused unless it lies in 2000::/3, from which blocks are cut out.

Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890, RFC 9637 (3fff::/20).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_IPV4 = tuple(
    (IPv4Network(block), what)
    for block, what in (
        ("0.0.0.0/8", "'this network'"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's internal network"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "a link-local network (cloud metadata lives there)"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "the retired 6to4 relay block"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("168.63.129.16/32", "a cloud platform's internal address"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_IPV6_PUBLIC = IPv6Network("2000::/3")
_IPV6 = tuple(
    (IPv6Network(block), what)
    for block, what in (
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "a 6to4 tunnel"),
        ("3fff::/20", "reserved for documentation"),
    )
)
_IPV6_NAMED = tuple(
    (IPv6Network(block), what)
    for block, what in (
        ("::/128", "the unspecified address"),
        ("::1/128", "this machine itself"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6 form"),
        ("::/96", "an IPv4 address in IPv6 form"),
        ("64:ff9b::/96", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address behind a local NAT64"),
        ("100::/64", "the discard block"),
        ("5f00::/16", "a segment-routing identifier"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local network"),
        ("fec0::/10", "a retired site-local network"),
        ("ff00::/8", "multicast"),
    )
)
_LOOPBACK4 = IPv4Network("127.0.0.0/8")
_LOOPBACK6 = IPv6Address("::1")


def why_refused(address: str, *, allow_loopback: bool = False) -> str | None:
    """Return what makes an address one that is never dialled, or None if it is a public one.

    Args:
        address: An IPv4 or IPv6 address in figures; anything else is refused.
        allow_loopback: Let 127.0.0.0/8 and ::1 pass, in their plain form only.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "not an address"
    if isinstance(parsed, IPv4Address):
        return None if allow_loopback and parsed in _LOOPBACK4 else _why_not_ipv4(parsed)
    return None if allow_loopback and parsed == _LOOPBACK6 else _why_not_ipv6(parsed)


def _why_not_ipv4(address: IPv4Address) -> str | None:
    return next((what for block, what in _IPV4 if address in block), None)


def _why_not_ipv6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "an address of one network link"
    if address in _IPV6_PUBLIC:
        return next((what for block, what in _IPV6 if address in block), None)
    return next((what for block, what in _IPV6_NAMED if address in block), "outside the public IPv6 space")
