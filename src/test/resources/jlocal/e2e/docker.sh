#!/bin/bash
# Runs a command beside a Docker daemon of its own, in namespaces of its own, which end with it.
#
#   docker.sh COMMAND...    the images that it knows are made of programs of this machine
#
# 77 when a tool is not there, or the machine does not permit it.
set -u
here=${BASH_SOURCE%/*}
if [ "${1-}" != --inside ]; then
  for tool in dockerd nginx ip; do command -v $tool >/dev/null || { echo "$tool is not installed"; exit 77; }; done
  docker compose version >/dev/null 2>&1 || { echo "docker compose is not installed"; exit 77; }
  [ "$(id -u)" = 0 ] || { echo "not root"; exit 77; }
  exec unshare -m -n -p -f --mount-proc --kill-child "$0" --inside "$@"
fi
shift
. "$here/image-root.sh"
own=$(mktemp -d)
ip link set lo up && mount -t tmpfs none /run || exit 77
export DOCKER_HOST=unix://$own/socket
dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver="${DOCKER_STORAGE-vfs}" -H "$DOCKER_HOST" \
  --data-root "$own/data" --exec-root /run/docker -p "$own/pid" >"$own/log" 2>&1 &
for ((i = 0; i < 200; i++)); do docker version >/dev/null 2>&1 && break; sleep 0.1; done
docker version >/dev/null 2>&1 || { tail -3 "$own/log"; exit 77; }

servers=(); command -v redis-server >/dev/null && servers=(redis-server redis-cli)
image_root "$own/root" nginx "${servers[@]}" || exit 77
mkdir -p "$own/root/etc/nginx/conf.d" "$own/root/var/lib/nginx"
echo 'user root; events {} http { access_log off; include conf.d/*.conf; }' >"$own/root/etc/nginx/nginx.conf"
printf '#!/bin/sh\nexec "$@"\n' >"$own/root/bin/docker-entrypoint.sh" && chmod +x "$own/root/bin/docker-entrypoint.sh"
tar -C "$own/root" -c . | docker import -c 'CMD ["nginx", "-g", "daemon off;"]' - debian:bookworm-slim >/dev/null || exit 77
docker tag debian:bookworm-slim nginx:alpine && docker tag debian:bookworm-slim redis:7
docker run --rm --network=none debian:bookworm-slim bash -c true >"$own/run" 2>&1 || { cat "$own/run"; exit 77; }
"$@"
status=$?
kill %1 && wait %1
rm -rf "$own"
exit $status
