#!/bin/sh
# The engine's own bridge, and its way out. The daemon itself touches no firewall: a second dockerd would flush the first one's chains.
#   network.sh up <chroot> <bridge> <address/length>
#   network.sh down <chroot> <bridge> <address/length>
# `up` fails only when there is no bridge; without a way out it says so, and builds with --network=host still reach everything.
set -u
action=$1
root=$2
bridge=$3
address=$4

rule() { # rule <-A|-D|-I> <chain> <rest of the rule...>
  chroot "$root" iptables "$@"
}
rules() { # rules <-I|-D>
  rule "$1" FORWARD -i "$bridge" -j ACCEPT &&
    rule "$1" FORWARD -o "$bridge" -j ACCEPT &&
    rule -t nat "$1" POSTROUTING -s "$address" ! -o "$bridge" -j MASQUERADE
}

rules -D 2>/dev/null
if [ "$action" = down ]; then
  chroot "$root" ip link delete "$bridge" 2>/dev/null
  exit 0
fi

chroot "$root" ip link add "$bridge" type bridge 2>/dev/null
chroot "$root" ip address replace "$address" dev "$bridge" || exit 1
chroot "$root" ip link set "$bridge" up || exit 1
if ! echo 1 >/proc/sys/net/ipv4/ip_forward || ! rules -I; then
  echo "containers on the default network have no way out; use --network=host" >&2
fi
