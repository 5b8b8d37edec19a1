"""Where a browser really is (来访地址), so that the failures of one lock nobody else out.

Behind our own proxies it is the last address of `X-Forwarded-For` that no proxy of ours has; what stands
before it is only claimed. Which machines are ours says GAOXIN_TRUSTED_PROXIES.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
_HOUSEHOLD = 64  # bits that one IPv6 subscriber shares; the rest can be changed at will


def client_address(request: HttpRequest) -> str | None:
    """The address that sign-in failures are counted under. Missing: None, if the server names no peer."""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    if peer is not None and settings.BEHIND_PROXY and _ours(peer):
        for claimed in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            seen = _parsed(claimed)
            if seen is None:
                break
            peer = seen
            if not _ours(seen):
                break
    return str(_household(peer)) if peer is not None else None


def _parsed(text: str) -> Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _ours(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _household(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    return IPv6Network((int(address), _HOUSEHOLD), strict=False).network_address
