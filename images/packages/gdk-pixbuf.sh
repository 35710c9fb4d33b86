# The list of gdk-pixbuf's loaders, in the order of their names, as the package's script gives them.
. "$lib/inside.sh"
folder=usr/lib/$multiarch/gdk-pixbuf-2.0/2.10.0
set --
for file in "$folder"/loaders/*.so; do
	set -- "$@" "/$file"
done
inside "$tool" "$@" >"$folder/loaders.cache"
