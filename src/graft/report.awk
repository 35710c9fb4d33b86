# What the graft did, for people. After classes.awk. Reads what emit.awk wrote, needed, records, sums and notes.

kind == "needed" {
	order[++packages] = $1
	version[$1] = $2
	state[$1] = $5
	next
}
kind == "words" {
	direct[$2] = $1
	next
}
kind == "records" {
	recorded[$1] = $2
	next
}
kind == "moves" {
	files[$1]++
	bytes[$1] += $5
	allFiles++
	allBytes += $5
	next
}
kind == "left" {
	if ($1 == "kept") kept[$2]++
	else if ($1 == "programs") programs[$2]++
	if ($1 !~ /^(documentation|translations|kept|of no use alone)$/) left[$1]++
	next
}
# Documentation and translations were never unpacked; the packages' own lists tell how many there are.
kind == "sums" {
	if (state[$1] == "keep" && class($3) ~ /^(documentation|translations)$/) left[class($3)]++
	next
}
kind == "made" {
	note[++notes] = "made: /" $1 " -> " $2 " (" $3 ")"
	next
}
kind == "unsafe" {
	note[++notes] = "made safe: /" $1 " had mode " $2 " (set-id or writable by everyone)"
	next
}
kind == "skew" {
	note[++notes] = "mixed: the base has " $1 " " $2 " and lacks files of it; they come from " $3
	next
}
kind == "notes" {
	note[++notes] = $0
	next
}

END {
	print directive " " asked " for " release ", " architecture
	for (i = 1; i <= packages; i++) if (files[order[i]]) brought(order[i])
	for (i = 1; i <= packages; i++) account(order[i])
	if (base != "") print "kept the base's: " base
	if (maintainer != "") print "left out, only for package installation: " maintainer
	if (unneeded != "") print "left out, needed by those only: " unneeded
	if (useless != "") print "left out, nothing of use here: " useless
	for (what in left) list = list (list == "" ? "" : ", ") left[what] " " what
	if (list != "") print "left out files: " list
	for (i = 1; i <= notes; i++) print note[i]
	printf "dhi: %s: %d packages, %d files, %s; the base keeps %d packages of its own\n", asked, broughtCount, allFiles, human(allBytes), baseCount
}

function brought(package) {
	broughtCount++
	printf "  %-32s %-28s %5d files %10s\n", package, version[package], files[package], human(bytes[package])
}

function account(package) {
	if (state[package] == "maintainer") maintainer = append(maintainer, package)
	else if (state[package] == "unneeded") unneeded = append(unneeded, package)
	else if (package in recorded) {
		baseCount++
		base = append(base, package " " recorded[package] (recorded[package] == version[package] ? "" : " (the closure was made with " version[package] ")"))
	} else if (!files[package] && kept[package]) {
		baseCount++
		base = append(base, package " (without a record)")
	} else if (!files[package]) useless = append(useless, package)
	if (package in direct && programs[package])
		note[++notes] = "note: " directive " leaves out the " programs[package] " programs of " package "; DHI-TOOL " direct[package] " brings them"
}

function append(list, item) {
	return list (list == "" ? "" : ", ") item
}

function human(size) {
	if (size < 1000) return size " B"
	if (size < 1000000) return sprintf("%.0f kB", size / 1000)
	return sprintf("%.1f MB", size / 1000000)
}
