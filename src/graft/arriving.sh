# Unpacks packages while others still arrive: arriving.sh 3<>TICKS. Several run side by side; each takes the largest package that nobody has yet, so
# that all end at the same time. Looks again at each line end that it reads, for the last time when `arrived` is there.
# Files go to `tree/<package>`, control files to `control/<package>`; of packages that are held, these alone.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/unpack.sh"
held=" $(cut -f 1 "$work/held" | tr '\n' ' ')"
# Without overwriting, who makes the file first has the package.
set -C

take() {
	set --
	folders=
	for file in "$work/archives"/*.deb; do
		if [ ! -e "$file" ] || [ -e "$work/claimed/${file##*/}" ]; then continue; fi
		packageOf "$file"
		folders="$folders ./$package"
		set -- "$@" "$file"
	done
	[ $# != 0 ] || return 0
	# shellcheck disable=SC2086 # names of packages
	(cd "$work/tree" && mkdir -p $folders)
	# shellcheck disable=SC2012 # apt's file names have letters, digits and . + - ~ _ %
	ls -SL -- "$@" | while read -r file; do
		if { true >"$work/claimed/${file##*/}"; } 2>/dev/null; then
			unpackControl "$file"
			case $held in
			*" $package "*) ;;
			*) unpackFiles "$file" "$work/tree/$package" ;;
			esac
		fi
	done
}

last=
while [ -z "$last" ]; do
	[ ! -e "$work/arrived" ] || last=yes
	take
	[ -n "$last" ] || read -r _ <&3
done
