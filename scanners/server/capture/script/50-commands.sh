# ---- Commands ----------------------------------------------------------------------------------------------------------------------
# run NAME COMMAND... keeps what a command prints, and how it ended; a filter that is named in $filter sees the output first.

run() {
	name=$1
	shift
	out=$work/out/cmd/$name.out err=$work/out/cmd/$name.err rc=127
	: >"$out"
	: >"$err"
	if command -v "$1" >/dev/null; then
		(
			cd /
			ulimit -f $OUTPUT_LIMIT
			exec timeout -k 2 "$COMMAND_LIMIT" "$@"
		) </dev/null >"$out" 2>"$err"
		rc=$?
		if [ -n "$filter" ]; then
			timeout "$COMMAND_LIMIT" awk "$filter" <"$out" >"$out.filtered" || rc=1
			mv "$out.filtered" "$out"
		fi
	fi
	filter=
	line=$(printf '%s ' "$@" | tr -d '\n' | tr -c '[:print:]' '?')
	printf '%s\t%s\t%s\n' "$name" "$rc" "${line% }" >>"$work/commands"
}

# first runs the first of some programs that is installed: first NAME "PROGRAM..." ARGUMENT...
first() {
	name=$1 programs=$2
	shift 2
	for program in $programs; do
		command -v "$program" >/dev/null && break
	done
	run "$name" "$program" "$@"
}

# existing keeps in $directories those that are there, without blanks in their names, or a file that is empty.
existing() {
	directories=
	for directory; do
		case $directory in *[[:space:][:cntrl:]*]*) continue ;; esac
		[ -d "$directory" ] && directories="$directories $directory"
	done
	: "${directories:=/dev/null}"
}

sorted() { sort -o "$work/out/cmd/$1.out" "$work/out/cmd/$1.out"; }

commands() {
	filter=
	slow_commands &
	host_commands
	login_commands
	web_commands
	mail_commands
	network_commands
	update_commands
	storage_commands
	watch_commands
	wait
}

# slow_commands run beside the others.
slow_commands() {
	filter='/^-----/ { table = 1; next } table && /^$/ { exit } table'
	first mariadb-help "mariadbd mysqld" --verbose --help
	filter='/^Inst /'
	# Without caches, which apt-get would write; packages that are held back lack their updates too.
	run apt-simulate apt-get -s -o Debug::NoLocking=1 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= --ignore-hold dist-upgrade
}

host_commands() {
	now=$(date +%s)
	# The command line is kept of known daemons only.
	filter='{ match($0, /^ *[0-9]+ +[0-9]+ +[0-9]+ /); front = substr($0, 1, RLENGTH); rest = substr($0, RLENGTH + 1)
		name = substr(rest, 1, 32); sub(/ +$/, "", name); gsub(/ /, "_", name); arguments = substr(rest, 34)
		if (name !~ /^(sshd|nginx|apache2|httpd|postgres|postmaster|mariadbd|mysqld|redis-server|valkey-server|exim4?|master|rsyslogd|syslog-ng|auditd|chronyd|ntpd|systemd-timesyn|dockerd|fail2ban-server|nrpe|nagios|cron|crond|atd|logrotate|clamd|freshclam|zabbix_agentd|icinga2)/) arguments = ""
		print front name " " arguments }'
	run ps ps -eo pid=,ppid=,etimes=,comm:32=,args=
	run uname uname -srm
	run virt systemd-detect-virt
	run dpkg dpkg-query -W -f '${Package} ${Version} ${db:Status-Status} ${Architecture}\n'
	run rpm rpm -qa --qf '%{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE} %{ARCH}\n'
	run openssl openssl version
	run systemctl-unit-files systemctl list-unit-files --no-legend --no-pager
	properties=Id,ActiveState,SubState,MainPID,Result,ExecMainStatus,ExecMainExitTimestamp,ActiveEnterTimestamp,StateChangeTimestamp,UnitFileState,FragmentPath,DropInPaths
	if systemctl --timestamp=unix --version >/dev/null 2>&1; then
		run systemctl-show systemctl show '*' --timestamp=unix --no-pager -p $properties
	else
		run systemctl-show systemctl show '*' --no-pager -p $properties
	fi
	run timedatectl timedatectl show
	filter='/^(net|kernel|fs|vm|user)[.]/ && !/random[.]|fastopen_key|boot_id/'
	run sysctl sysctl -a
}

# accounts whose passwords and keys are described without them
login_commands() {
	run sshd-T sshd -T
	run sshd-V ssh -V
	# user scheme rounds locked lastchange max
	filter='BEGIN { FS = ":" } NF >= 5 && $1 ~ /^[A-Za-z0-9._-]+[$]?$/ {
		hash = $2; locked = (hash ~ /^[!*]/) ? "yes" : "no"; sub(/^!+/, "", hash); rounds = "-"
		if (hash == "") scheme = (locked == "yes") ? "-" : "none"
		else if (hash ~ /^[*]/ || hash == "x") { scheme = "-"; locked = "yes" }
		else if (hash ~ /^[$]/) {
			split(hash, part, "$"); scheme = part[2]
			if (part[3] ~ /^rounds=[0-9]+$/) rounds = substr(part[3], 8)
			if (scheme ~ /^2/ && part[3] ~ /^[0-9]+$/) rounds = part[3]
			if (scheme !~ /^[a-z0-9-]+$/ || length(scheme) > 12) scheme = "unknown"
		} else if (hash ~ /^_/ && length(hash) == 20) scheme = "bsdi"
		else scheme = (length(hash) == 13) ? "des" : "unknown"
		print $1, scheme, rounds, locked, ($3 ~ /^[0-9]+$/ ? $3 : "-"), ($5 ~ /^[0-9]+$/ ? $5 : "-") }'
	run shadow cat /etc/shadow
	authorized_keys
	filter='NR > 1 { when = "never"; if (match($0, /(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z][a-z] .*$/)) when = substr($0, RSTART); print $1, when }'
	run lastlog lastlog
}

# authorized_keys describes the keys of each account, "user type bits fingerprint options", with one ssh-keygen for all of them; of
# files that may not be read it says "user denied".
authorized_keys() {
	: >"$work/keys.files"
	while IFS=: read -r user _ _ _ _ home _; do
		case $user$home in *[[:cntrl:]]* | *[!A-Za-z0-9._/@\ -]*) continue ;; esac
		case $home in / | '' | /proc* | /sys* | /dev*) continue ;; esac
		for file in "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; do
			if [ -f "$file" ] && [ -r "$file" ]; then
				echo "$user $file"
			elif [ -e "$file" ] || { [ -d "$home" ] && [ ! -x "$home" ]; } || { [ -d "$home/.ssh" ] && [ ! -x "$home/.ssh" ]; }; then
				echo "$user -"
			fi
		done
	done </etc/passwd >"$work/keys.files"
	timeout 20 awk -v keys="$work/keys.pub" -v owners="$work/keys.owners" '
		BEGIN { printf "" > keys; printf "" > owners }
		$2 == "-" { print $1 " denied"; next }
		{
			user = $1; file = substr($0, length(user) + 2)
			for (lines = 0; lines < 10000 && (getline line < file) > 0; lines++) {
				if (line ~ /^[ \t]*(#|$)/ || length(line) > 16384) continue
				if (!match(line, /(^|[ \t])(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)[a-z0-9@.-]+[ \t]+AAAA[A-Za-z0-9+\/]+=*/)) continue
				options = substr(line, 1, RSTART - 1); key = substr(line, RSTART, RLENGTH)
				gsub(/^[ \t]+|[ \t]+$/, "", options); sub(/^[ \t]+/, "", key)
				split(key, part, /[ \t]+/)
				while (match(options, /environment="([^"\\]|\\.)*"/))
					options = substr(options, 1, RSTART - 1) "environment=<redacted:len=" RLENGTH - 14 ">" substr(options, RSTART + RLENGTH)
				print part[1], part[2], ++count > keys
				print count, user, part[1], options > owners
			}
			close(file)
		}' "$work/keys.files" >"$work/keys.denied"
	if command -v ssh-keygen >/dev/null; then
		ssh-keygen -lf "$work/keys.pub" </dev/null >"$work/keys.prints" 2>/dev/null
		awk '
			FILENAME ~ /prints$/ { bits[$3] = $1; print_of[$3] = $2; next }
			{ n = $1; user = $2; type = $3; options = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ ?/, "", options)
			  if (n in bits) print user, type, bits[n], print_of[n], options }' "$work/keys.prints" "$work/keys.owners" |
			cat - "$work/keys.denied" | sed 's/ $//' | sort >"$work/keys.all"
		filter=
		run authorized-keys cat "$work/keys.all"
	else
		filter=
		run authorized-keys ssh-keygen
	fi
	sed 's|cat .*keys.all$|ssh-keygen -lf ~/.ssh/authorized_keys|' "$work/commands" >"$work/filtered" && mv "$work/filtered" "$work/commands"
}

web_commands() {
	first apache-M "apache2ctl httpd" -M
	first apache-V "apache2ctl httpd" -V
	run nginx-V nginx -V
	run imunify-config imunify360-agent config show --json
	run imunify-rstatus imunify360-agent rstatus
	run whmapi-twofactor whmapi1 --output=json twofactorauth_policy_status
	# of the accounts only their names are kept, and whether each uses a second factor
	filter='{ text = text $0 " " } END {
		result = match(text, /"result"[ ]*:[ ]*"?1[^0-9]/) ? 1 : 0; all = ""
		while (match(text, /"[A-Za-z0-9._-]+"[ ]*:[ ]*[{][^{}]*"is_enabled"[^{}]*[}]/)) {
			entry = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH)
			name = substr(entry, 2); sub(/".*/, "", name)
			all = all (all == "" ? "" : ",") "\"" name "\":{\"is_enabled\":" (entry ~ /"is_enabled"[ ]*:[ ]*("?1[^0-9]|true)/ ? 1 : 0) "}"
		}
		print "{\"data\":{" all "},\"metadata\":{\"result\":" result "}}" }'
	run whmapi-enrolled whmapi1 --output=json twofactorauth_get_user_configs
}

mail_commands() {
	first exim-bP "exim4 exim" -bP
	first exim-transports "exim4 exim" -bP transports
	first exim-version "exim4 exim" -bV
}

network_commands() {
	run nft nft list ruleset
	run nft-json nft -j list ruleset
	for program in iptables-save ip6tables-save iptables-legacy-save ip6tables-legacy-save; do
		run "$program" "$program"
	done
	# Which legacy tables the kernel holds, whoever made them.
	run ip-tables-names cat /proc/net/ip_tables_names
	run ip6-tables-names cat /proc/net/ip6_tables_names
	run ipset ipset save
	# of the configuration of interfaces only what they run when they go up: the rest may hold keys
	[ ! -d /etc/network ] || run ifup-hooks find /etc/network -type f -path '/etc/network/interfaces*' -exec sed -n -E '/^[[:space:]]*(pre-up|up|post-up)[[:space:]]/p' {} +
	run ss ss -H -lntup
	run ip-addr ip -j addr
	run ip-route ip -j route
	run ip-route6 ip -6 -j route
	run ip-rule ip -4 -j rule
	run ip-rule6 ip -6 -j rule
	run ip-route-all ip -4 -j route show table all
	run ip-route6-all ip -6 -j route show table all
}

update_commands() {
	run dnf-security dnf -q -C updateinfo list --security
}

storage_commands() {
	if lsblk -o MOUNTPOINTS >/dev/null 2>&1; then
		run lsblk lsblk -J -b -o NAME,KNAME,PKNAME,TYPE,FSTYPE,MOUNTPOINTS,SIZE,UUID
	else
		run lsblk lsblk -J -b -o NAME,KNAME,PKNAME,TYPE,FSTYPE,MOUNTPOINT,SIZE,UUID
	fi
	run findmnt findmnt -J -b -o TARGET,SOURCE,FSTYPE,OPTIONS
	# name: start length crypt cipher KEY offset device offset: of the key its length in bytes is kept, even where it is hidden
	filter='$4 == "crypt" { n = split($6, part, ":"); $6 = ":" (n > 2 ? part[2] + 0 : int(length($6) / 2)) ":" } { print }'
	run dmsetup dmsetup table
	run zfs zfs get -Hp -t filesystem,volume encryption,keystatus,keylocation,mountpoint
}

watch_commands() {
	run auditctl-l auditctl -l
	run auditctl-s auditctl -s
	run chronyc-tracking chronyc -c tracking
	existing /var/log /usr/local/cpanel/logs /var/www/*/logs
	run logs find $directories -type f ! -name '*[[:cntrl:]]*' -printf '%s %Ts %p\n'
	sorted logs
	# of text logs the time of the first line alone
	filter='{ if ((getline line < $0) > 0) {
			if (match(line, /[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9:]+/)) stamp = substr(line, RSTART, RLENGTH)
			else if (match(line, /\[[0-9]+\/[A-Z][a-z][a-z]\/[0-9:]+ [+-][0-9]+/)) stamp = substr(line, RSTART + 1, RLENGTH - 1)
			else if (match(line, /^[A-Z][a-z][a-z] [ 0-9][0-9] [0-9:]+/)) stamp = substr(line, RSTART, RLENGTH)
			else stamp = ""
			gsub(/ /, "T", stamp)
			if (stamp != "") print stamp, $0
		}
		close($0) }'
	run logs-first find $directories -type f -size +0 -name '*log' ! -path '*[[:cntrl:]]*'
	sorted logs-first
}

