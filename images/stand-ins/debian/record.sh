#!/bin/sh
# Records files of a payload as a package, so that what is not from Debian is in the image's database like everything else.
#   record.sh NAME VERSION DEPENDS PATH...     the paths lie in /payload/tree
# A payload stage leaves /payload/tree, the files as they stand in the image, and /payload/records/NAME/{control,md5sums,list}.
set -eu
name=$1 version=$2 depends=$3 && shift 3
record=/payload/records/$name
mkdir -p "$record"
cd /payload/tree
find "$@" -type f -print0 | sort -z | xargs -0 -r md5sum >"$record/md5sums"
find "$@" -printf '/%p\n' | sort >"$record/list"
cat >"$record/control" <<EOF
Package: $name
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: Stand-in recipes <stand-ins@localhost>
${depends:+Depends: $depends
}Section: misc
Priority: optional
Description: $name, as a hardened image has it
EOF
