# Which version of the framework comes, and where it goes: choose.sh FRAMEWORK VERSION WORD. Writes `chosen`: the base's folder of .NET, the version, its folder in
# the donor, the name of its package, the host. The base's Microsoft.NETCore.App must be of the same minor version and at least what the
# framework asks for in its runtimeconfig.json (roll forward: LatestPatch).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
framework=$1 version=$2 word=$3
tab=$(printf '\t')
awk -F '\t' -v framework=Microsoft.NETCore.App -f "$lib/paths.awk" -f "$lib/shared.awk" kind=base "$work/base.list" | sort -t "$tab" -k 1,1 -k 3,3V >"$work/base.shared"
awk -F '\t' -v framework="$framework" -f "$lib/paths.awk" -f "$lib/shared.awk" kind=base "$work/base.list" | sort >"$work/base.framework"
awk -F '\t' -v framework="$framework" -f "$lib/paths.awk" -f "$lib/shared.awk" kind=base "$work/donor/list" | sort -t "$tab" -k 3,3V >"$work/donor/shared"

[ -s "$work/base.shared" ] || fail "$directive $word: the base has no .NET runtime (no folder shared/Microsoft.NETCore.App)" \
	'use a base that has one, such as dhi.io/dotnet:10.0-debian13'
# The folder that the command `dotnet` of the base leads to; a base that is told by variables alone has one folder.
root=$(awk -F '\t' '$4 == "host" { print $2; exit }' "$work/base.shared")
root=${root:-$(head -n 1 "$work/base.shared" | cut -f 2)}
awk -F '\t' -v root="$root" '$2 == root { print $3 }' "$work/base.shared" >"$work/base.versions"

[ -s "$work/donor/shared" ] || {
	names=$(find "$donor" -xdev -path '*/shared/*' -prune -name '*.App' -printf '%f\n' 2>/dev/null | sort -u | tr '\n' ' ')
	fail "$directive $word: the donor has no shared framework $framework${names:+; it has $names}" 'name the stage or image of a .NET SDK with --from'
}
found=''
while IFS=$tab read -r _ _ candidate _ folder; do
	case $candidate. in "$version".*) ;; *) [ -z "$version" ] || continue ;; esac
	found=$candidate
	needs=$(sed -n '/"Microsoft.NETCore.App"/,/}/s/.*"version": *"\([^"]*\)".*/\1/p' "$donor/$folder/$framework.runtimeconfig.json" 2>/dev/null | head -n 1)
	needs=${needs:-$candidate}
	minor=$(printf %s "$needs" | cut -d . -f 1,2)
	has=$(awk -v minor="$minor." 'index($0, minor) == 1' "$work/base.versions" | sort -V | tail -n 1)
	newest=$(printf '%s\n%s\n' "$needs" "${has:-0}" | sort -V | tail -n 1)
	[ "$newest" = "$has" ] || continue
	chosen=$candidate
	from=$folder
done <"$work/donor/shared"
[ -n "$found" ] || fail "$directive $word: the donor has no $framework $version; it has $(cut -f 3 "$work/donor/shared" | tr '\n' ' ')" \
	'write a version that it has, or name another donor with --from'
[ -n "${chosen:-}" ] || fail "$directive $word: $framework $found of the donor needs Microsoft.NETCore.App $needs or a later patch of it, and the base has $(tr '\n' ' ' <"$work/base.versions")" \
	"take a tag of the base image that is not older than the SDK's, or an SDK that is not newer than the base"
! awk -F '\t' -v version="$chosen" '$3 == version { found = 1 } END { exit !found }' "$work/base.framework" ||
	fail "$directive $word: the base has $framework $chosen already" 'leave this line out'
case $framework in
Microsoft.AspNetCore.App) package=aspnetcore-runtime-$(printf %s "$chosen" | cut -d . -f 1,2) ;;
*) package=$(printf 'dhi-framework-%s' "$framework" | tr '[:upper:]' '[:lower:]') ;;
esac
printf '%s\t%s\t%s\t%s\n' "$root" "$chosen" "$from" "$package" >"$work/chosen"
