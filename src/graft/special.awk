# The links that maintainer scripts would make, from the table, and links for folders that ld.so.conf.d would name. After subtract.awk.
# Result: made[path] = target, madeFor[path] = package. Notes of the table about packages that come along go to the file special.notes.

END {
	if (stopped) exit 1
	for (i = 1; i <= entries; i++) if (i in dest) delivered[owner[i]]
	for (i = 1; i <= specials; i++) if (special[i] in delivered) fromTable(i)
	for (i = 1; i <= remarks; i++) {
		split(noteOf[i], part, "\t")
		if (part[1] in delivered) print "note: " part[1] ": " part[2] > (work "/special.notes")
	}
	for (i = 1; i <= entries; i++)
		if (i in dest && entryType[i] == "f" && path[i] ~ /^etc\/ld\.so\.conf\.d\/[^\/]+\.conf$/) loaderFolders(i)
}

# The alternative of the highest priority wins, as with update-alternatives(1). A link without anything at its end is not made.
function fromTable(i,    at, to) {
	at = specialPath[i]
	sub(/\{multiarch\}/, fact["multiarch"], at)
	at = settle(at)
	to = specialTarget[i]
	if (specialUnless[i] != "" && exists(canon(specialUnless[i]))) return
	if (at in type || at in placed || (dirname(at) in searched && basename(at) in baseLibrary)) return
	if (!exists(canon(substr(to, 1, 1) == "/" ? substr(to, 2) : dirname(at) "/" to))) return
	if (at in made && priority[at] >= specialPriority[i]) return
	priority[at] = specialPriority[i]
	make(at, to, special[i])
}

function exists(at) {
	return at in type || at in placed
}

function make(at, to, package) {
	made[at] = to
	madeFor[at] = package
}

# ld.so.cache is the base's and is not written again, so its loader would not look into a new folder. The multiarch folder it knows.
function loaderFolders(i,    file, line, folder, at, link_) {
	file = treeFolder "/" owner[i] "/" path[i]
	while ((getline line < file) > 0) {
		sub(/#.*/, "", line)
		gsub(/[ \t\r]/, "", line)
		if (line !~ /^\//) continue
		folder = canon(substr(line, 2))
		if (folder in searched) continue
		for (at in placed) {
			if (dirname(at) != folder || at !~ /\.so(\.|$)/) continue
			link_ = settle("usr/lib" ("multiarch" in fact ? "/" fact["multiarch"] : "") "/" basename(at))
			if (!exists(link_) && !(basename(at) in baseLibrary) && !(link_ in made)) make(link_, "/" at, owner[i])
		}
	}
	close(file)
}
