#!/bin/sh
# Copy from the Debian tree $1 to $2 only what programs need: libraries, Python without packages, Node, time zones.
set -eu
from=${1%/} to=$2
mkdir -p "$to/usr/bin" "$to/usr/lib" "$to/usr/share" "$to/etc" "$to/tmp" "$to/box" "$to/dev" "$to/proc" "$to/sys"
python=$(basename "$(readlink -f "$from/usr/bin/python3")")
cp -a "$from/usr/bin/$python" "$to/usr/bin/python3"
cp -a "$from/usr/bin/node" "$to/usr/bin/node"
cp -a "$from/usr/lib/$python" "$to/usr/lib/"
for folder in "$from"/usr/lib/*-linux-gnu; do cp -a "$folder" "$to/usr/lib/"; done
[ -d "$from/usr/lib64" ] && cp -a "$from/usr/lib64" "$to/usr/"
[ -d "$from/usr/share/zoneinfo" ] && cp -a "$from/usr/share/zoneinfo" "$to/usr/share/"
for link in lib lib64 bin; do [ -e "$to/usr/$link" ] && ln -s "usr/$link" "$to/$link"; done
cp -a "$from"/box/. "$to/box/"
cp -a "$from/etc/ld.so.cache" "$to/etc/"
echo "sandbox:x:200000:200000::/tmp:/usr/sbin/nologin" > "$to/etc/passwd"
find "$to" -xdev -perm /6000 -exec chmod a-s {} +
chmod 1777 "$to/tmp"
# Compiled by the very Python that starts it, as the other backends do.
chroot "$to" /usr/bin/python3 -I -S -c "
import importlib.util as u, marshal
code = compile(open('/box/driver.py').read(), '/box/driver.py', 'exec')
open('/box/driver.pyc', 'wb').write(u.MAGIC_NUMBER + bytes(12) + marshal.dumps(code))"
