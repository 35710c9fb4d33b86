# Runs the programs that make files from what is installed, as `makes` says (see plan.awk), and puts the results into `fresh`.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
multiarch=$(awk -F '\t' '$1 == "multiarch" { print $2 }' "$work/facts")
native=$(dpkg --print-architecture)
foreign=$(awk -F '\t' -v native="$native" '$3 != "all" && $3 != native { print $3; exit }' "$work/needed")
root=$work/root
sh "$lib/root.sh" "$root"

column() {
	printf '%s\n' "$row" | cut -f "$1"
}

# One row of `makes`: 2 script, 3 what, 4 optional, 5 package, 6 tool, 7 its package, 8 patterns of the input, 9 patterns of the result.
make() {
	script=$(column 2)
	tool=$(column 6)
	what=$(column 3)
	package=$(column 5)
	if [ -z "$tool" ]; then
		echo "the program that makes it is in none of the packages" >"$work/log"
		return 1
	fi
	cd "$root"
	# What does not come along must not be listed.
	for file in $(column 8 | tr ' ' '\n' | sed 's|^/||'); do
		[ ! -e "$file" ] || [ -e "$out/$file" ] || [ -e "$out/${file#usr/}" ] || [ -e "$target/$file" ] || rm -f "$file"
	done
	env lib="$lib" multiarch="$multiarch" tool="$tool" sh -eu "$lib/$script" </dev/null >"$work/log" 2>&1 || return 1
	for file in $(column 9 | tr ' ' '\n' | sed 's|^/||'); do
		if [ -h "$file" ]; then
			type=l
		elif [ -f "$file" ]; then
			type=f
		else
			continue
		fi
		mkdir -p "$work/fresh/${file%/*}" && cp -dT --preserve=links -- "$file" "$work/fresh/$file" || return 1
		printf '%s\t%s\t%s\t%s\t%s\n' "$file" "$what" "$package" "$script" "$type" >>"$work/fresh.list"
	done
}

while IFS= read -r row; do
	status=0
	(make) || status=$?
	[ "$status" != 0 ] || continue
	if [ -n "$foreign" ]; then
		echo "note: $(column 3), which $(column 5) asks for, could not be made: its program is for $foreign, and the builder is $native" >>"$work/notes"
	elif [ -n "$(column 4)" ]; then
		echo "note: $(column 3), which $(column 5) asks for, could not be made: $(tail -n 1 "$work/log")" >>"$work/notes"
	else
		tail -n 20 "$work/log" >&2
		fail "$(column 3), which $(column 5) needs, could not be made; the last words of its program stand above"
	fi
done <"$work/makes"
