# What package scripts would make. apk ran none of them (--no-scripts). What programs need to work is made here: compiled GLib schemas, the list of
# gdk-pixbuf's loaders, the mime database, the bundle of certificate authorities, busybox's links. Which other scripts were not run is told.
# The tools that make it come with the packages; they run with the base's own loader, where this processor can run it.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
root=$work/root
tab=$(printf '\t')
: >"$work/made.files"
loader=$target/$(sed -n "s/^loader$tab//p" "$work/facts")

# Whether a file of the packages came along.
came() {
	cut -f 3 "$work/moves" | grep -q "$1"
}

# A program of the packages, which may be left out of the result: tool NAME ARGUMENT... Libraries are the result's, the working root's and the base's.
tool() {
	program=$(find "$root/usr/bin" "$root/bin" "$out/usr/bin" "$out/bin" -name "$1" -type f 2>/dev/null | head -n 1)
	[ -n "$program" ] || program=$(find "$target/usr/bin" -name "$1" -type f 2>/dev/null | head -n 1)
	[ -n "$program" ] || return 1
	shift
	libraries=
	for folder in "$out" "$root" "$target"; do
		while read -r path; do
			libraries=$libraries${libraries:+:}$folder/$path
		done <"$work/search"
	done
	timeout 120 "$loader" --library-path "$libraries" "$program" "$@"
}

cannot() {
	echo "note: $1 is not made: $2" >>"$work/notes"
}

# A file that was made, as a path of the result: made PATH WHAT PACKAGE. For apk-records.sh: path, package, f or l (a link).
made() {
	printf '%s\t%s\tf\n' "$1" "$3" >>"$work/made.files"
	echo "made: /$1 ($2, for $3)" >>"$work/notes"
}

owner() {
	awk -F '\t' -v pattern="$1" '$3 ~ pattern { print $1; exit }' "$work/moves"
}

# Programs that use GSettings end at once when their schema is not compiled.
schemas=usr/share/glib-2.0/schemas
if came "^$schemas/.*[.]gschema[.]xml\$"; then
	if [ -f "$target/$schemas/gschemas.compiled" ]; then
		cannot "/$schemas/gschemas.compiled" 'the base has one, which stays without the new schemas'
	else
		mkdir -p "$work/schemas"
		for folder in "$target" "$out"; do
			[ ! -d "$folder/$schemas" ] || cp "$folder/$schemas/"*.xml "$work/schemas/" 2>/dev/null || :
		done
		if tool glib-compile-schemas --targetdir="$work/schemas" "$work/schemas" >"$work/log" 2>&1; then
			cp "$work/schemas/gschemas.compiled" "$out/$schemas/"
			made "$schemas/gschemas.compiled" 'compiled schemas' "$(owner "^$schemas/")"
		else
			cannot "/$schemas/gschemas.compiled" "glib-compile-schemas is not there or does not run here: $(tail -n 1 "$work/log")"
		fi
	fi
fi

# gdk-pixbuf knows loaders that are not built in by this list alone.
cut -f 3 "$work/moves" | sed -n 's|^\(usr/lib/gdk-pixbuf-2.0/[0-9.]*\)/loaders/[^/]*\.so$|\1|p' | sort -u >"$work/loaders"
while read -r loaders; do
	if [ -f "$target/$loaders/loaders.cache" ]; then
		cannot "/$loaders/loaders.cache" 'the base has one, which stays without the new loaders'
	elif GDK_PIXBUF_MODULEDIR=$out/$loaders/loaders tool gdk-pixbuf-query-loaders >"$work/loaders.cache" 2>"$work/log"; then
		sed "s|$out/|/|g; /^#/d" "$work/loaders.cache" >"$out/$loaders/loaders.cache"
		made "$loaders/loaders.cache" "list of gdk-pixbuf's loaders" "$(owner "^$loaders/")"
	else
		cannot "/$loaders/loaders.cache" "gdk-pixbuf-query-loaders is not there or does not run here: $(tail -n 1 "$work/log")"
	fi
done <"$work/loaders"

mime=usr/share/mime
if came "^$mime/packages/.*[.]xml\$"; then
	if [ -f "$target/$mime/mime.cache" ]; then
		cannot "/$mime/mime.cache" 'the base has one, which stays without the new types'
	else
		mkdir -p "$work/mime/packages"
		cp "$out/$mime/packages/"*.xml "$work/mime/packages/"
		if PKGSYSTEM_ENABLE_FSYNC=0 tool update-mime-database "$work/mime" >"$work/log" 2>&1; then
			cp "$work/mime/mime.cache" "$out/$mime/"
			made "$mime/mime.cache" 'mime database' "$(owner "^$mime/")"
		else
			cannot "/$mime/mime.cache" "update-mime-database is not there or does not run here: $(tail -n 1 "$work/log")"
		fi
	fi
fi

# The package ca-certificates has single certificates; the bundle that programs read is a package of its own, or made from them.
bundle=etc/ssl/certs/ca-certificates.crt
if came '^usr/share/ca-certificates/.*[.]crt$' && [ ! -f "$out/$bundle" ] && [ ! -f "$target/$bundle" ] && [ -d "$out/etc/ssl/certs" ]; then
	find "$out/usr/share/ca-certificates" -name '*.crt' | sort | tr '\n' '\0' | xargs -0 awk 1 >"$out/$bundle"
	made "$bundle" 'bundle of certificate authorities' "$(owner '^usr/share/ca-certificates/')"
fi

# busybox makes a link for each of its applets; it says itself which.
at=$(cut -f 3 "$work/moves" | grep -E '^(usr/)?bin/busybox$' | head -n 1)
if [ -n "$at" ]; then
	if "$loader" --library-path "$out/lib:$out/usr/lib:$target/lib:$target/usr/lib" "$out/$at" --list-full >"$work/applets" 2>"$work/log"; then
		awk -F '\t' -v work="$work" -f "$lib/paths.awk" -f "$lib/apk-applets.awk" kind=base "$work/base.list" kind=own "$work/folders.base" \
			kind=new "$work/folders.new" kind=moves "$work/moves" kind=applets "$work/applets" | sort >"$work/applet.links"
		while IFS= read -r path; do
			mkdir -p "$out/${path%/*}"
			ln -s /bin/busybox "$out/$path"
		done <"$work/applet.links"
		sed "s|\$|$tab$(owner "^$at\$")${tab}l|" "$work/applet.links" >>"$work/made.files"
		echo "made: $(wc -l <"$work/applet.links") links to /bin/busybox" >>"$work/notes"
	else
		cannot "busybox's links" "it does not run here: $(tail -n 1 "$work/log"); call it as \`busybox <applet>\`"
	fi
fi

# Names of the scripts in apk's archive: <package>-<version>.<hash>.<script>.
for archive in "$root"/lib/apk/db/scripts.tar "$root"/lib/apk/db/scripts.tar.gz; do
	[ ! -s "$archive" ] || case $archive in
	*.gz) tar -tzf "$archive" ;;
	*) tar -tf "$archive" ;;
	esac
done 2>/dev/null | sed -n 's/^\(.*\)-[0-9][^-]*-r[0-9]*\.[^.]*\.\([a-z-]*\)$/\1'"$tab"'\2/p' | sort -u |
	awk -F '\t' 'kind == "records" { wanted[$1]; next }
		$1 in wanted && $2 !~ /deinstall|upgrade/ { list = list (list == "" ? "" : ", ") $1 " (" $2 ")" }
		END { if (list != "") print "not run, scripts of packages: " list }' kind=records "$work/records" kind=scripts - >>"$work/notes"
