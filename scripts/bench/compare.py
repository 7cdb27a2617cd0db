#!/usr/bin/env python3
"""Runs wrk against each target in rotated order and prints medians and ratios.

compare.py ROUNDS PATH NAME:PORT:PID... -- WRK-OPTION...
"""
import os
import re
import statistics
import subprocess
import sys

UNITS = {"us": 1, "ms": 1e3, "s": 1e6}


def family(pid):
    """The process and its children: nginx works in the latter."""
    found = [pid]
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as stat:
                if int(stat.read().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(entry))
        except OSError:
            pass
    return found


def cpu(pid):
    """User and system time so far, in microseconds."""
    user = system = 0
    for each in family(pid):
        try:
            with open(f"/proc/{each}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        user += int(fields[11])
        system += int(fields[12])
    return user * 1e4, system * 1e4


def memory(pid):
    """Proportional set size in MB."""
    total = 0
    for each in family(pid):
        try:
            with open(f"/proc/{each}/smaps_rollup") as rollup:
                total += int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M).group(1))
        except OSError:
            pass
    return total / 1024


def micros(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s)$", text).groups()
    return float(number) * UNITS[unit]


def run(port, pid, path, options):
    before = cpu(pid)
    command = ["wrk", *options, "--latency", f"http://127.0.0.1:{port}{path}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = cpu(pid)
    count = int(re.search(r"(\d+) requests in", out).group(1))
    for complaint in re.findall(r"Non-2xx.*|Socket errors.*", out):
        print(f"!! port {port}: {complaint.strip()}")
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
        "p50": micros(re.search(r"^\s+50%\s+(\S+)", out, re.M).group(1)),
        "p99": micros(re.search(r"^\s+99%\s+(\S+)", out, re.M).group(1)),
        "user": (after[0] - before[0]) / count,
        "system": (after[1] - before[1]) / count,
    }


def main():
    rounds, path = int(sys.argv[1]), sys.argv[2]
    split = sys.argv.index("--")
    options = sys.argv[split + 1 :]
    targets = [(name, int(port), int(pid)) for name, port, pid in
               (text.split(":") for text in sys.argv[3:split])]
    results = {name: [] for name, _, _ in targets}
    for turn in range(rounds):
        for i in range(len(targets)):
            name, port, pid = targets[(i + turn) % len(targets)]
            results[name].append(run(port, pid, path, options))

    def median(name, key):
        return statistics.median(result[key] for result in results[name])

    def ratio(name, other, value):
        pairs = zip(results[name], results[other])
        return statistics.median(value(a) / max(value(b), 1e-9) for a, b in pairs)

    def work(result):
        return result["user"] + result["system"]

    others = [name for name, _, _ in targets[1:]]
    print(f"| | req/s | p50 µs | p99 µs | cpu µs (usr+sys) | PSS MB |")
    print("|---|---|---|---|---|---|")
    for name, _, pid in targets:
        user, system = median(name, "user"), median(name, "system")
        print(f"| {name} | {median(name, 'rps'):.0f} | {median(name, 'p50'):.0f} | {median(name, 'p99'):.0f}"
              f" | {user + system:.1f} ({user:.1f}+{system:.1f}) | {memory(pid):.0f} |")
    first = targets[0][0]
    for other in others:
        print(f"{first} to {other}: req/s {ratio(first, other, lambda r: r['rps']):.2f},"
              f" p99 {ratio(first, other, lambda r: r['p99']):.2f}, cpu {ratio(first, other, work):.2f}")


if __name__ == "__main__":
    main()
