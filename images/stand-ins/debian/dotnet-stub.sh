#!/bin/sh
# The layout of .NET without .NET: a host and libraries that load, frameworks with nothing but their version.
#   dotnet-stub.sh runtime|dev MAJOR RUNTIME SDK
set -eu
kind=$1 major=$2 runtime=$3 sdk=$4
here=$(dirname "$0")
net=/payload/tree/usr/lib/dotnet

library() { mkdir -p "$(dirname "$1")" && echo 'int stand_in(void) { return 0; }' | gcc -shared -fPIC -x c -o "$1" -; }
framework() {
  mkdir -p "$net/shared/$1/$runtime"
  echo '{}' >"$net/shared/$1/$runtime/$1.deps.json"
  printf 'stand-in\n%s\n' "$runtime" >"$net/shared/$1/$runtime/.version"
}

mkdir -p "$net"
gcc -O2 -D"VERSION=\"$runtime\"" -D"MAJOR=\"$major\"" -o "$net/dotnet" "$here/dotnet-stub.c"
library "$net/host/fxr/$runtime/libhostfxr.so"
framework Microsoft.NETCore.App
library "$net/shared/Microsoft.NETCore.App/$runtime/libcoreclr.so"
if [ "$kind" = runtime ]; then
  "$here/dotnet.sh" "dotnet-runtime-$major" "$runtime"
else
  framework Microsoft.AspNetCore.App
  mkdir -p "$net/sdk/$sdk" && printf 'stand-in\n%s\n' "$sdk" >"$net/sdk/$sdk/.version"
  "$here/dotnet.sh" "dotnet-sdk-$major" "$sdk"
fi
