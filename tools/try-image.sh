#!/usr/bin/env bash
# Builds one service's image without a Docker engine and tells its size: `tools/try-image.sh wallet`.
# Needs Debian's buildah. The base image is made from this machine's own Node, npm and C library, so that nothing is pulled.
set -euo pipefail
app=${1:?which service, e.g. wallet}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot

copy_with_libraries() { # copies a program and the shared libraries that it needs
  local file
  install -D "$1" "$work/base$2"
  for file in $(ldd "$1" | grep -oE '/[^ )]+'); do install -D "$file" "$work/base$file"; done
}
copy_with_libraries "$root/node_modules/.bin/node" /usr/local/bin/node
copy_with_libraries "$(readlink -f /bin/sh)" /bin/sh
for library in librt.so.1 libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
  install -D "/lib/x86_64-linux-gnu/$library" "$work/base/lib/x86_64-linux-gnu/$library"
done
copy_with_libraries "$(readlink -f /usr/bin/env)" /usr/bin/env
mkdir -p "$work/base/usr/local/lib/node_modules" "$work/base/etc/ssl/certs" "$work/base/tmp" "$work/base/root"
cp -r "$(npm root -g)/npm" "$work/base/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/base/usr/local/bin/npm"
cp /etc/ssl/certs/ca-certificates.crt "$work/base/etc/ssl/certs/"
echo 'root:x:0:0::/root:/bin/sh
node:x:1000:1000::/tmp:/bin/sh' > "$work/base/etc/passwd"
chmod 1777 "$work/base/tmp"

base=$(buildah from scratch)
buildah copy -q "$base" "$work/base" / > /dev/null
buildah config --env PATH=/usr/local/bin:/usr/bin:/bin --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$base"
buildah commit -q "$base" localhost/eventzr-base > /dev/null
buildah rm "$base" > /dev/null

cat "$(npm config get globalconfig)" "$HOME/.npmrc" > "$work/npmrc" 2> /dev/null || true
buildah bud --isolation chroot --network host --build-arg APP="$app" --build-arg NODE_IMAGE=localhost/eventzr-base \
  --secret id=npmrc,src="$work/npmrc" --target service -t "localhost/eventzr-$app" "$root"

container=$(buildah from "localhost/eventzr-$app")
mounted=$(buildah mount "$container")
du -sm "$mounted/app/node_modules" | awk -v app="$app" '{ print app ": node_modules " $1 " MB" }'
du -sm "$mounted" | awk -v app="$app" '{ print app ": image " $1 " MB" }'
buildah umount "$container" > /dev/null
buildah rm "$container" > /dev/null
