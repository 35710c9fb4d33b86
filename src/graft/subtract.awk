# Decides for each unpacked file whether it comes along and where it lands. After tree.awk and wanted.awk.
# The base is never changed: a path that it has is not written, a library that it has under any version is not brought beside it, and
# a package that it has a record of stays the base's, so that only files which it lacks are brought.
# Result: dest[i] for entries that come along, reason[i] for the others, placed[dest] = i.

END {
	if (stopped) exit 1
	adoptLinks()
	for (i = 1; i <= entries; i++) reason[i] = why(i)
	libraryGroups()
	for (i = 1; i <= entries; i++) if (reason[i] == "") place(i)
	emptyPackages()
	danglingLinks()
}

# Links of the packages count when a path is resolved, as they would for dpkg. Twice, for a link that stands behind another.
function adoptLinks(    round, i, at) {
	for (round = 1; round <= 2; round++) {
		split("", settled)
		for (i = 1; i <= entries; i++) {
			if (entryType[i] != "l") continue
			at = settle(path[i])
			if (!(at in type)) link[at] = target[i]
		}
	}
	split("", settled)
}

function why(i,    package, because) {
	package = owner[i]
	if (entryType[i] !~ /[fld]/) return "special files"
	because = unwanted(i)
	if (because != "") return because
	if (entryType[i] == "d") return (package, path[i]) in parentOf || package in recorded ? "folder" : ""
	if (package in ofBase && "libc" in fact && !(package in direct && recorded[package] == version[package])) return "kept"
	if (package in recorded && isDocument(path[i]) && !(i in askedFor)) return "kept"
	return settle(path[i]) in type ? "kept" : ""
}

# A library and the links to it are one group. The base has it when any of the group's names (libx.so.1, libx.so.1.2) stands in a folder
# that its loader searches; the bare libx.so tells nothing of the version, unless the group has no other name.
function libraryGroups(    i, at, group, named) {
	for (at in type) if (at ~ /\.so(\.|$)/ && dirname(at) in searched) baseLibrary[basename(at)]
	for (i = 1; i <= entries; i++) if (entryType[i] == "l" && isLibrary(i)) ownLink[settle(path[i])] = target[i]
	for (i = 1; i <= entries; i++) {
		if (!isLibrary(i)) continue
		group[i] = groupOf(i)
		if (basename(path[i]) ~ /\.so\./) named[group[i]]
	}
	for (i in group)
		if (basename(path[i]) in baseLibrary && (basename(path[i]) ~ /\.so\./ || !(group[i] in named))) had[group[i]]
	for (i in group) if (reason[i] == "" && group[i] in had) reason[i] = "kept"
}

# Where a library's link leads among the packages: at the same path the base may have a link to a file of another version.
function groupOf(i,    at, hops) {
	at = settle(path[i])
	while (at in ownLink && ++hops < 40)
		at = settle(substr(ownLink[at], 1, 1) == "/" ? substr(ownLink[at], 2) : dirname(at) "/" ownLink[at])
	return at
}

function isLibrary(i) {
	return entryType[i] != "d" && path[i] ~ /\.so(\.|$)/ && dirname(settle(path[i])) in searched
}

function place(i,    at) {
	at = entryType[i] == "d" ? canon(path[i]) : settle(path[i])
	if (entryType[i] == "d" && (at in type || at in placed)) reason[i] = "folder"
	else if (at in placed && entryType[placed[at]] == "d") stop("/" at " is a folder in " owner[placed[at]] " and a file in " owner[i])
	else if (at in placed) reason[i] = "twice"
	else {
		dest[i] = at
		placed[at] = i
	}
}

function unplace(i, because) {
	delete placed[dest[i]]
	delete dest[i]
	reason[i] = because
}

# A package of which only documents are left does not come along: the base has the rest of it, or it is programs. Its copyright file stays if
# another package's folder is a link to it, or if the package is nothing but documents anyway.
function emptyPackages(    i, package, brings, lost, lent) {
	for (i = 1; i <= entries; i++) {
		package = owner[i]
		if (!(i in dest)) {
			if (reason[i] !~ /^(folder|documentation|translations|twice)$/) lost[package]
		} else if (!isDocument(path[i]) || i in askedFor) brings[package]
		else if (entryType[i] == "l") lent[canon(path[i])]
	}
	for (i = 1; i <= entries; i++)
		if (i in dest && owner[i] in lost && !(owner[i] in brings) && !(dirname(dest[i]) in lent)) unplace(i, "of no use alone")
}

function isDocument(path) {
	return path ~ /^usr\/share\/doc\//
}

# A link to a file that is left out would lead nowhere.
function danglingLinks(    i, to) {
	for (i = 1; i <= entries; i++) {
		if (!(i in dest) || entryType[i] != "l") continue
		to = canon(dest[i])
		if (to in type || to in placed) continue
		if (class(to) != "") unplace(i, class(to))
		else if (to ~ /^usr\/share\/doc\/[^\/]*$/ && !((to "/copyright") in placed)) unplace(i, "documentation")
	}
}
