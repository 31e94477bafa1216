package capture

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
)

// places are files with secrets (%s) in every place that a captured tree may have them.
var places = map[string]string{
	"/etc/shadow":           "root:$y$j9T$%s$%s:19000:0:99999:7:::\nold:$1$abc$%s:19000:0:99999:7:::\nlocked:!$6$rounds=9000$ab$%s:1::::::\n",
	"/etc/shadow-":          "root:$y$j9T$%s$%s:19000:0:99999:7:::\n",
	"/etc/gshadow":          "adm:%s::\n",
	"/etc/passwd":           "root:x:0:0:%s:/root:/bin/bash\njane:x:1000:1000:Jane %s,Room,%s:/home/jane:/bin/bash\nold:%s:1:1::/:/bin/sh\n",
	"/etc/group":            "root:x:0:\nadm:%s:4:\n",
	"/etc/redis/a.conf":     "requirepass %s\nmasterauth \"%s\"\nuser alice on >%s #%s ~* +@all\ntls-key-file-pass %s\n# requirepass %s\nsentinel auth-pass mymaster %s\n",
	"/etc/mysql/my.cnf":     "[client]\npassword=%s\n[mysqldump]\npassword = \"%s %s\"\n[mysqld]\nmaster-password='%s'\nwsrep_sst_auth=root:x\n#password=%s\n",
	"/etc/mysql/debian.cnf": "[client]\nuser = debian-sys-maint\npassword = %s\n", "/etc/exim4/passwd.client": "mail.example.com:joe:%s\n",
	"/etc/exim4/exim4.conf":       "hide mysql_servers = localhost/db/user/%s\n client_send = ^joe^%s\n server_condition = ${if and{{eq{$auth2}{joe}}{eq{$auth3}{%s}}}}\n client_secret = %s\n",
	"/etc/chrony/chrony.keys":     "1 SHA256 HEX:%s\n",
	"/root/.pgpass":               "*:*:*:*:%s\n",
	"/root/.my.cnf":               "[client]\npassword=%s\n",
	"/root/.google_authenticator": "%s\n\" TOTP_AUTH\n12345678\n",
	"/root/.ssh/id_ed25519":       "-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----\n",
	"/root/.ssh/authorized_keys":  "environment=\"TOKEN=%s\",from=\"10.0.0.1\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f %s@laptop\n",
	"/etc/fail2ban/jail.local":    "[DEFAULT]\ndestemail = %s@example.com\naction = smtp[password=\"%s\", user=x]\napikey = %s\n",
	"/etc/nagios/nrpe.cfg":        "command[check_db]=/usr/lib/nagios/plugins/check_mysql -u nagios -p %s\ncommand[x]=check_mysql -p'%s'\ncommand[y]=/x/check_snmp -C %s -H h\ncommand[z]=check_http -a joe:%s\n",
	"/etc/nagios/private/r.cfg":   "$USER3$=%s\n",
	"/etc/restic/env":             "export RESTIC_PASSWORD=%s\nAWS_ACCESS_KEY_ID=AKIA%sQ\nAWS_SECRET_ACCESS_KEY='%s'\nRESTIC_REPOSITORY=rest:https://u:%s@backup/x\nB2_ACCOUNT_KEY=%s\n",
	"/etc/borgmatic/config.yaml":  "storage:\n  encryption_passphrase: \"%s\"\n  other_password: |\n    %s\n\n    %s\nnext:\n  - token: %s\n  ping_url: https://hc-ping.com/%s\n",
	"/etc/pgbackrest.conf":        "repo1-cipher-pass=%s\nrepo1-s3-key=%s\nrepo1-s3-key-secret=%s\nrepo1-azure-key=%s\n",
	"/etc/systemd/system/a.service": "[Service]\nEnvironment=\"A=1\" \"DB_PASSWORD=%s x%s\" API_TOKEN=%s\nEnvironment=BORG_PASSPHRASE=%s\nSetCredential=x:%s\n" +
		"ExecStart=/usr/bin/app --password %s --secret=%s https://u:%s@h/\n",
	"/etc/systemd/system/a.service.d/b.conf": "[Service]\nEnvironment=PGPASSWORD=%s\n",
	"/etc/cron.d/backup":                     "MAILTO=%s@example.com\n1 1 * * * root mysqldump -uroot -p%s db | curl -u joe:%s -T - ftp://joe:%s@h/\n2 2 * * * root PGPASSWORD=%s pg_dump; sshpass -p %s ssh h\n3 3 * * * root /usr/local/x; /opt/backup.sh --password-file /root/pw\n",
	"/var/spool/cron/crontabs/root":          "1 1 * * * redis-cli -a %s save; openssl enc -k %s -pass pass:%s; lftp -u joe,%s h; curl -H 'Authorization: Bearer %s%s'\n",
	"/opt/backup.sh":                         "#!/bin/sh\nexport BORG_PASSPHRASE='%s'\nTOKEN=\"%s\" x\nkey=\"-----BEGIN RSA PRIVATE KEY-----\n%s\n%s\n-----END RSA PRIVATE KEY-----\"\nsmbclient //h/x -U joe%%%s\n",
	"/root/pw":                               "%s\n",
	"/etc/default/app":                       "SECRET_KEY=%s\nexport HTTP_PROXY=http://u:%s@proxy:3128\nDB_PASS=\"%s\"\nsmtp_passwd = %s\nGITHUB=ghp_%s\n",
	"/etc/apt/apt.conf.d/proxy":              "Acquire::http::Proxy \"http://joe:%s@proxy:3128/\";\n",
	"/etc/apt/auth.conf.d/x.conf":            "machine h login joe password %s\n",
	"/etc/apt/sources.list":                  "deb https://joe:%s@deb.example.com/ stable main\n",
	"/etc/yum.repos.d/x.repo":                "[x]\nbaseurl=https://joe:%s@h/\nproxy_password=%s\n",
	"/etc/nginx/conf.d/a.conf":               "server { proxy_set_header Authorization \"Basic %s\"; set $api_token \"%s\"; }\n# old: ssl_password %s\n",
	"/etc/nginx/.htpasswd":                   "joe:$apr1$abc$%s\n", "/etc/nginx/users": "joe:{SSHA}%s\nann:$2y$10$%s%s%s\n",
	"/etc/nginx/ssl/a.key":          "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n",
	"/etc/nginx/ssl/bundle.pem":     "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\n%s\n%s\n-----END EC PRIVATE KEY-----\n",
	"/etc/apache2/sites/a.conf":     "AuthLDAPBindPassword \"%s\"\nSSLCryptoDevice x\nSetEnv DB_PASSWORD %s\nServerAdmin %s@example.com\n",
	"/etc/ssh/ssh_host_rsa_key":     "-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----\n",
	"/etc/postgresql/15/main/x":     "primary_conninfo = 'host=h user=r password=%s sslmode=require'\nssl_passphrase = '%s'\n",
	"/etc/postgresql/15/main/pg_hb": "host all all 0.0.0.0/0 ldap ldapbindpasswd=\"%s\"\nhost all all ::/0 radius radiussecrets=\"%s\"\n",
	"/etc/fstab":                    "//h/x /mnt cifs username=joe,password=%s,uid=1 0 0\n", "/etc/pam.d/x": "auth required pam_mysql.so user=x passwd=%s\n",
	"/etc/postfix/main.cf":     "smtp_sasl_password_maps = static:joe:%s\n",
	"/etc/postfix/sasl_passwd": "[h]:587 joe:%s\n", "/etc/postfix/mysql.cf": "password = %s\nhosts = h\n",
	"/etc/docker/daemon.json": "{\"proxies\":{\"http-proxy\":\"http://u:%s@p\"},\"log-opts\":{\"splunk-token\":\"%s\",\"awslogs\":\"AKIA%sQ\"}}\n",
	"/etc/icinga2/api.conf":   "object ApiUser \"root\" {\n  password = \"%s\"\n}\nconst TicketSalt = \"%s\"\n", "/etc/zabbix/z.conf": "TLSPSK=%s\nDBPassword=%s\n",
	"/etc/bareos/dir.conf":        "Director {\n  Password = \"%s\"\n}\n",
	"/var/cpanel/backups/config":  "---\nBACKUPENABLE: 'yes'\nremote_password: %s\n",
	"/etc/csf/csf.conf":           "UI_PASS = \"%s\"\n",
	"/etc/security/pam_mysql.con": "users.db_passwd=%s\n", "/etc/rsyslog.d/a.conf": "action(type=\"ommysql\" pwd=\"%s\" db=\"x\")\n",
	"/var/log/app.log": "2026-01-01T00:00:00 login from 192.0.2.7 by %s password=%s\n", "/var/lib/dpkg/status": "Package: x\nStatus: install ok installed\nMaintainer: %s <a@b.c>\nVersion: 1\nArchitecture: all\n",
}

// plant fills the places with secrets that no other text has.
func plant(r *rand.Rand) (tree map[string]string, secrets []string) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	tree = map[string]string{}
	for name, text := range places {
		tree[name] = text
		if strings.Contains(name, "/nginx/conf.d") {
			tree[name] = strings.Replace(text, "Basic %s", "Basic "+base64.StdEncoding.EncodeToString([]byte("joe:secret")), 1)
		}
		var here []any
		for range strings.Count(tree[name], "%s") {
			b := []byte("CNRY")
			for len(b) < 15 {
				b = append(b, letters[r.IntN(len(letters))])
			}
			secrets, here = append(secrets, string(b)), append(here, string(b))
		}
		tree[name] = fmt.Sprintf(tree[name], here...)
	}
	return tree, secrets
}

// TestCanaries plants secrets in every place and captures the tree: none may be in the bundle, nor in what is read of it or of the tree.
func TestCanaries(t *testing.T) {
	r := against.Random(t)
	for n := range against.Cases(3, 100) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			tree, secrets := plant(r) // in turn: the numbers are one row
			t.Parallel()
			root := plantTree(t, tree)
			var options []string
			if n%4 != 0 {
				options = []string{"-n"} // commands take most of the time
			}
			bundle := captureTree(t, root, []string{"dash", "bash", "sh"}[n%3], options...)
			captured, unpacked := readTree(t, bundle), rootOf(t, root)
			reveal(t, "the bundle", bundle, secrets)
			if options == nil {
				sayTheSame(t, captured, unpacked)
			}
			for name := range tree {
				var everything []byte
				for _, c := range []*Capture{captured, unpacked} {
					everything = append(everything, seen(c, name)...)
				}
				reveal(t, name, everything, secrets)
			}
			for _, c := range []*Capture{captured, unpacked} {
				for name, command := range c.commands {
					reveal(t, name, append(command.Out, command.Err...), secrets)
				}
			}
		})
	}
}

// sayTheSame compares what the script's commands and the files of the root tell.
func sayTheSame(t *testing.T, captured, unpacked *Capture) {
	t.Helper()
	for _, name := range []string{"authorized-keys", "dpkg", "logs", "shadow"} {
		want, err1 := captured.Output(name)
		got, err2 := unpacked.Output(name)
		if err := errors.Join(err1, err2); err != nil || len(want) == 0 {
			t.Errorf("%s: nothing was compared: %v", name, err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-script +root):\n%s", name, diff)
		}
	}
}

// TestCapturesAreTheSame holds two captures of one tree to the same bytes but for the time of the capture.
func TestCapturesAreTheSame(t *testing.T) {
	tree, _ := plant(against.Random(t))
	tree["/etc/nginx/sites-enabled/a -> ../conf.d/a.conf"], tree["/etc/ssh/loop -> loop"], tree["/etc/apache2/a b\\x2dc"] = "", "", "x"
	tree["/etc/ssh/bad\nname"] = "x"
	root := plantTree(t, tree)
	first, second := captureTree(t, root, "dash", "-n"), captureTree(t, root, "bash", "-n")
	times := regexp.MustCompile(`(?m)^time\t[0-9]+$`)
	a, b := times.ReplaceAllString(string(first), ""), times.ReplaceAllString(string(second), "")
	if a != b {
		t.Errorf("they differ:\n%s", cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
	}
	c := readTree(t, first)
	if _, err := c.List("/etc/ssh"); !errors.Is(err, ErrNotCollected) {
		t.Errorf("a directory with a name that was left out is listed: %v", err)
	}
	if data, err := c.Read("/etc/apache2/a b\\x2dc"); string(data) != "x" {
		t.Errorf("%q, %v", data, err)
	}
	if target, err := c.Link("/etc/nginx/sites-enabled/a"); target != "../conf.d/a.conf" {
		t.Errorf("%q, %v", target, err)
	}
}

// seen is all that a capture says of a path, and what an excerpt of each of its lines shows.
func seen(c *Capture, name string) []byte {
	data, err := c.Read(name)
	info, _ := c.Stat(name)
	all := fmt.Appendf(append([]byte{}, data...), "%v %v", err, info)
	for line := range strings.Lines(string(data)) {
		all = append(all, Excerpt(line, 1000)...)
	}
	return all
}

// reveal reports the secrets that are in data.
func reveal(t *testing.T, where string, data []byte, secrets []string) {
	t.Helper()
	if !bytes.Contains(data, []byte("CNRY")) {
		return
	}
	for _, secret := range secrets {
		if at := bytes.Index(data, []byte(secret)); at >= 0 {
			t.Errorf("%s reveals a secret: %q", where, data[max(0, at-60):min(len(data), at+30)])
		}
	}
}
