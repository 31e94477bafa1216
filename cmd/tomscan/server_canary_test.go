package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// canaryHost is a server with @ wherever a secret may stand: each becomes one of its own.
var canaryHost = map[string]string{
	"etc/hostname":                           "web\n",
	"etc/os-release":                         "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n",
	"etc/shadow":                             "root:$y$j9T$@$@:19000:0:99999:7:::\njane:$6$ab$@:19000:0:99999:7:::\n",
	"etc/passwd":                             "root:x:0:0:@:/root:/bin/bash\njane:x:1000:1000:Jane @,Room:/home/jane:/bin/bash\n",
	"etc/group":                              "root:x:0:\nsudo:x:27:jane\n",
	"etc/sudoers":                            "Defaults env_keep += \"X\"\njane ALL=(ALL) NOPASSWD: /usr/bin/mysql --password=@\n",
	"etc/ssh/sshd_config":                    "PermitRootLogin yes\nPasswordAuthentication yes\nSetEnv TOKEN=@\n",
	"etc/ssh/ssh_host_rsa_key":               "-----BEGIN OPENSSH PRIVATE KEY-----\n@\n-----END OPENSSH PRIVATE KEY-----\n",
	"root/.ssh/authorized_keys":              "environment=\"TOKEN=@\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f @@laptop\n",
	"root/.my.cnf":                           "[client]\npassword=@\n",
	"root/.pgpass":                           "*:*:*:*:@\n",
	"etc/mysql/my.cnf":                       "[client]\npassword=@\n[mysqld]\nbind-address = 0.0.0.0\nwsrep_sst_auth=root:@\nmaster-password='@'\n",
	"etc/mysql/debian.cnf":                   "[client]\npassword = @\n",
	"etc/redis/redis.conf":                   "bind *\nprotected-mode no\nrequirepass @\nmasterauth \"@\"\nuser alice on >@ ~* +@all\n",
	"etc/postgresql/15/main/postgresql.conf": "listen_addresses='*'\nprimary_conninfo = 'host=h user=r password=@'\nssl_passphrase_command = 'echo password=@'\n",
	"etc/postgresql/15/main/pg_hba.conf":     "host all all 0.0.0.0/0 ldap ldapserver=x ldapbindpasswd=\"@\"\nhost all all ::/0 radius radiussecrets=\"@\"\n",
	"etc/apache2/apache2.conf":               "Listen 80\nSetEnv DB_PASSWORD @\n<VirtualHost *:80>\nServerName x.example\nAuthLDAPBindPassword \"@\"\nRequestHeader set Authorization \"Bearer @\"\n</VirtualHost>\n",
	"etc/nginx/nginx.conf":                   "events {}\nhttp { server { listen 80; proxy_set_header Authorization \"Bearer @\"; set $api_token \"@\"; return 200; } }\n",
	"etc/nginx/.htpasswd":                    "joe:$apr1$abc$@\n",
	"etc/exim4/passwd.client":                "mail.example.com:joe:@\n",
	"etc/exim4/exim4.conf":                   "hide mysql_servers = localhost/db/user/@\nbegin authenticators\nplain:\n client_send = ^joe^@\n client_secret = @\n",
	"etc/postfix/main.cf":                    "smtp_sasl_password_maps = static:joe:@\nsmtp_tls_security_level = may\n",
	"etc/postfix/sasl_passwd":                "[h]:587 joe:@\n",
	"etc/cron.d/backup":                      "MAILTO=@@example.com\n1 1 * * * root mysqldump -uroot -p@ db | curl -u joe:@ -T - ftp://joe:@@backup.example/\n2 2 * * * root RESTIC_PASSWORD=@ restic -r rest:https://u:@@h/ backup /srv\n",
	"etc/systemd/system/dump.service":        "[Service]\nEnvironment=\"PGPASSWORD=@\" API_TOKEN=@\nExecStart=/usr/bin/borg create --password @ ssh://u:@@h/repo::x /\n",
	"etc/systemd/system/dump.timer":          "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n",
	"etc/restic/env":                         "export RESTIC_PASSWORD=@\nAWS_SECRET_ACCESS_KEY='@'\nB2_ACCOUNT_KEY=@\n",
	"etc/borgmatic/config.yaml":              "encryption_passphrase: \"@\"\nrepositories:\n  - path: ssh://u:@@h/./x\nping_url: https://hc-ping.com/@\n",
	"etc/apt/apt.conf.d/proxy":               "Acquire::http::Proxy \"http://joe:@@proxy:3128/\";\n",
	"etc/apt/sources.list":                   "deb https://joe:@@deb.example.com/ bookworm main\n",
	"etc/fstab":                              "//h/x /mnt cifs username=joe,password=@ 0 0\n/dev/sda1 / ext4 defaults 0 1\n",
	"etc/pam.d/sshd":                         "auth required pam_mysql.so user=x passwd=@\nauth required pam_unix.so\n",
	"etc/rsyslog.conf":                       "action(type=\"ommysql\" pwd=\"@\" db=\"x\")\n*.* @@log.example:514\n",
	"etc/fail2ban/jail.local":                "[sshd]\nenabled = true\ndestemail = @@example.com\naction = smtp[password=\"@\", user=x]\n",
	"etc/nagios/nrpe.cfg":                    "command[check_db]=/usr/lib/nagios/plugins/check_mysql -u nagios -p @\n",
	"etc/docker/daemon.json":                 "{\"proxies\":{\"http-proxy\":\"http://u:@@p\"},\"log-opts\":{\"splunk-token\":\"@\"}}\n",
	"etc/logrotate.conf":                     "/var/log/x.log {\n daily\n rotate 3\n postrotate\n curl -H 'Authorization: Bearer @' https://u:@@h/\n endscript\n}\n",
	"etc/csf/csf.conf":                       "UI_PASS = \"@\"\n",
	"etc/audit/auditd.conf":                  "log_file = /var/log/audit/audit.log\nkrb5_key_password = @\n",
	"etc/default/app":                        "SECRET_KEY=@\nexport HTTPS_PROXY=http://u:@@proxy:3128\nDB_PASS=\"@\"\n",
	"var/log/app.log":                        "2026-01-01T00:00:00 login from 192.0.2.7 by @ password=@\n",
}

// TestNoSecretOfAServerGetsOut plants secrets in every file of a server and looks for them in all that the program writes: of the root
// directory, and of a bundle from which a careless hand left none out, which is refused.
func TestNoSecretOfAServerGetsOut(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	planted := 0
	for name, text := range canaryHost {
		writeTestFile(t, filepath.Join("host", "root", name), plant(strings.ReplaceAll(text, "+@all", "+all"), &planted))
	}
	if planted < 70 {
		t.Fatalf("planted %d secrets, want at least 70", planted)
	}
	for _, args := range [][]string{
		append([]string{"scan", "server", "--root", "web=host/root", "-v", "--language", "sv"}, allOutputs(dir)...),
		{"collect", "server", "--root", "web=host/root", "-v", "-o", filepath.Join(dir, "out.snapshot")},
	} {
		code, stdout, stderr := tomscan(t, nil, args...)
		if code > codeFails {
			t.Fatalf("%v ends with %d: %s", args, code, stderr)
		}
		reportCanary(t, args[0]+" standard output", stdout)
		reportCanary(t, args[0]+" standard error", stderr)
	}
	written, err := filepath.Glob(filepath.Join(dir, "out.*"))
	if err != nil || len(written) != len(formatNames())+1 {
		t.Fatalf("wrote %v (%v), want a file for each format and the snapshot", written, err)
	}
	for _, file := range written {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		reportCanary(t, filepath.Base(file), string(text))
		if strings.HasSuffix(file, ".snapshot") && strings.Count(string(text), `"id":"server:web:`) < 10 {
			t.Errorf("the snapshot has few facts, so that little was looked at:\n%s", text)
		}
	}
	refuseEach(t)
}

// refuseEach makes a bundle of each file with its secrets, and of a command that prints it: none is read, and why names no secret.
func refuseEach(t *testing.T) {
	t.Helper()
	for name := range canaryHost {
		data, err := os.ReadFile(filepath.Join("host", "root", name))
		if err != nil {
			t.Fatal(err)
		}
		b := bundleParts{entries: map[string]string{"root/" + name: string(data)}, manifest: "tomscan-capture\t1\nhost\tweb\ntime\t1795262400\nuid\t0\nscript\t-\n" +
			"file\t644\t0\t0\t0\t1\twhole\t*\t/" + name + "\nend\n"}
		bundle, err := b.write()
		if err != nil {
			t.Fatal(err)
		}
		writeTestFile(t, "careless.tar", string(bundle))
		code, stdout, stderr := tomscan(t, nil, "scan", "server", "--bundle", "careless.tar", "-v")
		if holds := strings.Contains(string(data), "CaNaRy"); holds && code != codeCouldNotRun {
			t.Errorf("a bundle with the secrets of %s is read: ends with %d, %s", name, code, stderr)
		}
		reportCanary(t, "the bundle with "+name, stdout+stderr)
	}
}
