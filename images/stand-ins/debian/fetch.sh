#!/bin/sh
# Puts packages into the root of a payload's stage, or into ROOT, without what they depend on and without their scripts.
#   [ROOT=/tree] fetch.sh PACKAGE...
set -eu
apt-get update -qq
cd /tmp
apt-get download -qq -o APT::Sandbox::User=root "$@"
for deb in /tmp/*.deb; do dpkg-deb -x "$deb" "${ROOT:-/}"; done
rm -rf /tmp/*.deb /var/lib/apt/lists/*
