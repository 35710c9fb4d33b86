#!/bin/sh
# Makes the file system of an image from a folder of packages, and records those that a payload brings beside it.
#   root.sh runtime|dev ROOT FOLDER RECORDS
# ACCOUNTS: passwd-style "name:uid:gid" words; FOLDERS: "path:uid:gid:mode" words; LOCALE: as for closure.sh.
set -eu
kind=$1 root=$2 debs=$3 records=$4
here=$(dirname "$0")
mkdir -p "$root"

unpack() {
  # Before Debian 13 no package owns the links /bin, /lib, /sbin that all paths go through.
  for folder in bin lib lib64 sbin; do
    [ "$folder" = lib64 ] && [ "$(dpkg --print-architecture)" != amd64 ] && continue
    mkdir -p "$root/usr/$folder" && ln -s "usr/$folder" "$root/$folder"
  done
  find "$debs" -name 'base-files_*.deb' -print0 | ROOT=$root xargs -0 -r "$here/unpack.sh"
  find "$debs" -name '*.deb' ! -name 'base-files_*' -print0 | ROOT=$root xargs -0 -r -P 4 -n 4 "$here/unpack.sh"
}

accounts() {
  : >"$root/etc/passwd" && : >"$root/etc/group"
  for account in $ACCOUNTS; do
    name=${account%%:*} ids=${account#*:} home=/home/${account%%:*} shell=/sbin/nologin
    [ "$name" = root ] && home=/root shell=/bin/bash
    [ "$name" = _apt ] && shell=/bin/sh
    echo "$name:x:$ids:$name:$home:$shell" >>"$root/etc/passwd"
    # _apt has a group of another account or none (uid 42, gid 65532).
    [ "$name" = _apt ] || echo "$name:x:${ids#*:}:" >>"$root/etc/group"
    install -d -m 0755 -o "${ids%:*}" -g "${ids#*:}" "$root$home"
  done
  [ ! -d "$root/root" ] || chmod 0700 "$root/root"
}

folders() {
  install -d -m 1777 "$root/tmp" "$root/var/tmp"
  for folder in $FOLDERS; do
    # shellcheck disable=SC2046 # four words
    set -- $(echo "$folder" | tr : ' ')
    mkdir -p "$root$1" && chown "$2:$3" "$root$1" && chmod "$4" "$root$1"
  done
}

identity() {
  # shellcheck source=/dev/null
  . "$root/usr/lib/os-release"
  cat >"$root/usr/lib/os-release" <<EOF
NAME="Docker Hardened Images (Debian)"
ID=debian
VERSION_ID="$VERSION_ID"
VERSION_CODENAME=$VERSION_CODENAME
PRETTY_NAME="Docker Hardened Images/Debian GNU/Linux $VERSION_ID ($VERSION_CODENAME)"
HOME_URL="https://docker.com/products/hardened-images/"
BUG_REPORT_URL="https://docker.com/support/"
EOF
}

# What maintainer scripts would make and a program needs: links of alternatives, certificates, the loader's cache.
without_scripts() {
  link which.gnu which
  link which.debianutils which
  link mawk awk
  if [ -d "$root/usr/share/ca-certificates/mozilla" ]; then
    mkdir -p "$root/etc/ssl/certs"
    cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
  fi
  ldconfig -r "$root" && rm -rf "$root/var/cache/ldconfig"
}

link() {
  if [ -e "$root/usr/bin/$1" ] && [ ! -e "$root/usr/bin/$2" ]; then
    mkdir -p "$root/etc/alternatives"
    ln -s "/usr/bin/$1" "$root/etc/alternatives/$2" && ln -s "/etc/alternatives/$2" "$root/usr/bin/$2"
  fi
}

# The packages' own scripts, run in the tree by its own dpkg: a dev image must take further packages.
with_scripts() {
  cp /usr/share/base-passwd/passwd.master "$root/etc/passwd" && cp /usr/share/base-passwd/group.master "$root/etc/group"
  mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/debs" "$root/eatmydata"
  : >"$root/var/lib/dpkg/status"
  cp "$debs"/*.deb "$root/debs/"
  # Without it dpkg waits for the disk after each file of its database.
  find /eatmydata -name 'libeatmydata.so' -exec cp -L {} "$root/eatmydata/" \;
  chroot "$root" env LD_PRELOAD=/eatmydata/libeatmydata.so DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true PATH=/usr/sbin:/usr/bin sh -c \
    'dpkg --install --force-depends --force-unsafe-io --path-exclude="/usr/share/man/*" --path-exclude="/usr/share/locale/*" \
      --path-exclude="/usr/share/doc/*" --path-include="/usr/share/doc/*/copyright" /debs/*.deb' >/tmp/dpkg.log 2>&1 ||
    { cat /tmp/dpkg.log; exit 1; }
  rm -rf "$root/debs" "$root/eatmydata" "$root"/var/cache/debconf/* "$root"/var/lib/dpkg/*-old "$root"/etc/*- "$root"/etc/shadow "$root"/etc/gshadow
  find "$root/var/log" -type f -delete
  # The archive as the root image has it, with the settings it needs.
  (cd /etc/apt && find sources.list sources.list.d apt.conf.d/99mmdebstrap -type f -exec cp --parents {} "$root/etc/apt/" \; 2>/dev/null) || :
}

# What a payload brings: in status.d as all, and for a dpkg in its database too.
record_payload() {
  for record in "$records"/*; do
    [ -d "$record" ] || continue
    name=${record##*/}
    cp "$record/control" "$root/var/lib/dpkg/status.d/$name"
    cp "$record/md5sums" "$root/var/lib/dpkg/status.d/$name.md5sums"
    [ "$kind" = dev ] || continue
    cp "$record/list" "$root/var/lib/dpkg/info/$name.list"
    cp "$record/md5sums" "$root/var/lib/dpkg/info/$name.md5sums"
    { sed '1a Status: install ok installed' "$record/control" && echo; } >>"$root/var/lib/dpkg/status"
  done
}

unpack
[ ! -e "$root/usr/bin/bash" ] || ln -sf bash "$root/usr/bin/sh"
case $kind in
  runtime) without_scripts && rm -rf "$root/var/lib/dpkg/status" ;;
  dev) with_scripts ;;
esac
record_payload
accounts
folders
identity
[ -z "$LOCALE" ] || I18NPATH=/locales/usr/share/i18n localedef -i "${LOCALE%.*}" -f UTF-8 "$root/usr/lib/locale/${LOCALE%.*}.utf8"
