# What the base is: its release, its loader, the folders that its loader searches, its apk database. After paths.awk.
# Writes `name<TAB>value` lines to `facts` and one folder a line to `searchFile`.

END {
	readRelease(canon("etc/os-release")) || readRelease(canon("usr/lib/os-release"))
	for (path in type) {
		if (type[path] == "d" || path !~ /^(usr\/)?lib[^\/]*\/([^\/]*-linux-[^\/]*\/)?[^\/]*$/) continue
		if (basename(path) == "libc.so.6") say("glibc", path)
		if (basename(path) ~ /^ld-musl-.*\.so\.1$/ && (loader == "" || path < loader)) loader = path
	}
	if (loader != "") {
		say("loader", loader)
		searchFolders(loader)
	}
	if (is(canon("lib/apk/db/installed"), "f")) {
		say("database", canon("lib/apk/db"))
		if (is(canon("etc/apk/world"), "f")) say("world", canon("etc/apk/world"))
	}
	if (hasShell()) say("shell", "yes")
}

function say(name, value) {
	print name "\t" value > facts
}

function hasShell(    path) {
	path = canon("bin/sh")
	return path in type
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
	}
	return 1
}

# musl's ldso/dynlink.c: the folders of etc/ld-musl-<architecture>.path, between colons or line ends, replace the built-in ones.
function searchFolders(loader,    path, line, part, n, i) {
	path = basename(loader)
	sub(/\.so\.1$/, ".path", path)
	path = canon("etc/" path)
	if (!is(path, "f")) {
		folder("lib")
		folder("usr/local/lib")
		folder("usr/lib")
		return
	}
	while ((getline line < (root[path] "/" path)) > 0) {
		n = split(line, part, ":")
		for (i = 1; i <= n; i++) if (part[i] ~ /^\//) folder(substr(part[i], 2))
	}
}

function folder(path) {
	path = canon(path)
	if (!(path in searched)) print path > searchFile
	searched[path]
}
