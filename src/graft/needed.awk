# Which packages of the closure to bring, and for which words. Reads the table (kind == "table"), the words (kind == "words": word, name,
# version; kind == "extra": for, name), then all control files. Prints a line for each package:
# name, version, architecture, source, keep|maintainer|unneeded, words.
#
# apt's closure holds packages that only maintainer scripts use (debconf, dpkg, adduser ...). Those of the table go, unless a word asks for
# them, and with them what only they need: dependencies are followed from the words, and not through them.

kind == "table" {
	if ($1 == "maintainer") maintainer[$2]
	next
}
kind == "words" {
	word[++words] = $1
	asked[words] = $2
	direct[$2]
	next
}
kind == "extra" {
	relations[$1] = relations[$1] ", " $2
	next
}

/^[^ \t]/ {
	field = tolower($0)
	sub(/:.*/, "", field)
	value = $0
	sub(/^[^:]*:[ \t]*/, "", value)
	if (field == "package") {
		package = value
		order[++packages] = package
		source[package] = package
	}
	else if (field == "version") version[package] = value
	else if (field == "architecture") architecture[package] = value
	else if (field == "source") source[package] = value
	else if (field == "provides") provide(value)
	else if (isRelation(field)) relations[package] = relations[package] ", " value
	next
}
isRelation(field) { relations[package] = relations[package] " " $0 }
field == "provides" { provide($0) }

END {
	for (i = 1; i <= words; i++) walk(i)
	for (i = 1; i <= packages; i++) {
		package = order[i]
		sub(/ .*/, "", source[package])
		if (skip(package)) state = "maintainer"
		else state = package in reasons ? "keep" : "unneeded"
		print package "\t" version[package] "\t" architecture[package] "\t" source[package] "\t" state "\t" reasons[package]
	}
}

function isRelation(field) {
	return field == "depends" || field == "pre-depends" || (recommends == "yes" && field == "recommends")
}

function provide(list,    part, n, i) {
	n = split(list, part, ",")
	for (i = 1; i <= n; i++) providers[bare(part[i])] = providers[bare(part[i])] " " package
}

# "libfoo:any (>= 1)" is libfoo.
function bare(relation) {
	gsub(/\([^)]*\)|\[[^\]]*\]|[ \t]/, "", relation)
	sub(/:.*/, "", relation)
	return relation
}

function skip(package) {
	return package in maintainer && !(package in direct)
}

# All packages that this word's package reaches; every alternative that is in the closure counts.
function walk(i,    queue, head, tail, part, n, k, option, m, j, seen, package) {
	queue[tail = 1] = asked[i]
	for (head = 1; head <= tail; head++) {
		package = queue[head]
		if (!(package in version) || package in seen || skip(package)) continue
		seen[package]
		reasons[package] = reasons[package] (reasons[package] == "" ? "" : ", ") word[i]
		n = split(relations[package], part, /[,|]/)
		for (k = 1; k <= n; k++) {
			if (bare(part[k]) == "") continue
			queue[++tail] = bare(part[k])
			m = split(providers[bare(part[k])], option, " ")
			for (j = 1; j <= m; j++) queue[++tail] = option[j]
		}
	}
}
