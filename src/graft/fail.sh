# The end of a step that cannot go on: the lines that a user reads, each with our mark, then a non-zero exit.
fail() {
	printf 'dhi: %s\n' "$@" >&2
	exit 1
}
