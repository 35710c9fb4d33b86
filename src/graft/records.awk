# Package records as distroless and DHI images keep them: the package's control fields, and beside them <record>.md5sums for the files that came
# along. After classes.awk. Reads records (package, path of its record), moves, made, caches (see adopt.awk), needed, left, md5sums (kind == "sums":
# package, sum, path, as the packages list them; kind == "own": sum and path of files that no package lists), then the packages' control files.
# Relations to other packages are left out, as DHI does: dpkg never runs there, and some of the packages they name are not there. Fields of ours
# say what dpkg has no place for: which words brought the package, its links (md5sums has files only), and what of it did not come along.

kind == "records" {
	record[$1] = $2
	next
}
kind == "moves" {
	if (!($1 in record)) next
	if ($4 == "f") {
		destination[$1, $2] = $3
		package[$3] = $1
	} else if ($4 == "l") links[$1] = links[$1] "\n /" $3
	next
}
kind == "made" {
	links[$3] = links[$3] "\n /" $1
	next
}
kind == "caches" {
	if ($4 == "l") links[$3] = links[$3] "\n /" $1
	else if ($3 in record) package[$1] = $3
	next
}
kind == "needed" {
	state[$1] = $5
	words[$1] = $6
	next
}
kind == "left" {
	if (class($3) !~ /^(documentation|translations)$/) left[$2, $1]++
	next
}
# Documentation and translations were never unpacked; the packages' own lists tell how many there are.
kind == "sums" {
	if (($1, $3) in destination) sum[destination[$1, $3]] = $2
	else if (class($3) ~ /^(documentation|translations)$/) left[$1, class($3)]++
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
/^[^ \t]/ {
	skip = /^(Status|Pre-Depends|Depends|Recommends|Suggests|Enhances|Breaks|Conflicts|Replaces):/
	depends = /^(Pre-)?Depends:/
}
depends { relations = relations "," substr($0, index($0, ":") + 1) }
NF && !skip { stanza = stanza $0 "\n" }

END {
	flush()
	for (at in sum) print record[package[at]] ".md5sums\t" at "\t" sum[at]
}

function flush(    file) {
	if (name in record) {
		file = folder "/" record[name]
		printf "%sDhi-Requested: %s\n", stanza, words[name] > file
		if (name in links) print "Dhi-Links:" links[name] > file
		if (leftOut() != "") print "Dhi-Left-Out: " leftOut() > file
		close(file)
	}
	stanza = name = relations = ""
}

# "3 programs, 12 documentation, package debconf": kinds of files, then packages that this one depends on and that are not there.
function leftOut(    list, i, n, part, told) {
	n = split("programs,headers,static libraries,documentation,translations,service files,package-manager files,shell completions,special files,excluded (--without)", part, ",")
	for (i = 1; i <= n; i++) if ((name, part[i]) in left) list = append(list, left[name, part[i]] " " part[i])
	n = split(relations, part, /[,|]/)
	for (i = 1; i <= n; i++) {
		gsub(/\([^)]*\)|\[[^\]]*\]|[ \t]|:.*/, "", part[i])
		if (part[i] in told || !(part[i] in state) || state[part[i]] == "keep") continue
		told[part[i]]
		list = append(list, "package " part[i])
	}
	return list
}

function append(list, item) {
	return list (list == "" ? "" : ", ") item
}
