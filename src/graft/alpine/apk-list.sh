# All that is below a folder: apk-list.sh FOLDER. Lines of type, mode, uid, gid, time, size, root, path, link. A name with a tab or a newline in it
# breaks the table; such a file is left out.
set -eu
tab=$(printf '\t')
end='
'
cd "$1"
find . -mindepth 1 ! -path "*$tab*" ! -path "*$end*" -exec stat -c "%F$tab%a$tab%u$tab%g$tab%Y$tab%s$tab%n$tab%N" {} + |
	awk -F '\t' -v OFS='\t' -v root="$1" '
	# A link is printed as name -> target, by busybox with both in quotes.
	function target(name, shown) {
		return index(shown, "\047" name "\047 -> \047") == 1 ? substr(shown, length(name) + 8, length(shown) - length(name) - 8) : substr(shown, length(name) + 5)
	}
	{
		kind = $1 == "directory" ? "d" : $1 == "symbolic link" ? "l" : $1 ~ /^regular/ ? "f" : "o"
		print kind, $2, $3, $4, $5, $6, root, substr($7, 3), kind == "l" ? target($7, $8) : ""
	}'
