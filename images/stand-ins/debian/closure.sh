#!/bin/sh
# Downloads the packages an image declares, with what they depend on, into a folder.
#   closure.sh FOLDER runtime|dev
# PACKAGES and REFUSED: names, separated by spaces. LOCALE: as in LANG, or empty; its sources go to /locales.
set -eu
folder=$1 kind=$2
# What Debian's dependencies would add to a runtime although a hardened one has no use for it.
[ "$kind" = runtime ] && REFUSED="$REFUSED bash dash debconf dpkg mawk openssl perl-base tar"

apt-get update -qq
# Where it is essential (before Debian 13), scripts call it without a dependency that says so.
if [ "$kind" = dev ] && apt-cache show init-system-helpers | grep -q '^Essential: yes'; then PACKAGES="$PACKAGES init-system-helpers"; fi
for name in $PACKAGES; do
  echo "$name"
done | sort >/tmp/declared
xargs apt-cache show --no-all-versions </tmp/declared 2>/dev/null | sed -n 's/^Package: //p' | sort -u >/tmp/known
unknown=$(comm -23 /tmp/declared /tmp/known)
# shellcheck disable=SC2086 # words
[ -z "$unknown" ] || { echo "Debian has no package of this name, so a payload must bring it:" $unknown >&2; exit 1; }

# A refused package is presented to apt as installed and held, without dependencies: so neither it nor what only it needs comes.
mkdir -p "$folder/partial"
status=$(mktemp)
for name in $REFUSED; do
  # In Debian 12 libelogind0 provides libsystemd0, which apt needs and nothing refuses.
  case " $PACKAGES libelogind0 " in *" $name "*) ;; *) echo "$name" ;; esac
done | xargs apt-cache show --no-all-versions 2>/dev/null | awk '
  /^(Package|Version|Architecture|Provides|Multi-Arch):|^$/ { print }
  /^Package:/ { print "Status: hold ok installed" }' >"$status"
# shellcheck disable=SC2086 # words
apt-get install -qq --yes --download-only --no-install-recommends -o Dir::State::status="$status" \
  -o Dir::Cache::archives="$folder" -o APT::Sandbox::User=root -o Debug::NoLocking=1 $PACKAGES
aside() { (cd /tmp && apt-get download -qq -o APT::Sandbox::User=root "$1" && dpkg-deb -x "$1"_*.deb "$2"); }
[ -z "$LOCALE" ] || aside locales /locales
[ "$kind" = runtime ] || aside libeatmydata1 /eatmydata
rm -rf "$folder/partial" "$folder/lock" "$status" /tmp/* /var/lib/apt/lists/*
