# Writes what was decided, for the scripts that do it and for report.awk. After apk-subtract.awk. In the folder `work`:
# moves: package, path, destination (the same), type, size.  made: path, target, package.  left: reason, package, path.
# records: package, for each that gets a record.  folders.new: path, mode, uid, gid.  folders.base: root, path, own|fixed.
# unsafe: path, mode.  place.out: the commands that move the files, many at a time.

END {
	if (stopped) exit 1
	for (i = 1; i <= entries; i++) {
		if (!(path[i] in placed)) {
			if (i in reason) print reason[i] "\t" owner[i] "\t" path[i] > (work "/left")
			continue
		}
		if (entryType[i] == "d") {
			attributesOf[path[i]] = mode[i] "\t" uid[i] "\t" gid[i]
			claim(path[i])
		} else {
			claim(dirname(path[i]))
			move(i)
			if (entryType[i] != "l" && (unsafe(mode[i]) || path[i] in attributed))
				print path[i] "\t" mode[i] (path[i] in attributed ? " and file capabilities" : "") > (work "/unsafe")
		}
	}
	flush()
	for (at in made) {
		claim(dirname(at))
		print at "\t" made[at] "\t" madeFor[at] > (work "/made")
	}
	for (i = 1; i <= packages; i++) {
		if (!(order[i] in delivered) || order[i] in ofBase) continue
		print order[i] > (work "/records")
		recorded++
	}
	for (i = 1; i <= globs; i++) if (!(i in globUsed)) print globName[i] > (work "/unmatched")
	if (!recorded) exit
	claim(fact["database"])
	if ("world" in fact) claim(dirname(fact["world"]))
	claim(canon("var/lib/dhi/packages"))
}

# The folder and its parents: those that the base has are to look like the base's, the others as apk made them.
function claim(folder,    part) {
	if (folder == "" || folder in claimed) return
	claimed[folder]
	claim(dirname(folder))
	if (is(folder, "d")) {
		# A folder that is newer than every file of the base got its time when the image was unpacked, so it differs from one
		# machine to the next: such a folder takes the fixed time like a new one.
		print root[folder] "\t" folder "\t" (folderTime[folder] + 0 > newest ? "fixed" : "own") > (work "/folders.base")
	} else if (folder in type) {
		stop("the base has a file at /" folder ", where a package needs a folder; this graft cannot be made on this base")
	} else {
		if (!(folder in attributesOf)) attributesOf[folder] = "755\t0\t0"
		print folder "\t" attributesOf[folder] > (work "/folders.new")
		split(attributesOf[folder], part, "\t")
		if (unsafe(part[1])) print folder "\t" part[1] > (work "/unsafe")
	}
}

# Set-user-id, set-group-id, or writable by everyone.
function unsafe(bits) {
	return (length(bits) > 3 && substr(bits, 1, 1) ~ /[2-7]/) || bits ~ /[2367]$/
}

function move(i,    key) {
	print owner[i] "\t" path[i] "\t" path[i] "\t" entryType[i] "\t" size[i] > (work "/moves")
	key = dirname(path[i])
	if (key != run || ++runs > 200) {
		flush()
		run = key
		runs = 1
		command = "mv --"
	}
	command = command " " quote(work "/root/" path[i])
}

function flush() {
	if (command != "") print command " " quote(out "/" run "/") > (work "/place.out")
	command = ""
}

function quote(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}
