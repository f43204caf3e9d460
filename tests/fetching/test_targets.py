"""F6: an address is read in one way or refused; no other reader may see another host in it."""

from urllib.parse import urlsplit

import pytest
from urllib3.util import parse_url

from monitor.fetching.targets import is_literal, parse_target

PLAIN = [
    ("https://mfa.example", "https://mfa.example/"),
    ("HTTPS://MFA.Example/News", "https://mfa.example/News"),
    ("https://mfa.example./a", "https://mfa.example/a"),
    ("https://mfa.example:443/a", "https://mfa.example/a"),
    ("http://mfa.example:80/a", "http://mfa.example/a"),
    ("https://mfa.example:8443/a?b=c&d[]=e#f", "https://mfa.example:8443/a?b=c&d[]=e"),
    ("https://mfa.example?x=1", "https://mfa.example/?x=1"),
    ("https://міністерство.example/новини", "https://xn--b1afuehkfcgd7sb.example/новини"),
    ("https://mfa。example/", "https://mfa.example/"),
    ("http://93.184.216.34/", "http://93.184.216.34/"),
    ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
    ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
    ("https://a_b.example/", "https://a_b.example/"),
    ("https://mfa.example/a@b", "https://mfa.example/a@b"),
    ("https://mfa.example/?u=https://other.example/", "https://mfa.example/?u=https://other.example/"),
]
REFUSED = [
    "",
    "mfa.example",
    "/news",
    "//mfa.example/",
    "ftp://mfa.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:/mfa.example/",
    "https:///mfa.example/",
    "https:mfa.example",
    "https://",
    "https://?x",
    "https://user@mfa.example/",
    "https://user:word@mfa.example/",
    "https://mfa.example@127.0.0.1/",
    "https://mfa.example:80@127.0.0.1/",
    "https://mfa.example\\@127.0.0.1/",
    "https://127.0.0.1\\.mfa.example/",
    "https:\\\\mfa.example/",
    "https://mfa.example/a\\b",
    "https://mfa.example\t/",
    "https://mfa\n.example/",
    "https://mfa.example/\r\nX: y",
    " https://mfa.example/",
    "https://mfa.example/a b",
    "https://mfa.example\x00/",
    "https://mfa.example\u200b/",
    "https://mfa\u00ad.example/",
    "https://mfa.example\u2028/",
    "https://mfa%2eexample/",
    "https://127.0.0.1%2f.mfa.example/",
    "https://mfa.example／path.other.example/",
    "https://mfa.example＃other/",
    "https://mfa.example:0/",
    "https://mfa.example:65536/",
    "https://mfa.example:-1/",
    "https://mfa.example:8o/",
    "https://mfa.example:80:80/",
    "https://mfa.example:٨٠/",
    "https://.mfa.example/",
    "https://mfa..example/",
    "https://mfa.example../",
    "https://-mfa.example/",
    "https://*.example/",
    "https://mfa!.example/",
    "https://" + "a" * 64 + ".example/",
    "https://" + "a." * 130 + "example/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0X7F.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1.1/",
    "http://256.0.0.1/",
    "http://1.2.3.999/",
    "http://mfa.0x7f/",
    "http://mfa.1/",
    "http://1.2.3.4../",
    "http://[::1/",
    "http://::1/",
    "http://[::1]x/",
    "http://[fe80::1%25eth0]/",
    "http://[::g]/",
    "http://[127.0.0.1]/",
    "http://[v1.x]/",
    "https://straße.example/",
    "https://mfa.example:443\u3002/",
]


@pytest.mark.parametrize(("url", "plain"), PLAIN, ids=[url for url, _ in PLAIN])
def test_an_honest_address_has_one_plain_form(url, plain):
    """Redirect loops and origins are told by comparing plain forms."""
    assert parse_target(url).url == plain


@pytest.mark.parametrize("url", REFUSED, ids=ascii)
def test_an_odd_spelling_is_refused_with_a_reason(url):
    """Parsers differ on these; a host checked by one would not be the host dialled by another."""
    with pytest.raises(ValueError, match=r"address|host|port"):
        parse_target(url)


@pytest.mark.parametrize("url", [url for url, _ in PLAIN])
def test_the_libraries_below_see_the_same_host(url):
    """What urllib3 dials is what was parsed here."""
    target = parse_target(url)

    below = parse_url(target.url)
    assert (below.scheme, (below.host or "").strip("[]"), below.port or target.port) == target.origin
    assert urlsplit(target.url).hostname == target.host


def test_origins_differ_by_scheme_host_and_port():
    """Credentials go to the same origin only."""
    origins = {
        parse_target(url).origin for url in ("http://a.example", "https://a.example", "https://a.example:444")
    }

    assert len(origins) == 3


def test_a_host_in_figures_is_known_as_such():
    """A host in figures is checked without asking the name service."""
    assert is_literal("93.184.216.34")
    assert is_literal("::1")
    assert not is_literal("mfa.example")
