# Which of apk's closure to bring, and for which words. Reads the table (kind == "table"), lines (see lines.sh), words (word, name, version, line), extra
# (package, for), then the database's records as kind == "base" and kind == "new". Prints a line for each package that the base lacks or a word reaches:
# name, version, architecture, origin, keep|maintainer|shell|unneeded, words, lines (their numbers, with blanks between them), base|new.
#
# Packages that only package management uses go, unless a word asks for them, and shells, unless a word of DHI-TOOL or --allow-shell of the word's own
# line asks for one; and with them what only they need: dependencies are followed from the words, and not through them.

kind == "table" {
	if ($1 == "maintainer") maintainer[$2]
	else if ($1 == "shell") shell[$2]
	next
}
kind == "lines" {
	directive[$1] = $2
	if ($3 == "--allow-shell") allowShell[$1]
	next
}
kind == "words" {
	word[++words] = directive[$4] " " $1
	asked[words] = $2
	lineOf[words] = $4
	direct[$2]
	if (directive[$4] == "DHI-TOOL") directTool[$2]
	next
}
kind == "extra" {
	extra[$2] = extra[$2] " " $1
	next
}

/^P:/ {
	package = substr($0, 3)
	order[++packages] = package
	from[package] = kind
	origin[package] = package
	provide(package)
}
/^V:/ { version[package] = substr($0, 3) }
/^A:/ { architecture[package] = substr($0, 3) }
/^o:/ { origin[package] = substr($0, 3) }
/^D:/ { depends[package] = substr($0, 3) }
/^p:/ { provide(substr($0, 3)) }
/^i:/ { installIf[package] = substr($0, 3) }

END {
	for (i = 1; i <= words; i++) walk(i)
	# A package with install_if came because all that it names is there: it belongs to the words of those.
	do {
		more = 0
		for (i = 1; i <= packages; i++) {
			package = order[i]
			if (from[package] != "new" || package in reasons || package in shell || package in maintainer || !(package in installIf)) continue
			adopt(package)
			if (package in reasons) more = 1
		}
	} while (more)
	for (i = 1; i <= packages; i++) {
		package = order[i]
		if (package in reasons) state = "keep"
		else if (from[package] == "base") continue
		else state = package in maintainer ? "maintainer" : package in shell ? "shell" : "unneeded"
		print package "\t" version[package] "\t" architecture[package] "\t" origin[package] "\t" state "\t" reasons[package] "\t" lines[package] "\t" from[package]
	}
}

function provide(list,    part, n, i) {
	n = split(list, part, " ")
	for (i = 1; i <= n; i++) providers[bare(part[i])] = providers[bare(part[i])] " " package
}

# "so:libz.so.1=1.3" is so:libz.so.1.
function bare(relation) {
	sub(/[<>=~@].*/, "", relation)
	return relation
}

function skip(package, line) {
	if (from[package] == "base") return 0
	if (package in maintainer) return !(package in direct)
	return package in shell && !(package in directTool || line in allowShell)
}

function give(package, i) {
	if (index(", " reasons[package] ", ", ", " word[i] ", ") == 0) reasons[package] = reasons[package] (reasons[package] == "" ? "" : ", ") word[i]
	if (index(" " lines[package] " ", " " lineOf[i] " ") == 0) lines[package] = lines[package] (lines[package] == "" ? "" : " ") lineOf[i]
}

function walk(i,    queue, head, tail, part, n, k, option, m, j, seen, package) {
	queue[tail = 1] = asked[i]
	for (head = 1; head <= tail; head++) {
		m = split(providers[queue[head]], option, " ")
		for (j = 1; j <= m; j++) {
			package = option[j]
			if (package in seen || skip(package, lineOf[i])) continue
			seen[package]
			give(package, i)
			n = split(depends[package] extra[package], part, " ")
			for (k = 1; k <= n; k++) if (part[k] !~ /^!/) queue[++tail] = bare(part[k])
		}
	}
}

function adopt(package,    part, n, i, k, option, m, j, there) {
	n = split(installIf[package], part, " ")
	for (i = 1; i <= n; i++) {
		m = split(providers[bare(part[i])], option, " ")
		there = 0
		for (j = 1; j <= m; j++) if (from[option[j]] == "base" || option[j] in reasons) there = 1
		if (!there) return
	}
	for (i = 1; i <= n; i++) {
		m = split(providers[bare(part[i])], option, " ")
		for (j = 1; j <= m; j++)
			for (k = 1; k <= words; k++)
				if (option[j] in reasons && index(", " reasons[option[j]] ", ", ", " word[k] ", ")) give(package, k)
	}
}
