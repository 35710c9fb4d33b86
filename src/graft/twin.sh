# For a graft of another architecture: packages of the builder's own, in which their programs can run: twin.sh FOLDER NATIVE PACKAGE...
# Unpacks into FOLDER/tree what these packages need, in the versions that came along where the builder's architecture has them too. The
# lists that the programs make name files, and those differ in the name of the architecture's folder alone.
set -eu
lib=${0%/*}
. "$lib/places.sh"
twin=$1
native=$2
shift 2
mkdir -p "$twin/archives/partial" "$twin/lists/partial" "$twin/tree"
sed -e "s|^APT::Architecture \".*|APT::Architecture \"$native\";|" -e "s|^APT::Architectures .*|APT::Architectures { \"$native\"; };|" \
	-e "s|\"$work/archives\"|\"$twin/archives\"|" -e "s|\"$index/|\"$twin/|" "$work/apt.conf" >"$twin/apt.conf"
apt-get -c "$twin/apt.conf" update
printf '%s\n' "$@" | sort -u >"$twin/packages"

# The packages as apt takes them, with the versions that came along or with the sources' own.
install() {
	awk -F '\t' -v pinned="$1" 'NR == FNR { version[$1] = $2; next } { print "?exact-name(" $1 ")" (pinned ? "=" version[$1] : "") }' "$work/needed" "$twin/packages" |
		xargs apt-get -c "$twin/apt.conf" -q -y --download-only --no-install-recommends install --
}
install 1 || install ''
find "$twin/archives" -maxdepth 1 -name '*.deb' | sort | while read -r file; do
	package=${file##*/}
	dpkg-deb -x "$file" "$twin/tree/${package%%_*}"
	rm "$file"
done
