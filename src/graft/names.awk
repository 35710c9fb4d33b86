# Finds the package that each word means in the output of `apt-cache showpkg`. Reads words (kind == "words": word, name, version, line,
# directive) and that output (kind == "show"); prints lines of word, name, version, line to `resolved`, and what is wrong, one line a word, to
# `problems`; names that nothing has go to `missing`, with their directive.

kind == "words" {
	words[++count] = $1
	name[count] = $2
	wanted[count] = $3
	line[count] = $4
	directive[count] = $5
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
	for (i = 1; i <= count; i++) resolve(i, name[i], wanted[i])
}

# A real package wins over one that only provides the name. A name with one provider is that provider (libssl3 is libssl3t64).
function resolve(i, package, version) {
	if (versions[package] == "" && providerCount[package] == 1) {
		package = providers[package]
		if (version != "") return problem(i, "is another name of " package " there; write " package "=<version>")
	} else if (versions[package] == "" && providerCount[package] > 1)
		return problem(i, "is a name that several packages provide; write one of them: " providers[package])
	else if (versions[package] == "") {
		if (!((package, directive[i]) in lost)) print package "\t" directive[i] > missing
		lost[package, directive[i]]
		return
	} else if (version != "" && !((package, version) in offered))
		return problem(i, "is not there in this version; the package sources have " versions[package])
	if (version != "" && pinned[package] != "" && pinned[package] != version)
		return problem(i, "is asked for in version " pinned[package] " too; a stage has one of them")
	if (version != "") pinned[package] = version
	print words[i] "\t" package "\t" version "\t" line[i] > resolved
}

function problem(i, text) {
	print directive[i] " " words[i] " " text > problems
}
