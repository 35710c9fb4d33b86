# Writes what was decided, for the scripts that do it. After special.awk. In the folder `work`:
# moves: package, path, destination, type, size.  made: path, target, package.  left: reason, package, path.
# records: package, path of its record.  record.folders: where records stand, if there are any to write.
# unmatched: a line for each pattern that fits no file.
# folders.new: path, mode, uid, gid.  folders.base: root, path.  unsafe: path, mode.  skew: package, base's version, ours.
# place.out: the commands that move the files, many at a time.

END {
	if (stopped) exit 1
	for (i = 1; i <= entries; i++) if (entryType[i] == "d" && !(canon(path[i]) in attributes)) attributes[canon(path[i])] = i
	for (i = 1; i <= entries; i++) {
		if (!(i in dest)) {
			if (reason[i] != "folder") print reason[i] "\t" owner[i] "\t" path[i] > (work "/left")
			continue
		}
		if (entryType[i] == "d") claim(dest[i])
		else {
			claim(dirname(dest[i]))
			move(i)
		}
		if (entryType[i] != "l" && unsafe(mode[i])) print dest[i] "\t" mode[i] > (work "/unsafe")
		if (owner[i] in recorded && recorded[owner[i]] != version[owner[i]] && !(owner[i] in skewed)) {
			skewed[owner[i]]
			print owner[i] "\t" recorded[owner[i]] "\t" version[owner[i]] > (work "/skew")
		}
	}
	flush()
	for (at in made) {
		claim(dirname(at))
		print at "\t" made[at] "\t" madeFor[at] > (work "/made")
	}
	for (i = 1; i <= globs; i++) if (!(i in globUsed)) print globName[i] > (work "/unmatched")
	for (i = 1; i <= packages; i++) if (order[i] in delivered) record(order[i])
}

# A package of the base keeps the base's record, which scanners read. Files that the base lacks of it are noted beside, where none looks.
function record(package,    folder, at, n) {
	folder = canon(package in recorded ? "var/lib/dhi/packages" : "var/lib/dpkg/status.d")
	claim(folder)
	if (!(folder in told)) print folder > (work "/record.folders")
	told[folder]
	at = folder "/" package
	for (n = 2; at in type; n++) at = folder "/" package "@" n
	print package "\t" at > (work "/records")
}

# The folder and its parents: those that the base has are to look like the base's, the others as the package says.
function claim(folder,    i) {
	if (folder == "" || folder in claimed) return
	claimed[folder]
	claim(dirname(folder))
	if (folder in placed && entryType[placed[folder]] != "d")
		stop("/" folder " is a file in " owner[placed[folder]] " and a folder in another package")
	if (is(folder, "d")) {
		# A folder that is newer than every file of the base got its time when the image was unpacked, so it differs from one
		# machine to the next: such a folder takes the fixed time like a new one.
		print root[folder] "\t" folder "\t" (folderTime[folder] + 0 > newest ? "fixed" : "own") > (work "/folders.base")
	} else if (folder in type) {
		stop("the base has a file at /" folder ", where a package needs a folder; this graft cannot be made on this base")
	} else {
		i = attributes[folder]
		print folder "\t" (i ? mode[i] "\t" uid[i] "\t" gid[i] : "755\t0\t0") > (work "/folders.new")
		if (i && unsafe(mode[i]) && !(folder in placed)) print folder "\t" mode[i] > (work "/unsafe")
	}
}

# Set-user-id, set-group-id, or writable by everyone.
function unsafe(bits) {
	return (length(bits) > 3 && substr(bits, 1, 1) ~ /[2-7]/) || bits ~ /[2367]$/
}

# One mv for a run of files with the same folders, so that a graft of thousands of files starts some hundred processes.
function move(i,    key) {
	print owner[i] "\t" path[i] "\t" dest[i] "\t" entryType[i] "\t" size[i] > (work "/moves")
	key = dirname(dest[i])
	if (key != run || ++runs > 200) {
		flush()
		run = key
		runs = 1
		command = "mv -t " quote(out "/" key) " --"
	}
	command = command " " quote(treeFolder "/" owner[i] "/" path[i])
}

function flush() {
	if (command != "") print command > (work "/place.out")
	command = ""
}

function quote(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}
