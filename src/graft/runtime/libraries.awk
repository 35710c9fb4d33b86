# The libraries that files of the graft need and that neither the base nor the graft has, as the donor has them. After paths.awk. Reads target (folders
# that the base's loader searches), `named` (an expression of known.sh: what is loaded by name), have (the base's files), files (package, path: what is taken already), search, owners, base (the donor's), needs (as elf.awk
# prints them); prints package and path of the library, of the links to it, and of the package's copyright file.

kind == "target" {
	loads[$1]
	next
}
kind == "have" {
	folder = dirname($7)
	if (folder in loads) has[basename($7)]
	next
}
kind == "files" {
	taken[$2] = $1
	next
}
kind == "search" {
	folders[++count] = $1
	next
}
kind == "owners" {
	owner[$1] = $2
	next
}
kind == "needs" {
	if ($2 == "runpath") own[$1] = own[$1] ":" $3
	else if ($2 == "needed") asked[$1 "\t" $3]
	next
}

END {
	for (pair in asked) {
		split(pair, part, "\t")
		at = find(part[1], part[2])
		if (at == "") continue
		bring(at)
	}
	if (named == "") exit
	for (i = 1; i <= count; i++) inFolder[folders[i]]
	for (at in type)
		if (dirname(at) in inFolder && basename(at) ~ ("^(" named ")[.]so[.][0-9]+$") && !(basename(at) in has)) bring(at)
}

function find(file, name,    i, n, part, folder, at) {
	n = split(own[file], part, ":")
	for (i = 1; i <= n; i++) {
		folder = part[i]
		gsub(/\$(ORIGIN|\{ORIGIN\})/, "/" dirname(file), folder)
		at = settle(substr(folder, 2) "/" name)
		if (folder != "" && at in type) return at in taken ? "" : at
	}
	if (name in has) return ""
	for (i = 1; i <= count; i++) {
		at = settle(folders[i] "/" name)
		if (at in type) return at in taken ? "" : at
	}
	return ""
}

# The library, and the link that its SONAME is; and why it may be used.
function bring(at,    hops, package, document) {
	for (hops = 0; at in link && hops < 40; hops++) {
		say(at)
		at = settle(substr(link[at], 1, 1) == "/" ? substr(link[at], 2) : dirname(at) "/" link[at])
	}
	say(at)
	package = owner[at]
	document = "usr/share/doc/" package "/copyright"
	if (package != "" && is(document, "f") && !(document in taken)) print package "\t" document
}

function say(at) {
	if (at in taken) return
	print (owner[at] != "" ? owner[at] : owner[canon(at)] != "" ? owner[canon(at)] : "dhi-runtime-libraries") "\t" at
}
