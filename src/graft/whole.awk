# Which folders of packages are moved as they stand: new ones of which one package brings everything, and all that it has in them. After special.awk.
# Result: wholeAbove(folder), with which a file's folder comes along. A package of many files in many folders is moved in a moment.

END {
	if (stopped) exit 1
	for (i = 1; i <= entries; i++) {
		if (i in dest) bringsInto(i)
		else if (reason[i] != "folder" || (entryType[i] == "d" && !((owner[i], path[i]) in parentOf))) spoil(owner[i], dirname(path[i]))
		if (entryType[i] == "d") sameLooks(i)
	}
	for (at in made) ours(dirname(at))
	ours(canon("var/lib/dpkg/status.d"))
	ours(canon("var/lib/dhi/packages"))
	for (at in bringer) if (bringer[at] != "" && !((bringer[at], at) in spoilt) && !(at in type)) whole[at] = bringer[at]
}

# Notes for each folder above who brings something into it; a folder that two share, or whose path is another than the package's, is moved piece by piece.
function bringsInto(i,    from, to) {
	from = entryType[i] == "d" ? path[i] : dirname(path[i])
	to = entryType[i] == "d" ? dest[i] : dirname(dest[i])
	if (from != to) {
		spoil(owner[i], from)
		ours(to)
		return
	}
	if ((owner[i], from) in walked) return
	walked[owner[i], from]
	for (; to != ""; to = dirname(to)) {
		if (!(to in bringer)) bringer[to] = owner[i]
		else if (bringer[to] != owner[i]) bringer[to] = ""
	}
}

# The folder and those above it do not go whole.
function spoil(package, folder) {
	for (; folder != "" && !((package, folder) in spoilt); folder = dirname(folder)) spoilt[package, folder]
}

# A folder into which something comes that is not from a package alone.
function ours(folder) {
	for (; folder != ""; folder = dirname(folder)) bringer[folder] = ""
}

# The first package that has a folder tells its mode and owner: attributes[folder] = entry.
function sameLooks(i,    at, first) {
	at = canon(path[i])
	if (!(at in attributes)) attributes[at] = i
	first = attributes[at]
	if (mode[first] != mode[i] || uid[first] != uid[i] || gid[first] != gid[i]) spoil(owner[i], path[i])
}

# The folder that is moved with this one in it, or "".
function wholeAbove(folder) {
	if (folder == "" || folder in above) return above[folder]
	above[folder] = wholeAbove(dirname(folder))
	if (above[folder] == "" && folder in whole) above[folder] = folder
	return above[folder]
}
