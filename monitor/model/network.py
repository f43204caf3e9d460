"""How the monitor may use the network; the ``[network]`` part of monitor.toml."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """Limits and manners of every request.

    ``deadline_s`` spans one fetch: name, connection, TLS, headers, body, all redirects.
    ``contact`` (a mail or web address) goes into the user agent. ``ca_bundle`` replaces the trusted
    certificates for every source, as a TLS-inspecting proxy needs. ``proxy`` is an http(s) address;
    behind one the proxy resolves names, so only it can keep requests off internal addresses.
    ``allow_loopback`` opens 127.0.0.0/8 and ::1, for a workspace whose sources are served locally.
    ``spacing_s`` is the least time between two requests to one host.

    Raises:
        ValueError: a value is out of range; the message names the key and what it may be.
    """

    deadline_s: float = 30.0
    contact: str = ""
    ca_bundle: str | None = None
    proxy: str | None = None
    allow_loopback: bool = False
    max_redirects: int = 5
    spacing_s: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.deadline_s <= 600:
            raise ValueError(f"deadline_s must be above 0 and at most 600 seconds, not {self.deadline_s}")
        if not 0 <= self.max_redirects <= 20:
            raise ValueError(f"max_redirects must be 0 to 20, not {self.max_redirects}")
        if not 0 <= self.spacing_s <= 3600:
            raise ValueError(f"spacing_s must be 0 to 3600 seconds, not {self.spacing_s}")
        if not self.contact.isprintable() or not self.contact.isascii():
            raise ValueError("contact must be plain ASCII on one line, a mail or web address")
        if self.proxy is not None and not self.proxy.startswith(("http://", "https://")):
            raise ValueError("proxy must start with http:// or https://")
