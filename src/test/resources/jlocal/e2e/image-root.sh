# Sourced: puts programs of this machine into a folder, with what they load, as the root of an image.
#
#   image_root FOLDER PROGRAM...    python3 comes with its library

image_root() {
  local root=$1 program python library
  shift
  mkdir -p "$root"/{app,bin,etc,run,tmp,var/log,usr/bin,usr/lib} && chmod 1777 "$root/tmp"
  printf 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
  python=$(readlink -f /usr/bin/python3)
  for program in bash sh env sleep grep "$@"; do cp -L "$(command -v "$program")" "$root/bin/" || return; done
  cp "$python" "$root/usr/bin/python3" && cp -r "/usr/lib/${python##*/}" "$root/usr/lib/" || return
  ldd "$root"/bin/* "$python" "/usr/lib/${python##*/}"/lib-dynload/*.so 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*' | grep -v : | sort -u |
    while read -r library; do mkdir -p "$root/${library%/*}" && cp -n "$library" "$root$library"; done
}
