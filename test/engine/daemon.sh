#!/bin/sh
# Becomes dockerd inside the engine's chroot. Runs under `unshare --mount`: every mount here is private and ends with the daemon.
#   daemon.sh <chroot> <instance folder>
set -eu
root=$1
instance=$2

# runc changes its root with pivot_root, which wants a mount point.
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
if ! mountpoint -q /sys/fs/cgroup; then
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
fi
mkdir -p "$root/engine"
mount --bind "$instance" "$root/engine"

# Name resolution of the machine; dockerd takes systemd-resolved's second file when the first names only a loopback server.
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
if [ -e /run/systemd/resolve/resolv.conf ]; then
  mkdir -p "$root/run/systemd/resolve"
  cp -L /run/systemd/resolve/resolv.conf "$root/run/systemd/resolve/resolv.conf"
fi
# Certificate authorities that this machine trusts, such as a company's.
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
fi

exec chroot "$root" dockerd --config-file /engine/daemon.json
