#!/bin/sh
# Java as hardened images have it: a folder below /opt/java/openjdk, a link in /usr/local/bin for each of its programs, and no package record.
#   temurin.sh jre|jdk MAJOR
set -eu
kind=$1 major=$2
here=$(dirname "$0")
at=/opt/java/openjdk/$major
[ "$kind" = jdk ] || at=$at-jre
if [ "$kind" = jdk ]; then set -- "openjdk-$major-jdk-headless"; else set --; fi
"$here/fetch.sh" "openjdk-$major-jre-headless" "$@"
java=$(find /usr/lib/jvm -mindepth 1 -maxdepth 1 -type d -name "java-$major-openjdk-*")
# Its list of authorities is another package's; the documentation is not wanted.
find "$java" -xtype l -delete
rm -rf "$java/man" "$java/docs" "$java/jmods"
# A hardened one has its own fonts' and pictures' libraries; Debian's would ask for those of the desktop.
for library in fontmanager javajpeg lcms; do rm -f "$java/lib/lib$library.so"; done
mkdir -p "/payload/tree${at%/*}" /payload/tree/usr/local/bin /payload/records
cp -aL "$java" "/payload/tree$at"
for program in "/payload/tree$at"/bin/*; do
  ln -s "$at/bin/${program##*/}" "/payload/tree/usr/local/bin/${program##*/}"
done
"$here/snippet.sh" eclipse-temurin "$major"
