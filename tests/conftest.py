"""What every test may rely on: nothing here reaches the internet unless it is marked `online`.

The guard hears what the interpreter itself is about to do with a socket, so it
patches nothing, and the code under test is the code that ships.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator

import pytest

_AWAY = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_APART = ("online", "oscal", "multitool")
"""Marks of tests that need the internet, or a tool too large for the suite."""
_guarded = False
_attempts: list[str] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if not _guarded:
        return
    if event in _AWAY:
        address = arguments[1]
        if not isinstance(address, tuple) or _stays(str(address[0])):
            return
        attempt = f"{event} {address}"
    elif event == "socket.getaddrinfo":
        # An address needs no look-up, and what is done with it later is heard above.
        if arguments[0] in {None, "localhost"} or _address(str(arguments[0])):
            return
        attempt = f"{event} {arguments[0]}"
    else:
        return
    _attempts.append(attempt)
    raise ConnectionRefusedError(f"a test may not leave this machine: {attempt}")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _stays(host: str) -> bool:
    """Whether a packet to *host* stays on this machine."""
    address = _address(host)
    return address.is_loopback if address else host == "localhost"


sys.addaudithook(_listen)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need what the suite has not, unless -m chooses them by name."""
    unchosen = [mark for mark in _APART if mark not in config.option.markexpr]
    left_out = [item for item in items if any(map(item.get_closest_marker, unchosen))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(autouse=True)
def no_internet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse every packet that would leave the machine, and fail the test that tried.

    The code under test is right to turn a refused connection into a gap, so
    the refusal alone would go unnoticed.
    """
    global _guarded  # an audit hook cannot be taken out again
    _attempts.clear()
    _guarded = request.node.get_closest_marker("online") is None
    yield
    _guarded = False
    assert not _attempts, "the test tried to leave this machine"
