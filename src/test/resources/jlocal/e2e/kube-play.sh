#!/bin/bash
# Runs the objects of an export in pods of podman, and a command beside them.
#
#   kube-play.sh IMAGE FOLDER COMMAND...    the image is made of this machine's bash and python3
#
# 77 when podman is not there, or may not run containers here.
set -u
image=$1 folder=$2
shift 2
command -v podman >/dev/null && command -v runc >/dev/null || { echo "podman and runc are not installed"; exit 77; }
[ "$(id -u)" = 0 ] || { echo "not root"; exit 77; }
own=$(mktemp -d)
trap 'podman kube down "$own/all.yaml" >/dev/null 2>&1; rm -rf "$own"' EXIT
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/store"\nrunroot = "%s/run"\n' "$own" "$own" >"$own/storage.conf"
cat >"$own/containers.conf" <<E2
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
E2
echo '{"default":[{"type":"insecureAcceptAnything"}]}' >"$own/policy.json"
export CONTAINERS_STORAGE_CONF=$own/storage.conf CONTAINERS_CONF=$own/containers.conf

. "${BASH_SOURCE%/*}/image-root.sh"
root=$own/root
image_root "$root" || exit 77
cp -r ./* "$root/app/"
tar -C "$root" -c . | podman import --signature-policy "$own/policy.json" -c 'WORKDIR /app' -c 'USER 1000:1000' - "$image" \
  >/dev/null 2>"$own/log" || { cat "$own/log"; exit 77; }
podman run --rm --network=host "$image" /bin/bash -c true >"$own/log" 2>&1 || { cat "$own/log"; exit 77; }

# There is no cluster network here, nor a registry. podman 4.3 cannot read Secrets.
for file in "$folder"/*.yaml; do
  grep -q '^kind: \(ConfigMap\|Deployment\)' "$file" || continue
  echo --- && sed "s/^      containers:/      hostNetwork: true\n&/; s|^        image: .*|        image: $image\n        imagePullPolicy: Never|; /^        ports:/d" "$file"
done >"$own/all.yaml"
podman kube play --signature-policy "$own/policy.json" "$own/all.yaml" >"$own/log" 2>&1 || {
  cat "$own/log"
  # podman writes the objects again, and breaks long texts before a tab, which it cannot read then.
  grep -q 'found a tab character' "$own/log" && exit 77
  exit 1
}
"$@"
