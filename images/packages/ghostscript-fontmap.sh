# The fonts that packages tell Ghostscript of.
mkdir -p var/lib/ghostscript/fonts
cat etc/ghostscript/fontmap.d/*.conf >var/lib/ghostscript/fonts/Fontmap
