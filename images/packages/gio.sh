# The list of GIO's modules. Sorted: the program takes the files as the file system gives them.
. "$lib/inside.sh"
folder=usr/lib/$multiarch/gio/modules
inside "$tool" "/$folder"
sort -o "$folder/giomodule.cache" "$folder/giomodule.cache"
