# Compares two lists of a tree. Writes, below `prefix`: deleted, retyped, files (new or changed), doubtful (the same but for the time of
# state), folders.changed (new, or with another mode or owner).
function name(    at, fields) {
	at = 0
	for (fields = 1; fields <= 6; fields++) at += length($fields) + 1
	return substr($0, at + 1)
}
# The first of four or more hexadecimal digits: 4 is a folder (stat(2), S_IFMT; fifos and devices have the same number of digits).
function isFolder(mode) {
	return mode ~ /^4...$/
}
BEGIN {
	deleted = prefix "deleted"
	retyped = prefix "retyped"
	files = prefix "files"
	doubtful = prefix "doubtful"
	folders = prefix "folders.changed"
	printf "" > deleted
	printf "" > retyped
	printf "" > files
	printf "" > doubtful
	printf "" > folders
}
kind == "before" {
	path = name()
	mode[path] = $1
	owner[path] = $2 ":" $3
	content[path] = $4 "|" $5
	state[path] = $6
	next
}
{
	path = name()
	seen[path] = 1
	# Sockets belong to a process, and what is mounted while a command runs is not the command's.
	if ($1 ~ /^c...$/) next
	if (!(path in mode)) {
		if (isFolder($1)) print path > folders
		else if ($4 == 0 && (path == "./etc/resolv.conf" || path == "./etc/hosts")) next
		else print path > files
		next
	}
	if (isFolder($1) != isFolder(mode[path])) {
		print path > retyped
		next
	}
	if (isFolder($1)) {
		if ($1 != mode[path] || $2 ":" $3 != owner[path]) print path > folders
	} else if ($6 != state[path]) {
		if ($1 != mode[path] || $2 ":" $3 != owner[path] || $4 "|" $5 != content[path]) print path > files
		else print path > doubtful
	}
}
END {
	for (path in mode) if (!(path in seen)) print path | ("sort > " deleted)
	close("sort > " deleted)
}
