#!/bin/sh
# Go as hardened images have it: all of it below /usr/local/go, with the data of its own tests, and no package record.
#   golang.sh MINOR SUITE runtime|dev
set -eu
minor=$1 suite=$2 kind=$3
here=$(dirname "$0")
# A release of Debian has an older Go; its backports have the newer ones.
apt-get update -qq
main=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep -m 1 '/debian/*$')
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main $suite-backports main" >/etc/apt/sources.list.d/backports.list
"$here/fetch.sh" "golang-$minor-go" "golang-$minor-src"
mkdir -p /payload/tree/usr/local /payload/records
cp -aL "/usr/lib/go-$minor" /payload/tree/usr/local/go
# The assembler and linker of its C compiler are built by Docker, too, and refused as packages.
if [ "$kind" = dev ]; then
  ROOT=/payload/tree "$here/fetch.sh" binutils binutils-common "binutils-$(uname -m | tr _ -)-linux-gnu" libbinutils libctf0 libctf-nobfd0 libgprofng0 libsframe1 libjansson4
  rm -rf /payload/tree/usr/share/doc /payload/tree/usr/share/man /payload/tree/usr/share/locale
fi
"$here/snippet.sh" golang "$minor"
