# The runtime's commands in the donor, and all that belongs to them. After paths.awk. Reads path (folders of the donor's PATH, in its order), names (command,
# must or may), base (the donor's files), owners (path, package). Writes to the folder `work`: seeds (path, package or nothing), commands (name, path, what it leads to),
# prefixes (folder whose whole content is the runtime's), problems.

BEGIN { split("usr/local/bin usr/bin usr/local/sbin usr/sbin bin sbin", usual, " ") }
kind == "path" {
	if (sub(/^\//, "")) folders[++count] = $0
	next
}
kind == "names" {
	name[++names] = $1
	must[names] = $2 == "must"
	next
}
kind == "owners" {
	owner[$1] = $2
	next
}

END {
	for (i = 1; i in usual; i++) folders[++count] = usual[i]
	# Without a link in a bin folder and a PATH of the image: a folder of its own below /opt, /usr/lib or /usr/local.
	for (at in type)
		if (at ~ /^(opt|usr\/local|usr\/lib|usr\/share)\// && type[at] != "d" && split(at, part, "/") <= 7) loose[basename(at)] = loose[basename(at)] " " at
	for (i = 1; i <= names; i++) locate(i)
}

function locate(i,    k, at, to, n, part, found) {
	for (k = 1; k <= count && found == ""; k++) {
		at = settle(folders[k] "/" name[i])
		if (at in type && is(canon(at), "f")) found = at
	}
	if (found == "" && must[i]) {
		n = split(loose[name[i]], part, " ")
		for (k = 1; k <= n; k++) if (is(canon(part[k]), "f") && (found == "" || part[k] < found)) found = part[k]
	}
	if (found == "") {
		if (must[i]) print "DHI-RUNTIME " word ": the donor has no program " name[i] "; name an image or a stage that has the runtime with --from" > (work "/problems")
		return
	}
	print name[i] "\t" found "\t" canon(found) > (work "/commands")
	# The whole chain of links comes along, as it stands.
	for (k = 1; found in link && k < 40; k++) {
		seed(found)
		to = link[found]
		found = settle(substr(to, 1, 1) == "/" ? substr(to, 2) : dirname(found) "/" to)
	}
	seed(found)
	if (!(found in owner)) prefix(found)
}

function seed(path) {
	print path "\t" (path in owner ? owner[path] : "") > (work "/seeds")
}

# What nobody's record owns: a folder of its own below /opt or /usr/lib or /usr/local whole; in /usr/local itself, as official images have it, the
# parts that are known to be a runtime's.
function prefix(file,    at) {
	at = dirname(file)
	if (at ~ /\/bin$/) at = dirname(at)
	if (at == "usr/local" || at == "usr") {
		sharedPrefix(at)
		return
	}
	if (file ~ /^usr\/(local\/)?lib\/node_modules\//) {
		match(file, /node_modules\/[^\/]+/)
		at = substr(file, 1, RSTART + RLENGTH - 1)
	}
	if (at == "" || at ~ /^(usr\/bin|usr\/sbin|usr\/lib|opt|bin|sbin|lib|etc)$/) return
	print at > (work "/prefixes")
}

function sharedPrefix(at,    other, base_) {
	base_ = name[1]
	for (other in type) {
		if (index(other, at "/") != 1 || other in owner) continue
		if (base_ == "node" && substr(other, length(at) + 2) ~ /^(lib\/node_modules|include\/node)$/) print other > (work "/prefixes")
		if (base_ == "python3" && substr(other, length(at) + 2) ~ /^(lib\/python3[.0-9]*|include\/python3[^\/]*|lib\/libpython3[^\/]*|bin\/(python|pip|idle|pydoc)[^\/]*)$/) print other > (work "/prefixes")
		if (base_ == "ruby" && substr(other, length(at) + 2) ~ /^(lib\/ruby|lib\/libruby[^\/]*|include\/ruby[^\/]*|etc\/gemrc)$/) print other > (work "/prefixes")
	}
}
