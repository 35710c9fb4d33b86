# Work that may take long without a word, such as a download over a slow line. Sourced, behind fail.sh.
# waiting LOG COMMAND... runs a command whose words go to LOG, and tells whoever watches the build the last of them every 15 seconds (`patience`).
waiting() {
	log=$1
	shift
	: >"$log"
	(
		pause=${patience:-15}
		nap=
		trap 'kill "$nap" 2>/dev/null; exit 0' TERM
		waited=0
		while kill -0 "$$" 2>/dev/null; do
			# One that the trap comes too early for holds nobody's output open.
			sleep "$pause" >/dev/null 2>&1 &
			nap=$!
			wait "$nap"
			waited=$((waited + pause))
			printf 'dhi: waiting for apt, %s s: %s\n' "$waited" "$(tail -n 1 "$log" | masked)"
		done
	) &
	watcher=$!
	ended=0
	"$@" >"$log" 2>&1 || ended=$?
	kill "$watcher" 2>/dev/null || :
	return "$ended"
}
