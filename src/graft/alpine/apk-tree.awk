# Reads what apk unpacked and what it is weighed against. After paths.awk; globs.awk beside it. Fills entries 1..entries of owner, entryType, mode, uid, gid, size, path
# and target, in the order of their paths.

kind == "facts" {
	fact[$1] = $2
	next
}
kind == "search" {
	searched[$1]
	next
}
kind == "lines" {
	if ($2 == "DHI-TOOL") isTool[$1]
	if ($3 == "--allow-shell") allowShell[$1]
	if ($3 == "--with" || $3 == "--without") {
		globName[++globs] = $2 " " $3 "=" $4
		globPattern[globs] = expression($4)
		if ($3 == "--with") withGlobs[$1] = withGlobs[$1] " " globs
		else withoutGlobs[$1] = withoutGlobs[$1] " " globs
	}
	next
}
kind == "words" {
	if ($4 in isTool) directTool[$2]
	next
}
kind == "table" {
	if ($1 == "base") ofBase[$2]
	else if ($1 == "link") {
		special[++specials] = $2
		specialPriority[specials] = $3
		specialPath[specials] = substr($4, 2)
		specialTarget[specials] = $5
	}
	next
}
kind == "needed" {
	linesOf[$1] = $7
	if ($8 == "new" && $5 == "keep") {
		order[++packages] = $1
		kept[$1]
	}
	next
}
# The database's own list: F: a folder, R: a file in it, a: its owner, mode and, where it has extended attributes, their checksum.
kind == "record" {
	if (/^P:/) recordOf = substr($0, 3)
	else if (/^F:/) {
		folderOf = substr($0, 3)
		at = canon(folderOf)
		if (!(at in folderOwner)) folderOwner[at] = recordOf
		parentOf[dirname(at)]
	} else if (/^R:/) {
		at = settle(folderOf == "" ? substr($0, 3) : folderOf "/" substr($0, 3))
		ownerOf[at] = recordOf
		print recordOf "\t\t" at > (work "/owned")
		parentOf[dirname(at)]
	} else if (/^a:[0-9]+:[0-9]+:[0-7]+:/) attributed[at]
	next
}
kind == "root" {
	if ($1 == "d" ? !($8 in folderOwner) || $8 in parentOf : !($8 in ownerOf)) {
		if ($1 == "d") attributesOf[$8] = $2 "\t" $3 "\t" $4
		else if (!($8 in type) && !ours($8)) print "note: apk left /" $8 " there, which no package owns; it does not come along" >> (work "/notes")
		next
	}
	if (!(($1 == "d" ? folderOwner[$8] : ownerOf[$8]) in kept)) next
	owner[++entries] = $1 == "d" ? folderOwner[$8] : ownerOf[$8]
	entryType[entries] = $1
	mode[entries] = $2
	uid[entries] = $3
	gid[entries] = $4
	size[entries] = $6
	path[entries] = $8
	target[entries] = $9
	next
}

# What apk-root.sh put there and what apk keeps for itself.
function ours(at,    i, n, list) {
	n = split("lib/apk etc/apk tmp proc dev var/cache/apk var/cache/misc var/log", list, " ")
	for (i = 1; i <= n; i++) if (index(at, canon(list[i]) "/") == 1) return 1
	return at == canon("etc") "/passwd" || at == canon("etc") "/group"
}

function stop(text) {
	stopped = 1
	print "dhi: " text | "cat >&2"
	close("cat >&2")
	exit 1
}
