# Reads what maintainer scripts give to `update-alternatives --install` (update-alternatives(1)). Input: the scripts, named <package>/postinst.
# Prints rows of the table: `link<TAB>package<TAB>priority<TAB>path<TAB>target<TAB>` for the master and for each slave, and
# `note<TAB>package<TAB>text` for a package with a master that can't be read.
#
# This is no shell. It knows assignments, loops over words, quotes and continued lines, which is what such scripts use, and takes all
# conditions for true: a link without anything at its end is not made later.

BEGIN { unread = "\001" }
FNR == 1 {
	run(1, lines)
	package = FILENAME
	sub(/\/[^\/]*$/, "", package)
	sub(/^.*\//, "", package)
	split("", value)
	lines = 0
	open = heredoc = ""
}
heredoc != "" {
	if ($0 ~ "^\t*" heredoc "$") heredoc = ""
	next
}
/^[ \t]*#/ { next }
{
	gsub(/\t/, " ")
	if (sub(/\\$/, "")) {
		open = open $0 " "
		next
	}
	line[++lines] = open $0
	open = ""
	if (match(line[lines], /<<-? *['"]?[A-Za-z_]+/)) {
		heredoc = substr(line[lines], RSTART, RLENGTH)
		gsub(/[-< '"]/, "", heredoc)
	}
}
END { run(1, lines) }

# A loop runs once for each of its words.
function run(from, to,    i, end, name, item, n, k) {
	for (i = from; i <= to; i++) {
		if (line[i] ~ /^ *for +[A-Za-z_][A-Za-z0-9_]* +in /) {
			end = endOfLoop(i, to)
			name = line[i]
			sub(/^ *for +/, "", name)
			sub(/ .*/, "", name)
			n = words(substr(line[i], index(line[i], " in ") + 4), item, 1)
			for (k = 1; k <= n; k++) {
				value[name] = item[k]
				run(i + 1, end - 1)
			}
			i = end
		} else if (line[i] ~ /^ *[A-Za-z_][A-Za-z0-9_]*=/) assign(line[i])
		else if (match(line[i], /update-alternatives +(--[a-z]+ +)*--install /)) install(substr(line[i], RSTART))
	}
}

function endOfLoop(i, to,    depth) {
	for (; i <= to; i++) {
		if (line[i] ~ /(^|; *) *(for|while|until) /) depth++
		if (line[i] ~ /(^|; *) *done *($|[;|&<>])/ && --depth == 0) return i
	}
	return to
}

function assign(text,    name, item) {
	name = text
	gsub(/^ *|=.*/, "", name)
	if (!words(substr(text, index(text, "=") + 1), item)) item[1] = ""
	# What is worked out when the script runs is left as it was: such scripts do that to refine what stands above.
	if (!(name in value) || index(item[1], unread) == 0) value[name] = item[1]
}

function install(text,    n, item, i, priority) {
	n = words(text, item)
	for (i = 1; i <= n && item[i] != "--install"; i++);
	if (i > n) return
	priority = item[i + 4]
	if (priority !~ /^-?[0-9]+$/ || !row(item[i + 1], item[i + 3], priority)) {
		if (!(package in told)) print "note\t" package "\tits script makes an alternative (update-alternatives) that could not be read, so the link for it is missing"
		told[package]
		return
	}
	for (i += 5; item[i] == "--slave"; i += 4) row(item[i + 1], item[i + 3], priority)
}

# Returns whether the two are paths.
function row(path, to, priority) {
	if (!isPath(path) || !isPath(to)) return 0
	print "link\t" package "\t" priority "\t" path "\t" to "\t"
	return 1
}

function isPath(path) {
	return path ~ /^\/[A-Za-z0-9\/._+@:~-]+$/ && path !~ /(^|\/)\.\.(\/|$)/
}

# Splits a command into its words, as far as its end; variables are replaced, and what can't be is marked. `list` splits the values, too.
function words(text, item, list,    n, c, quote, started, word, name) {
	n = 0
	word = ""
	for (text = text " "; text != ""; text = substr(text, 2)) {
		c = substr(text, 1, 1)
		if (quote == "'" && c != "'") word = word c
		else if (c == quote) quote = ""
		else if (c == "$" && match(text, /^\$([A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z_][A-Za-z0-9_]*\})/)) {
			name = substr(text, 1, RLENGTH)
			text = substr(text, RLENGTH)
			gsub(/[${}]/, "", name)
			if (list && quote == "" && name in value) text = " " value[name] substr(text, 2)
			word = word (name in value ? (list && quote == "" ? "" : value[name]) : unread)
			started = 1
		} else if (c == "$" || c == "`") {
			word = word unread
			started = 1
			if (quote == "") {
				item[++n] = word
				return n
			}
		} else if (quote == "\"") word = word c
		else if (c == "'" || c == "\"") {
			quote = c
			started = 1
		} else if (c ~ /[ ;|&()<>]/) {
			if (started) item[++n] = word
			word = started = ""
			if (c != " ") return n
		} else {
			word = word c
			started = 1
		}
	}
	return n
}
