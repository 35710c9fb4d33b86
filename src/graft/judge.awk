# Weighs what was found and says it in words: findings end the build (status 1), notes do not. After foreign.awk and holder.awk.
# Reads table (do-without.txt), names, sonames, facts, given, search, headers, begin, libraries (paths of all libraries), needs (see elf.sh),
# owned (path, package), then troubles: file, path|link|user|group|start|format|processor|loader|interpreter|missing|version|other, and what about it.

kind == "table" {
	if ($1 == "doWithout") {
		optionalFile[++optionals] = expression($2)
		optionalLibrary[optionals] = expression($3)
		optionalWhy[optionals] = $4
	}
	next
}
kind == "facts" {
	if (!($1 in fact)) fact[$1] = $2
	next
}
kind == "given" {
	if (!($1 in given)) given[$1] = $2
	next
}
kind == "search" {
	searched[$1]
	next
}
kind == "headers" {
	if ($2 == "elf") asks[$1] = $5
	next
}
kind == "begin" {
	start[$1] = $2
	instruction[$1] = toupper($3)
	next
}
kind == "libraries" {
	name = $0
	sub(/^.*\//, "", name)
	if (!(name in at) || $0 < at[name]) at[name] = $0
	next
}
kind == "needs" {
	if ($2 == "needed") direct[$1, $3]
	next
}
kind == "owned" {
	owner[$1] = $2
	name = $1
	sub(/^.*\//, "", name)
	for (; name ~ /\.so\./; sub(/\.[^.]*$/, "", name)) ownerOf[name] = $2
	next
}

# A program or library of another C library is told of once, not for each of its libraries.
$2 == "missing" && (otherLibc($3)) || $2 == "other" && $3 ~ /\/libc\.so: invalid ELF header/ { alien[$1] }
{
	trouble[++troubles] = $0
}

END {
	for (i = 1; i <= troubles; i++) {
		split(trouble[i], field, "\t")
		weigh(field[1], field[2], field[3])
	}
	for (i = 1; i <= lacking; i++) missing(lack[i])
	if (skipped) say("note: " skipped " files for other platforms were not looked at, such as /" skippedFile)
	if (scripts) say("note: scripts that name a program which is not here: " scripts " (" interpreters "); nothing starts them unasked")
	if (leave != "") tell("a file that is never loaded can be left out: DHI-VERIFY --without=/" pattern(leave))
	if (findings) exit 1
	say(count (count == 1 ? " program or library that the stage adds loads, " : " programs and libraries that the stage adds load, ") way begins())
}

function pattern(path) {
	gsub(/[^A-Za-z0-9._+\/@,-]/, "?", path)
	return path
}

function begins(    path) {
	for (path in start) return "; " start[path] " can start" (given["user"] == "" ? "" : " as " given["user"])
	return ""
}

function weigh(path, what, detail) {
	if (what == "path") tell(detail ": there is no such path in this stage")
	else if (what == "user") tell("the stage's user " detail " is not in its /etc/passwd; write the number of the user, such as USER 65532")
	else if (what == "group") tell("the stage's group " detail " is not in its /etc/group; write its number")
	else if (what == "start") begin(path)
	else if (what == "format") tell(first(path) " is neither a program nor a script that begins with #!")
	else if (what == "interpreter" && path in start) tell(first(path) " is a script for " detail ", which is not in this stage")
	else if (what == "interpreter") script(detail)
	else if (what == "link") link(path, detail, field[4])
	else if (what == "processor" && path in start) tell(first(path) " is for the processor " detail ", and this stage is not")
	else if (passes(path, what == "processor" ? detail : "")) return
	else if (what == "processor") file(path, "is for the processor " detail ", and this stage is not")
	else if (what == "loader" && (detail ~ /ld-musl/) != (fact["loader"] == "" && fact["musl"] != "")) foreignLibc(path, "its loader is " detail)
	else if (what == "loader") file(path, "asks for the loader " detail ", which is not in this stage; a base with a C library has one")
	else if (path in alien) foreignLibc(path, "")
	else if (what == "missing") lacks(path, detail)
	else if (what == "version") version(path)
	else if (what == "other" && detail !~ /no dynamic section|no loadable segments/) file(path, "cannot be loaded: " detail)
}

# Nothing is wrong with files that say they are for another platform, with debug information, or with what tests read.
function passes(path, name) {
	if (path in start) return 0
	if (!namesData(path) && !(name != "" && namesProcessor(path, name)) && !namesSystem(path, fact["loader"] != "" ? "glibc" : "musl")) return owned(path) && name != ""
	if (!(path in passed)) {
		passed[path]
		skipped++
		if (skippedFile == "") skippedFile = path
	}
	return 1
}

function owned(path) {
	return path in owner
}

function begin(path) {
	if (field[4] == "empty") tell(toupper(field[3]) " names no program")
	else if (given["shell-form"] != "" && field[4] == "absent")
		tell(toupper(field[3]) " is in shell form, which needs " field[5] ", and this stage has none; write it as a list: " toupper(field[3]) " [\"program\", \"argument\"]")
	else if (field[4] == "absent" && field[5] ~ /\//) tell(toupper(field[3]) " starts " field[5] ", which is not in this stage")
	else if (field[4] == "absent") tell(toupper(field[3]) " starts " field[5] ", which is in no folder of PATH (" given["path"] ")")
	else if (field[4] == "folder") tell(toupper(field[3]) " starts " field[5] ", which is a folder")
	else tell(toupper(field[3]) " starts " field[5] ", which the user " (given["user"] == "" ? "of the stage" : given["user"]) " may not run (/" path \
		" has mode " field[6] ", owner " field[7] "); COPY --chmod=755 gives it the right")
}

function first(path) {
	return instruction[path] " starts " start[path] ", which"
}

function script(program) {
	scripts++
	if (programs[program]++) return
	interpreters = interpreters (interpreters == "" ? "" : ", ") program
}

# `end` is the path that the link comes to.
function link(path, to, end) {
	if (owned(end)) tell("/" path " leads to " to ", which the package " requested(owner[end]) " brought and this stage has lost")
	# A package may bring links to files of packages that it only suggests.
	else if (owned(path) || path ~ /(^|\/)node_modules\/\.bin\//) say("note: /" path " leads to " to ", which is not there")
	else file(path, "leads to " to ", which is not in this stage")
}

function file(path, text) {
	tell("/" path " " text)
	if (leave == "" && !(path in start)) leave = path
}

function otherLibc(library) {
	return fact["loader"] != "" ? library ~ /^libc\.(musl-.*|so$)/ : library == "libc.so.6"
}

function foreignLibc(path, why) {
	if (path in strange) return
	strange[path]
	file(path, "is built for " (fact["loader"] != "" ? "musl (Alpine)" : fact["musl"] != "" ? "glibc" : "a C library") (why == "" ? "" : " (" why ")") ", and this stage has " \
		(fact["loader"] != "" ? "glibc; build it on " release() : fact["musl"] != "" ? "musl; build it on Alpine" : "none"))
}

function release() {
	return fact["id"] == "" ? "the base's own distribution" : (fact["id"] ~ /^(debian|dhi)$/ ? "Debian" : fact["id"]) " " fact["release"]
}

function version(path,    text) {
	text = (field[5] == "" || field[5] == "/" path ? "" : "(by way of " field[5] ") ") "needs the version " field[4] " of " field[3] ", and this stage's is older; build it on " release()
	if (!((path, text) in told)) file(path, text)
	told[path, text]
}

# A library that a file needs and the loader does not find: an error, unless the file is one that nothing may ever load.
function lacks(path, library,    i, lost) {
	if ((path, library) in told) return
	told[path, library]
	for (i = 1; i <= optionals; i++)
		if (("/" path) ~ optionalFile[i] && library ~ optionalLibrary[i]) {
			say("note: /" path " needs " library ": " optionalWhy[i])
			return
		}
	lost = library in ownerOf && !(library in at)
	if (!lost && !(path in start) && !(folder(path) in searched)) {
		# The program that loads a plugin may have loaded the library before, from where it is.
		if (library in at && !(asks[path] != "" && inPath(path))) {
			say("note: /" path " needs " library ", which is at /" at[library] "; what loads it has to load that first")
			return
		}
		# A package may bring plugins for libraries that it only suggests.
		if (owned(path) && asks[path] == "") {
			say("note: /" path " needs " library ", which its package " owner[path] " does not ask for; to use it, add" named(library))
			return
		}
	}
	if (!(library in needing) && !(library in byWay)) lack[++lacking] = library
	# Those that need it by way of others tell nothing new, where the others are known.
	if ((path, library) in direct) {
		needing[library] = needing[library] (needing[library] == "" ? "" : ", ") "/" path
		needs[library]++
	} else {
		byWay[library] = byWay[library] (byWay[library] == "" ? "" : ", ") "/" path
		ways[library]++
	}
	if (leave == "" && !lost && !(path in start)) leave = path
}

function missing(library,    text) {
	if (library in needing) text = shortened(needing[library]) (needs[library] > 1 ? " need " : " needs ") library
	else text = shortened(byWay[library]) (ways[library] > 1 ? " need " : " needs ") "by way of others " library
	text = text ", which "
	if (library in at) tell(text "is at /" at[library] ", where the loader does not look; write ENV LD_LIBRARY_PATH=/" folder(at[library]))
	else if (library in ownerOf) tell(text "the package " requested(ownerOf[library]) " brought and this stage has lost; a later line removes it, or add: DHI-NATIVE " ownerOf[library])
	else tell(text "is not in this stage" (holder(library) == "" ? "; no package" (fact["id"] == "" ? "" : " of " release()) " is known to have it" : "; add:" named(library)))
}

function named(library) {
	return holder(library) == "" ? " the package that has it" : " DHI-NATIVE " holder(library)
}

# The package, and the words of the directive that brought it (its record says so).
function requested(package,    record, line, words) {
	record = target "/var/lib/dpkg/status.d/" package
	if ((getline line < record) < 0) record = target "/var/lib/dhi/packages/" package
	while ((getline line < record) > 0) if (sub(/^Dhi-Requested: */, "", line)) words = line
	close(record)
	return package (words == "" ? "" : " (asked for by " words ")")
}

function inPath(path,    part, n, i) {
	n = split(given["path"], part, ":")
	for (i = 1; i <= n; i++) if (substr(part[i], 2) == folder(path)) return 1
	return 0
}

function folder(path) {
	return sub(/\/[^\/]*$/, "", path) ? path : ""
}

function shortened(list,    part, n) {
	n = split(list, part, ", ")
	return n <= 3 ? list : part[1] ", " part[2] ", " part[3] " and " n - 3 " more"
}

function tell(text) {
	findings++
	print "dhi: DHI-VERIFY: " text | "cat >&2"
}

function say(text) {
	print "dhi: " text
}
