# Reads what was unpacked and what it is weighed against. After paths.awk; globs.awk beside it.
# facts: name, value. search: folder. records: package, version. lines: see lines.sh. needed: as needed.awk prints it. table: packages.txt,
# and the alternatives of the packages' own scripts.
# tree: type, mode, uid, gid, size, package, path, link.

kind == "facts" {
	fact[$1] = $2
	next
}
kind == "search" {
	searched[$1]
	next
}
kind == "records" {
	recorded[$1] = $2
	next
}
kind == "lines" {
	if ($2 == "DHI-TOOL") isTool[$1]
	if ($3 == "--with" || $3 == "--without") {
		globName[++globs] = $2 " " $3 "=" $4
		globPattern[globs] = expression($4)
		if ($3 == "--with") withGlobs[$1] = withGlobs[$1] " " globs
		else withoutGlobs[$1] = withoutGlobs[$1] " " globs
	}
	next
}
kind == "needed" {
	order[++packages] = $1
	version[$1] = $2
	state[$1] = $5
	linesOf[$1] = $7
	next
}
kind == "words" {
	direct[$2]
	next
}
kind == "table" {
	if ($1 == "base") ofBase[$2]
	else if ($1 == "link") {
		special[++specials] = $2
		specialPriority[specials] = $3
		specialPath[specials] = substr($4, 2)
		specialTarget[specials] = $5
		specialUnless[specials] = substr($6, 2)
	} else if ($1 == "note") noteOf[++remarks] = $2 "\t" $3
	next
}
kind == "tree" {
	if (NF != 8) stop("package " $6 " has a file name with a tab or a line end: " $0)
	owner[++entries] = $6
	entryType[entries] = $1
	mode[entries] = $2
	uid[entries] = $3
	gid[entries] = $4
	size[entries] = $5
	path[entries] = $7
	target[entries] = $8
	parentOf[$6, dirname($7)]
	next
}

function stop(text) {
	stopped = 1
	print "dhi: " text | "cat >&2"
	close("cat >&2")
	exit 1
}
