# Lists all below a folder: list.sh FOLDER. Lines as paths.awk reads them: type, mode, uid, gid, time:size, folder, path, link.
set -eu
lib=${0%/*}
if find "$1" -maxdepth 0 -printf '' 2>/dev/null; then
	find "$1" -mindepth 1 -printf '%y\t%m\t%U\t%G\t%T@:%s\t%H\t%P\t%l\n'
else
	# Busybox's find cannot print.
	sh "$lib/apk-list.sh" "$1" | awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, $4, $5 ":" $6, $7, $8, $9 }'
fi
