# What the graft did, for people. After classes.awk. Reads what emit.awk wrote, needed, words, lines, records, sums, notes, unmatched, warnings.

BEGIN { width = 100 }
kind == "lines" {
	directiveOf[$1] = $2
	next
}
kind == "needed" {
	order[++packages] = $1
	version[$1] = $2
	state[$1] = $5
	next
}
kind == "words" {
	if (directiveOf[$4] == "DHI-NATIVE") direct[$2] = $1
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
	if ($4 == "f") hidden[class($2)]--
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
	if (state[$1] == "keep") hidden[class($3)]++
	next
}
kind == "made" {
	note[++notes] = "made: /" $1 " -> " $2 " (" $3 ")"
	next
}
# Many files are made together: the first stands for them.
kind == "caches" {
	if (!(($2, $3) in cache)) {
		cacheOrder[++caches] = $2 SUBSEP $3
		cache[$2, $3] = "made: /" $1
	} else more[$2, $3]++
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
kind == "unmatched" {
	note[++notes] = "note: " $0 " fits no file of the packages of its line"
	next
}
kind == "notes" {
	note[++notes] = $0
	next
}
kind == "warnings" {
	warning[++warnings] = $0
	next
}

END {
	print directive " " asked " for " release ", " architecture
	nameWidth = versionWidth = 8
	for (i = 1; i <= packages; i++) if (files[order[i]]) {
		if (length(order[i]) > nameWidth) nameWidth = length(order[i])
		if (length(version[order[i]]) > versionWidth) versionWidth = length(version[order[i]])
	}
	if (nameWidth + versionWidth > 70) nameWidth = 70 - versionWidth
	for (i = 1; i <= packages; i++) if (files[order[i]]) brought(order[i])
	for (i = 1; i <= packages; i++) account(order[i])
	tell("kept the base's: ", base)
	tell("left out, only for package installation: ", maintainer)
	tell("left out, a shell that nobody asked for: ", shells)
	tell("left out, needed by nothing that comes along: ", unneeded)
	tell("left out, nothing of use here: ", useless)
	split("programs,headers,static libraries,documentation,translations,service files,package-manager files,shell completions,special files,excluded (--without)", class_, ",")
	left["documentation"] = hidden["documentation"]
	left["translations"] = hidden["translations"]
	for (i = 1; i in class_; i++) if (left[class_[i]] > 0) list = append(list, left[class_[i]] " " class_[i])
	tell("left out files: ", list)
	for (i = 1; i <= caches; i++) printCache(cacheOrder[i])
	for (i = 1; i <= notes; i++) tell("", note[i])
	for (i = 1; i <= warnings; i++) print warning[i]
	printf "dhi: %s: %s, %s, %s; the base keeps %s of its own\n", asked, counted(broughtCount, "package"), counted(allFiles, "file"), human(allBytes), counted(baseCount, "package")
}

function counted(number, noun) {
	return number + 0 " " noun (number == 1 ? "" : "s")
}

function brought(package) {
	broughtCount++
	printf "  %-" nameWidth "s  %-" versionWidth "s  %5d %s  %9s\n", package, version[package], files[package], files[package] == 1 ? "file " : "files", human(bytes[package])
}

function printCache(key,    part) {
	split(key, part, SUBSEP)
	tell("", cache[key] (more[key] ? " and " more[key] " more files" : "") " (" part[1] ", for " part[2] ")")
}

function account(package) {
	if (state[package] == "maintainer") maintainer = append(maintainer, package)
	else if (state[package] == "shell") shells = append(shells, package)
	else if (state[package] == "unneeded") unneeded = append(unneeded, package)
	else if (package in recorded) {
		baseCount++
		base = append(base, package " " recorded[package] (recorded[package] == version[package] ? "" : " (the closure was made with " version[package] ")"))
	} else if (!files[package] && kept[package]) {
		baseCount++
		base = append(base, package " (without a record)")
	} else if (!files[package]) useless = append(useless, package)
	if (package in direct && programs[package])
		note[++notes] = "note: DHI-NATIVE leaves out the " programs[package] " programs of " package "; DHI-TOOL " direct[package] " brings them"
}

function append(list, item) {
	return list (list == "" ? "" : ", ") item
}

# A line as wide as a build log shows, broken at blanks.
function tell(head, text,    word, n, i, line) {
	if (text == "") return
	n = split(head text, word, " ")
	line = word[1]
	for (i = 2; i <= n; i++) {
		if (length(line) + length(word[i]) >= width) {
			print line
			line = "   "
		}
		line = line " " word[i]
	}
	print line
}

function human(size) {
	size += 0
	if (size < 1000) return size " B"
	if (size < 1000000) return sprintf("%.0f kB", size / 1000)
	return sprintf("%.1f MB", size / 1000000)
}
