package server

// place is where a text may stand in a host: a file of its root, or what a command said.
type place struct {
	file, command string
	includes      []string // how the file includes others
	seed          string
}

// places are what readers read: the main files of daemons, and commands.
func places() []place {
	return []place{
		{file: "etc/ssh/sshd_config", includes: []string{"Include "}, seed: "PermitRootLogin no\n"},
		{file: "etc/apache2/apache2.conf", includes: []string{"Include ", "IncludeOptional "}, seed: "Listen 80\n"},
		{file: "etc/nginx/nginx.conf", includes: []string{"include "}, seed: "http { server { listen 80; } }\n"},
		{file: "etc/mysql/my.cnf", includes: []string{"!include ", "!includedir "}, seed: "[mysqld]\nssl-ca=/x\n"},
		{file: "etc/my.cnf", includes: []string{"!include ", "!includedir "}},
		{file: "etc/postgresql/15/main/postgresql.conf", includes: []string{"include ", "include_if_exists ", "include_dir "}, seed: "ssl = on\n"},
		{file: "etc/postgresql/15/main/pg_hba.conf", includes: []string{"include ", "host @"}, seed: "host all all 10.0.0.0/8 md5\n"},
		{file: "etc/redis/redis.conf", includes: []string{"include "}, seed: "bind 127.0.0.1\n"},
		{file: "etc/sudoers", includes: []string{"@include ", "#includedir "}, seed: "root ALL=(ALL:ALL) ALL\n"},
		{file: "etc/pam.d/sshd", includes: []string{"@include ", "auth include "}, seed: "auth required pam_unix.so\n"},
		{file: "etc/logrotate.conf", includes: []string{"include "}, seed: "/var/log/syslog {\n rotate 3\n}\n"},
		{file: "etc/rsyslog.conf", includes: []string{"$IncludeConfig ", "include(file=\""}, seed: "auth.* /var/log/auth.log\n"},
		{file: "etc/nftables.conf", includes: []string{"include \""}, seed: "table inet f { chain i { type filter hook input priority 0; policy drop; } }\n"},
		{file: "etc/chrony/chrony.conf", includes: []string{"include ", "confdir "}, seed: "pool a\n"},
		{file: "etc/zabbix/zabbix_agentd.conf", includes: []string{"Include="}, seed: "Server=a\n"},
		{file: "etc/nagios/nrpe.cfg", includes: []string{"include=", "include_dir="}, seed: "allowed_hosts=a\n"},
		{file: "etc/fail2ban/jail.conf", includes: []string{"[INCLUDES]\nbefore = "}, seed: "[sshd]\nenabled = true\n"},
		{file: "etc/ssl/openssl.cnf", includes: []string{".include "}},
		{file: "etc/modsecurity/modsecurity.conf", includes: []string{"Include "}, seed: "SecRuleEngine On\n"},
		{file: "lib/systemd/system/ssh.service", includes: []string{".include ", "[Service]\nEnvironmentFile="}, seed: "[Service]\nExecStart=/usr/sbin/sshd -D\n"},
		{file: "etc/systemd/system/a.timer", seed: "[Timer]\nOnCalendar=daily\n"},
		{file: "etc/systemd/journald.conf", seed: "[Journal]\nStorage=persistent\n"},
		{file: "etc/crontab", includes: []string{"0 3 * * * root sh ", "0 3 * * * root . "}, seed: "0 3 * * * root restic backup /\n"},
		{file: "etc/apt/apt.conf", includes: []string{"#include "}, seed: "APT::Periodic::Unattended-Upgrade \"1\";\n"},
		{file: "etc/postfix/main.cf", seed: "smtpd_tls_security_level = may\n"},
		{file: "etc/docker/daemon.json", seed: "{}"},
		{file: "etc/audit/auditd.conf", seed: "num_logs = 5\n"},
		{file: "etc/fstab", seed: "/dev/sda1 / ext4 defaults 0 1\n"},
		{file: "etc/crypttab", seed: "a /dev/sda1 none luks\n"},
		{file: "etc/passwd", seed: "root:x:0:0::/root:/bin/sh\n"},
		{file: "etc/login.defs", seed: "PASS_MAX_DAYS 90\n"},
		{file: "etc/sysctl.conf", seed: "net.ipv4.ip_forward = 1\n"},
		{file: "etc/os-release", seed: "ID=debian\nVERSION_ID=12\n"},
		{file: "var/lib/dpkg/status", seed: "Package: a\nStatus: install ok installed\nVersion: 1\n"},
		{command: "ps", seed: "1 0 100 init /sbin/init\n 2 1 5 sshd /usr/sbin/sshd -D\n"},
		{command: "ss", seed: "LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:((\"sshd\",pid=2,fd=3))\n"},
		{command: "nft-json", seed: `{"nftables":[]}`}, {command: "iptables-save", seed: "*filter\n:INPUT DROP [0:0]\nCOMMIT\n"},
		{command: "ip-addr", seed: "[]"}, {command: "ip-rule", seed: "[]"}, {command: "lsblk", seed: `{"blockdevices":[]}`},
		{command: "dmsetup"}, {command: "findmnt", seed: "{}"}, {command: "zfs"}, {command: "virt", seed: "kvm\n"}, {command: "shadow"},
		{command: "authorized-keys"}, {command: "lastlog"}, {command: "logs"}, {command: "logs-first"}, {command: "dpkg"}, {command: "rpm"},
		{command: "dnf-security"}, {command: "systemctl-show"}, {command: "systemctl-unit-files"}, {command: "timedatectl"},
		{command: "chronyc-tracking"}, {command: "auditctl-l"}, {command: "auditctl-s"}, {command: "sshd-T"}, {command: "sshd-V"},
		{command: "nginx-V"}, {command: "apache-M"}, {command: "openssl"}, {command: "exim-bP"}, {command: "exim-transports"},
		{command: "mariadb-help"}, {command: "imunify-config"}, {command: "imunify-rstatus"}, {command: "sysctl"}, {command: "id"},
	}
}
