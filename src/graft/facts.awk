# What the base is: its C library and loader, the folders its loader searches, its shell, its release, its package records.
# Writes `name<TAB>value` lines to `facts`, one folder a line to `searchFile`, `package<TAB>version` to `packagesFile`.

END {
	readRelease(canon("etc/os-release")) || readRelease(canon("usr/lib/os-release"))
	findLibc()
	searchFolders()
	if (is(canon("bin/sh"), "f")) say("sh", canon("bin/sh"))
	for (path in type)
		if (type[path] == "f" && isRecord(path)) readRecords(root[path] "/" path)
}

function say(name, value) {
	print name "\t" value > facts
}

function readRelease(path,    line, name, value) {
	if (!is(path, "f")) return 0
	while ((getline line < (root[path] "/" path)) > 0) {
		name = value = line
		sub(/=.*/, "", name)
		sub(/^[^=]*=/, "", value)
		gsub(/["'\r]/, "", value)
		if (name == "ID") say("id", value)
		if (name == "ID_LIKE") say("like", value)
		if (name == "VERSION_ID") say("release", value)
		if (name == "VERSION_CODENAME") say("codename", value)
	}
	return 1
}

# The loader stands beside the C library, or in a folder of its own such as lib64 (a link or a file).
function findLibc(    path, name, libc, loader) {
	for (path in type) {
		if (path !~ /^(usr\/)?lib[^\/]*\/([^\/]*-linux-[^\/]*\/)?[^\/]*$/ || type[path] == "d") continue
		name = basename(path)
		if (name == "libc.so.6" && prefer(path, libc)) libc = path
		if (name ~ /^ld-musl-.*\.so\.1$/) say("musl", path)
	}
	if (libc == "") return
	say("libc", canon(libc))
	if (basename(dirname(libc)) ~ /-linux-/) say("multiarch", multiarch = basename(dirname(libc)))
	for (path in type)
		if (path ~ /^(usr\/)?lib[^\/]*\/([^\/]*-linux-[^\/]*\/)?ld(-linux[^\/]*|64)?\.so\.[0-9]+$/ && type[path] != "d")
			if (nearer(path, loader, dirname(libc))) loader = path
	if (loader != "") say("loader", canon(loader))
}

# A C library in a multiarch folder before one in lib or lib32; else the first by name, so that the choice is stable.
function prefer(path, best) {
	if (best == "") return 1
	if ((path ~ /-linux-/) != (best ~ /-linux-/)) return path ~ /-linux-/
	return path < best
}

function nearer(path, best, folder) {
	if (best == "") return 1
	if ((dirname(path) == folder) != (dirname(best) == folder)) return dirname(path) == folder
	return path < best
}

# ld.so(8): the folders of ld.so.conf, by way of ld.so.cache, then the built-in ones, which are searched even if the base has not made them.
# Of a folder that only the configuration names (`conf`) the loader knows what the cache says.
function searchFolders(    i) {
	readConf(canon("etc/ld.so.conf"))
	configured = folders + 0
	folder("lib")
	folder("usr/lib")
	if (multiarch != "") {
		folder("lib/" multiarch)
		folder("usr/lib/" multiarch)
	}
	for (i = 1; i <= folders; i++) print searched[i] (i <= configured && !(searched[i] in builtIn) ? "\tconf" : "") > searchFile
}

function folder(path) {
	path = canon(path)
	if (configured != "") builtIn[path]
	if (path in known) return
	known[path]
	searched[++folders] = path
}

function readConf(path,    line, pattern, other) {
	if (!is(path, "f") || path in confRead) return
	confRead[path]
	while ((getline line < (root[path] "/" path)) > 0) {
		sub(/#.*/, "", line)
		gsub(/^[ \t]+|[ \t\r]+$/, "", line)
		if (line ~ /^include[ \t]/) {
			sub(/^include[ \t]+\//, "", line)
			pattern = line
			gsub(/\./, "[.]", pattern)
			gsub(/\*/, "[^/]*", pattern)
			for (other in type) if (other ~ ("^" pattern "$")) readConf(canon(other))
		} else if (line ~ /^\//) folder(substr(line, 2))
	}
}

# Records in status.d may have any file name; apart from the lists of checksums every file there is read.
function isRecord(path) {
	if (path == canon("var/lib/dpkg/status")) return 1
	return dirname(path) == canon("var/lib/dpkg/status.d") && path !~ /\.(md5sums|list)$/
}

function readRecords(file,    line, name, version, gone) {
	name = ""
	gone = 0
	while ((getline line < file) > 0) {
		if (line ~ /^Package: /) name = substr(line, 10)
		else if (line ~ /^Version: /) version = substr(line, 10)
		else if (line ~ /^Status: / && line !~ / installed/) gone = 1
		else if (line ~ /^[ \t\r]*$/) {
			if (name != "" && !gone) print name "\t" version > packagesFile
			name = ""
			gone = 0
		}
	}
	if (name != "" && !gone) print name "\t" version > packagesFile
	close(file)
}
