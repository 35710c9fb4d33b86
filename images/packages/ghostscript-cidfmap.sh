# The CID fonts that packages tell Ghostscript of.
mkdir -p var/lib/ghostscript/fonts
cat etc/ghostscript/cidfmap.d/*.conf >var/lib/ghostscript/fonts/cidfmap
