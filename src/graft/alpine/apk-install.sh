# Installs a package in the builder image itself, with what a company lends for it: apk-install.sh PACKAGE
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
architecture=$(apk --print-arch)
apkRoot=/
. "$lib/apk-access.sh"
apk add --no-cache --no-progress --repositories-file "$repositories" --keys-dir "$keys" "$1"
