# Turns what the proof found into words for the user; ends with 1 when something is wrong. After holder.awk. Reads search (folder),
# closure (file names of its libraries), libraries (path), trouble (file, missing|version|other, ...).

kind == "search" {
	searched[$1]
	next
}
kind == "closure" {
	closure[$0]
	next
}
kind == "libraries" {
	name = $0
	sub(/^.*\//, "", name)
	at[name] = $0
	next
}

# A plugin, which is what stands in a folder that the loader does not search, may count on its program to have loaded a library from such a
# folder. And a package may bring plugins for libraries that it only suggests: what apt's closure never had is missing after a classic install,
# too. But a library of the closure that was left out is our fault.
$2 == "missing" && !(folder($1) in searched) && !program($1) && (($3 in at) || !($3 in closure)) {
	if (!plugins[$3]++) {
		plugin[$3] = $1
		optional[++optionals] = $3
	}
	next
}
$2 == "missing" {
	if (!($3 in needing)) order[++count] = $3
	needing[$3] = needing[$3] (needing[$3] == "" ? "" : ", ") "/" $1
	next
}
$2 == "version" {
	text = "/" $1 ($5 == "/" $1 ? "" : " (by way of " $5 ")") " needs the version " $4 " of " $3 ", and the base's is older" \
		"; take a newer tag of the base image, whose libraries are of the same release but from an earlier day"
	if (!(text in told)) problem[++problems] = text
	told[text]
	next
}
{ problem[++problems] = "/" $1 " cannot be loaded: " $3 }

END {
	for (i = 1; i <= optionals; i++) note(optional[i])
	for (i = 1; i <= count; i++)
		tell(shortened(needing[order[i]]) " needs " order[i] ", which neither the base nor the packages have; add the package that holds it" suggestion(order[i]))
	for (i = 1; i <= problems; i++) tell(problem[i])
	if (count + problems) exit 1
}

function note(library,    text) {
	text = "note: /" plugin[library] (plugins[library] > 1 ? " and " plugins[library] - 1 " more plugins need " : " needs ") library
	if (library in at) print text ", which is at /" at[library] "; the program that loads it has to load that first"
	else print text ", which its package does not ask for; a stage that uses it adds the package" suggestion(library)
}

# The words ", e.g. DHI-NATIVE x", or nothing when the package is not known.
function suggestion(library) {
	library = holder(library)
	return library == "" ? "" : ", e.g. " directive " " library
}

# What stands where programs do is no plugin.
function program(path) {
	return path ~ /^(usr\/(local\/)?)?s?bin\// || path ~ /^usr\/games\//
}

function tell(text) {
	print "dhi: " directive " " asked ": " text | "cat >&2"
}

function folder(path) {
	return sub(/\/[^\/]*$/, "", path) ? path : ""
}

function shortened(list,    part, n) {
	n = split(list, part, ", ")
	return n <= 3 ? list : part[1] ", " part[2] ", " part[3] " and " n - 3 " more"
}
