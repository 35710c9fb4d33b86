# Downloads and unpacks the packages that the words need: fetch.sh DISTRIBUTION. Reads `lines`, `words` and the table's extra packages; writes
# .deb files to `archives` and their content as arriving.sh does, while others still arrive. apt decides what is needed. Recommended packages come
# when a line asks for them; needed.awk gives them to that line alone.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/waiting.sh"
distribution=$1
tab=$(printf '\t')
recommends=no
! grep -q "${tab}--recommends$tab" "$work/lines" || recommends=yes

# An exact name never is a pattern, and never another package's name.
patterns() {
	awk -F '\t' '!($2 in seen) { order[++n] = $2; seen[$2] } $3 != "" { version[$2] = "=" $3 }
		END { for (i = 1; i <= n; i++) print "?exact-name(" order[i] ")" version[order[i]] }' "$work/words" "$work/extra"
}

aptInstall() {
	patterns | xargs apt-get -c "$work/apt.conf" -q -y -o "APT::Install-Recommends=$recommends" "$@" install --
}

# apt moves a package to `archives` when it is whole and its checksum is right; arriving.sh unpacks it there, one for each processor.
install() {
	rm -f "$work/arrived" "$work/ticks"
	mkfifo "$work/ticks"
	exec 3<>"$work/ticks"
	workers=
	for _ in $(seq "$(nproc)"); do
		sh "$lib/arriving.sh" &
		workers="$workers $!"
	done
	while sleep 0.05 && kill -0 "$$" 2>/dev/null; do echo >&3; done &
	ticker=$!
	status=0
	bring 3>&- || status=$?
	: >"$work/arrived"
	for _ in $workers; do echo >&3; done
	# The ticks go on until all have ended: none waits for ever because another took its last one.
	for worker in $workers; do wait "$worker" || fail 'a package could not be unpacked'; done
	kill "$ticker"
	exec 3>&-
	find "$work/archives" -maxdepth 1 -name '*.deb' | sort >"$work/unpacked"
	return "$status"
}

# The builder's cache (kept.sh) first. What apt says counts when it gets the packages, not when it lists them.
bring() {
	if aptInstall --print-uris >"$work/uris" 2>/dev/null; then sh "$lib/kept.sh" take; fi
	waiting "$work/log" aptInstall --download-only && fromFiles && sh "$lib/kept.sh" keep
}

# apt leaves packages of a file: source where they are; --print-uris names what is not in the archives.
fromFiles() {
	[ -e "$work/sources.local" ] || return 0
	aptInstall --print-uris 2>/dev/null | sed -n "s/^'file:\(.*\)' \([^ ]*\.deb\) [0-9]* .*/\1\t\2/p" >"$work/local"
	while IFS=$tab read -r file name; do
		cp -- "$file" "$work/archives/partial/$name"
		mv -- "$work/archives/partial/$name" "$work/archives/$name"
	done <"$work/local"
}

# Extra packages of packages that are here or asked for, when they are not here themselves.
extras() {
	{
		cut -f 2 "$work/words"
		sed 's|.*/||' "$work/unpacked"
	} | awk -F '\t' 'kind == "table" { if ($1 == "extra") { owner[++n] = $2; extra[n] = $3 }; next }
			{ sub(/_.*/, ""); here[$0] }
			END { for (i = 1; i <= n; i++) if (owner[i] in here && !(extra[i] in here)) print owner[i] "\t" extra[i] "\t" }' \
			kind=table "$lib/packages.txt" kind=here - >"$work/extra"
	[ -s "$work/extra" ]
}

# apt ends alike when it cannot solve the set and when a package does not arrive; other versions help against the first alone.
arrivedAll() {
	! grep -q '^E: Failed to fetch' "$work/log" || {
		lastWords "$work/log"
		fail "packages could not be had from their source; apt's last words stand above" \
			'a proxy, or a mirror of your own, is lent as the build secret dhi-proxy or dhi-apt-sources'
	}
}

# Repositories that rebuild some packages under higher versions can make the set unsolvable: a stock package depends on the exact
# stock version of another. The distribution's own builds agree with each other.
installStock() {
	arrivedAll
	cp "$work/log" "$work/log.first"
	rm -rf "$work/archives" "$work/tree" "$work/control" "$work/claimed"
	mkdir -p "$work/archives/partial" "$work/tree" "$work/control" "$work/claimed"
	printf 'Package: *\nPin: release o=%s\nPin-Priority: 1001\n' "$distribution" >"$work/preferences"
	cp "$work/apt.conf" "$work/apt.conf.first"
	echo "Dir::Etc::preferences \"$work/preferences\";" >>"$work/apt.conf"
	install || {
		arrivedAll
		lastWords "$work/log.first"
		fail 'apt cannot bring these packages together; its words stand above'
	}
	sed -n '/unmet dependencies/,$p' "$work/log.first" | head -n 15 | masked >&2
	sed 's|.*/||; s/%3a/:/g; s/\.deb$//' "$work/unpacked" | sort >"$work/taken"
	cut -d _ -f 1 "$work/taken" | xargs -r apt-cache -c "$work/apt.conf.first" policy -- 2>/dev/null |
		awk -F _ 'kind == "taken" { version[$1] = $2; next }
			/^[^ ]/ { package = $0; sub(/:$/, "", package); next }
			/^ *Candidate: / { sub(/^ *Candidate: /, ""); if ($0 != version[package]) print package " " version[package] ", not " $0 }' \
			kind=taken "$work/taken" kind=policy - | sort >"$work/stock"
	{
		echo "apt cannot bring these packages together from all package sources of the builder (its words stand above)"
		echo "so $distribution's own builds are taken where another source has newer ones:"
		sed 's/^/  /' "$work/stock"
	} | sed 's/^/dhi: warning: /' >"$work/warnings"
	cat "$work/warnings" >&2
}

: >"$work/extra"
mkdir "$work/claimed"
sh "$lib/hold.sh"
install || installStock
! extras || install || {
	arrivedAll
	lastWords "$work/log"
	fail "apt cannot bring these packages together with $(cut -f 2 "$work/extra" | tr '\n' ' ')which $(cut -f 1 "$work/extra" | tr '\n' ' ')needs at run time"
}
