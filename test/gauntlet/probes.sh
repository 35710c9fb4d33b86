#!/bin/sh
# Compiles /src/<package>/probe.c to /probes/<package>/probe: probes.sh PACKAGE [FLAG...], where FLAGs are the compiler's and names for pkg-config.
set -eu
package=$1
shift
flags=
for word; do
  case $word in
  -*) flags="$flags $word" ;;
  *) flags="$flags $(pkg-config --cflags --libs "$word")" ;;
  esac
done
mkdir -p "/probes/$package"
# shellcheck disable=SC2086 # words
cc -std=gnu17 -O1 -Wall -I/src -o "/probes/$package/probe" "/src/$package/probe.c" $flags
