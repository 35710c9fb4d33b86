#!/bin/sh
# What hardened images tell scanners of software that is no package.
#   snippet.sh NAME VERSION
set -eu
folder=/payload/tree/opt/docker/sbom/$1
mkdir -p "$folder"
printf '{"spdxVersion":"SPDX-2.3","name":"%s","packages":[{"name":"%s","versionInfo":"%s","SPDXID":"SPDXRef-%s"}]}\n' "$1" "$1" "$2" "$1" >"$folder/spdx.$1.json"
