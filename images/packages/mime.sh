# The database of file types.
. "$lib/inside.sh"
# It would wait for the disk after each of a thousand files.
with=PKGSYSTEM_ENABLE_FSYNC=0
inside "$tool" /usr/share/mime
