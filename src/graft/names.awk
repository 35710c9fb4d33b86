# Finds the package that each word means in the output of `apt-cache showpkg`. Reads words (kind == "words": word, name, version) and
# that output (kind == "show"); prints `word<TAB>name<TAB>version` to `resolved`, and what is wrong, one line a word, to `problems`;
# names that nothing has go to `missing`.

kind == "words" {
	words[++count] = $1
	name[$1] = $2
	wanted[$1] = $3
	next
}

/^Package: / {
	package = substr($0, 10)
	section = ""
	next
}
/^[A-Z][A-Za-z ]*: *$/ {
	section = $0
	sub(/: *$/, "", section)
	next
}
section == "Versions" && / \(\// {
	split($0, field, " ")
	if (!((package, field[1]) in offered)) versions[package] = versions[package] (package in versions && versions[package] != "" ? ", " : "") field[1]
	offered[package, field[1]]
}
section == "Reverse Provides" && NF {
	split($0, field, " ")
	if ((package, field[1]) in provided) next
	provided[package, field[1]]
	providers[package] = providers[package] (providerCount[package]++ ? ", " : "") field[1]
}

END {
	for (i = 1; i <= count; i++) resolve(words[i], name[words[i]], wanted[words[i]])
}

# A real package wins over one that only provides the name. A name with one provider is that provider (libssl3 is libssl3t64).
function resolve(word, package, version) {
	if (versions[package] == "" && providerCount[package] == 1) {
		package = providers[package]
		if (version != "") return problem(word, "is another name of " package " there; write " package "=<version>")
	} else if (versions[package] == "" && providerCount[package] > 1)
		return problem(word, "is a name that several packages provide; write one of them: " providers[package])
	else if (versions[package] == "") {
		print package > missing
		return
	} else if (version != "" && !((package, version) in offered))
		return problem(word, "is not there in this version; the package sources have " versions[package])
	print word "\t" package "\t" version > resolved
}

function problem(word, text) {
	print word " " text > problems
}
