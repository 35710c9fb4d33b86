# Which packages of the closure to bring, for which words and lines. Reads the table (kind == "table"), the lines (kind == "lines": see lines.sh),
# the words (kind == "words": word, name, version, line; kind == "extra": for, name), then all control files. Prints a line for each package:
# name, version, architecture, source, keep|maintainer|shell|unneeded, words, lines (their numbers, with blanks between them).
#
# apt's closure holds packages that only maintainer scripts use (debconf, dpkg, adduser ...). Those of the table go, unless a word asks for
# them, and with them what only they need: dependencies are followed from the words, and not through them. Some of them are programs that others
# call, too (gnupg, tar): these come for a word of DHI-TOOL whose package depends on them itself, and for a word that names one of them. Shells go likewise, unless
# a word of DHI-TOOL or --allow-shell of the word's own line asks for one.

kind == "table" {
	if ($1 == "maintainer") maintainer[$2]
	else if ($1 == "program") ofUse[$2]
	else if ($1 == "shell") shell[$2]
	next
}
kind == "lines" {
	directive[$1] = $2
	if ($3 == "--recommends") recommends[$1]
	else if ($3 == "--allow-shell") allowShell[$1]
	next
}
kind == "words" {
	word[++words] = $1
	asked[words] = $2
	lineOf[words] = $4
	direct[$2]
	if (directive[$4] == "DHI-TOOL") directTool[$2]
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
	else relate(value)
	next
}
field == "provides" { provide($0) }
field != "provides" { relate($0, 1) }

END {
	for (i = 1; i <= words; i++) walk(i)
	for (i = 1; i <= packages; i++) {
		package = order[i]
		sub(/ .*/, "", source[package])
		if (package in reasons) state = "keep"
		else state = package in maintainer ? "maintainer" : package in refused ? "shell" : "unneeded"
		print package "\t" version[package] "\t" architecture[package] "\t" source[package] "\t" state "\t" reasons[package] "\t" lines[package]
	}
}

function relate(text, continued) {
	if (field == "depends" || field == "pre-depends") relations[package] = relations[package] (continued ? " " : ", ") text
	else if (field == "recommends") recommended[package] = recommended[package] (continued ? " " : ", ") text
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

function skip(package, line) {
	if (package in maintainer) return !(package in direct || package in granted)
	if (!(package in shell) || package in directTool || line in allowShell) return 0
	if (directive[line] == "DHI-NATIVE" && package in direct) return 0
	refused[package]
	return 1
}

# All packages that this word's package reaches; every alternative that is in the closure counts. Recommended packages are followed as apt
# follows them: those of packages that were recommended, too.
function walk(i,    queue, head, tail, part, n, k, option, m, j, seen, package) {
	split("", granted)
	queue[tail = 1] = asked[i]
	for (head = 1; head <= tail; head++) {
		package = queue[head]
		if (!(package in version) || package in seen || skip(package, lineOf[i])) continue
		seen[package]
		reasons[package] = listed(reasons[package], directive[lineOf[i]] " " word[i], ", ")
		lines[package] = listed(lines[package], lineOf[i], " ")
		n = split(relations[package] (lineOf[i] in recommends ? recommended[package] : ""), part, /[,|]/)
		for (k = 1; k <= n; k++) {
			if (bare(part[k]) == "") continue
			if (bare(part[k]) in ofUse && (package in ofUse || (head == 1 && directive[lineOf[i]] == "DHI-TOOL"))) granted[bare(part[k])]
			queue[++tail] = bare(part[k])
			m = split(providers[bare(part[k])], option, " ")
			for (j = 1; j <= m; j++) queue[++tail] = option[j]
		}
	}
}

function listed(list, item, between) {
	if (index(between list between, between item between)) return list
	return list (list == "" ? "" : between) item
}
