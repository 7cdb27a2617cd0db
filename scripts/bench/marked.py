"""Processes known by a mark among their arguments; proc(5)."""

import os, random, signal, time


def new_mark():
    """A number of seconds that no other process sleeps for."""
    return f"36000.{random.randrange(10**9):09d}"


def _read(pid, name):
    with open(f"/proc/{pid}/{name}", "rb") as file:
        return file.read()


def _start(pid):
    """When it started, as text; None when it is gone or a zombie."""
    try:
        fields = _read(pid, "stat").rpartition(b")")[2].split()
    except OSError:
        return None
    return None if fields[0] in (b"Z", b"X") else fields[19].decode()


def find(mark):
    """pid → (start time, argument) of every living process with an argument that begins so."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            arguments = _read(pid, "cmdline").split(b"\0")
        except OSError:
            continue
        own = next((a for a in arguments if a.startswith(mark.encode())), None)
        start = own and _start(pid)
        if own and start:
            found[int(pid)] = (start, own.decode())
    return found


def alive(processes):
    """Those of them that still are what they were."""
    return {pid: it for pid, it in processes.items() if _start(pid) == it[0]}


def end(mark):
    """Kills every process with the mark, and no other."""
    for _ in range(200):
        left = find(mark)
        for pid in alive(left):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if not left:
            return
        time.sleep(0.02)
    raise SystemExit(f"could not end processes with the mark {mark}")
