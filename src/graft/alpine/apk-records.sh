# Writes the records of the packages that came along, so that scanners and apk see them: the base's database as it is, byte for byte, and after it the
# new records as apk wrote them. apk's records have no field for notes of ours, so a file beside them (var/lib/dhi/packages/<package>, in the form of
# Debian's status.d) says which words brought each package, and <package>.md5sums which of its files came along.
set -eu
lib=${0%/*}
. "$lib/places.sh"
[ -s "$work/records" ] || exit 0
tab=$(printf '\t')
fact() {
	sed -n "s/^$1$tab//p" "$work/facts"
}
database=$out/$(fact database)/installed
{
	cat "$work/base.installed"
	[ ! -s "$work/base.installed" ] || [ -z "$(tail -n 1 "$work/base.installed")" ] || echo
	awk -F '\t' 'kind == "records" { wanted[$1]; next }
		{ record = record $0 "\n" }
		/^P:/ { name = substr($0, 3) }
		$0 == "" { if (name in wanted) printf "%s", record; record = name = "" }' kind=records "$work/records" kind=new "$work/new.installed"
} >"$database"

# apk removes what no line of the world file asks for. A base without that file has no apk that would.
world=$(fact world)
[ -z "$world" ] || awk -F '\t' '
	kind == "there" { there[$1]; next }
	kind == "world" { print; word = $0; sub(/[<>=~@].*/, "", word); listed[word]; next }
	$2 in there && !($2 in listed) { listed[$2]; print $2 ($3 == "" ? "" : "=" $3) }' \
	kind=there "$work/records" kind=there "$work/base.packages" kind=world "$work/base.world" kind=words "$work/words" >"$out/$world"

folder=$out/$(awk -F '\t' -f "$lib/paths.awk" -f "$lib/apk-canon.awk" -v asked=var/lib/dhi/packages kind=base "$work/base.list")
awk -F '\t' -v folder="$folder" 'kind == "records" { wanted[$1]; next }
	kind == "moves" { if ($4 == "l") links[$1] = links[$1] "\n /" $3; next }
	kind == "made" { links[$3] = links[$3] "\n /" $1; next }
	kind == "files" { if ($3 == "l") links[$2] = links[$2] "\n /" $1; next }
	$1 in wanted {
		file = folder "/" $1
		printf "Package: %s\nVersion: %s\nArchitecture: %s\nSource: %s\nDhi-Requested: %s\n", $1, $2, $3, $4, $6 > file
		if ($1 in links) print "Dhi-Links:" links[$1] > file
		close(file)
	}' kind=records "$work/records" kind=moves "$work/moves" kind=made "$work/made" kind=files "$work/made.files" kind=needed "$work/needed"
{
	awk -F '\t' '$4 == "f" { print $3 "\t" $1 }' "$work/moves"
	awk -F '\t' '$3 == "f" { print $1 "\t" $2 }' "$work/made.files"
} | sort >"$work/files"
cut -f 1 "$work/files" | (cd "$out" && tr '\n' '\0' | xargs -0 -r md5sum --) >"$work/sums"
awk -F '\t' -v folder="$folder" 'kind == "records" { wanted[$1]; next }
	kind == "files" { owner[$1] = $2; next }
	{
		path = substr($0, 35)
		if (!(owner[path] in wanted)) next
		if (owner[path] != name) { if (name != "") close(file); name = owner[path]; file = folder "/" name ".md5sums" }
		print >> file
	}' kind=records "$work/records" kind=files "$work/files" kind=sums "$work/sums"
