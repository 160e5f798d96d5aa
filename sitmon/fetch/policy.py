"""Where a feed may be fetched from. Pure: addresses come in resolved.

https to public addresses, unless the feed says `allow_http` or `allow_private`; never another scheme; never link-local
(cloud metadata lives there), multicast or unspecified addresses. An IPv6 address that embeds an IPv4 one (mapped, 6to4,
Teredo, NAT64) is judged by both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from sitmon.answer import Failed
from sitmon.model import Feed

Address = IPv4Address | IPv6Address

PORTS = {"http": 80, "https": 443}

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_UNICAST = IPv6Network("2000::/3")


def url_refused(scheme: str, host: str, port: int | None, feed: Feed, how: str) -> Failed | None:
    """Why a URL is not asked, before its name is looked up. `how` says how we came to it: `url` or `redirect`."""
    if scheme not in ("http", "https"):
        return Failed("refused", f"{how} to another scheme than http and https")
    if scheme == "http" and not feed.allow_http:
        return Failed("refused", f"{how} to http: set allow_http: true for this feed, or use https")
    if not host or (port is not None and not 0 < port < 65536):
        return Failed("redirect" if how == "redirect" else "refused", f"{how} to an address that cannot be read")
    return None


@lru_cache(maxsize=1024)  # each request asks four times
def literal(host: str) -> Address | None:
    """The address that a host is written as, or None for a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_allowed(address: Address, feed: Feed) -> bool:
    """Whether a connection to this address may be opened for the feed."""
    return all(_one_allowed(each, feed) for each in (address, *_embedded(address)))


def is_local(host: str) -> bool:
    """This very machine: no publisher needs our courtesy."""
    address = literal(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _one_allowed(address: Address, feed: Feed) -> bool:
    if address.is_link_local or address.is_multicast or address.is_unspecified or address == IPv4Address(2**32 - 1):
        return False
    return feed.allow_private or _is_public(address)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if any(address in network for network in _NAT64) or address.ipv4_mapped:
            return True  # judged by what it embeds
        return address.is_global and address in _UNICAST
    return address.is_global and not address.is_reserved


def _embedded(address: Address) -> Iterator[IPv4Address]:
    if isinstance(address, IPv4Address):
        return
    for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
        if inner is not None:
            yield inner
    if any(address in network for network in _NAT64):
        yield IPv4Address(int(address) & 0xFFFFFFFF)
