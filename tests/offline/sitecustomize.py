"""Denies every socket but loopback: for the test process, and for each Python that a test starts (by PYTHONPATH)."""

import ipaddress
import socket

_connect, _connect_ex, _resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def _check(host: object) -> None:
    if host in ("localhost", "", None, b"localhost"):
        return
    try:
        if ipaddress.ip_address(str(host).strip("[]")).is_loopback or str(host) in ("0.0.0.0", "::"):
            return
    except ValueError:
        pass
    raise OSError(f"A test may not reach {host!r}: only loopback is open.")


def _guarded(call):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(address[0])
        return call(self, address)

    return connect


def _guarded_resolve(host, *args, **kwargs):
    _check(host.decode() if isinstance(host, bytes) else host)
    return _resolve(host, *args, **kwargs)


def deny_the_network():
    socket.socket.connect = _guarded(_connect)
    socket.socket.connect_ex = _guarded(_connect_ex)
    socket.getaddrinfo = _guarded_resolve


deny_the_network()
