#!/bin/sh
# Node, npm, yarn and corepack as the packages that hardened Debian images have them from, paths included.
#   node.sh NPM_PACKAGES MAJOR     BROUGHT: the packages this image has
set -eu
from=$1 major=$2
here=$(dirname "$0")
tree=/payload/tree

version() { sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' "$from/$1/package.json" | head -n 1; }

# DEBIAN_PACKAGE NPM_PACKAGE COMMAND=FILE...
tool() {
  package=$1 npm=$2 commands='' && shift 2
  case " $BROUGHT " in *" $package "*) ;; *) return 0 ;; esac
  mkdir -p "$tree/usr/lib/nodejs"
  cp -a "$from/$npm" "$tree/usr/lib/nodejs/$npm"
  for pair; do
    chmod 0755 "$tree/usr/lib/nodejs/$npm/${pair#*=}"
    ln -s "../lib/nodejs/$npm/${pair#*=}" "$tree/usr/bin/${pair%%=*}"
    commands="$commands usr/bin/${pair%%=*}"
  done
  # shellcheck disable=SC2086 # words
  "$here/record.sh" "$package" "$(version "$npm")-0" "nodejs-$major" "usr/lib/nodejs/$npm" $commands
}

install -D -m 0755 "$from/node/bin/node" "$tree/usr/bin/node"
install -D -m 0644 "$from/node/LICENSE" "$tree/usr/share/doc/nodejs-$major/copyright"
"$here/record.sh" "nodejs-$major" "$(version node)-0" 'libc6, libstdc++6' usr/bin/node "usr/share/doc/nodejs-$major"
tool npm npm npm=bin/npm-cli.js npx=bin/npx-cli.js
tool yarn-classic yarn yarn=bin/yarn.js yarnpkg=bin/yarn.js
tool node-corepack corepack corepack=dist/corepack.js
