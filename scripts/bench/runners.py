"""Which runners there are to compare: jlocal of this checkout, and what is installed of its peers.
JLOCAL, FOREMAN and NF name a program to use instead of the one on the PATH."""

import os, shutil, socket

HERE = os.path.dirname(os.path.abspath(__file__))


def jlocal():
    return os.environ.get("JLOCAL") or os.path.join(os.path.dirname(HERE), "jlocal")


def peers():
    """Name and program of each peer that is installed."""
    found = {name: shutil.which(os.environ.get(name.upper(), name)) for name in ("foreman", "nf")}
    return {name: program for name, program in found.items() if program}


def takes(port):
    """Whether something accepts connections there."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
