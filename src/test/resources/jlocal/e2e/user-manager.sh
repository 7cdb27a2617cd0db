#!/bin/bash
# Runs a command beside a user manager of systemd of its own, in namespaces of its own, which end with it.
#
#   user-manager.sh UNITS COMMAND...    UNITS: a folder of units
#
# Needs root, or user namespaces. 77 when the machine does not permit it.
set -u
if [ "${1-}" != --inside ]; then
  map=(); [ "$(id -u)" = 0 ] || map=(--user --map-root-user)
  unshare "${map[@]}" -m -p -f --mount-proc true 2>/dev/null || { echo "namespaces are not permitted"; exit 77; }
  exec unshare "${map[@]}" -m -p -f --mount-proc --kill-child "$0" --inside "$@"
fi
shift
units=$1
shift
for manager in /usr/lib/systemd/systemd /lib/systemd/systemd; do [ -x $manager ] && break; done
mkdir -p /run/systemd && mount -t tmpfs none /run/systemd && mkdir /run/systemd/system || exit 77
mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null || { echo "cgroup2 cannot be mounted"; exit 77; }
home=$(mktemp -d)
mkdir -m 700 "$home/run" && mkdir -p "$home/systemd/user"
export XDG_RUNTIME_DIR=$home/run XDG_CONFIG_HOME=$home
ln -s "$units"/* "$home/systemd/user/"
$manager --user --unit=basic.target >"$home/manager" 2>&1 &
for ((i = 0; i < 100; i++)); do
  systemctl --user is-active basic.target >/dev/null 2>&1 && break
  sleep 0.1
done
systemctl --user is-active basic.target >/dev/null || { cat "$home/manager"; exit 77; }
"$@"
status=$?
systemctl --user exit >/dev/null 2>&1
rm -rf "$home"
exit $status
