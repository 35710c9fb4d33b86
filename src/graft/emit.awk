# Writes what was decided, for the scripts that do it. After whole.awk. In the folder `work`:
# moves: package, path, destination, type, size.  made: path, target, package.  left: reason, package, path.
# records: package, path of its record.  record.folders: where records stand, if there are any to write.
# unmatched: a line for each pattern that fits no file.
# folders.new: path, mode, uid, gid.  folders.base: root, path.  unsafe: path, mode.  skew: package, base's version, ours.
# place.folders: the folders to make.  place.out: the commands that move files and whole folders, many at a time.

END {
	if (stopped) exit 1
	for (i = 1; i <= entries; i++) {
		if (!(i in dest)) {
			if (reason[i] != "folder") print reason[i] "\t" owner[i] "\t" path[i] > (work "/left")
			continue
		}
		if (entryType[i] == "d") {
			claim(dest[i])
			sendWhole(dest[i], owner[i])
		} else {
			claim(dirname(dest[i]))
			move(i)
		}
		if (entryType[i] != "l" && unsafe(mode[i])) print dest[i] "\t" mode[i] > (work "/unsafe")
		if (owner[i] in recorded && recorded[owner[i]] != version[owner[i]] && !(owner[i] in skewed)) {
			skewed[owner[i]]
			print owner[i] "\t" recorded[owner[i]] "\t" version[owner[i]] > (work "/skew")
		}
	}
	for (folder in sources) flush(folder)
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
	if (wholeAbove(folder) == "") print folder > (work "/place.folders")
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

# One mv for all that goes into a folder, so that a graft of thousands of files starts some dozens of processes.
function move(i) {
	print owner[i] "\t" path[i] "\t" dest[i] "\t" entryType[i] "\t" size[i] > (work "/moves")
	if (!sendWhole(dirname(dest[i]), owner[i])) send(dirname(dest[i]), owner[i] "/" path[i])
}

# Whether the folder comes whole, or with one above it, of this package.
function sendWhole(folder, package,    top) {
	top = wholeAbove(folder)
	if (top == "") return 0
	if (!(top in sent)) send(dirname(top), package "/" top)
	sent[top]
	return 1
}

function send(folder, source) {
	sources[folder] = sources[folder] " " quote(treeFolder "/" source)
	if (++sends[folder] % 200 == 0) flush(folder)
}

function flush(folder) {
	if (sources[folder] != "") print "mv -t " quote(out "/" folder) " --" sources[folder] > (work "/place.out")
	sources[folder] = ""
}

function quote(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}
