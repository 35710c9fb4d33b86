# Sorts files by their headers: prints those that the stage's loader is to be asked about; what can be told without it goes to `troubles`.
# All shared libraries of the stage go to `libraries`. After paths.awk and foreign.awk. Reads given, base, added (path), begin (path, name, instruction), headers (see headers.sh).

kind == "given" {
	if (!($1 in given)) given[$1] = $2
	next
}
kind == "added" {
	isAdded[$1]
	next
}
kind == "begin" {
	starts[$1]
	next
}
kind == "headers" {
	if ($1 == loader) own = $3
	what[$1] = $2
	if ($2 == "script") line[$1] = $3
	else {
		form[$1] = $3
		elfKind[$1] = $4
		asks[$1] = $5
		linked[$1] = $6
	}
}

END {
	if (own == "") own = formOf(architecture)
	libc = loader == "" ? "" : loader ~ /ld-musl-/ ? "musl" : "glibc"
	for (path in what) {
		if (!(path in isAdded) && !(path in starts)) continue
		if (what[path] == "elf") elf(path)
		else script(path)
	}
	for (path in starts) if (!(path in what)) tell(path, "format", "")
	for (path in type) if (path ~ /\.so(\.[^\/]*)?$/ && is(canon(path), "f")) print path > "libraries"
}

function elf(path,    part) {
	# Relocatable files and memory dumps are data for tools.
	if (elfKind[path] != 2 && elfKind[path] != 3) return
	if (own != "" && form[path] != own && !(asks[path] != "" && there(asks[path]))) {
		split(form[path], part, " ")
		if (processor(part[3]) != "") tell(path, "processor", processor(part[3]))
		return
	}
	if (asks[path] ~ /^\// && !there(asks[path])) tell(path, "loader", asks[path])
	else if (linked[path] == "dynamic" && (asks[path] != "" || elfKind[path] == 3) && form[path] == own) print path
}

# Nobody starts most scripts; those that name a program which is not there are counted.
function script(path,    part, n, i) {
	n = split(line[path], part, " ")
	if (part[1] !~ /^\//) return
	if (!there(part[1])) {
		tell(path, "interpreter", part[1])
		return
	}
	if (part[1] !~ /\/env$/) return
	for (i = 2; i <= n; i++) {
		if (part[i] ~ /^-/ || part[i] ~ /=/) continue
		if (!found(part[i])) tell(path, "interpreter", part[i])
		return
	}
}

function found(name,    part, n, i) {
	if (name ~ /\//) return there(name)
	n = split(given["path"], part, ":")
	for (i = 1; i <= n; i++) if (there(part[i] "/" name)) return 1
	return 0
}

function there(path) {
	return is(canon(substr(path, 2)), "f")
}

function tell(path, what_, detail) {
	print path "\t" what_ "\t" detail >> "troubles"
}
