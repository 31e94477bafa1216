# ---- Manifest and archive ----------------------------------------------------------------------------------------------------------

# redact replaces secrets in everything that was copied and printed; without it nothing leaves.
redact() {
	redactor >"$work/redact.awk"
	(cd "$work/out" && find root cmd -type f | sort | awk '
		$0 == "root/etc/passwd" { print "passwd " $0; next }
		$0 == "root/etc/group" { print "group " $0; next }
		/^root\/etc\/pam[.]d\// || $0 == "root/etc/pam.conf" || $0 == "root/etc/nsswitch.conf" || /^cmd\/(dpkg|rpm|systemctl-[a-z-]*)[.]/ { print "words " $0; next }
		{ print "text " $0 }') >"$work/list"
	(cd "$work/out" && timeout 300 awk -v list="$work/list" -f "$work/redact.awk") >"$work/redacted" || fail "secrets could not be replaced: nothing was written"
}

# manifest joins what was looked at with the hashes of what is in the archive.
manifest() {
	(cd "$work/out" && find root cmd -type f | sort | tr '\n' '\0' | xargs -0 -r sha256sum) | sed '/^\\/{ s/^\\//; s/\\\\/\\/g; }' >"$work/sums"
	printf 'tomscan-capture\t%s\nhost\t%s\ntime\t%s\nuid\t%s\nscript\t%s\n' $FORMAT "$(uname -n)" "$now" "$uid" "${script_sum:--}"
	awk -F '\t' 'BEGIN { OFS = "\t" }
		FILENAME ~ /redacted$/ { redacted[$0] = 1; next }
		FILENAME ~ /sums$/ { sum[substr($0, 67)] = substr($0, 1, 64); next }
		FILENAME ~ /commands$/ { print "cmd", $2, sum["cmd/" $1 ".out"], sum["cmd/" $1 ".err"], $1, $3; next }
		FILENAME ~ /absent$/ { print; next }
		$1 == "file" {
			state = $7; hash = "-"
			if (state == "copied") {
				if (("root" $8) in sum) { hash = sum["root" $8]; state = (("root" $8) in redacted) ? "redacted" : "whole" }
				else state = "binary"
			}
			print $1, $2, $3, $4, $5, $6, state, hash, $8
			next
		}
		{ print }' "$work/redacted" "$work/sums" "$work/commands" "$work/absent" "$work/files" | sort -u
	echo end
}

main() {
	collect
	: >"$work/commands"
	[ -z "$commands" ] || commands
	redact
	manifest >"$work/out/manifest"
	cd "$work/out" || exit 1
	{ echo manifest; find cmd root -type f | sort; } | tar --no-unquote --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0600 --no-recursion -cf - -T - | $compress
}

main
