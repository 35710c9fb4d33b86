# Notes about scripts whose interpreter is neither in the base nor in the result. After paths.awk, which has read both.
# Reads moves (package, path, destination) and scripts (path, first line). execve(2): the first word after #! is the program, and env(1) looks
# for its own first word in PATH.

kind == "moves" {
	package[$3] = $1
	next
}
kind == "scripts" {
	program = $2
	sub(/^#![ ]*/, "", program)
	gsub(/[^!-~ ]/, "", program)
	n = split(program, word, " ")
	if (n == 0) next
	program = word[1]
	if (present(program) && basename(program) == "env")
		for (i = 2; i <= n; i++)
			if (word[i] !~ /^-|=/) {
				program = word[i]
				break
			}
	if (present(program)) next
	key = package[$1] SUBSEP program
	if (!(key in count)) order[++keys] = key
	if (++count[key] <= 2) examples[key] = examples[key] (count[key] > 1 ? ", " : "") "/" $1
}

END {
	for (i = 1; i <= keys; i++) {
		split(order[i], part, SUBSEP)
		n = count[order[i]]
		print "note: " n (n > 1 ? " scripts of " : " script of ") part[1] (n > 1 ? " need " : " needs ") part[2] \
			", which neither the base nor this graft has" (part[2] ~ /\/sh$/ ? " (DHI-TOOL --allow-shell brings a shell)" : "") \
			": " examples[order[i]] (n > 2 ? ", ..." : "")
	}
}

function present(program,    folder, n, i) {
	if (program ~ /^\//) return is(canon(substr(program, 2)), "f")
	n = split("usr/local/sbin usr/local/bin usr/sbin usr/bin sbin bin", folder, " ")
	for (i = 1; i <= n; i++) if (is(canon(folder[i] "/" program), "f")) return 1
	return 0
}
