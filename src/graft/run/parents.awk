# The folders that a list of paths needs: each path's parents, and the paths themselves where they come from the list `folders`.
{
	path = $0
	if (FILENAME == folders) print path
	while (sub(/\/[^\/]*$/, "", path) && path != ".") print path
}
