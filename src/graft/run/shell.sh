#!/bin/sh
# The tools that DHI-RUN lends: shell.sh. Writes /shell: a static busybox, a link for each of its programs, and the script that runs the command.
# Runs in the image that lends them, on the platform of the stage. A busybox of that image is taken if it is static, else the package
# busybox-static of its package manager is fetched.
set -eu
umask 022
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
rm -rf "$work" "$shell"
mkdir -p "$work/probe" "$work/package" "$shell"

# A static program is one that runs where nothing else is.
take() {
	[ -f "$1" ] && cp "$1" "$work/probe/busybox" && chroot "$work/probe" /busybox true 2>/dev/null
}
taken=
for file in /bin/busybox.static "$(command -v busybox || :)" /bin/busybox; do
	[ -z "$taken" ] && take "$file" && taken=$file
done
if [ -z "$taken" ] && command -v apt-get >/dev/null; then
	: >"$work/notes"
	sh "$lib/sources.sh" "$(dpkg --print-architecture)" ''
	(cd "$work" && apt-get -c "$work/apt.conf" -o APT::Sandbox::User=root download busybox-static >"$work/log" 2>&1) || {
		lastWords "$work/log"
		fail 'the package busybox-static, whose shell DHI-RUN lends, is not to be had in the builder image' \
			'name an image that has a static busybox with --from=<image>'
	}
	dpkg-deb -x "$work"/busybox-static_*.deb "$work/package"
	for file in "$work"/package/usr/bin/busybox "$work"/package/bin/busybox; do
		[ -z "$taken" ] && take "$file" && taken=busybox-static
	done
elif [ -z "$taken" ] && command -v apk >/dev/null; then
	sh "$lib/apk-install.sh" busybox-static >"$work/log" 2>&1 || {
		lastWords "$work/log"
		fail 'the package busybox-static, whose shell DHI-RUN lends, is not to be had in the builder image' \
			'name an image that has a static busybox with --from=<image>'
	}
	take /bin/busybox.static && taken=busybox-static
fi
[ -n "$taken" ] || fail 'the image that should lend DHI-RUN its shell has no static busybox, and no package manager to fetch one' \
	'name another with --from=<image>: one with apt-get or apk, or a busybox image with a static build'

mv "$work/probe/busybox" "$shell/busybox"
chmod 0755 "$shell/busybox"
"$shell/busybox" --list >"$work/programs"
while read -r program; do
	[ "$program" = busybox ] || ln -s busybox "$shell/$program"
done <"$work/programs"
[ -e "$shell/sh" ] || fail 'the busybox of the image that should lend DHI-RUN its shell has no shell'
cp "$lib/command.sh" "$shell/dhi-run"
chmod 0755 "$shell/dhi-run"
printf 'dhi: DHI-RUN lends %s: %s\n' "$taken" "$(tr '\n' ' ' <"$work/programs")"
rm -rf "$work" "${index:?}"/*
