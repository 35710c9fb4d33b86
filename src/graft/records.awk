# Package records as distroless and DHI images keep them: <folder>/<package>, and <package>.md5sums for the files that came along.
# Reads records (kind == "records": package), moves (kind == "moves"), needed (kind == "needed"), md5sums of the packages (kind == "sums": package, sum, path; kind == "own": sum and
# path of files that no package lists, its configuration files), then the packages' control files.
# Relations to other packages are left out, as DHI does: dpkg never runs there, and some of the packages they name are not there.

kind == "records" {
	wanted[$1]
	next
}
kind == "moves" {
	if ($4 == "f" && $1 in wanted) {
		destination[$1, $2] = $3
		package[$3] = $1
	}
	next
}
kind == "needed" {
	words[$1] = $6
	next
}
kind == "sums" {
	if (($1, $3) in destination) sum[destination[$1, $3]] = $2
	next
}
kind == "own" {
	if ($2 in package) sum[$2] = $1
	next
}

/^Package:/ {
	flush()
	name = $0
	sub(/^Package:[ \t]*/, "", name)
}
/^[^ \t]/ { skip = /^(Status|Pre-Depends|Depends|Recommends|Suggests|Enhances|Breaks|Conflicts|Replaces):/ }
NF && !skip { stanza = stanza $0 "\n" }

END {
	flush()
	for (at in sum) print package[at] "\t" at "\t" sum[at]
}

function flush() {
	if (name in wanted) printf "%sDhi-Requested: %s\n", stanza, words[name] > (folder "/" name)
	if (name != "") close(folder "/" name)
	stanza = name = ""
}
