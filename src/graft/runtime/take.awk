# All files and links of the runtime: those of the packages that own its commands, those below its own folders, and the links in bin folders that
# lead to them. After paths.awk. Reads wanted (package), prefixes (folder), seeds (path, package), base, owners; prints package and path. `marks` and `spare` are
# expressions of known.sh.

kind == "wanted" {
	wanted[$1]
	next
}
kind == "prefixes" {
	own[++prefixes] = $1
	next
}
kind == "seeds" {
	seed[$1] = $2
	next
}
kind == "owners" {
	owner[$1] = $2
	next
}

END {
	for (at in seed) take(at)
	for (at in type) {
		if (type[at] != "f" && type[at] != "l") continue
		if (spare != "" && ("/" at) ~ spare) continue
		if (at in owner) {
			if (owner[at] in wanted) take(at)
			continue
		}
		# What hardened images tell scanners of what no package brings.
		if (at ~ /^opt\/docker\/sbom\// && tolower(substr(at, 17)) ~ ("(^|[^a-z])(" marks ")([^a-z]|$)")) take(at)
		for (i = 1; i <= prefixes; i++) if (at == own[i] || index(at, own[i] "/") == 1) take(at)
	}
	# Links that no list of files has: status.d lists files only.
	for (round = 1; round <= 3; round++)
		for (at in link) {
			if (at in taken || (at in owner && !(owner[at] in wanted))) continue
			if (at !~ /^(usr\/(local\/)?)?s?bin\/[^\/]+$/ && !beside(at)) continue
			to = canon(at)
			if (to in taken) taken[at] = taken[to]
		}
	for (at in taken) print taken[at] "\t" at
}

function take(at) {
	taken[at] = at in owner ? owner[at] : at in seed && seed[at] != "" ? seed[at] : loose
}

# In a folder that holds nothing but the runtime's.
function beside(at,    folder) {
	folder = dirname(at)
	return folder ~ /^(usr\/lib|usr\/share|opt|usr\/local\/lib)\/[^\/]+\/?/ && (folder in has || hold(folder))
}

function hold(folder,    other) {
	for (other in taken) if (dirname(other) == folder) {
		has[folder]
		return 1
	}
	return 0
}
