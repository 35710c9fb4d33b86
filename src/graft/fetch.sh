# Downloads the packages that the words need: fetch.sh DISTRIBUTION yes|no, where yes brings recommended packages too.
# Reads `words` and the table's extra packages; writes .deb files to `archives`. apt decides what is needed.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"

# An exact name never is a pattern, and never another package's name.
patterns() {
	awk -F '\t' '!($2 in seen) { seen[$2]; print "?exact-name(" $2 ")" ($3 == "" ? "" : "=" $3) }' "$work/words" "$work/extra"
}

install() {
	patterns | xargs apt-get -c "$work/apt.conf" -q -y --download-only -o "APT::Install-Recommends=$recommends" "$@" install -- \
		>"$work/log" 2>&1 && fromFiles "$@"
}

# apt leaves packages of a file: source where they are; --print-uris names what is not in the archives.
fromFiles() {
	grep -rqs 'file:' /etc/apt/sources.list /etc/apt/sources.list.d || return 0
	patterns | xargs apt-get -c "$work/apt.conf" -q -y --print-uris -o "APT::Install-Recommends=$recommends" "$@" install -- 2>/dev/null |
		sed -n "s/^'file:\(.*\)' \([^ ]*\.deb\) [0-9]* .*/\1\t\2/p" >"$work/local"
	while IFS=$tab read -r file name; do
		cp -- "$file" "$work/archives/$name"
	done <"$work/local"
}

# Extra packages of packages that are here, when they are not here themselves.
extras() {
	find "$work/archives" -maxdepth 1 -name '*.deb' -printf '%f\n' |
		awk -F '\t' 'kind == "table" { if ($1 == "extra") { owner[++n] = $2; extra[n] = $3 }; next }
			{ sub(/_.*/, ""); here[$0] }
			END { for (i = 1; i <= n; i++) if (owner[i] in here && !(extra[i] in here)) print owner[i] "\t" extra[i] "\t" }' \
			kind=table "$lib/packages.txt" kind=here - >"$work/extra"
	[ -s "$work/extra" ]
}

recommends=$2
tab=$(printf '\t')
: >"$work/extra"
install || {
	# Repositories that rebuild some packages under higher versions can make the set unsolvable: a stock package depends on the exact
	# stock version of another. The distribution's own builds agree with each other.
	cp "$work/log" "$work/log.first"
	printf 'Package: *\nPin: release o=%s\nPin-Priority: 1001\n' "$1" >"$work/preferences"
	install -o "Dir::Etc::preferences=$work/preferences" || {
		tail -n 30 "$work/log.first" >&2
		fail 'apt cannot bring these packages together; its words stand above'
	}
	echo "note: apt could not solve this with all of the image's package sources, so $1's own builds were preferred" >>"$work/notes"
}
! extras || install || {
	tail -n 30 "$work/log" >&2
	fail "apt cannot bring these packages together with $(cut -f 2 "$work/extra" | tr '\n' ' ')which $(cut -f 1 "$work/extra" | tr '\n' ' ')needs at run time"
}
