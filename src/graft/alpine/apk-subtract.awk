# Decides for each file that apk unpacked whether it comes along. After apk-tree.awk and classes.awk. apk brought nothing of a package that the
# base has a record of; what the base has without a record stays as it is.
# Result: placed[path] = i for entries that come along, reason[i] for the others; made[path] = target, madeFor[path] = package.

END {
	if (stopped) exit 1
	for (i = 1; i <= entries; i++) {
		because = why(i)
		if (because == "") placed[path[i]] = i
		else if (because != "folder") reason[i] = because
	}
	danglingLinks()
	emptyPackages()
	specialLinks()
}

function why(i,    package, at, because) {
	package = owner[i]
	at = path[i]
	if (package in ofBase) return "kept"
	if (entryType[i] !~ /[fld]/) return "special files"
	if (entryType[i] == "d" && at in type) return "folder"
	if (isShell(at) && !mayBringShell(package)) return "shells"
	because = unwanted(i)
	if (because != "") return because
	if (!(at in type)) return ""
	if (type[at] == "l" && entryType[i] == "l" && canon(at) == reached(i)) return "kept"
	print package "\t" at "\t" (type[at] == "f" && entryType[i] == "f" ? root[at] : "") > (work "/collisions")
	return "kept"
}

# A shell of a package that is not known as one.
function mayBringShell(package,    part, n, i) {
	if (package in directTool) return 1
	n = split(linesOf[package], part, " ")
	for (i = 1; i <= n; i++) if (part[i] in allowShell) return 1
	return 0
}

# Where a link of a package leads.
function reached(i) {
	return canon(substr(target[i], 1, 1) == "/" ? substr(target[i], 2) : dirname(path[i]) "/" target[i])
}

function isShell(at) {
	return at ~ /^(usr\/(local\/)?)?s?bin\/(sh|ash|hush|dash|posh|r?bash|[lm]?o?ksh(93)?|loksh|zsh(-[0-9.]+)?|fish|yash|t?csh|elvish|xonsh|busybox(\.static)?|toybox)$/
}

function unplace(i, because) {
	delete placed[path[i]]
	reason[i] = because
}

# A link to a file that is left out would lead nowhere; a link to such a link, too.
function danglingLinks(    i, to, more) {
	for (i = 1; i <= entries; i++) if (i in reason && reason[i] != "kept") gone[path[i]] = reason[i]
	for (i = 1; i <= entries; i++) if (path[i] in placed && entryType[i] == "l") link[path[i]] = target[i]
	split("", settled)
	do {
		more = 0
		for (i = 1; i <= entries; i++) {
			if (entryType[i] != "l" || !(path[i] in placed)) continue
			to = reached(i)
			if (to in type || !(to in gone)) continue
			unplace(i, gone[to])
			gone[path[i]] = gone[to]
			more = 1
		}
	} while (more)
}

# A package that lost files and has nothing left but licences does not come along, and neither does its record; nor does what a shell that stays
# away has beside it.
function emptyPackages(    i, brings, lost, shell) {
	for (i = 1; i <= entries; i++) if (i in reason && reason[i] == "shells") shell[owner[i]]
	for (i = 1; i <= entries; i++) {
		if (path[i] in placed && !(owner[i] in shell)) {
			if (path[i] !~ /^usr\/share\/(doc|licenses)\//) brings[owner[i]]
		} else if (i in reason && reason[i] !~ /^(documentation|translations)$/) lost[owner[i]]
	}
	for (i = 1; i <= entries; i++) if (path[i] in placed && owner[i] in lost && !(owner[i] in brings)) unplace(i, "of no use alone")
	for (i = 1; i <= packages; i++) if (!(order[i] in lost) || order[i] in brings) delivered[order[i]]
}

# Links that package scripts would make, from the table. A link without anything at its end is not made; of several the highest priority wins.
function specialLinks(    i, at, to) {
	for (i = 1; i <= specials; i++) {
		if (!(special[i] in delivered)) continue
		at = settle(specialPath[i])
		to = specialTarget[i]
		to = canon(substr(to, 1, 1) == "/" ? substr(to, 2) : dirname(at) "/" to)
		if (at in type || at in placed || !(to in type || to in placed)) continue
		if (at in made && priority[at] >= specialPriority[i]) continue
		priority[at] = specialPriority[i]
		made[at] = specialTarget[i]
		madeFor[at] = special[i]
	}
}
