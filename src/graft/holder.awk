# The package that has a library, for those who are to be told which to add. Reads names (packages of the release whose name begins with lib, where
# apt's lists are at hand), sonames (library, package: what the package sources say) and known (the shipped table: a package and its libraries; `=` and libraries
# whose packages are called as policy says).

kind == "names" {
	packageName[$0]
	next
}
kind == "sonames" {
	inTable[$1] = $2
	next
}
kind == "known" {
	if ($0 ~ /^#/) next
	n = split($0, part, " ")
	for (i = 2; i <= n; i++) inTable[part[i]] = part[1] == "=" ? policyName(part[i]) : part[1]
	next
}

# "" when no package is known.
function holder(soname) {
	return soname in inTable ? inTable[soname] : nearName(soname)
}

# Debian policy 8.1: a library's package is called after its SONAME, libx.so.1 is libx1 and libx-2.so.1 is libx-2-1.
function policyName(soname,    stem, version) {
	soname = tolower(soname)
	gsub(/_/, "-", soname)
	if (soname ~ /\.so\./) {
		stem = version = soname
		sub(/\.so\..*/, "", stem)
		sub(/.*\.so\./, "", version)
	} else {
		stem = soname
		sub(/\.so$/, "", stem)
		if (!match(stem, /-[0-9.]+$/)) return ""
		version = substr(stem, RSTART + 1)
		stem = substr(stem, 1, RSTART - 1)
	}
	return stem (stem ~ /[0-9]$/ ? "-" : "") version
}

# Among the known names: the policy's, that of the 64-bit time transition, or the shortest one that goes on from it.
function nearName(soname,    name, other, best) {
	name = policyName(soname)
	if (name == "") return ""
	if (name in packageName) return name
	if ((name "t64") in packageName) return name "t64"
	for (other in packageName)
		if (index(other, name "-") == 1 && other !~ /-(dev|dbg|dbgsym|doc|bin|tools|data)$/ && (best == "" || length(other) < length(best) || (length(other) == length(best) && other < best)))
			best = other
	return best
}
