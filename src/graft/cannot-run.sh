# Why the target's code does not run here, from what chroot(1) says. Sourced by the proofs.
# A file for another processor is no program to the kernel; chroot then takes it for a script, and the root may have no shell.
# shellcheck shell=sh
cannotRun() {
	case $1 in
	*'Exec format error' | *'No such file or directory' | *'not found') echo 'it is for another processor, and no emulator is in reach' ;;
	*) echo "${1##*: }" ;;
	esac
}
