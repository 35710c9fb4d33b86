# Names near a missing one. Reads missing names (kind == "missing"), then every package name; prints `missing<TAB>a, b, c` for each.
# First the same name with another version in it (libicu72: libicu76), then names within one or two typing errors, then
# longer names that begin with it, those with a version first. At most five.

kind == "missing" {
	missing[++count] = $0
	stem[count] = bare($0)
	next
}

{
	for (i = 1; i <= count; i++) {
		rank = distance = 0
		if (bare($0) == stem[i]) rank = 1
		else if ((distance = edits(missing[i], $0, length(missing[i]) < 5 ? 1 : 2)) < 3) rank = 1 + distance
		else if (length(stem[i]) > 3 && index($0, stem[i]) == 1) rank = substr($0, length(stem[i]) + 1, 1) ~ /[0-9]/ ? 4 : 5
		if (rank) near[i, rank, ++found[i, rank]] = $0
	}
}

END {
	for (i = 1; i <= count; i++) {
		list = ""
		shown = 0
		for (rank = 1; rank <= 5; rank++) {
			# One and two typing errors are offered together, all else only when nothing nearer is there.
			if (shown && rank != 3 || shown && (i, 1, 1) in near) break
			for (k = 1; k <= found[i, rank] && shown < 5; k++) list = list (shown++ ? ", " : "") near[i, rank, k]
		}
		print missing[i] "\t" list
	}
}

# The name without the version at its end and without the mark of the 64-bit time transition: libssl1.1 and libssl3t64 are libssl.
function bare(name) {
	sub(/t64$/, "", name)
	sub(/[-0-9.]+$/, "", name)
	return name
}

# Levenshtein's distance, as far as `limit`; limit + 1 or more means farther.
function edits(a, b, limit,    i, j, previous, row, best, cost, diagonal, above) {
	if (length(a) - length(b) > limit || length(b) - length(a) > limit) return 9
	for (j = 0; j <= length(b); j++) row[j] = j
	for (i = 1; i <= length(a); i++) {
		diagonal = row[0]
		best = row[0] = i
		for (j = 1; j <= length(b); j++) {
			above = row[j]
			cost = diagonal + (substr(a, i, 1) != substr(b, j, 1))
			if (above + 1 < cost) cost = above + 1
			if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1
			diagonal = above
			row[j] = cost
			if (cost < best) best = cost
		}
		if (best > limit) return 9
	}
	return row[length(b)] <= limit ? row[length(b)] : 9
}
