# Looks at the tools of a stage before the RUNs that DHI-COOLDOWN is for: cooldown.sh <named|all> <tool>...
# A tool that is there and too old for a relative age would install anything, so it ends the build. Runs in the user's stage: what the tools write
# goes to /dev/shm, which is no part of a layer.
set -eu
export LC_ALL=C HOME=/dev/shm PYTHONDONTWRITEBYTECODE=1 COREPACK_ENABLE_NETWORK=0 COREPACK_HOME=/dev/shm/corepack npm_config_cache=/dev/shm/npm
unset NPM_CONFIG_MIN_RELEASE_AGE NPM_CONFIG_MINIMUM_RELEASE_AGE PNPM_CONFIG_MINIMUM_RELEASE_AGE YARN_NPM_MINIMAL_AGE_GATE PIP_UPLOADED_PRIOR_TO UV_EXCLUDE_NEWER
cd /dev/shm
how=$1
shift

# The first version whose settings take an age, how that setting is called, and how to get it.
known() {
	case $1 in
	npm) first=11.10.0 setting=min-release-age get='RUN npm install --global npm@11' ;;
	pnpm) first=10.16.0 setting=minimumReleaseAge get='RUN npm install --global pnpm@10' ;;
	yarn) first=4.10.0 setting=npmMinimalAgeGate get='a packageManager field with yarn 4.10.0 or later, or RUN corepack prepare yarn@stable --activate' ;;
	pip) first=26.1 setting='a relative uploaded-prior-to' get='RUN python3 -m pip install --upgrade "pip>=26.1"' ;;
	uv) first=0.9.17 setting='a relative exclude-newer' get='a newer uv' ;;
	*) fail "cooldown.sh knows no tool $1" ;;
	esac
}

# True when version $1 is not below $2; a pre-release counts as its release.
reaches() {
	IFS=. read -r a1 a2 a3 rest <<-END
		${1%%[!0-9.]*}.0.0
	END
	IFS=. read -r b1 b2 b3 rest <<-END
		$2.0.0
	END
	a3=${a3:-0} b3=${b3:-0}
	[ "$a1" -gt "$b1" ] && return 0
	[ "$a1" -eq "$b1" ] || return 1
	[ "$a2" -gt "$b2" ] && return 0
	[ "$a2" -eq "$b2" ] && [ "$a3" -ge "$b3" ]
}

for tool; do
	known "$tool"
	if ! path=$(command -v "$tool"); then
		[ "$how" = all ] || printf 'dhi: no %s is here yet, so its version was not checked: it must be %s or later\n' "$tool" "$first"
		continue
	fi
	# "pip 26.1 from ...", "uv 0.9.17 (...)", "11.10.0"
	said=$("$path" --version 2>/dev/null | tail -n 1) || said=
	version=$(printf '%s\n' "$said" | sed -n 's/^[a-z ]*\([0-9][0-9]*\.[0-9][^ ]*\).*/\1/p')
	if [ -z "$version" ]; then
		printf 'dhi: %s did not tell its version (corepack fetches it later?): it must be %s or later\n' "$path" "$first"
	elif reaches "$version" "$first"; then
		printf 'dhi: %s %s keeps to the age\n' "$tool" "$version"
	elif [ "$tool" = yarn ] && [ "$how" = all ] && ! reaches "$version" 2; then
		printf 'dhi: yarn %s (classic) can keep to no age: what it installs is not held back\n' "$version"
	else
		fail "$tool $version ($path) can't keep to an age: $setting came with $tool $first" \
			"write above the DHI-COOLDOWN line: $get" \
			"or name only the tools that are used below it, such as DHI-COOLDOWN --for=$([ "$tool" = npm ] && echo pnpm || echo npm) 7d"
	fi
done
