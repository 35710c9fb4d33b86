#!/bin/sh
# Serves git://localhost/probe, with one commit.
set -eu
export HOME=/root
git init --quiet --initial-branch=main /srv/git/probe
cd /srv/git/probe
echo hardened >README
git add README
git -c user.name=probe -c user.email=probe@probe.test commit --quiet --message=first
git daemon --base-path=/srv/git --export-all --listen=127.0.0.1 --reuseaddr --detach /srv/git
echo ready
exec sleep 600
