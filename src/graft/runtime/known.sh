# What is known of a runtime before a donor is looked at: sourced with `runtime` and `word` set. Where its files are is not known. Sets
# must, may: its commands; the first of `must` is the language's own.
# asks: what is run in the base, the first of them tells the version.
# with: variables that these questions need.
# loads: libraries that it opens by name at run time, as an expression for file names. No ELF file names them.
# data: folders that it reads and that a base may lack.
# spare: files of its own folder that it never uses, as an expression for paths.
# kin: packages that belong to it though no command of it and no common source says so, as an expression for names.
# marks: what hardened images call it in /opt/docker/sbom, as an expression for words.
# shellcheck shell=sh disable=SC2034,SC2154 # the names are shared with those who read this
must='' may='' asks='' with='' loads='' data='' spare='' kin='' marks=''
case $runtime in
node)
	must=node may='npm npx corepack yarn yarnpkg'
	asks='node --version,npm --version'
	marks='node|nodejs|npm|yarn|corepack'
	;;
python)
	must=python3 may='python pip pip3 idle3 pydoc3'
	# Its version comes out of the program alone; the other question needs the standard library.
	asks='python3 --version,python3 -m platform'
	data=usr/share/zoneinfo
	# pip's and venv's own, and what builds source packages.
	kin='python3[0-9.]*-(pip|setuptools|wheel|pkg-resources|venv)(-whl)?'
	marks='python[0-9.]*|pip'
	;;
java | jdk)
	must=java may=keytool
	asks='java -version'
	[ "$runtime" = java ] || {
		must='java javac' may='jar jshell jlink keytool javadoc jdeps jpackage'
		asks='java -version,javac -version'
	}
	marks='java|jdk|jre|openjdk|temurin|corretto|zulu|sapmachine'
	;;
dotnet)
	must=dotnet
	asks='dotnet --list-runtimes'
	# https://github.com/dotnet/core/blob/main/Documentation/linux-prereqs.md: globalisation, TLS, Kerberos.
	loads='libicu(uc|i18n|data)|lib(ssl|crypto)|libgssapi_krb5'
	data=usr/share/zoneinfo
	marks='dotnet|aspnetcore'
	;;
go)
	must=go may=gofmt
	asks='go version'
	# Its telemetry would leave a process behind; a folder that is no full path turns it off (os.UserConfigDir).
	with=XDG_CONFIG_HOME=none
	# The data of the standard library's own tests: programs for other processors and damaged files among it. Docker's package of Go leaves it out, too.
	spare='/src/([^/]+/)*testdata/'
	marks='go|golang'
	;;
ruby)
	must=ruby may='gem bundle bundler irb rake erb rdoc ri racc rbs rdbg typeprof syntax_suggest'
	asks='ruby --version,gem --version'
	marks='ruby|bundler'
	;;
*) fail "DHI-RUNTIME $word: unknown runtime $runtime" ;;
esac
