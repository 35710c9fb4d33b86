# The end of a step that cannot go on: the lines that a user reads, each with our mark, then a non-zero exit.
fail() {
	printf 'dhi: %s\n' "$@" >&2
	exit 1
}

# Text of other programs without the names and passwords that an address in it may hold.
masked() {
	sed 's|//[^/[:space:]]*@|//***@|g'
}

# The last lines of a log, for the reader of a failure; apt says some of them again and again.
lastWords() {
	awk '!seen[$0]++' "$1" | tail -n 30 | masked >&2
}
