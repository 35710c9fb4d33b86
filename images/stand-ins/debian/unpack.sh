#!/bin/sh
# Unpacks packages into $ROOT without their scripts, and records each as distroless does: status.d/NAME and its md5sums.
#   ROOT=/tree unpack.sh FILE.deb...
set -eu
records=$ROOT/var/lib/dpkg/status.d
for deb; do
  mkdir -p "$ROOT"
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$ROOT" --keep-directory-symlink --exclude='./usr/share/man/*' \
    --exclude='./usr/share/locale/*' --exclude='./usr/share/lintian/*' --exclude='./usr/share/info/*' --exclude='./usr/share/doc/*/[!c]*' --exclude='./usr/share/doc/*/c[!o]*'
  mkdir -p "$records"
  name=$(dpkg-deb --field "$deb" Package)
  dpkg-deb --field "$deb" >"$records/$name"
  dpkg-deb --ctrl-tarfile "$deb" | tar -x -O ./md5sums >"$records/$name.md5sums" 2>/dev/null || rm -f "$records/$name.md5sums"
done
