# The lists of GTK 4's modules. Sorted: the program takes the files as the file system gives them.
. "$lib/inside.sh"
for folder in usr/lib/"$multiarch"/gtk-4.0/4.0.0/*; do
	inside "$tool" "/$folder"
	[ ! -f "$folder/giomodule.cache" ] || sort -o "$folder/giomodule.cache" "$folder/giomodule.cache"
done
