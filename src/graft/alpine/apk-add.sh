# Lets apk add the words' packages to its root: apk-add.sh RELEASE. apk decides what is needed. Writes new.installed, the records of what came,
# byte for byte as apk wrote them.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
release=$1
root=$work/root
asked=$(cat "$work/asked")
architecture=$(cat "$root/etc/apk/arch")
. "$lib/apk-access.sh"

# apk's exit status is the number of its errors.
add() {
	xargs apk add --root "$root" --no-cache --no-scripts --no-progress --repositories-file "$repositories" --keys-dir "$keys" >"$work/log" 2>&1
}

refuse() {
	masked <"$work/log" >&2
	sed -n 's/^ *\([^ ]*\) (no such package):$/\1/p' "$work/log" | sort -u >"$work/missing"
	awk -F '\t' 'kind == "missing" { missing[$1]; next } $2 in missing && !seen[$2]++ { print $2 }' kind=missing "$work/missing" kind=words "$work/words" >"$work/missing.words"
	: >"$work/problems"
	if [ -s "$work/missing.words" ]; then
		apkHere search -q 2>/dev/null | sort -u >"$work/names" || :
		[ -s "$work/names" ] || ! grep -q 'UNTRUSTED signature' "$work/log" ||
			fail "$asked: the builder image does not know who signed its package sources; apk's words stand above" \
				'a source of your own needs its key, as the build secret dhi-apk-keys'
		[ -s "$work/names" ] || fail "$asked: none of the builder image's package sources can be read; apk's words stand above"
		awk -f "$lib/near.awk" kind=missing "$work/missing.words" kind=names "$work/names" | while IFS=$tab read -r name near; do
			[ -n "$near" ] && near="did you mean $near?" || near='no name there is near to it'
			awk -F '\t' -v name="$name" 'kind == "lines" { directive[$1] = $2; next } $2 == name { print directive[$4]; exit }' kind=lines "$work/lines" kind=words "$work/words" |
				sed "s|\$| $name is no package of $release; $near|"
		done >"$work/problems"
	fi
	awk -F '\t' -v OFS='\t' 'kind == "lines" { directive[$1] = $2; next } $3 != "" { print directive[$4], $1, $2, $3 }' kind=lines "$work/lines" kind=words "$work/words" |
		while IFS=$tab read -r directive word name version; do
			apkHere search -a -x "$name" 2>/dev/null | sed -n "s/^$name-\([0-9]\)/\1/p" | sort -u >"$work/versions" || :
			[ -s "$work/versions" ] || continue
			grep -q -F -x -e "$version" "$work/versions" ||
				echo "$directive $word is not there in this version; the package sources have $(tr '\n' ' ' <"$work/versions" | sed 's/ $//; s/ /, /g')"
		done >>"$work/problems"
	[ ! -s "$work/problems" ] || {
		sed 's/^/dhi: /' "$work/problems" >&2
		exit 1
	}
	fail "$asked: apk cannot bring these packages together with the base's own, which stay in their versions; its words stand above" \
		'where the base is older than the package sources, take a newer tag of it'
}
tab=$(printf '\t')

# A line that asks for a shell brings one when the base has none.
grep -q "^shell$tab" "$work/facts" ||
	awk -F '\t' '$3 == "--allow-shell" && !seen[$1]++ { print $3 "\tbusybox-binsh\t\t" $1 }' "$work/lines" >>"$work/words"

# What the base has stays as it is: named to apk, it would lose the pin of its version.
awk -F '\t' -v OFS='\t' 'kind == "base" { base[$1] = $2; next } kind == "lines" { directive[$1] = $2; next }
	$2 in base && $3 != "" && $3 != base[$2] { print directive[$4] " " $1, $2, base[$2] }' \
	kind=base "$work/base.packages" kind=lines "$work/lines" kind=words "$work/words" >"$work/conflicts"
if IFS=$tab read -r word name version <"$work/conflicts"; then
	fail "$word: the base has $name $version, and a graft never changes the base's packages" \
		"leave the version out, or take a tag of the base that has it"
fi
awk -F '\t' 'kind == "base" { base[$1]; next } !($2 in base) { print $2 ($3 == "" ? "" : "=" $3) }' kind=base "$work/base.packages" kind=words "$work/words" | sort -u >"$work/wanted"
[ ! -s "$work/wanted" ] || add <"$work/wanted" || refuse

# Packages that others need at run time and do not ask for.
installed=$root/lib/apk/db/installed
awk -F '\t' 'kind == "table" { if ($1 == "extra") { owner[++n] = $2; extra[n] = $3 } next }
	{ if (sub(/^P:/, "")) here[$0] }
	END { for (i = 1; i <= n; i++) if (owner[i] in here && !(extra[i] in here)) print extra[i] "\t" owner[i] }' \
	kind=table "$lib/packages.txt" kind=here "$installed" >"$work/extra"
[ ! -s "$work/extra" ] || cut -f 1 "$work/extra" | add || {
	masked <"$work/log" >&2
	fail "$asked: apk cannot bring $(cut -f 1 "$work/extra" | tr '\n' ' ')which $(cut -f 2 "$work/extra" | tr '\n' ' ')needs at run time"
}
[ ! -f "$work/log" ] || grep '^WARNING' "$work/log" | masked >&2 || :

# A record ends in an empty line.
awk -F '\t' -v changed="$work/changed" 'kind == "base" { base[$1] = $2; next }
	{ record = record $0 "\n" }
	/^P:/ { name = substr($0, 3) }
	/^V:/ { version = substr($0, 3) }
	$0 == "" {
		if (name in base) {
			seen[name]
			if (base[name] != version) print name > changed
		} else if (name != "" && name != ".dhi-native") printf "%s", record
		record = name = ""
	}
	END { for (name in base) if (!(name in seen)) print name > changed }' kind=base "$work/base.packages" kind=installed "$installed" >"$work/new.installed"
[ ! -s "$work/changed" ] || fail "$asked: apk wanted to change packages of the base: $(tr '\n' ' ' <"$work/changed")"
