"""Processes that are hard to end. `kinds.py KIND MARK` is one of them; every process it makes has
MARK as an argument of its own, a number of seconds whose last digit tells the kind, so that it can
be found, counted and ended.

An app of all but `stopped` has 213 processes; `stopped` has 2. A stopped member of a group whose
parent dies makes the kernel hang up its mates, so it is tried in an app of its own."""

import os, signal, sys, time

COUNTS = {"plain": 1, "tree": 3, "deaf": 1, "daemon": 2, "away": 2, "bomb": 201, "zombies": 1, "bare": 2}
ORDINARY = ("plain", "tree")
STOPPED = {"stopped": 2}
COUNTING = {"counting": 1}
DIGITS = {kind: str(i) for i, kind in enumerate((*COUNTS, *STOPPED, *COUNTING))}


def wait(mark):
    while True:
        time.sleep(float(mark))


def sleep(mark, env=None):
    os.execve("/bin/sleep", ["sleep", mark], os.environ if env is None else env)


def ignore():
    for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(s, signal.SIG_IGN)


def beget(body):
    if os.fork() == 0:
        try:
            body()
        finally:
            os._exit(1)


def daemon(mark, env=None):
    """Forks twice, in a session of its own in between."""
    def parent():
        os.setsid()
        beget(lambda: sleep(mark, env))
        os._exit(0)
    beget(parent)
    os.wait()
    wait(mark)


def plain(mark):
    sleep(mark)


def tree(mark):
    os.execv("/bin/sh", ["sh", "-c", 'sleep "$0" & sleep "$0"; :', mark])


def deaf(mark):
    ignore()
    wait(mark)


def away(mark):
    def child():
        os.setsid()
        sleep(mark)
    beget(child)
    wait(mark)


def bomb(mark):
    ignore()
    for _ in range(200):
        beget(lambda: wait(mark))
    wait(mark)


def zombies(mark):
    for _ in range(3):
        beget(lambda: os._exit(0))
    wait(mark)


def bare(mark):
    daemon(mark, env={})


def stopped(mark):
    beget(lambda: os.kill(os.getpid(), signal.SIGSTOP) or wait(mark))
    os.kill(os.getpid(), signal.SIGSTOP)
    wait(mark)


def counting(mark):
    """Notes each signal in the file `signals` and ends a second after the first."""
    def note(number, _):
        with open("signals", "a") as file:
            file.write(signal.Signals(number).name + "\n")
    for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(s, note)
    signal.pause()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        time.sleep(0.1)


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2])
