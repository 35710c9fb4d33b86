#!/bin/sh
# Records .NET in /payload/tree/usr/lib/dotnet, and adds its link and the file that tells hardened builds the image's variables.
#   dotnet.sh NAME VERSION
set -eu
name=$1 version=$2
record=$(dirname "$0")/record.sh
mkdir -p /payload/tree/usr/bin /payload/tree/opt/docker/config
ln -s ../lib/dotnet/dotnet /payload/tree/usr/bin/dotnet
"$record" "$name" "$version-0" 'libc6, libgcc-s1, libstdc++6' usr/lib/dotnet usr/bin/dotnet
printf 'environment:\n  DOTNET_ROOT: /usr/lib/dotnet\n  DOTNET_VERSION: %s\n' "$version" >"/payload/tree/opt/docker/config/$name.yaml"
"$record" "$name-oci-config" "$version-0" '' "opt/docker/config/$name.yaml"
