#!/bin/sh
# tomscan capture: reads this host's configuration and writes ONE tar archive to its standard output.
#
#   sh capture.sh >host.tar              what this account may read is captured; the rest is recorded as refused
#   sudo sh capture.sh >host.tar         everything of the lists below
#   sh capture.sh -z >host.tar.gz        compressed
#   sh capture.sh -n >host.tar           files alone: no commands are run, so that nothing is told of what runs
#   sh capture.sh -s SHA256              names this script's own hash, where it is read from a pipe
#
# What it does: it copies the files of the lists below (section "Paths") to a private temporary directory, runs the commands of the
# section "Commands", replaces secrets in both (section "Redaction"), adds a manifest, and removes the directory.
# What it never does: change anything, reach the network, reload a service, refresh package lists, read log lines, mail, databases or
# private keys. Every command has a time limit. Needs: a POSIX shell, awk, GNU find, tar, sha256sum, timeout.
set -u
umask 077
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL SYSTEMD_PAGER SYSTEMD_COLORS DEBIAN_FRONTEND
unset CDPATH ENV BASH_ENV IFS TAR_OPTIONS GREP_OPTIONS POSIXLY_CORRECT XDG_CONFIG_HOME

FORMAT=1              # of the manifest
FILE_LIMIT=4194304    # bytes; a larger file is recorded, not copied
TOTAL_LIMIT=67108864  # bytes of all copied files
OUTPUT_LIMIT=8192     # blocks of 512 bytes that a command may print
COMMAND_LIMIT=20      # seconds that a command may take

compress=cat script_sum= commands=yes
while getopts nzs: option; do
	case $option in
	n) commands= ;;
	z) compress='gzip -n' ;;
	s) script_sum=$OPTARG ;;
	*) exit 2 ;;
	esac
done
case $script_sum in *[!0-9a-f]*) echo "capture: -s wants a SHA-256" >&2; exit 2 ;; esac

fail() {
	echo "capture: $*" >&2
	exit 1
}

for tool in awk find tar sha256sum timeout xargs mktemp stat; do
	command -v "$tool" >/dev/null || fail "$tool is not installed"
done
find / -maxdepth 0 -printf '' 2>/dev/null || fail "GNU find is needed"
if [ -z "$script_sum" ] && [ -f "$0" ] && [ -r "$0" ]; then
	case $0 in *sh | *capture*) script_sum=$(sha256sum <"$0" | cut -c1-64) ;; esac
	case ${0##*/} in sh | dash | bash | ash | busybox) script_sum= ;; esac
fi
work=$(mktemp -d) || fail "no temporary directory"
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/out" "$work/out/root" "$work/out/cmd" || exit 1
renice -n 10 -p $$ >/dev/null 2>&1
now=$(date +%s)
uid=$(id -u)

