# What the names of files say about the platform they are for. Packages for several platforms bring a file for each, in folders or under names
# that say which: runtimes/linux-musl-x64/native of NuGet, prebuilds/linux-arm64 and @img/sharp-linuxmusl-x64 of npm. Such a file is no
# mistake where it cannot be loaded, one that does not say so is.

# ELF's numbers of processors (System V ABI, e_machine) that Linux runs on; others are code for graphics cards, kernels and controllers.
function processor(machine) {
	if (machine == 62) return "x86-64"
	if (machine == 183) return "arm64"
	if (machine == 3) return "x86"
	if (machine == 40) return "arm"
	if (machine == 21) return "ppc64"
	if (machine == 22) return "s390x"
	if (machine == 243) return "riscv64"
	if (machine == 258) return "loongarch64"
	if (machine == 8) return "mips"
	return ""
}

# The number and form (class, byte order, machine) of Docker's name of an architecture.
function formOf(architecture) {
	if (architecture == "amd64") return "2 1 62"
	if (architecture == "arm64") return "2 1 183"
	if (architecture == "386") return "1 1 3"
	if (architecture == "arm") return "1 1 40"
	if (architecture == "ppc64le") return "2 1 21"
	if (architecture == "s390x") return "2 2 22"
	if (architecture == "riscv64") return "2 1 243"
	if (architecture == "loong64") return "2 1 258"
	return ""
}

# True when a word of the path names that processor.
function namesProcessor(path, name,    words) {
	path = plain(path)
	if (name == "x86-64") words = "x64|amd64|x86_64|64"
	else if (name == "arm64") words = "arm64|aarch64|armv8|arm64v8"
	else if (name == "x86") words = "x86|ia32|i[3-6]86|386|32"
	else if (name == "arm") words = "arm|arm32|armv[5-7][a-z]*|armhf|armel|gnueabihf|musleabihf|gnueabi"
	else if (name == "ppc64") words = "ppc64|ppc64le|ppc64el|powerpc64|powerpc64le"
	else if (name == "riscv64") words = "riscv64|riscv64gc"
	else if (name == "loongarch64") words = "loong64|loongarch64"
	else if (name == "mips") words = "mips[a-z0-9]*"
	else words = name
	return path ~ ("[/._@-](linux|linuxmusl|android|win|darwin|freebsd)?(" words ")[/._-]")
}

# True when a word of the path names a system that is not this one. `libc` is glibc, musl or "".
function namesSystem(path, libc) {
	path = plain(path)
	if (path ~ /[\/._@-](android|freebsd|netbsd|openbsd|sunos|illumos|solaris|darwin|osx|macos|win|win32|windows|openharmony|ohos|aix|haiku)[\/._-]/) return 1
	if (libc != "musl" && path ~ /[\/._@-](linux)?(musl|alpine)(eabihf)?[\/._-]/) return 1
	if (libc == "musl" && path ~ /[\/._@-](linux)?(glibc|gnu)(eabihf)?[\/._-]/) return 1
	return namesRuntime(path)
}

# runtimes/<rid>/ of NuGet, for a distribution's release: debian.9-x64 (https://learn.microsoft.com/dotnet/core/rid-catalog).
function namesRuntime(path) {
	return path ~ /\/runtimes\/(alpine|centos|debian|fedora|linuxmint|ol|opensuse|rhel|sles|ubuntu|tizen)[.0-9]*-[a-z0-9]+\//
}

# True for the names of separate debug information, which no loader loads, and of files that tests read.
function namesData(path) {
	return path ~ /\.(debug|dbg|dwo|dwp)$/ || path ~ /(^|\/)(usr\/lib\/debug|\.build-id|testdata|fixtures|__fixtures__)\//
}

function plain(path) {
	path = tolower("/" path "/")
	gsub(/x86[-_]64/, "x64", path)
	return path
}
