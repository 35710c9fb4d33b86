# The builder's cache mount, where steps keep what they got from package sources: files whose name is their SHA-256. Sourced. Whoever builds on the same
# builder can write to it, so nothing there is believed: a file is taken only when it has the sum that the signed lists or release files name for it.
# shellcheck shell=sh disable=SC2154 # places.sh has the places

# What comes from sources that ask for a password is not for other builds on the builder.
guarded() {
	[ -e "$access/sources" ] || [ -e "$access/auth" ] || [ -s "$etc/apt/auth.conf" ] || [ -n "$(ls "$etc/apt/auth.conf.d" 2>/dev/null)" ] ||
		grep -rqs '://[^/ ]*@' "$etc/apt/sources.list" "$etc/apt/sources.list.d"
}

# Goes to a folder of the cache: enterCache NAME. False when there is none to use. From then on only names in it are used, and no link of another's
# is followed; what nobody took for two weeks is removed.
enterCache() {
	[ -d "$cache" ] && ! guarded || return 1
	[ ! -h "$cache/$1" ] || rm "$cache/$1"
	mkdir -p "$cache/$1" || return 1
	cd "$cache/$1" || return 1
	[ "$(pwd -P)" = "$cache/$1" ] || return 1
	find . -type f -mtime +14 -exec rm -f {} +
}

# Copies a file from there when it is the right one: taken SUM FILE. A wrong one is removed.
taken() {
	[ ! -f "$1" ] || cp "$1" "$2"
	if echo "$1  $2" | sha256sum --check --status 2>/dev/null; then
		touch "$1"
	else
		rm -rf "$2" "./$1"
		return 1
	fi
}

# Keeps a file that is known to have this sum, where there is room for it: keep SUM FILE. A step does not fail for it.
keep() {
	[ ! -e "$1" ] || return 0
	new=$(mktemp ./new.XXXXXX) || return 0
	{ cp "$2" "$new" && mv -T "$new" "$1"; } 2>/dev/null || rm -f "$new"
}
