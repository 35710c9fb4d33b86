# What kind of file a path of a package is, when it is one that a stage has no use for; "" for all that is to come along.
# Libraries, the data and plugins they load, configuration and copyright files come along.

function class(path) {
	if (path ~ /^usr\/share\/doc\//) {
		# A package may link its folder to another's, to share the copyright file.
		if (path ~ /^usr\/share\/doc\/[^\/]+(\/copyright)?$/) return ""
		return "documentation"
	}
	if (path ~ /^usr\/share\/(doc-base|gtk-doc|info|man|lintian|bug|linda|reportbug)(\/|$)/) return "documentation"
	if (path ~ /^usr\/share\/locale\/[^\/]+(\/LC_MESSAGES(\/.*)?)?$/) return "translations"
	if (path ~ /^((usr\/)?s?bin|usr\/games)\//) return "programs"
	if (path ~ /^usr\/include\// || path ~ /\/(pkgconfig|cmake)(\/|$)/ || path ~ /^usr\/share\/aclocal\//) return "headers"
	# A .la file beside a plugin is what libltdl opens it by (ImageMagick's coders); beside a library it is for linking.
	if (path ~ /^(usr\/)?lib\/.*\.a$/ || path ~ /^(usr\/)?lib\/([^\/]*-linux-[^\/]*\/)?[^\/]*\.la$/) return "static libraries"
	if (path ~ /^etc\/(init\.d|conf\.d|rc.\.d|cron\.[a-z]+|logrotate\.d)(\/|$)/ || path ~ /^(usr\/)?lib\/(systemd|sysusers\.d|tmpfiles\.d)(\/|$)/)
		return "service files"
	if (path ~ /^(etc|lib|var\/lib)\/(apk|apt|dpkg)(\/|$)/ || path ~ /^usr\/share\/(apport|debconf|dpkg|initramfs-tools)(\/|$)/)
		return "package-manager files"
	if (path ~ /^usr\/share\/(bash-completion|fish|zsh)(\/|$)/) return "shell completions"
	return ""
}
