#!/bin/bash
# Makes the archive, unpacks it elsewhere and runs it in a network namespace without interfaces (loopback apart): as an ordinary user, again
# on the data that the first run left, and as root with the product in a folder that only root can enter. Needs root, for the namespace.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm run --silent bundle
archive=$(echo plumbline-*-"$(node -p 'process.platform + "-" + process.arch')".tgz)
sha256sum --quiet -c "$archive.sha256"
tar -xzf "$archive" -C "$work"
rm -f "$archive" "$archive.sha256"
folder=$(echo "$work"/plumbline-*)
(cd "$folder" && sha256sum --quiet -c SHA256SUMS)
for unwanted in node_modules/typescript node_modules/jest src/api test; do
  if [ -e "$folder/$unwanted" ]; then echo "$unwanted is in the archive" >&2; exit 1; fi
done
cp "$here/test/support/offline.js" "$work/"
node=$(command -v node)

# offline USER LIMIT: one start of the product, which must be ready within so many seconds and leave no PostgreSQL behind.
offline() {
  unshare --net bash -c 'ip link set lo up && exec setpriv --reuid="$1" --regid="$(id -g "$1")" --clear-groups env -i PATH="$2:/usr/bin:/bin" HOME=/nonexistent node "$3/offline.js" "$4" "$5"' \
    - "$1" "$(dirname "$node")" "$work" "$folder" "$2" </dev/null
}

chmod 755 "$work"
chown -R nobody "$folder"
offline nobody 60
offline nobody 5
rm -rf "$folder/.data"

chown -R root "$folder"
chmod 700 "$work"
data=$(offline root 60 | tee /dev/stderr | sed -n 's/^data in //p')
case $data in /var/lib/plumbline-*) rm -rf "$data" ;; *) echo "root's data lie in $data" >&2; exit 1 ;; esac
