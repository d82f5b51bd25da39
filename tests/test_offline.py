"""The tests reach nothing but loopback, and neither does a program that they start."""

import socket
import subprocess
import sys

import pytest

OUTSIDE = ("192.0.2.1", 53)  # an address that is nobody's


def test_the_network_is_denied_here_and_in_what_is_started():
    with pytest.raises(OSError, match="only loopback"):
        socket.create_connection(OUTSIDE, timeout=2)
    command = [sys.executable, "-c", f"import socket; socket.create_connection({OUTSIDE}, timeout=2)"]
    assert "only loopback" in subprocess.run(command, capture_output=True, text=True, check=False).stderr
